"""Are two parties the same? Numbers of registers decide; else a small model weighs what else is alike."""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crm.likeness.comparing import Comparison, compare
from crm.likeness.party import Party
from crm.likeness.reasons import Reason, reasons_of

WEIGHTS = Path(__file__).parents[2] / "data" / "likeness.csv"
"""The trained weights; data/README-likeness.md says where they come from."""

LIKELY = 0.5
"""From here on two records are more likely the same than not, and are worth a look."""

SURE = 0.9

_CONSTANT = "constant"
_MOST_IF_NUMBERS_DIFFER = 0.8


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two parties are the same, from 0 to 1, and what speaks for and against it."""

    probability: float
    reasons: tuple[Reason, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Is it worth a look?"""
        return self.probability >= LIKELY

    @property
    def is_sure(self) -> bool:
        """Is it next to certain? Two different company numbers are never that."""
        return self.probability >= SURE


@dataclass(frozen=True, slots=True)
class LikenessModel:
    """A logistic model over `Comparison.features`: the weight of each feature, and a constant.

    >>> model = LikenessModel({"name_part": 6.0}, constant=-4.0)
    >>> round(model.probability(Comparison(name_part=1.0)), 2)
    0.88
    """

    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    constant: float = 0.0

    def probability(self, compared: Comparison) -> float:
        """How likely two parties that compare like this are the same."""
        features = compared.features()
        total = self.constant + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))

    def judge(self, one: Party, other: Party) -> Likeness:
        """How likely these two are the same, and why. The same company number is the same company."""
        compared = compare(one, other)
        shared, differing = _registers(one, other)
        reasons = reasons_of(compared, one, other, shared=shared, differing=differing)
        if shared:
            return Likeness(1.0, reasons)
        most = _MOST_IF_NUMBERS_DIFFER if differing else 1.0
        return Likeness(min(self.probability(compared), most), reasons)


def _registers(one: Party, other: Party) -> tuple[list[str], list[str]]:
    """The registers in which both have a number: those in which it is the same, and the others."""
    mine, theirs = dict(one.numbers), dict(other.numbers)
    both = [register for register in mine if register in theirs]
    shared = [register for register in both if mine[register] == theirs[register]]
    return shared, [register for register in both if register not in shared]


@cache
def shipped() -> LikenessModel:
    """The model that ships with the product."""
    with WEIGHTS.open(newline="", encoding="utf-8") as file:
        weights = {row["feature"]: float(row["weight"]) for row in csv.DictReader(file)}
    return LikenessModel(weights, constant=weights.pop(_CONSTANT))


def rows_of(model: LikenessModel) -> list[tuple[str, float]]:
    """The model as rows of its file."""
    return [(_CONSTANT, model.constant), *model.weights.items()]
