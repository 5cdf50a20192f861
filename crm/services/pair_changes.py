"""What would have to be true for a vacancy to be workable now for a person: the fewest changes, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import records, service
from crm.services.access import ensure
from crm.services.job_inputs import opening
from crm.services.match_index import PEOPLE, weights_of
from crm.services.seeker_inputs import person
from matching.change import Change, Effort
from matching.change_words import change_saying, change_words
from matching.changes import Changes, find_changes


@dataclass(frozen=True, slots=True)
class WantedChange:
    """One change in words.

    Attributes:
        number: How the screen names it: its place in the set.
        title: What to do, naming nobody; the same words are the title of its task.
        saying: How one would put it.
        is_with_employer: Whether the employer is asked; otherwise the coach acts, with the person.
        is_finding_out: Whether something is found out only.
        points: What it adds to the score after those before it; None for what is not in the set.
        score: The score after it; None in the same way.
    """

    number: str
    title: str
    saying: str
    is_with_employer: bool
    is_finding_out: bool
    points: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class OtherWay:
    """What would do as well: its number, such as 1a, what of the set it would replace, and its changes."""

    number: str
    replaced: str
    changes: tuple[WantedChange, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """Its changes in words."""
        return tuple(change.title for change in self.changes)


@dataclass(frozen=True, slots=True)
class PairChanges:
    """What would have to be true.

    Attributes:
        before: The score as things stand, the middle of its band.
        after: The score once all of the set is done.
        wanted: The smallest set, in the order in which its points add up.
        instead: Other ways, in the order of what they would replace.
        beside: What would help with the journey, which moves no score.
        blocked: What none of these can settle, in words; then the set helps, but is not enough.
    """

    before: float
    after: float
    wanted: tuple[WantedChange, ...]
    instead: tuple[OtherWay, ...]
    beside: tuple[WantedChange, ...]
    blocked: tuple[str, ...]

    @property
    def is_workable_now(self) -> bool:
        """Is there nothing to change?"""
        return not self.wanted and not self.blocked

    def every_one(self) -> dict[str, WantedChange]:
        """All that is offered, by its words."""
        rest = (*self.beside, *(change for way in self.instead for change in way.changes))
        return {change.title: change for change in (*rest, *self.wanted)}


def of_pair(session: Session, vacancy_id: int, seeker_id: int, *, by: Actor) -> PairChanges:
    """Find the smallest set of changes that would make a vacancy workable now for a person.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy or job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    house = service.current(session, by=by)
    with PEOPLE.ready(session, house) as ready:
        one = person(session, seeker, ready.meanings)
        job = opening(session, vacancy, ready.meanings)
        found = find_changes(
            one.record, job.record, weights=weights_of(house), vocabulary=ready.meanings.concepts
        )
    return _in_words(found)


def _in_words(found: Changes) -> PairChanges:
    wanted = tuple(
        _worded(step.change, str(number), step.points, step.score)
        for number, step in enumerate(found.steps, start=1)
    )
    first = len(wanted) + 1
    return PairChanges(
        before=found.before,
        after=found.after,
        wanted=wanted,
        instead=tuple(sorted(_instead(found), key=lambda way: (len(way.number), way.number))),
        beside=tuple(_worded(change, str(number)) for number, change in enumerate(found.beside, first)),
        blocked=found.blocked,
    )


def _instead(found: Changes) -> Iterator[OtherWay]:
    numbers = {step.change: str(number) for number, step in enumerate(found.steps, start=1)}
    for each in found.others:
        replaced = [numbers[change] for change in each.chosen]
        for letter, way in zip("abc", each.others, strict=False):
            number = f"{replaced[0]}{letter}"
            yield OtherWay(number, " and ".join(replaced), tuple(_worded(one, number) for one in way))


def _worded(
    change: Change, number: str, points: float | None = None, score: float | None = None
) -> WantedChange:
    return WantedChange(
        number=number,
        title=change_words(change),
        saying=change_saying(change),
        is_with_employer=change.is_with_employer,
        is_finding_out=change.effort is Effort.FIND_OUT,
        points=points,
        score=score,
    )
