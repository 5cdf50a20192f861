"""Everybody compiled once, so that one job (or one person) is compared with all of them in milliseconds."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.columns.rows import Rows
from matching.columns.sides import JobColumns, SeekerColumns
from matching.columns.single import is_fixed
from matching.columns.total import Parts
from matching.compare import DEFAULT_WEIGHTS, Comparison
from matching.concepts import Concepts
from matching.match import Match
from matching.profiles import JobProfile, SeekerProfile, phrases_of_jobs, phrases_of_seekers
from matching.ranking import Ranking, job_keys, seeker_keys
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights


class SeekerIndex:
    """All job seekers, ready to be ranked for any job; one record can be replaced without a rebuild.

    Args:
        seekers: Everybody; an id that comes twice keeps the last record.
        vocabulary: The words for skills; its weights are fixed, so a score never depends on who else is here.
        weights: How much each component counts.
    """

    def __init__(
        self,
        seekers: Iterable[Seeker],
        *,
        vocabulary: Vocabulary | Concepts,
        weights: Weights = DEFAULT_WEIGHTS,
    ) -> None:
        self._comparison = fit = Comparison(weights)
        self._concepts = Concepts.of(vocabulary)
        self.columns = SeekerColumns.empty(fit)
        self._rows = Rows[SeekerProfile](self.columns)
        everybody = list(seekers)
        self._concepts.learn(phrases_of_seekers(everybody))
        for seeker in everybody:
            self.replace(seeker)

    @property
    def concepts(self) -> Concepts:
        """What words mean, as far as they have been looked up."""
        return self._concepts

    @property
    def weights(self) -> Weights:
        """How much each component counts."""
        return self._comparison.weights

    @property
    def ids(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """The ids by row, and the place of each in the order of ids."""
        return self._rows.ids()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, seeker_id: str) -> bool:
        return seeker_id in self._rows

    def replace(self, seeker: Seeker) -> None:
        """Write one person's record over the one with its id, or add it."""
        self.put(SeekerProfile.of(seeker, self._concepts))

    def put(self, profile: SeekerProfile) -> None:
        """Write one person over the one with their id, or add them, made ready with concepts of their own."""
        self._rows.put(profile.seeker.id, profile)

    def remove(self, seeker_id: str) -> None:
        """Take one person out.

        Raises:
            MatchingError: nobody here has this id.
        """
        self._rows.remove(seeker_id)

    def learn(self, jobs: Iterable[Job]) -> None:
        """Look up all that jobs ask in one go; cheaper than one by one when many phrases are new."""
        self._concepts.learn(phrases_of_jobs(jobs))

    def prepare(self, jobs: Iterable[Job]) -> list[JobProfile]:
        """Make jobs ready to be ranked for."""
        wanted = list(jobs)
        self.learn(wanted)
        return [JobProfile.of(job, self._concepts) for job in wanted]

    def rank(self, job: Job | JobProfile, *, weights: Weights | None = None) -> Ranking:
        """Compare everybody with a job: nobody is left out, whatever is or is not recorded.

        Other `weights` than those of the index can be tried.
        """
        ready = self._ready(job)
        parts = Parts(
            self.columns.skills.totals(ready),
            self.columns.hours.totals(ready),
            self.columns.supports.totals(ready),
            self.columns.preference.totals(ready),
            np.asarray(is_fixed(ready) > 0),
        )
        return parts.ranking(
            weights or self._comparison.weights,
            self.ids,
            lambda middle: job_keys(middle, self.columns.waits.all),
        )

    def match(self, seeker_id: str, job: Job | JobProfile, *, with_rows: bool = True) -> Match:
        """Return the explained result for one person.

        Raises:
            MatchingError: nobody here has this id.
        """
        return self._comparison.compare(self._rows[seeker_id], self._ready(job), with_rows=with_rows)

    def travel_minutes(self, job: Job | JobProfile) -> NDArray[np.float64]:
        """Return everybody's estimated minutes one way, in the order of `Ranking.ids`; nan if unknown."""
        return self.columns.travel.minutes(self._ready(job))

    def is_beyond_limit(self, job: Job | JobProfile) -> NDArray[np.bool_]:
        """Return for whom the job is known to be further than they wish, in the order of `Ranking.ids`."""
        return self.columns.travel.is_beyond(self._ready(job))

    def _ready(self, job: Job | JobProfile) -> JobProfile:
        return job if isinstance(job, JobProfile) else JobProfile.of(job, self._concepts)


