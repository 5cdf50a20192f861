"""The ledger: who waits longest, what was put off, referrals left open, and people without a next step."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import ledger, waiting
from crm.services.ledger import DUE_AHEAD, LedgerFilter
from tests.makers import make_actor, make_service, make_user
from tests.makers_contacts import make_task
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_old_leaver, make_seeker

TODAY = date(2026, 11, 26)
ALL: dict[str, Any] = {"offset": 0, "limit": 25, "by": SYSTEM, "today": TODAY}
EVERYBODY = LedgerFilter()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    make_service(session)
    return make_vacancy(session, make_employer(session))


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


def waits(session: Session, wanted: LedgerFilter = EVERYBODY) -> list[tuple[str, int | None]]:
    found = ledger.longest_without(session, wanted, **ALL)
    assert found.total == len(found.rows)
    return [(row.name, row.days) for row in found.rows]


def test_everybody_who_looks_stands_on_the_board_those_longest_without_a_shortlist_first(
    session: Session, vacancy: Vacancy
):
    make_seeker(session, "Unknown")
    make_seeker(session, "New", referred_on=ago(10))
    once = make_seeker(session, "Once", referred_on=ago(900))
    make_seeker(session, "Never", referred_on=ago(300))
    make_seeker(session, "Wants more", status="in_work", wants_more="yes", referred_on=ago(40))
    make_seeker(session, "Content", status="in_work", wants_more="no", referred_on=ago(900))
    make_seeker(session, "Gone", status="exited")
    make_decision(session, vacancy, once, decided_on=ago(200))
    make_decision(session, vacancy, once, decided_on=ago(90))
    make_decision(session, vacancy, once, "hold", decided_on=ago(5))
    assert waits(session) == [
        ("Never", 300),
        ("Once", 90),
        ("Wants more", 40),
        ("New", 10),
        ("Unknown", None),
    ]
    assert [name for name, _ in waits(session, LedgerFilter(is_never=True))] == [
        "Never",
        "Wants more",
        "New",
        "Unknown",
    ]


def test_each_board_narrows_to_the_people_of_one_coach(session: Session, vacancy: Vacancy, coach: Actor):
    for name, coach_id in (("Mine", coach.id), ("Theirs", None)):
        one = make_seeker(session, name, coach_id=coach_id, referred_on=ago(9))
        make_decision(session, vacancy, one, "not_yet", due_on=ago(1), measure="A lift")
        make_old_leaver(session, f"{name}, gone", coach_id=coach_id)
    wanted = LedgerFilter(coach_id=coach.id)
    assert waits(session, wanted) == [("Mine", 9)]
    assert [row.seeker for row in ledger.not_yets(session, wanted, **ALL).rows] == ["Mine"]
    assert [row.name for row in ledger.open_ends(session, wanted, **ALL).rows] == ["Mine, gone"]
    assert [row.name for row in ledger.without_next_step(session, wanted, **ALL).rows] == ["Mine"]


def test_the_board_is_paged_by_the_database(session: Session, vacancy: Vacancy):
    for nth in range(5):
        make_seeker(session, f"Person {nth}", referred_on=ago(100 - nth))
    second: dict[str, Any] = ALL | {"offset": 2, "limit": 2}
    page = ledger.longest_without(session, EVERYBODY, **second)
    assert ([row.name for row in page.rows], page.total) == (["Person 2", "Person 3"], 5)


def test_not_yets_past_their_date_and_due_soon_stand_with_measure_and_owner(
    session: Session, vacancy: Vacancy, coach: Actor
):
    told = {"reason": "No bus", "measure": "Travel training", "owner_id": coach.id}
    for name, due in (
        ("Soon", TODAY + DUE_AHEAD),
        ("Late", ago(3)),
        ("Later", TODAY + DUE_AHEAD + timedelta(days=1)),
    ):
        make_decision(session, vacancy, make_seeker(session, name), "not_yet", due_on=due, **told)
    settled = make_seeker(session, "Settled")
    make_decision(session, vacancy, settled, "not_yet", due_on=ago(9), **told)
    make_decision(session, vacancy, settled)
    rows = ledger.not_yets(session, EVERYBODY, **ALL).rows
    assert [(row.seeker, row.due_on) for row in rows] == [("Late", ago(3)), ("Soon", TODAY + DUE_AHEAD)]
    assert (rows[0].reason, rows[0].measure, rows[0].owner) == ("No bus", "Travel training", "Rosa Lind")
    late = waiting.not_yet_overdue(session, owner_id=None, limit=5, by=SYSTEM, today=TODAY)
    assert [row.seeker for row in late.rows] == ["Late"]


def test_a_referral_is_left_open_when_nobody_said_how_it_ended(session: Session, vacancy: Vacancy):
    make_seeker(session, "Chose", status="exited")
    make_seeker(session, "Looks")
    make_old_leaver(session, "Old")
    assert [row.name for row in ledger.open_ends(session, EVERYBODY, **ALL).rows] == ["Old"]


def test_an_open_task_or_a_not_yet_ahead_is_a_next_step(session: Session, vacancy: Vacancy):
    for name, due in (("Ahead", TODAY), ("Over", ago(1))):
        make_decision(session, vacancy, make_seeker(session, name), "not_yet", due_on=due)
    make_seeker(session, "Nothing", referred_on=ago(50))
    make_task(session, seeker_id=make_seeker(session, "Task").key)
    make_seeker(session, "Gone", status="exited")
    found = ledger.without_next_step(session, EVERYBODY, **ALL)
    assert [row.name for row in found.rows] == ["Nothing", "Over"]


@pytest.mark.parametrize("board", [ledger.longest_without, ledger.not_yets, ledger.open_ends])
def test_an_administrator_sees_no_board(session: Session, board: Any):
    with pytest.raises(NotAllowedError):
        board(session, EVERYBODY, **(ALL | {"by": make_actor(Role.ADMINISTRATOR)}))
