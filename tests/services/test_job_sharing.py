"""Two people who could share one vacancy, as staff are told of them."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import job_sharing
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill

TODAY = date(2026, 11, 3)
MORNINGS: list[dict[str, Any]] = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(5)]
AFTERNOONS: list[dict[str, Any]] = [{"day": day, "start": "13:00", "end": "17:00"} for day in range(5)]


@pytest.fixture
def employer(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def vacancy(session: Session, employer: Employer) -> Vacancy:
    """Forty hours, mornings and afternoons, of two kinds of work."""
    row = make_vacancy(session, employer, guaranteed_hours=40, pattern=MORNINGS + AFTERNOONS)
    make_criterion(session, row, "Fold boxes")
    make_criterion(session, row, "Greet customers")
    return row


def sharer(session: Session, name: str, since: str, week: list[dict[str, Any]], skill: str) -> JobSeeker:
    row = make_seeker(session, name, referred_on=since)
    make_profile(session, row, availability=week)
    make_skill(session, row, skill)
    return row


@pytest.fixture
def people(session: Session, employer: Employer) -> list[JobSeeker]:
    """One for the mornings, one for the afternoons, and somebody of whom nothing is recorded."""
    return [
        sharer(session, "Mornings", "2026-03-01", MORNINGS, "Fold boxes"),
        sharer(session, "Afternoons", "2025-01-01", AFTERNOONS, "Greet customers"),
        make_seeker(session, "Nothing recorded", referred_on="2024-01-01"),
    ]


def test_everybody_is_listed_with_a_partner_the_longest_wait_first(
    session: Session, vacancy: Vacancy, people: list[JobSeeker]
):
    found = job_sharing.everybody(session, vacancy.key, by=SYSTEM, today=TODAY)
    assert (found.hours, found.total) == (40, 3)
    assert [row.person.name for row in found.rows] == ["Nothing recorded", "Afternoons", "Mornings"]
    best = found.rows[2]
    assert best.partner
    assert best.partner.name == "Afternoons"
    assert best.pairing
    assert (best.pairing.hours_low, best.pairing.has_both_least) == (40, True)
    assert best.days_waiting == 247


def test_only_as_many_rows_as_are_shown_are_worked_out(
    session: Session, vacancy: Vacancy, people: list[JobSeeker]
):
    found = job_sharing.everybody(session, vacancy.key, rows=1, by=SYSTEM, today=TODAY)
    assert (found.total, len(found.rows)) == (3, 1)


def test_all_others_stand_beside_one_person(session: Session, vacancy: Vacancy, people: list[JobSeeker]):
    person, found = job_sharing.partners(session, vacancy.key, people[0].key, by=SYSTEM, today=TODAY)
    assert (person.name, found.total) == ("Mornings", 2)
    assert [row.partner and row.partner.name for row in found.rows] == ["Afternoons", "Nothing recorded"]


def test_two_people_divide_the_week_and_each_brings_something(
    session: Session, vacancy: Vacancy, people: list[JobSeeker]
):
    found = job_sharing.of_two(session, vacancy.key, people[0].key, people[1].key, by=SYSTEM)
    assert found.split.hours == (20, 20)
    assert [(slot.day, slot.start, slot.end) for slot in found.times[0]] == [(d, 540, 780) for d in range(5)]
    assert [(slot.day, slot.start, slot.end) for slot in found.times[1]] == [(d, 780, 1020) for d in range(5)]
    assert found.times[2] == ()
    brings = {one.asked.name: (one.status, two.status) for one, two in found.strengths}
    assert brings == {"Fold boxes": ("met", "not_recorded"), "Greet customers": ("not_recorded", "met")}


def test_somebody_alone_has_no_partner_and_is_listed_all_the_same(session: Session, vacancy: Vacancy):
    make_seeker(session, "Alone")
    [row] = job_sharing.everybody(session, vacancy.key, by=SYSTEM, today=TODAY).rows
    assert (row.person.name, row.partner, row.pairing) == ("Alone", None, None)


def test_who_does_not_look_for_work_is_beside_nobody(
    session: Session, vacancy: Vacancy, people: list[JobSeeker]
):
    gone = make_seeker(session, "Gone", status="exited")
    with pytest.raises(NotFoundError, match="does not look for work now"):
        job_sharing.partners(session, vacancy.key, gone.key, by=SYSTEM, today=TODAY)


def test_nobody_shares_a_job_with_themselves(session: Session, vacancy: Vacancy, people: list[JobSeeker]):
    with pytest.raises(NotFoundError, match="another partner"):
        job_sharing.of_two(session, vacancy.key, people[0].key, people[0].key, by=SYSTEM)


def test_who_sees_no_matches_sees_nobody_here(session: Session, vacancy: Vacancy, people: list[JobSeeker]):
    administrator = make_actor(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        job_sharing.everybody(session, vacancy.key, by=administrator, today=TODAY)