class JobIndex:
    """All jobs, ready to be ranked for any person: the other way round of `SeekerIndex`.

    Args:
        jobs: All jobs; an id that comes twice keeps the last record.
        vocabulary: The words for skills.
        weights: How much each component counts.
    """

    def __init__(
        self, jobs: Iterable[Job], *, vocabulary: Vocabulary | Concepts, weights: Weights = DEFAULT_WEIGHTS
    ) -> None:
        self._comparison = fit = Comparison(weights)
        self._concepts = Concepts.of(vocabulary)
        self.columns = JobColumns.empty(fit)
        self._rows = Rows[JobProfile](self.columns)
        all_jobs = list(jobs)
        self._concepts.learn(phrases_of_jobs(all_jobs))
        for job in all_jobs:
            self.replace(job)

    @property
    def ids(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """The ids by row, and the place of each in the order of ids."""
        return self._rows.ids()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._rows

    def replace(self, job: Job) -> None:
        """Write one job's record over the one with its id, or add it."""
        self._rows.put(job.id, JobProfile.of(job, self._concepts))

    def remove(self, job_id: str) -> None:
        """Take one job out.

        Raises:
            MatchingError: no job here has this id.
        """
        self._rows.remove(job_id)

    def learn(self, seekers: Iterable[Seeker]) -> None:
        """Look up all that seekers list in one go; cheaper than one by one when many phrases are new."""
        self._concepts.learn(phrases_of_seekers(seekers))

    def prepare(self, seekers: Iterable[Seeker]) -> list[SeekerProfile]:
        """Make seekers ready to be ranked for."""
        wanted = list(seekers)
        self.learn(wanted)
        return [SeekerProfile.of(seeker, self._concepts) for seeker in wanted]

    def rank(self, seeker: Seeker | SeekerProfile) -> Ranking:
        """Compare a person with every job: no job is left out, whatever is or is not recorded."""
        ready = self._ready(seeker)
        parts = Parts(
            self.columns.skills.totals(ready),
            self.columns.hours.totals(ready),
            self.columns.supports.totals(ready),
            self.columns.preference.totals(ready),
            self.columns.fixed.all > 0,
        )
        return parts.ranking(
            self._comparison.weights,
            self.ids,
            lambda middle: seeker_keys(middle, parts.uses_strengths()),
        )

    def match(self, job_id: str, seeker: Seeker | SeekerProfile, *, with_rows: bool = True) -> Match:
        """Return the explained result for one job.

        Raises:
            MatchingError: no job here has this id.
        """
        return self._comparison.compare(self._ready(seeker), self._rows[job_id], with_rows=with_rows)

    def travel_minutes(self, seeker: Seeker | SeekerProfile) -> NDArray[np.float64]:
        """Return estimated minutes to each job, in the order of `Ranking.ids`; nan if unknown."""
        return self.columns.travel.minutes(self._ready(seeker))

    def is_beyond_limit(self, seeker: Seeker | SeekerProfile) -> NDArray[np.bool_]:
        """Return which jobs are known to be further than the person wishes, in the order of `Ranking.ids`."""
        return self.columns.travel.is_beyond(self._ready(seeker))

    def _ready(self, seeker: Seeker | SeekerProfile) -> SeekerProfile:
        return seeker if isinstance(seeker, SeekerProfile) else SeekerProfile.of(seeker, self._concepts)
