"""Who gets shortlisted over a period: counted by hand in a small scene, and told to whom it may be."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.placements import Placement
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Action, Role
from crm.services import records, shortlist_shares
from crm.services.access import ensure
from crm.services.crowding import Crowding
from crm.services.shortlist_cells import Share
from crm.services.shortlist_shares import NO_COACH, ShareFilter, Shares
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_need, make_profile, make_seeker

TODAY = date(2026, 11, 26)
YEAR = ShareFilter("2026-01", "2026-11")
IN_IT = date(2026, 11, 20)
KINDS = ("named_buddy", "routine", "technology", "induction")


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    make_service(session)
    return make_vacancy(session, make_employer(session))


def told(session: Session, wanted: ShareFilter = YEAR, role: Role = Role.MANAGER) -> Shares:
    return shortlist_shares.of_period(session, wanted, by=make_actor(role), today=TODAY)


def people(
    session: Session, vacancy: Vacancy, number: int, chosen: int, *, kinds: int | None = None, **facts: Any
) -> list[JobSeeker]:
    """So many people, of whom the first are shortlisted; `kinds` of support is None where nobody asked."""
    found = [make_seeker(session, f"Person {nth}", **facts) for nth in range(number)]
    for nth, one in enumerate(found):
        if kinds == 0:
            make_profile(session, one)
        for kind in KINDS[: kinds or 0]:
            make_need(session, one, kind)
        if nth < chosen:
            make_decision(session, vacancy, one, decided_on=IN_IT)
    return found


@pytest.fixture
def scene(session: Session, vacancy: Vacancy) -> User:
    """60 people, of whom 26 were shortlisted; their coach, who has 25 of them."""
    rosa = make_user(session, Role.JOB_COACH, name="Rosa Lind")
    people(session, vacancy, 20, 15, kinds=0, coach_id=rosa.key, referred_on=TODAY - timedelta(days=30))
    people(session, vacancy, 15, 6, kinds=2, referred_on=TODAY - timedelta(days=400))
    people(session, vacancy, 15, 0, kinds=3, referred_on=TODAY - timedelta(days=100))
    people(session, vacancy, 10, 5)
    return rosa


def test_shares_are_told_by_support_needs_waiting_time_and_coach_beside_the_whole(
    session: Session, scene: User
):
    found = told(session)
    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 11, 30))
    assert found.whole == Share(60, 26)
    assert found.needs == {
        "No support need": Share(20, 15),
        "1 to 2 kinds of support": Share(15, 6),
        "3 kinds of support or more": Share(15, 0),
        "Not asked": Share(10, 5),
    }
    assert found.waits == {
        "Under 3 months": Share(20, 15),
        "3 to 6 months": Share(15, 0),
        "6 to 12 months": Share(0, 0),
        "A year or more": Share(15, 6),
        "Referral date not recorded": Share(10, 5),
    }
    assert found.coaches == {"Rosa Lind": Share(20, 15), NO_COACH: Share(40, 11)}
    assert found.crowding is Crowding.CROWDED_OUT


def test_two_shortlists_of_one_person_and_one_outside_the_period_count_once_and_not_at_all(
    session: Session, vacancy: Vacancy, scene: User
):
    once, twice = people(session, vacancy, 2, 0)
    for _ in range(2):
        make_decision(session, vacancy, twice, decided_on=IN_IT)
    make_decision(session, vacancy, once, decided_on=date(2025, 12, 31))
    make_decision(session, vacancy, once, "hold", decided_on=IN_IT)
    assert told(session).whole == Share(62, 27)


def test_who_left_started_or_came_after_the_period_is_counted_as_they_were_in_it(
    session: Session, vacancy: Vacancy, scene: User
):
    def add(name: str, **facts: Any) -> JobSeeker:
        return make_seeker(session, name, **facts)

    add("Left in it", status="exited")
    add("Left before", status="exited", referral_ended_on=date(2025, 12, 31))
    add("Wants more", status="in_work", wants_more="yes")
    add("Content", status="in_work")
    add("Comes later", referred_on=TODAY + timedelta(days=1))
    add("Paused", status="paused", pause_reason="Rest", pause_review_on=TODAY)
    started = add("Started in it", status="in_work")
    ensure(session, SYSTEM, Action.PLACEMENTS_RECORD)
    about: dict[str, Any] = {"seeker_id": started.key, "employer_id": vacancy.employer_id}
    records.add(session, Placement(title="Baker", starts_on=date(2026, 5, 4), **about))
    assert told(session).whole == Share(63, 26)
    make_decision(session, vacancy, started, decided_on=date(2026, 3, 2))
    assert told(session).whole == Share(63, 27)


def test_a_coach_with_few_people_is_left_out_with_another_who_would_give_them_away(
    session: Session, vacancy: Vacancy, scene: User
):
    ada = make_user(session, Role.JOB_COACH, name="Ada Byrne")
    people(session, vacancy, 3, 1, coach_id=ada.key)
    found = told(session)
    assert found.whole == Share(63, 27)
    assert found.coaches == {"Ada Byrne": None, NO_COACH: None, "Rosa Lind": Share(20, 15)}


def test_nothing_is_told_of_a_period_with_fewer_than_five_shortlists(session: Session, vacancy: Vacancy):
    people(session, vacancy, 30, 4, kinds=0)
    found = told(session)
    assert (found.whole, found.needs, found.waits, found.coaches) == (None, None, {}, {})
    assert found.crowding is Crowding.NOT_TOLD


def test_before_anybody_was_shortlisted_it_is_told_that_nobody_was(session: Session, vacancy: Vacancy):
    people(session, vacancy, 12, 0, kinds=0)
    people(session, vacancy, 12, 0, kinds=3)
    found = told(session)
    assert found.whole == Share(24, 0)
    assert found.crowding is Crowding.NO_SIGN


def test_two_coaches_of_one_name_are_told_apart(session: Session, vacancy: Vacancy):
    for _ in range(2):
        rosa = make_user(session, Role.JOB_COACH, name="Rosa Lind")
        people(session, vacancy, 10, 5, coach_id=rosa.key)
    assert set(told(session).coaches.values()) == {Share(10, 5)}
    assert len(told(session).coaches) == 2


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.ADMINISTRATOR])
def test_shares_are_on_no_screen_of_those_who_place_people(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        told(session, role=role)


def test_an_auditor_is_told_the_same_as_a_manager(session: Session, scene: User):
    assert told(session, role=Role.AUDITOR) == told(session)


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        (ShareFilter(), date(2025, 12, 1), date(2026, 11, 30)),
        (ShareFilter("2026-02", "2026-02"), date(2026, 2, 1), date(2026, 2, 28)),
        (ShareFilter("2026-10", "2026-03"), date(2026, 3, 1), date(2026, 10, 31)),
        (ShareFilter(None, "2024-05"), date(2024, 5, 1), date(2024, 5, 31)),
        (ShareFilter("2024-05"), date(2024, 5, 1), date(2026, 11, 30)),
    ],
)
def test_a_period_runs_from_the_first_day_of_a_month_to_the_last_of_another(
    wanted: ShareFilter, first: date, last: date
):
    assert wanted.days(TODAY) == (first, last)
