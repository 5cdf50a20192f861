"""What words may mean, to be chosen from while somebody types: the five nearest skills, each with why."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from crm.models.skills import LearntWords
from crm.models.users import Actor
from crm.policy import Action
from crm.services import learnt_words, skills
from crm.services.access import ensure
from crm.services.skills import How, Settled
from crm.services.vocabularies import index_of, vocabulary
from matching.normalise import Candidate, own_words
from matching.vocabulary import Vocabulary

MOST_OFFERED = 5

_WHY = {
    "exact": "the same words",
    "spelling": "nearly the same spelling",
    "words": "shares words",
    "meaning": "close in meaning",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that words may mean, and why it is offered."""

    concept_id: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What words may mean, best first, and what they are settled to if nobody chooses.

    `own` is what stands for keeping the words themselves.
    """

    phrase: str
    proposals: tuple[Proposal, ...]
    settled: Settled
    own: str

    @property
    def is_clear(self) -> bool:
        """Is it settled without asking, so that nobody need choose?"""
        return self.settled.how is not How.OWN


def offers(session: Session, phrases: Sequence[str], *, by: Actor) -> list[Offer]:
    """The concepts that each of these phrases may mean, for a person to choose from.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    words = vocabulary(session)
    chosen = learnt_words.chosen_before(session, phrases)
    settled = skills.settle_all(session, phrases, by=by)
    found = index_of(words).suggest(phrases, MOST_OFFERED)
    return [
        Offer(
            each.phrase, _proposals(words, chosen[each.phrase], each.candidates), sure, own_words(each.phrase)
        )
        for each, sure in zip(found, settled, strict=True)
    ]


def _proposals(
    words: Vocabulary, chosen: Sequence[LearntWords], found: Sequence[Candidate]
) -> tuple[Proposal, ...]:
    """What was chosen here before goes first, then the nearest."""
    offered = {
        row.concept_id: Proposal(row.concept_id, words[row.concept_id].label, _times(row))
        for row in chosen
        if row.concept_id in words
    }
    for each in found:
        near = Proposal(each.concept_id, each.label, _WHY[each.how])
        offered.setdefault(each.concept_id, near)
    return tuple(offered.values())[:MOST_OFFERED]


def _times(row: LearntWords) -> str:
    return "chosen here before" if row.times == 1 else f"chosen here {row.times} times before"
