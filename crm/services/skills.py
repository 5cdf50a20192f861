"""The bridge to the skills vocabulary: words become a concept once, when saved; after that ids compare.

What somebody chooses for their words holds, and this service learns from it (`learnt_words`); where nobody
chose, words are settled only as far as they are clear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from crm.errors import NotFoundError
from crm.models.users import Actor
from crm.policy import Action
from crm.services import learnt_words
from crm.services.access import ensure
from crm.services.vocabularies import shipped_index, vocabulary
from matching.normalise import own_words
from matching.vocabulary import OWN, Vocabulary

LONGEST_LIST = 30
"""Most skills that are settled from one typed list."""


class How(StrEnum):
    """How words were settled: somebody chose, they are a label, nearly one, or they stand for themselves."""

    CHOSEN = "chosen"
    EXACT = "exact"
    NEAR = "near"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Settled:
    """What words mean: the concept's id, its label, and how it was found. Own words are their own label."""

    concept_id: str
    label: str
    how: How


def settle(session: Session, phrase: str, *, chosen: Mapping[str, str] | None = None, by: Actor) -> Settled:
    """The concept that somebody's words mean; words that clearly mean none stand for themselves.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: what was chosen is in no vocabulary.
    """
    return settle_all(session, [phrase], chosen=chosen, by=by)[0]


def settle_all(
    session: Session, phrases: Sequence[str], *, chosen: Mapping[str, str] | None = None, by: Actor
) -> list[Settled]:
    """The same for several phrases, in their order: cheaper than one by one.

    What was `chosen` for a phrase holds, and is learnt; else what this service has learnt; else its label.
    What is nearly a label is looked for in the shipped vocabulary only: this runs while a record is being
    saved, and ESCO's index would hold every other writer up.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: what was chosen is in no vocabulary.
    """
    ensure(session, by, Action.SERVICE_READ)
    words = vocabulary(session)
    for phrase in dict.fromkeys(phrases):
        if chosen and phrase in chosen:
            ensure_meaning(words, phrase, chosen[phrase])
            learnt_words.note(session, phrase, chosen[phrase], by=by)
    return _without_asking(session, words, phrases, dict(chosen or {}))


def ensure_meaning(words: Vocabulary, phrase: str, concept_id: str) -> None:
    """Refuse a meaning that is in no vocabulary and is not the phrase itself.

    Raises:
        NotFoundError: it is neither.
    """
    if concept_id not in words and concept_id != own_words(phrase):
        raise NotFoundError("This skill is not in the vocabulary any more. Look for other meanings again.")


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


def _without_asking(
    session: Session, words: Vocabulary, phrases: Sequence[str], chosen: Mapping[str, str]
) -> list[Settled]:
    learnt = learnt_words.meanings(session, phrases)
    told = {phrase: meaning for phrase, meaning in learnt.items() if meaning in words or is_own(meaning)}
    told |= {phrase: chosen[phrase] for phrase in phrases if phrase in chosen}
    exact = {phrase: words.exact(phrase) for phrase in phrases if phrase not in told}
    near = _nearly([phrase for phrase, concept_id in exact.items() if concept_id is None])
    return [
        _chosen(words, phrase, told[phrase])
        if phrase in told
        else _settled(words, phrase, exact[phrase], near.get(phrase))
        for phrase in phrases
    ]


def _chosen(words: Vocabulary, phrase: str, concept_id: str) -> Settled:
    label = phrase.strip() if is_own(concept_id) else words[concept_id].label
    return Settled(concept_id, label, How.CHOSEN)


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
