"""The minimum wage on a day, from a dated table. It is public law, so nobody has to be asked for it."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from crm.config import DATA
from crm.services.plain_words import day

ADULT = "21_and_over"


@dataclass(frozen=True, slots=True)
class WageRate:
    """One rate in £ an hour, with its first and last day and the law that sets it."""

    rate: str
    first: date
    last: date
    pounds: float
    source: str


@cache
def rates() -> tuple[WageRate, ...]:
    """All rates that are loaded."""
    with (DATA / "minimum_wage.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(
            WageRate(
                row["rate"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]),
                float(row["pounds_an_hour"]),
                row["source"],
            )
            for row in csv.DictReader(opened)
        )


def minimum_wage(on: date, rate: str = ADULT) -> WageRate | None:
    """The rate on a day, for people of 21 and over unless another is named; None where none is loaded."""
    return next((each for each in rates() if each.rate == rate and each.first <= on <= each.last), None)


def pay_problems(pay: float | None, going_rate: float | None, on: date, rate: str = ADULT) -> tuple[str, ...]:
    """What forbids this pay on a day: the minimum wage of that day, and the going rate for the same tasks.

    On a day after all that are loaded the last one counts: it has never gone down. Pay or a rate that is not
    recorded is no problem found: `pay_doubts` says what nobody can judge yet.
    """
    if pay is None:
        return ()
    found: list[str] = []
    least = minimum_wage(on, rate) or _last_before(on, rate)
    if least is not None and _pence(pay) < _pence(least.pounds):
        found.append(
            f"£{pay:,.2f} an hour may not be paid: it is below the minimum wage of £{least.pounds:,.2f} on"
            f" {day(min(on, least.last))}."
        )
    if going_rate is not None and _pence(pay) < _pence(going_rate):
        found.append(
            f"£{pay:,.2f} an hour is below the going rate of £{going_rate:,.2f} for the same tasks:"
            " there is no lower grade for the same work."
        )
    return tuple(found)


def _last_before(on: date, rate: str) -> WageRate | None:
    """The last rate that is loaded, for a day on which it holds no more."""
    over = (each for each in rates() if each.rate == rate and each.last < on)
    return max(over, key=lambda each: each.last, default=None)


def pay_doubts(pay: float | None, going_rate: float | None, on: date, rate: str = ADULT) -> tuple[str, ...]:
    """What of the pay nobody can judge yet: it is not recorded, or there is nothing to measure it by."""
    if pay is None:
        return ("The pay is not recorded.",)
    found: list[str] = []
    if minimum_wage(on, rate) is None:
        found.append(
            f"No minimum wage is loaded for {day(on)}, so nobody can judge whether this may be paid."
        )
    if going_rate is None:
        found.append("The going rate for the same tasks is not recorded.")
    return tuple(found)


def _pence(pounds: float) -> int:
    return round(pounds * 100)
