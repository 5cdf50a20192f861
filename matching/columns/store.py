"""Arrays and lists that one row can be written into without rebuilding them."""

from array import array
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)
_FIRST_ROOM = 64


class Column:
    """A growing array, a column for each row of the index; `height` is how many numbers each has."""

    def __init__(self, height: int = 1) -> None:
        self._room: NDArray[np.float64] = np.zeros((height, _FIRST_ROOM))
        self._size = 0

    def put(self, row: int, *values: float) -> None:
        """Write a row's numbers; `row` is an existing row or the next one."""
        if row == self._room.shape[1]:
            self._room = np.concatenate((self._room, np.zeros_like(self._room)), axis=1)
        self._room[:, row] = values
        self._size = max(self._size, row + 1)

    def cut(self) -> None:
        """Forget the last row."""
        self._size -= 1

    @property
    def all(self) -> NDArray[np.float64]:
        """All numbers, `height` by rows; a view, not to be written to."""
        return self._room[:, : self._size]

    @property
    def only(self) -> NDArray[np.float64]:
        """The numbers of a column of height 1."""
        return self._room[0, : self._size]


class Postings(Generic[Key]):
    """For each word or concept the rows that have it, each with `width` numbers of its own.

    They are kept as packed numbers, an eighth of what lists of them would take. `none` is what `at` returns
    for a key that no row has.
    """

    def __init__(self, width: int = 0) -> None:
        self._width = width
        self._rows: dict[Key, array[int]] = {}
        self._values: dict[Key, array[float]] = {}
        self._arrays: dict[Key, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        self.none = (np.zeros(0, dtype=np.int64), np.zeros((0, width)))

    def add(self, key: Key, row: int, *values: float) -> None:
        """Note that a row has the key."""
        rows = self._rows.get(key)
        if rows is None:
            rows = self._rows[key] = array("i")
            self._values[key] = array("d")
        rows.append(row)
        self._values[key].extend(values)
        self._arrays.pop(key, None)

    def drop(self, key: Key, row: int) -> None:
        """Note that a row has the key no longer."""
        position = self._rows[key].index(row)
        del self._rows[key][position]
        del self._values[key][position * self._width : (position + 1) * self._width]
        self._arrays.pop(key, None)

    def at(self, key: Key) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the rows that have the key, and their numbers, a line for each; kept for the next time."""
        found = self._arrays.get(key)
        if found is None:
            found = self._arrays[key] = self.once(key)
        return found

    def once(self, key: Key) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the same without keeping it: for those who go through all keys."""
        rows = self._rows.get(key)
        if not rows:
            return self.none
        values = np.array(self._values[key], dtype=np.float64).reshape(len(rows), self._width)
        return np.array(rows, dtype=np.int64), values

    def rows(self, keys: Iterable[Key]) -> NDArray[np.int64]:
        """Return the rows that have any of the keys, once for each key."""
        found = [self.at(key)[0] for key in keys if key in self._rows]
        return np.concatenate(found) if found else self.none[0]

    def keys(self) -> list[Key]:
        """Return every key that a row has, or had."""
        return list(self._rows)

    def __contains__(self, key: Key) -> bool:
        return bool(self._rows.get(key))
