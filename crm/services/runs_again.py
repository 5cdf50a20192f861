"""A run made again from what was noted for it: no record of today is read, and every byte is compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from crm.errors import NotFoundError
from crm.models.compared import ComparedWords
from crm.models.matches import MatchRun, RunScores
from crm.models.users import Actor
from crm.policy import Action
from crm.services import compared, compared_words, match_runs, records, run_scores
from crm.services.access import ensure
from crm.services.compared_content import Noted
from crm.services.match_index import Progress
from crm.services.run_scores import Scored
from matching import ENGINE_VERSION
from matching.concepts import Concepts
from matching.index import SeekerIndex
from matching.profiles import SeekerProfile
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from matching.weights import Weights

_TOLD_EVERY = 250


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """What came of making a run again: whether its inputs and its scores are the same, to the byte."""

    people: int
    has_same_inputs: bool
    has_same_scores: bool
    engine_then: str
    engine_now: str

    @property
    def is_same(self) -> bool:
        """Is everything as it was?"""
        return self.has_same_inputs and self.has_same_scores

    @property
    def words(self) -> str:
        """What came of it, in sentences."""
        if self.is_same:
            return "The same, byte for byte: inputs and scores are as they were."
        if self.engine_then != self.engine_now:
            return (
                f"This run was made by version {self.engine_then} of the engine, and now version "
                f"{self.engine_now} compares: other figures are no sign that anything was changed."
            )
        where = "its scores" if self.has_same_inputs else "what is kept of its inputs"
        return f"Not the same: {where} differ from what was stored. Tell whoever looks after this service."


def again(session: Session, run_id: int, *, by: Actor, progress: Progress | None = None) -> MadeAgain:
    """Make a run again and compare it with what was stored. Nothing is written.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such run, or too little was kept to make it again.
    """
    ensure(session, by, Action.MATCHES_READ)
    run = records.fetch(session, MatchRun, run_id, called="run")
    note, words = run.as_of_input, session.get(ComparedWords, run.words_digest or "")
    job = None if note is None else compared.job_as_of(session, run.vacancy_id or 0, note, by=by)
    stored = session.get(RunScores, run_id)
    if note is None or words is None or job is None or stored is None:
        raise NotFoundError("This run was made before inputs were kept, so it cannot be made again.")
    weights, vocabulary = Weights(**run.weights), compared_words.words_in(words.content)
    made = IndexOfThen(weights, vocabulary)
    made.add_all(compared.people_as_of(session, note, by=by), run.compared, progress)
    bare = run_scores.plain(made.scored(job))
    kept_words = compared_words.digest_of_words(vocabulary)
    digest = match_runs.inputs_digest(run.engine_version, weights, kept_words, job.digest, made.digests)
    stored_scores = run_scores.plain(run_scores.scores_in(stored.content))
    return MadeAgain(
        people=len(made.digests),
        has_same_inputs=digest == run.inputs_digest,
        has_same_scores=bare == stored_scores and run_scores.digest_of_scores(bare) == run.scores_digest,
        engine_then=run.engine_version,
        engine_now=ENGINE_VERSION,
    )


class IndexOfThen:
    """Everybody as they were noted, ready to be ranked with the words and weights of then."""

    def __init__(self, weights: Weights, words: Vocabulary) -> None:
        self._concepts = Concepts(words)
        self._index = SeekerIndex((), vocabulary=self._concepts, weights=weights)
        self.digests: dict[int, str] = {}

    def add_all(self, people: Iterable[Noted[Seeker]], total: int, progress: Progress | None) -> None:
        """Take everybody in; each phrase means what it meant when that person was noted."""
        for done, noted in enumerate(people, start=1):
            noted.settle(self._concepts)
            self._index.put(SeekerProfile.of(noted.record, self._concepts))
            self.digests[int(noted.record.id)] = noted.digest
            if progress is not None and (done % _TOLD_EVERY == 0 or done == total):
                progress(done, total)

    def scored(self, job: Noted[Job]) -> Scored:
        """Everybody's figures for the job."""
        return Scored.of(self._index.rank(match_runs.profile_of(job, self._concepts)))
