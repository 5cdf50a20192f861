"""How a proposal says times, hours, money and what is still open."""

from collections.abc import Sequence

from crm.models.week import DAYS, Slot

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


def times(slots: Sequence[Slot]) -> list[str]:
    """Times of a week, days with the same times together: Monday to Friday, 09:00 to 11:00."""
    days: dict[str, list[int]] = {}
    for slot in sorted(slots, key=lambda slot: (slot["day"], slot["start"])):
        days.setdefault(f"{slot['start']} to {slot['end']}", []).append(slot["day"])
    return [f"{_days(held)}, {at}" for at, held in days.items()]


def _days(held: Sequence[int]) -> str:
    """Days in order; three and more that follow each other are said from the first to the last."""
    first, last = held[0], held[-1]
    if len(held) > 2 and last - first == len(held) - 1:
        return f"{DAYS[first]} to {DAYS[last]}"
    *others, final = (DAYS[day] for day in held)
    return f"{', '.join(others)} and {final}" if others else final
