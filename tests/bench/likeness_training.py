"""Weights for `crm.likeness` from pairs whose truth is known; only here is scikit-learn needed.

So that the model holds for records that lack a kind of fact, every pair is learned from again with some of
its kinds of facts taken away.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from crm.likeness.comparing import Comparison, compare
from crm.likeness.keys import keys_of
from crm.likeness.model import LIKELY, LikenessModel
from crm.likeness.party import Party

Pair = tuple[int, int]

MOST_HOLDERS = 60
"""A key that more records hold than this says too little to compare them all."""

WHOLE_TIMES = 4
"""How often a pair counts with all that is known, beside once for each of the ways it is cut short."""

_KINDS = {"names": "n", "phones": "t", "emails": "t", "addresses": "a", "postcodes": "p"}
CUTS = ("a", "t", "p", "tp", "ap", "at", "atp", "n", "np", "nt")


@dataclass(frozen=True, slots=True)
class Score:
    """How right some pairs are: of those found, how many are true, and of the true ones, how many found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def without(one: Party, cut: str) -> Party:
    """A party with some kinds of facts taken away."""
    return replace(one, **{kind: () for kind, letter in _KINDS.items() if letter in cut})


def candidates(parties: Sequence[Party], *, most: int = MOST_HOLDERS) -> list[Pair]:
    """The pairs that share a key which not too many hold, by their places in the list."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(parties):
        for key in keys_of(one):
            holders[key].append(place)
    shared = (combinations(places, 2) for places in holders.values() if len(places) <= most)
    return sorted({pair for pairs in shared for pair in pairs})


def true_pairs(labels: Sequence[Hashable], places: Iterable[int]) -> set[Pair]:
    """Every pair of these places with the same label."""
    by_label: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in sorted(places):
        by_label[labels[place]].append(place)
    return {pair for found in by_label.values() for pair in combinations(found, 2)}


def halves(labels: Sequence[Hashable], seed: int) -> tuple[set[int], set[int]]:
    """The places of half of the clusters, drawn by chance, and of the other half."""
    clusters = sorted(set(labels), key=str)
    random.Random(seed).shuffle(clusters)
    first = set(clusters[: len(clusters) // 2])
    learned = {place for place, label in enumerate(labels) if label in first}
    return learned, set(range(len(labels))) - learned


def train(
    parties: Sequence[Party],
    labels: Sequence[Hashable],
    pairs: Sequence[Pair],
    cuts: Sequence[str] = CUTS,
) -> LikenessModel:
    """The model that these pairs teach, whole and cut short in these ways."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows: list[list[float]] = []
    truths: list[bool] = []
    for cut, times in (("", WHOLE_TIMES), *((cut, 1) for cut in cuts)):
        for one, other in pairs:
            compared = compare(without(parties[one], cut), without(parties[other], cut))
            rows += [list(compared.features().values())] * times
            truths += [labels[one] == labels[other]] * times
    fitted = LogisticRegression(C=1.0, max_iter=5000).fit(np.array(rows), np.array(truths))
    names = list(Comparison().features())
    weights = {name: round(float(weight), 3) for name, weight in zip(names, fitted.coef_[0], strict=True)}
    return LikenessModel(weights, constant=round(float(fitted.intercept_[0]), 3))


def found_by(model: LikenessModel, parties: Sequence[Party], pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs that the model says are more likely the same than not."""
    return {
        pair for pair in pairs if model.probability(compare(parties[pair[0]], parties[pair[1]])) >= LIKELY
    }


def scored(found: Collection[Pair], true: set[Pair]) -> Score:
    """How right these pairs are."""
    hits = len(set(found) & true)
    return Score(hits / len(found) if found else 0.0, hits / len(true) if true else 0.0)


def within(pairs: Iterable[Pair], places: set[int]) -> list[Pair]:
    """The pairs whose both ends are among these places."""
    return [pair for pair in pairs if pair[0] in places and pair[1] in places]
