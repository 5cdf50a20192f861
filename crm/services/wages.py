"""The minimum wage on a day, from a dated table. It is public law, so nobody has to be asked for it."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from crm.config import DATA

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
