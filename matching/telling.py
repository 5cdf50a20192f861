"""How telling a concept is: one that few occupations use says more about a job than one that all use."""

from collections import defaultdict
from collections.abc import Mapping
from math import log

LEAST_WEIGHT = 0.01
"""The weight of a concept that every occupation uses: it tells nothing, but asking for it still counts."""


def telling_weights(
    used_by: Mapping[str, int],
    occupations: int,
    families: Mapping[str, str | None],
    *,
    smoothing: float = 1.0,
) -> dict[str, float]:
    """The weight of each concept of `families` (concept id → broader id): squared IDF, 1 on average.

    The rule: (ln((s + N) / (s + n)))² for a concept that n of N occupations use, divided by the mean over all
    used concepts; s is the smoothing, as among few occupations one more or less says little, and 0 among
    thousands. Squared IDF ordered jobs better than IDF alone in our measurements. A concept that no
    occupation uses is not rare but unmeasured: it takes the mean of the used concepts of its family, else 1.
    Weights are rounded to 4 decimals, as they are stored.
    """
    squared = {
        concept_id: log((smoothing + occupations) / (smoothing + used_by[concept_id])) ** 2
        for concept_id in families
        if used_by.get(concept_id)
    }
    mean = _mean(list(squared.values())) or 1.0
    weights = {concept_id: max(value / mean, LEAST_WEIGHT) for concept_id, value in squared.items()}
    by_family: defaultdict[str | None, list[float]] = defaultdict(list)
    for concept_id, weight in weights.items():
        by_family[families[concept_id]].append(weight)
        by_family[concept_id].append(weight)
    for concept_id, family in families.items():
        below = by_family[concept_id] or (by_family[family] if family is not None else [])
        weights.setdefault(concept_id, _mean(below) or 1.0)
    return {concept_id: round(weights[concept_id], 4) for concept_id in sorted(weights)}


def _mean(values: list[float]) -> float:
    return sum(sorted(values)) / len(values) if values else 0.0
