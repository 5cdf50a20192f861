"""Two people who could share one vacancy: whose hours and strengths cover it together. Nobody is left out."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.errors import NotFoundError
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import records, seekers, service
from crm.services.access import ensure
from crm.services.job_inputs import opening
from crm.services.match_index import PEOPLE, Progress
from crm.services.seeker_inputs import Person
from matching.job_share import Pairing, SharedJob, Split, split
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Slot
from matching.skill_cases import SkillRow
from matching.week import slots_of

FIRST_ROWS = 25


@dataclass(frozen=True, slots=True)
class SharerRow:
    """One person with a partner and what both cover; for a list of everybody the partner is their best."""

    person: Person
    partner: Person | None
    pairing: Pairing | None
    days_waiting: int | None


@dataclass(frozen=True, slots=True)
class SharerList:
    """Everybody who could share a vacancy, or every partner of one person: how many, and the first of them.

    `hours` a week are to be filled, None when not recorded.
    """

    hours: float | None
    total: int
    rows: list[SharerRow]


@dataclass(frozen=True, slots=True)
class TwoForOne:
    """A vacancy shared by two people: what both cover, how the hours could be divided, what each brings.

    `times` are those of the first, of the second, and those that neither is free for. `strengths` has a row
    for each thing asked: how the first stands to it, and the second.
    """

    first: Person
    second: Person
    hours: float | None
    pairing: Pairing
    split: Split
    times: tuple[tuple[Slot, ...], tuple[Slot, ...], tuple[Slot, ...]]
    strengths: list[tuple[SkillRow, SkillRow]]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everybody in order of id, and the vacancy they could share."""

    people: list[Person]
    shared: SharedJob

    @property
    def hours(self) -> float | None:
        return self.shared.sides.hours or None

    def place(self, seeker_id: int) -> int:
        for at, each in enumerate(self.people):
            if each.id == seeker_id:
                return at
        raise NotFoundError("This person does not look for work now, so nobody is beside them here.")


def _ground(session: Session, vacancy_id: int, by: Actor, progress: Progress | None) -> _Ground:
    ensure(session, by, Action.MATCHES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        job = opening(session, vacancy, ready.meanings)
        people = sorted(ready.known.values(), key=lambda each: each.id)
        concepts = ready.meanings.concepts
        profiles = [SeekerProfile.of(each.record, concepts) for each in people]
        return _Ground(people, SharedJob(JobProfile.of(job.record, concepts), profiles))


def everybody(
    session: Session,
    vacancy_id: int,
    *,
    rows: int = FIRST_ROWS,
    by: Actor,
    today: date,
    progress: Progress | None = None,
) -> SharerList:
    """Everybody who looks for work with the partner who covers most with them, longest wait first.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy.
    """
    found = _ground(session, vacancy_id, by, progress)
    waiting = [(each.referred_on or date.max, each.id) for each in found.people]
    places = sorted(range(len(waiting)), key=waiting.__getitem__)
    shown: list[SharerRow] = []
    for place in places[:rows]:
        best = next(iter(found.shared.partners(place)), None)
        shown.append(_row(found, place, best, found.people[place], today))
    return SharerList(found.hours, len(places), shown)


def partners(
    session: Session,
    vacancy_id: int,
    seeker_id: int,
    *,
    rows: int = FIRST_ROWS,
    by: Actor,
    today: date,
    progress: Progress | None = None,
) -> tuple[Person, SharerList]:
    """Everybody else as a partner of one person, those who cover most with them first.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy, or this person does not look for work now.
    """
    found = _ground(session, vacancy_id, by, progress)
    place = found.place(seeker_id)
    every = found.shared.partners(place)
    shown = [_row(found, place, each, found.people[each.partner], today) for each in every[:rows]]
    return found.people[place], SharerList(found.hours, len(every), shown)


def _row(found: _Ground, place: int, pairing: Pairing | None, waits: Person, today: date) -> SharerRow:
    partner = found.people[pairing.partner] if pairing else None
    return SharerRow(found.people[place], partner, pairing, seekers.days_waiting(waits.referred_on, today))


def of_two(
    session: Session,
    vacancy_id: int,
    first_id: int,
    second_id: int,
    *,
    by: Actor,
    progress: Progress | None = None,
) -> TwoForOne:
    """One vacancy shared by these two.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: there is no such vacancy, or one of them does not look for work now, or both are one.
    """
    found = _ground(session, vacancy_id, by, progress)
    first, second = found.place(first_id), found.place(second_id)
    if first == second:
        raise NotFoundError("Nobody shares a job with themselves. Choose another partner.")
    sides = found.shared.sides
    divided = split(sides, first, second)
    return TwoForOne(
        found.people[first],
        found.people[second],
        found.hours,
        next(each for each in found.shared.partners(first) if each.partner == second),
        divided,
        (slots_of(divided.cells[0]), slots_of(divided.cells[1]), slots_of(divided.open_cells)),
        list(zip(sides.rows[first], sides.rows[second], strict=True)),
    )
