"""Rankings taken apart and put together: jobs of the map, and those edited since."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking import Figures, Ranking

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    """What some places of a ranking work out only when it is asked for."""

    whole: Ranking
    places: Numbers

    def groups(self) -> NDArray[np.int8]:
        return self.whole.group[self.places]

    def uses_strengths(self) -> Figures:
        return self.whole.uses_strengths[self.places]


@dataclass(frozen=True, slots=True)
class _Both:
    """What two rankings work out only when it is asked for."""

    one: Ranking
    other: Ranking

    def groups(self) -> NDArray[np.int8]:
        return np.concatenate((self.one.group, self.other.group))

    def uses_strengths(self) -> Figures:
        return np.concatenate((self.one.uses_strengths, self.other.uses_strengths))


def part(whole: Ranking, places: Numbers) -> Ranking:
    """Return some places of a ranking as one of their own."""
    return Ranking(
        ids=_some(whole.ids, places.tolist()),
        id_places=whole.id_places[places],
        low=whole.low[places],
        high=whole.high[places],
        middle=whole.middle[places],
        components={name: (low[places], high[places]) for name, (low, high) in whole.components.items()},
        keys=whole.keys[places],
        remainder=_Part(whole, places),
    )


def beside(one: Ranking, other: Ranking) -> Ranking:
    """Return two rankings as one; their places in the order of ids must be those of the whole."""
    ends = {
        name: (_joined(low, other.components[name][0]), _joined(high, other.components[name][1]))
        for name, (low, high) in one.components.items()
    }
    return Ranking(
        ids=(*one.ids, *other.ids),
        id_places=np.concatenate((one.id_places, other.id_places)),
        low=_joined(one.low, other.low),
        high=_joined(one.high, other.high),
        middle=_joined(one.middle, other.middle),
        components=ends,
        keys=np.concatenate((one.keys, other.keys)),
        remainder=_Both(one, other),
    )


def _some(ids: tuple[str, ...], places: list[int]) -> tuple[str, ...]:
    return tuple([ids[place] for place in places])


def _joined(one: Figures, other: Figures) -> Figures:
    return np.concatenate((one, other))
