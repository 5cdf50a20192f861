"""The rows of an index: which record is where, without gaps, each part of the columns written along."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.errors import MatchingError
from matching.profiles import JobProfile, SeekerProfile

Own = TypeVar("Own", SeekerProfile, JobProfile)
Contra = TypeVar("Contra", SeekerProfile, JobProfile, contravariant=True)


class Part(Protocol[Contra]):
    """Columns of one component: written a row at a time."""

    def put(self, row: int, own: Contra) -> None:
        """Write a record into a row that is new or was dropped."""
        ...

    def drop(self, row: int, own: Contra) -> None:
        """Take a record out of its row."""
        ...

    def cut(self) -> None:
        """Forget the last row."""
        ...


class Rows(Generic[Own]):
    """The rows of an index: which id is where, kept without gaps."""

    def __init__(self, parts: Iterable[Part[Own]]) -> None:
        self._parts = tuple(parts)
        self._profiles: list[Own] = []
        self._ids: list[str] = []
        self._at: dict[str, int] = {}
        self._shown: tuple[tuple[str, ...], NDArray[np.int64]] | None = None

    def __contains__(self, record_id: str) -> bool:
        return record_id in self._at

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, record_id: str) -> Own:
        if record_id not in self._at:
            raise MatchingError(f'"{record_id}" is not in this index.')
        return self._profiles[self._at[record_id]]

    def put(self, record_id: str, own: Own) -> None:
        """Write one record over the one with its id, or as a new row."""
        row = self._at.get(record_id)
        if row is None:
            row = len(self._ids)
            self._at[record_id] = row
            self._ids.append(record_id)
            self._profiles.append(own)
            self._shown = None
        else:
            self._drop(row)
            self._profiles[row] = own
        for part in self._parts:
            part.put(row, own)

    def remove(self, record_id: str) -> None:
        """Take one record out; the last row moves into its place."""
        if record_id not in self:
            raise MatchingError(f'"{record_id}" is not in this index.')
        row, last = self._at.pop(record_id), len(self._ids) - 1
        self._drop(row)
        if row != last:
            self._drop(last)
            self._ids[row], self._profiles[row] = self._ids[last], self._profiles[last]
            self._at[self._ids[row]] = row
            for part in self._parts:
                part.put(row, self._profiles[row])
        del self._ids[last], self._profiles[last]
        for part in self._parts:
            part.cut()
        self._shown = None

    def _drop(self, row: int) -> None:
        for part in self._parts:
            part.drop(row, self._profiles[row])

    def ids(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Return the ids by row, and the place of each in the order of ids."""
        if self._shown is None:
            self._shown = tuple(self._ids), places_of(self._ids)
        return self._shown


def places_of(ids: list[str]) -> NDArray[np.int64]:
    """Return the place of each id in the order of ids."""
    places = np.empty(len(ids), dtype=np.int64)
    places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return places
