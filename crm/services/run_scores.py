"""The figures of a run as bytes and back: in the order of the run, in whole millionths, always the same."""

import hashlib
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.ranking import GROUPS, Ranking

MICRO = 1_000_000
_COLUMNS = 3
_WIDTH = 4
_ROW = _COLUMNS * _WIDTH + 1


@dataclass(frozen=True, slots=True)
class Scored:
    """Everybody of a run from first to last: whom, both ends of the band in millionths, and the group."""

    ids: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    group: NDArray[np.int64]

    @classmethod
    def of(cls, ranking: Ranking) -> "Scored":
        """The figures of a ranking."""
        order = ranking.order
        ids = np.fromiter(map(int, ranking.ids), dtype=np.int64, count=len(ranking.ids))
        low, high = (np.rint(end * MICRO).astype(np.int64) for end in (ranking.low, ranking.high))
        return cls(ids[order], low[order], high[order], ranking.group[order].astype(np.int64))

    def in_group(self, number: int) -> NDArray[np.int64]:
        """The places of those in a group of `GROUP_NAMES`, from first to last."""
        return np.flatnonzero(self.group == number)


GROUP_NAMES = [group.value for group in GROUPS]
"""The groups by the numbers that are kept."""


def plain(scored: Scored) -> bytes:
    """The figures as bytes: column by column, each byte of the numbers by itself, which compresses best."""
    numbers = np.stack([scored.ids, scored.low, scored.high]).astype("<u4")
    halves = numbers.view(np.uint8).reshape(_COLUMNS, -1, _WIDTH).transpose(0, 2, 1)
    return halves.tobytes() + scored.group.astype(np.uint8).tobytes()


def digest_of_scores(bare: bytes) -> str:
    """What tells two runs apart, whatever compressed them."""
    return hashlib.sha256(bare).hexdigest()


def packed(bare: bytes) -> bytes:
    """The bytes as they are stored."""
    return zlib.compress(bare)


def scores_in(content: bytes) -> Scored:
    """The figures that were stored."""
    bare = np.frombuffer(zlib.decompress(content), dtype=np.uint8)
    people = bare.size // _ROW
    numbers, group = bare[: people * _COLUMNS * _WIDTH], bare[people * _COLUMNS * _WIDTH :]
    rows = numbers.reshape(_COLUMNS, _WIDTH, people).transpose(0, 2, 1)
    ids, low, high = np.ascontiguousarray(rows).view("<u4").reshape(_COLUMNS, people).astype(np.int64)
    return Scored(ids, low, high, group.astype(np.int64))
