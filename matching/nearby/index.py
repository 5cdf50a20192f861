"""Very many jobs for one person at a time: those within reach, ranked; an edit costs no rebuild.

The jobs are laid out once by the map, without their records. What is edited afterwards stands in a small
index beside them, which every ranking looks at whole: lay them out anew when it has grown, away from
anybody who waits.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from matching.compare import DEFAULT_WEIGHTS, Comparison
from matching.compiled import compiled_jobs
from matching.concepts import Concepts
from matching.errors import MatchingError
from matching.index import JobIndex
from matching.nearby.jobs import ID_ROOM, MappedJobs
from matching.nearby.merged import beside, part
from matching.profiles import JobProfile, SeekerProfile, phrases_of_seekers
from matching.ranking import Ranking
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights


class NearbyJobs:
    """All jobs, ready to be ranked for any person as far as they are within reach.

    Args:
        jobs: All jobs, made ready or not, each with an id of its own; an iterator is never held whole.
        vocabulary: The words for skills.
        weights: How much each component counts.
    """

    def __init__(
        self,
        jobs: Iterable[Job | JobProfile],
        *,
        vocabulary: Vocabulary | Concepts,
        weights: Weights = DEFAULT_WEIGHTS,
    ) -> None:
        self._concepts = Concepts.of(vocabulary)
        self._mapped = MappedJobs(compiled_jobs(jobs, vocabulary=self._concepts), Comparison(weights))
        self._in_order = self._mapped.in_order()
        self._edited = JobIndex((), vocabulary=self._concepts, weights=weights)

    def __len__(self) -> int:
        return len(self._mapped) + len(self._edited)

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._edited or job_id in self._mapped

    @property
    def edited(self) -> int:
        """How many jobs stand beside the map: each costs a little in every ranking."""
        return len(self._edited)

    def replace(self, job: Job) -> None:
        """Write one job's record over the one with its id, or add it."""
        self._mapped.take_out(job.id)
        self._edited.replace(job)

    def remove(self, job_id: str) -> None:
        """Take one job out.

        Raises:
            MatchingError: no job here has this id.
        """
        if job_id not in self:
            raise MatchingError(f'"{job_id}" is not in this index.')
        self._mapped.take_out(job_id)
        if job_id in self._edited:
            self._edited.remove(job_id)

    def prepare(self, seekers: Iterable[Seeker]) -> list[SeekerProfile]:
        """Make seekers ready to be ranked for."""
        wanted = list(seekers)
        self._concepts.learn(phrases_of_seekers(wanted))
        return [SeekerProfile.of(seeker, self._concepts) for seeker in wanted]

    def rank(self, seeker: Seeker | SeekerProfile) -> Ranking:
        """Compare a person with every job that is not known to be further than they wish to travel."""
        ready = seeker if isinstance(seeker, SeekerProfile) else SeekerProfile.of(seeker, self._concepts)
        near = self._mapped.rank(ready)
        return beside(near, self._changed(ready)) if len(self._edited) else near

    def _changed(self, seeker: SeekerProfile) -> Ranking:
        within = np.flatnonzero(~self._edited.is_beyond_limit(seeker))
        found = part(self._edited.rank(seeker), within)
        # Each id stands after the last of the map that comes before it, and edited ones in their own order.
        after = [bisect_left(self._in_order, job_id) * ID_ROOM for job_id in found.ids]
        return replace(found, id_places=np.array(after, dtype=np.int64) + found.id_places + 1)
