"""Natural supports over everybody: needs times credits, in whole tenths."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.store import Column
from matching.profiles import JobProfile, SeekerProfile
from matching.records import SUPPORT_KINDS
from matching.supports import COVERED, SupportsFit

Figures = NDArray[np.float64]
_KINDS = len(SUPPORT_KINDS)
_SETS = (np.arange(1 << _KINDS) >> np.arange(_KINDS)[:, None] & 1).astype(np.float64)
"""Every set of kinds as ones and zeros, a column for each: what people share is summed once."""


class SupportTotals(NamedTuple):
    """The supports comparison over everybody; `is_counted` is 0 where the person has no needs, else 1."""

    low: Figures
    high: Figures
    is_counted: Figures
    is_covered: NDArray[np.bool_]


def open_needs(seeker: SeekerProfile) -> tuple[float, ...]:
    """Return 1 for each kind that is needed and not covered by the person's own circle."""
    needs = seeker.needs or {}
    return tuple(float(kind in needs and not needs[kind]) for kind in SUPPORT_KINDS)


def _counts(seeker: SeekerProfile) -> tuple[float, float, float, float]:
    """Return full credit, credit from the own circle, credit more if not asked, and 1 if counted; in tenths.

    Without needs the full credit is 1, to divide by.
    """
    if seeker.needs is None:
        return 1.0, 0.0, 1.0, 1.0
    personal = COVERED * sum(seeker.needs.values())
    return float(COVERED * len(seeker.needs) or 1), float(personal), 0.0, float(bool(seeker.needs))


def _credits(job: JobProfile, fit: SupportsFit) -> tuple[float, ...]:
    """Return the least credit for each kind, then the most."""
    states = [job.supports[kind].state if kind in job.supports else "unknown" for kind in SUPPORT_KINDS]
    pairs = [fit.credit(state) for state in states]
    return (*(low for low, _ in pairs), *(high for _, high in pairs))


def _totals(low: Figures, high: Figures, counts: Figures) -> SupportTotals:
    """Turn sums of tenths over the open needs into ranges."""
    whole, personal, not_asked, is_counted = counts
    low_end = (low + personal) / whole
    high_end = (high + personal + not_asked) / whole
    return SupportTotals(low_end, high_end, is_counted, (is_counted == 0) | (low_end == 1.0))


def for_seeker(seeker: SeekerProfile, low: Figures, high: Figures) -> SupportTotals:
    """Turn the sums of tenths over one person's open needs into ranges."""
    return _totals(low, high, np.array(_counts(seeker)))


def sums_of(
    seekers: "SeekerSupportColumns",
    people: NDArray[np.int64],
    jobs: "JobSupportColumns",
    wanted: NDArray[np.int64],
) -> tuple[Figures, Figures]:
    """Return the least and the most credit of open needs, a line for each job, a column for each person."""
    needs, credits = _SETS[:, seekers.needs[people]], jobs.credits[:, wanted]
    return credits[:_KINDS].T @ needs, credits[_KINDS:].T @ needs


def of_pairs(low: Figures, high: Figures, counts: Figures) -> SupportTotals:
    """Turn sums of tenths into ranges pair by pair; of each the counts of its person."""
    return _totals(low, high, counts)


class SeekerSupportColumns:
    """The support needs of all seekers."""

    def __init__(self, fit: SupportsFit) -> None:
        self._fit = fit
        self._needs = Column()
        self._counts = Column(4)

    def put(self, row: int, own: SeekerProfile) -> None:
        """Write a seeker's needs."""
        self._needs.put(row, sum(need * 2**kind for kind, need in enumerate(open_needs(own))))
        self._counts.put(row, *_counts(own))

    def drop(self, row: int, own: SeekerProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._needs.cut()
        self._counts.cut()

    @property
    def needs(self) -> NDArray[np.intp]:
        """The set of open needs of each person, as a number."""
        return self._needs.only.astype(np.intp)

    @property
    def counts(self) -> Figures:
        """What the sums of each person are completed with and divided by."""
        return self._counts.all

    def totals(self, job: JobProfile) -> SupportTotals:
        """Compare a job's supports with everybody's needs."""
        credits = np.array(_credits(job, self._fit), dtype=np.float64).reshape(2, _KINDS)
        low, high = (each.take(self.needs) for each in credits @ _SETS)
        return _totals(low, high, self._counts.all)


class JobSupportColumns:
    """The natural supports of all jobs."""

    def __init__(self, fit: SupportsFit) -> None:
        self._fit = fit
        self._credits = Column(2 * _KINDS)

    def put(self, row: int, own: JobProfile) -> None:
        """Write a job's supports."""
        self._credits.put(row, *_credits(own, self._fit))

    def drop(self, row: int, own: JobProfile) -> None:
        """Do nothing: the next `put` writes over the row."""

    def cut(self) -> None:
        """Forget the last row."""
        self._credits.cut()

    @property
    def credits(self) -> Figures:
        """The least credit for each kind, then the most, a column for each job."""
        return self._credits.all

    def totals(self, seeker: SeekerProfile) -> SupportTotals:
        """Compare a seeker's needs with every job's supports."""
        needs = np.array(open_needs(seeker), dtype=np.float64)
        credits = self._credits.all
        return for_seeker(seeker, needs @ credits[:_KINDS], needs @ credits[_KINDS:])
