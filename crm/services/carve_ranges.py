"""Arithmetic on guesses: a range holds every value that a figure can have; what is known is a range of one.

Reckoned in fractions and rounded once, when it is printed, so that rows add up to their total as printed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Range:
    """All values from `least` to `most`, both included."""

    least: Fraction
    most: Fraction

    def __add__(self, other: "Range") -> "Range":
        return Range(self.least + other.least, self.most + other.most)

    def __sub__(self, other: "Range") -> "Range":
        return Range(self.least - other.most, self.most - other.least)

    def __mul__(self, other: "Range") -> "Range":
        corners = [one * two for one in (self.least, self.most) for two in (other.least, other.most)]
        return Range(min(corners), max(corners))


@dataclass(frozen=True, slots=True)
class Printed:
    """A range as it is printed, to two decimals."""

    least: Decimal
    most: Decimal

    @property
    def is_point(self) -> bool:
        """Is there one value only?"""
        return self.least == self.most

    def __add__(self, other: "Printed") -> "Printed":
        return Printed(self.least + other.least, self.most + other.most)

    def exactly(self) -> Range:
        """The range to reckon on with, so that whoever takes the printed figures finds the same."""
        return Range(Fraction(self.least), Fraction(self.most))


def known(value: float) -> Range:
    """A value as it was typed: 13.6 is 13.60 and no binary neighbour of it."""
    exact = Fraction(str(value))
    return Range(exact, exact)


def guess(least: float | None, most: float | None) -> Range | None:
    """What a form holds as “from” and “up to”: None where nothing is recorded, a point without the latter."""
    if least is None:
        return None
    return known(least) if most is None else Range(known(least).least, known(most).most)


def total(ranges: Iterable[Range]) -> Range:
    """The sum of ranges that do not depend on each other."""
    return sum(ranges, known(0))


def printed(rows: Sequence[Range]) -> tuple[tuple[Printed, ...], Printed]:
    """Rows and their total, rounded so that the rows add up to the total at both ends.

    Both ends of the total are rounded by themselves; what is left over goes to the rows that lose most by
    rounding down. Each row is its lower end and what lies between, so that none is turned round and a point
    stays a point.
    """
    whole = total(rows)
    least, most = _rounded(whole.least), _rounded(whole.most)
    lower = _hundredths([row.least for row in rows], least)
    between = _hundredths([row.most - row.least for row in rows], most - least)
    each = tuple(_in_print(low, low + more) for low, more in zip(lower, between, strict=True))
    return each, _in_print(least, most)


def _rounded(value: Fraction) -> int:
    return floor(value * 100 + Fraction(1, 2))


def _hundredths(values: Sequence[Fraction], adding_up_to: int) -> list[int]:
    whole = [floor(value * 100) for value in values]
    left_over = adding_up_to - sum(whole)
    loses_most = sorted(range(len(values)), key=lambda row: whole[row] - values[row] * 100)
    for row in loses_most[:left_over]:
        whole[row] += 1
    return whole


def _in_print(least: int, most: int) -> Printed:
    return Printed(Decimal(least).scaleb(-2), Decimal(most).scaleb(-2))
