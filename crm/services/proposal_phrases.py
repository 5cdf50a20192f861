"""How a proposal says hours, money and what is still open."""

OPEN = "To be agreed"


def typed(text: str | None) -> tuple[str, ...]:
    """What somebody typed, a paragraph for each line."""
    return tuple(line for line in (text or "").splitlines() if line.strip()) or (OPEN,)


def hours(value: float) -> str:
    """Hours with their noun: 1 hour, 7.5 hours."""
    rounded = f"{round(value, 2):g}"
    return f"{rounded} hour" if rounded == "1" else f"{rounded} hours"


def money(value: float | None) -> str:
    """Pounds and pence, or to be agreed."""
    return OPEN if value is None else f"£{value:,.2f}"
