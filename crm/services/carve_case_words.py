"""The business case of a carved job in words: ranges as ranges, “from” where something is not counted.

For pages and papers alike, so that both say the same.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from crm.models.carve_cases import AccessToWork
from crm.services.carve_ranges import Printed, Range
from crm.services.plain_words import NOT_RECORDED

ACCESS_TO_WORK = {
    AccessToWork.NOT_ASKED: (
        "Not asked yet. Could Access to Work pay for support, travel or equipment in this job? Whoever does "
        "it applies themselves: talk it over with them. Nobody can promise it beforehand."
    ),
    AccessToWork.TO_ASK: (
        "To be asked. Who helps the person to apply, and by when? Put it down as a task. Nobody can promise "
        "it beforehand."
    ),
    AccessToWork.APPLIED: "Applied for. What holds the first weeks up if the answer is late, or no?",
    AccessToWork.GRANTED: "Granted. What does it pay for, and until when? Say so under support.",
    AccessToWork.NOT_NEEDED: "Not needed, as things stand. Ask again when the job or the needs change.",
}
"""Where it stands with Access to Work, and what to ask or do next: a prompt, never money counted on."""


def pounds(value: Printed) -> str:
    """£31.50, or £31.50 to £36.00 where it is a guess."""
    if value.is_point:
        return _pounds(value.least)
    return f"{_pounds(value.least)} to {_pounds(value.most)}"


def hours(value: Printed) -> str:
    """1 hour, 12.5 hours, or 12.5 to 14 hours where it is a guess."""
    if value.is_point:
        return f"{_bare(value.least)} {'hour' if value.least == 1 else 'hours'}"
    return f"{_bare(value.least)} to {_bare(value.most)} hours"


def pounds_a_week(value: Printed | None, *, is_from: bool = False) -> str:
    """“£31.50 to £36.00 a week”; “from £31.50 a week” where something is left out, as it is not recorded."""
    if value is None:
        return NOT_RECORDED
    return f"from {_pounds(value.least)} a week" if is_from else f"{pounds(value)} a week"


def hours_a_week(value: Printed | None) -> str:
    """“12.5 to 14 hours a week”."""
    return NOT_RECORDED if value is None else f"{hours(value)} a week"


def difference_a_week(value: Printed | None, *, is_from: bool = False) -> str:
    """What freed hours cost now less what they will: less than now, more than now, or either."""
    if value is None:
        return NOT_RECORDED
    if value.most < 0 and not is_from:
        return f"{pounds(Printed(-value.most, -value.least))} a week more than now"
    if value.least < 0:
        least, most = f"{_pounds(-value.least)} a week more than now", f"{_pounds(value.most)} less"
        return f"from {least}" if is_from else f"between {least} and {most}"
    return pounds_a_week(value, is_from=is_from)


def plain_range(value: Range) -> str:
    """A range as it was typed, as a bare number: 20, 20 to 30, 13.8."""
    least, most = _typed(value.least), _typed(value.most)
    return least if value.least == value.most else f"{least} to {most}"


def typed_pounds(value: Range) -> str:
    """A rate as it was typed: £14.00, £14.00 to £15.50."""
    least, most = f"£{float(value.least):,.2f}", f"£{float(value.most):,.2f}"
    return least if value.least == value.most else f"{least} to {most}"


def left_out(names: Sequence[str]) -> str:
    """Which tasks a figure does not count, and why: their cost is not recorded."""
    if not names:
        return ""
    if len(names) == 1:
        return f"1 task is not counted, as its cost is not recorded: {names[0]}."
    return f"{len(names)} tasks are not counted, as their cost is not recorded: {', '.join(names)}."


def _pounds(value: Decimal) -> str:
    return f"-£{-value:,.2f}" if value < 0 else f"£{value:,.2f}"


def _bare(value: Decimal) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _typed(value: Fraction) -> str:
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")
