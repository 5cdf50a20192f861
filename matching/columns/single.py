"""One number for each row."""

from collections.abc import Callable
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from matching.columns.rows import Own
from matching.columns.store import Column
from matching.profiles import JobProfile, SeekerProfile
from matching.ranking import LAST_DAY


class SingleColumn(Generic[Own]):
    """A number that is read off each record by `value`."""

    def __init__(self, value: Callable[[Own], float]) -> None:
        self._value = value
        self._column = Column()

    def put(self, row: int, own: Own) -> None:
        """Write a row's number."""
        self._column.put(row, self._value(own))

    def drop(self, row: int, own: Own) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._column.cut()

    @property
    def all(self) -> NDArray[np.float64]:
        """Every row's number; a view, not to be written to."""
        return self._column.only


def waiting_since(seeker: SeekerProfile) -> float:
    """Return the day since which a person has waited as a day number, `LAST_DAY` when not recorded."""
    since = seeker.seeker.waiting_since
    return float(LAST_DAY) if since is None else float(since.toordinal())


def is_fixed(job: JobProfile) -> float:
    """Return 1 where the employer recorded the hours as not negotiable, else 0."""
    return float(job.job.hours.negotiable is False)
