"""The bridge to the skills vocabulary: words become a concept once, when saved; after that ids compare.

The vocabulary is the one that ships in data/, with the one that the service has imported (ESCO) beside it.
Where both know the same words the shipped one is taken, so that an import never changes what was settled.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from sqlmodel import Session, select

from crm.config import DATA
from crm.models.skills import LoadedConcept
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure
from matching.concept import Concept
from matching.normalise import Candidate, PhraseIndex, own_words
from matching.vocabulary import OWN, Vocabulary

LONGEST_LIST = 30
"""Most skills that are settled from one typed list."""


class How(StrEnum):
    """How words were settled: they are a label, they are nearly one, or they stand for themselves."""

    EXACT = "exact"
    NEAR = "near"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Settled:
    """What words mean: the concept's id, its label, and how it was found. Own words are their own label."""

    concept_id: str
    label: str
    how: How


@cache
def shipped() -> Vocabulary:
    """The vocabulary that comes with the product."""
    return Vocabulary.from_csv(DATA / "skills.csv")


@cache
def shipped_index() -> PhraseIndex:
    """Finds what words nearly say in the shipped vocabulary. The first call takes a second or two."""
    return PhraseIndex(shipped())


class _Whole:
    """The shipped and the imported vocabulary together, made again when another import has come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, int] | None = None
        self._vocabulary = Vocabulary({})
        self._index: PhraseIndex | None = None

    def vocabulary(self, session: Session, batch_id: int) -> Vocabulary:
        """All concepts as of this import."""
        key = (str(session.connection().engine.url), batch_id)
        with self._lock:
            if self._key != key:
                loaded = (_beside_shipped(row) for row in session.exec(select(LoadedConcept)))
                self._vocabulary = Vocabulary.from_concepts([*shipped().values(), *loaded])
                self._key, self._index = key, None
            return self._vocabulary

    def index(self, words: Vocabulary) -> PhraseIndex:
        """The index of these concepts; all of ESCO takes some 8 seconds, once a process and import."""
        with self._lock:
            if words is not self._vocabulary:
                return PhraseIndex(words)
            if self._index is None:
                self._index = PhraseIndex(words)
            return self._index


_whole = _Whole()


def vocabulary(session: Session) -> Vocabulary:
    """All concepts of this service; the same object until another vocabulary is imported."""
    batch_id = session.exec(select(LoadedConcept.batch_id).limit(1)).first()
    return shipped() if batch_id is None else _whole.vocabulary(session, batch_id)


def settle(session: Session, phrase: str, *, by: Actor) -> Settled:
    """The concept that somebody's words mean; words that clearly mean none stand for themselves.

    Raises:
        NotAllowedError: the person has no role here.
    """
    return settle_all(session, [phrase], by=by)[0]


def settle_all(session: Session, phrases: Sequence[str], *, by: Actor) -> list[Settled]:
    """The same for several phrases, in their order: cheaper than one by one.

    What is nearly a label is looked for in the shipped vocabulary only: this runs while a record is being
    saved, and ESCO's index would hold every other writer up. `suggestions` looks in both.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    words = vocabulary(session)
    exact = {phrase: words.exact(phrase) for phrase in phrases}
    near = _nearly([phrase for phrase, concept_id in exact.items() if concept_id is None])
    return [_settled(words, phrase, exact[phrase], near.get(phrase)) for phrase in phrases]


def suggestions(session: Session, phrase: str, *, by: Actor, top: int = 5) -> tuple[Candidate, ...]:
    """The concepts that words may mean, best first, for a person to choose from.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    words = vocabulary(session)
    index = shipped_index() if words is shipped() else _whole.index(words)
    return index.candidates(phrase, top)


def labels(session: Session, concept_ids: Sequence[str]) -> dict[str, str]:
    """The label of each concept by id; own words are given back as they were folded."""
    words = vocabulary(session)
    return {
        concept_id: words[concept_id].label if concept_id in words else concept_id.removeprefix(OWN)
        for concept_id in concept_ids
    }


def is_own(concept_id: str) -> bool:
    """Does this id stand for somebody's own words, which are in no vocabulary?"""
    return concept_id.startswith(OWN)


def parted(typed: str | None) -> list[str]:
    """The phrases of a list typed with commas, semicolons or line breaks, each once, at most 30."""
    marked = (typed or "").replace(";", ",").replace("\n", ",")
    phrases = dict.fromkeys(phrase for part in marked.split(",") if (phrase := part.strip()))
    return list(phrases)[:LONGEST_LIST]


def _nearly(phrases: Sequence[str]) -> dict[str, str]:
    if not phrases:
        return {}
    found = shipped_index().suggest(phrases, top=1)
    return {each.phrase: each.candidates[0].concept_id for each in found if not each.ambiguous}


def _settled(words: Vocabulary, phrase: str, exact: str | None, near: str | None) -> Settled:
    concept_id = exact or near
    if concept_id is None:
        return Settled(own_words(phrase), phrase.strip(), How.OWN)
    return Settled(concept_id, words[concept_id].label, How.EXACT if exact else How.NEAR)


def _beside_shipped(row: LoadedConcept) -> Concept:
    """An imported concept with its labels set apart from those that the shipped vocabulary knows."""
    known = shipped()
    others = tuple(part for part in row.alternatives.split("|") if part and not known.exact_all(part))
    concept = Concept(row.concept_id, row.label, others, row.broader_id, row.description, row.weight)
    return replace(concept, label=f"{row.label} (ESCO)") if known.exact_all(row.label) else concept
