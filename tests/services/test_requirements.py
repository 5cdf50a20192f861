"""Driving, DBS and qualifications: what a job needs, what people have to show, and never a silent no."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from crm.models.profiles import QualificationInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy
from crm.services import matches, profile_rows, requirements
from crm.services.requirements import Needed, Requirement
from tests.makers import make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker

TODAY = date(2026, 11, 26)


@pytest.fixture
def seeker(session: Session) -> JobSeeker:
    make_service(session)
    return make_seeker(session)


def vacancy_with(session: Session, **needs: Any) -> Vacancy:
    return make_vacancy(session, make_employer(session), **needs)


def hold(session: Session, seeker: JobSeeker, kind: str, name: str, expires_on: date | None = None) -> None:
    new = QualificationInput.model_validate({"kind": kind, "name": name, "expires_on": expires_on})
    profile_rows.add(session, profile_rows.QUALIFICATIONS, seeker.key, new, by=SYSTEM)


def needed(session: Session, vacancy: Vacancy, seeker: JobSeeker) -> list[Requirement]:
    found = requirements.of_pairs(session, [vacancy], [seeker.key], by=SYSTEM, today=TODAY)
    return found[vacancy.key, seeker.key]


@pytest.mark.parametrize(
    ("kind", "name", "expires_on", "shown"),
    [
        ("licence", "Driving licence, category B", None, "has_it"),
        ("licence", "Full UK driver’s licence", date(2027, 6, 1), "has_it"),
        ("licence", "Driving licence", date(2027, 1, 20), "runs_out"),
        ("licence", "Driving licence", date(2026, 11, 25), "ran_out"),
        ("licence", "Provisional driving licence", None, "provisional"),
        ("licence", "Forklift driving licence", None, "not_recorded"),
        ("qualification", "Driving theory test", None, "not_recorded"),
    ],
)
def test_a_driving_licence_is_told_as_it_is_recorded(
    session: Session, seeker: JobSeeker, kind: str, name: str, expires_on: date | None, shown: str
):
    hold(session, seeker, kind, name, expires_on)
    (found,) = needed(session, vacancy_with(session, needs_driving="yes"), seeker)
    assert (found.needed, found.shown) == (Needed.DRIVING, shown)
    assert found.is_gap is (shown != "has_it")
    assert (found.name, found.until) == ((None, None) if shown == "not_recorded" else (name, expires_on))


def test_of_several_licences_the_one_that_holds_longest_counts_and_a_full_one_before_a_provisional(
    session: Session, seeker: JobSeeker
):
    hold(session, seeker, "licence", "Provisional driving licence")
    hold(session, seeker, "licence", "Driving licence", date(2028, 1, 1))
    hold(session, seeker, "licence", "Old driving licence", date(2020, 1, 1))
    (found,) = needed(session, vacancy_with(session, needs_driving="yes"), seeker)
    assert (found.name, found.shown) == ("Driving licence", "has_it")


def test_every_qualification_is_looked_for_by_its_own_words(session: Session, seeker: JobSeeker):
    hold(session, seeker, "qualification", "Level 2 Food Hygiene certificate")
    hold(session, seeker, "education", "Foundation learning")
    hold(session, seeker, "qualification", "Enhanced DBS check")
    wanted = "Food hygiene level 2 or equivalent, NVQ catering"
    vacancy = vacancy_with(session, needs_dbs="yes", qualifications=wanted)
    assert [(each.asked, each.shown) for each in needed(session, vacancy, seeker)] == [
        ("", "has_it"),
        ("Food hygiene level 2 or equivalent", "has_it"),
        ("NVQ catering", "not_recorded"),
    ]


def test_what_was_not_asked_of_the_employer_is_no_requirement_and_is_told_apart(
    session: Session, seeker: JobSeeker
):
    vacancy = vacancy_with(session, needs_driving="no")
    assert needed(session, vacancy, seeker) == []
    assert requirements.not_recorded(vacancy) == [Needed.DBS]


def test_no_requirement_moves_a_score(session: Session, seeker: JobSeeker):
    plain = vacancy_with(session)
    before = matches.compare(session, plain.key, seeker.key, by=SYSTEM).match
    asking = make_vacancy(
        session,
        make_employer(session, "Asking"),
        needs_driving="yes",
        needs_dbs="yes",
        qualifications="NVQ",
    )
    after = matches.compare(session, asking.key, seeker.key, by=SYSTEM).match
    assert (after.low, after.high, after.group) == (before.low, before.high, before.group)
