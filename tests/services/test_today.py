"""One day of one person: each figure is the total of its list, and it is pinned down what is cold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.models.employers import Employer, RelationshipStage
from crm.models.tasks import TaskInput, TaskStatus
from crm.models.users import Actor
from crm.services import agreements, cold_accounts, contacts, employers, task_list, tasks, today, vacancies
from crm.services.agreements import AgreementFilter
from crm.services.employer_filters import MINE, EmployerFilter
from crm.services.task_list import Due, TaskFilter
from crm.services.vacancies import VacancyFilter
from tests.makers import make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import make_active, make_employer, make_person
from tests.makers_jobs import make_vacancy

SUNDAY = date(2026, 11, 29)
ON = date(2026, 11, 26)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, name="Ines Marlow").as_actor()


def account(session: Session, owner: Actor, name: str, *, silent: int | None, **facts: object) -> Employer:
    """An account recorded 100 days ago whose last contact was so many days ago; None: there was none."""
    row = make_employer(session, name, **{"owner_id": owner.id, "stage": "partner", **facts})
    if silent is not None:
        make_contact(session, row, by=owner, today=ON, held_on=ON - timedelta(days=silent))
    row.created_at = datetime(2026, 8, 1, tzinfo=UTC)
    session.add(row)
    session.flush()
    return row


def cold(session: Session, by: Actor) -> list[str]:
    """The cold accounts on the first page; the list of employers holds the same, and as many."""
    page = cold_accounts.longest_cold(session, limit=99, by=by, today=ON)
    found = [row.name for row in page.rows]
    wanted = EmployerFilter(owner=MINE, is_cold=True)
    listed = employers.listing(session, wanted, offset=0, limit=99, by=by, today=ON)
    assert sorted(found) == [row.name for row in listed.rows]
    assert page.total == listed.total == len(found)
    return found


def test_an_account_is_cold_from_the_thirtieth_day_on_the_longest_first(session: Session, officer: Actor):
    account(session, officer, "29 days", silent=29)
    account(session, officer, "30 days", silent=30)
    account(session, officer, "31 days", silent=31)
    assert cold(session, officer) == ["31 days", "30 days"]


def test_an_account_never_contacted_counts_from_the_london_day_on_which_it_was_recorded(
    session: Session, officer: Actor
):
    late = account(session, officer, "Recorded 29 days ago", silent=None)
    early = account(session, officer, "Recorded 30 days ago", silent=None)
    late.created_at = datetime(2026, 10, 28, 0, 0, tzinfo=UTC)
    early.created_at = datetime(2026, 10, 27, 23, 59, tzinfo=UTC)
    session.add_all([late, early])
    session.flush()
    assert cold(session, officer) == ["Recorded 30 days ago"]


def test_a_second_owner_has_the_account_too_and_nobody_else(session: Session, officer: Actor):
    other = make_user(session, name="Other").as_actor()
    account(session, other, "Second", silent=40, second_owner_id=officer.id)
    account(session, other, "Not mine", silent=40)
    assert cold(session, officer) == ["Second"]


@pytest.mark.parametrize(
    ("facts", "is_left_alone"),
    [
        ({"stage": RelationshipStage.DORMANT}, True),
        ({"stage": RelationshipStage.DO_NOT_CONTACT}, True),
        ({"quiet_until": ON}, True),
        ({"quiet_until": ON - timedelta(days=1)}, False),
    ],
)
def test_who_is_to_be_left_alone_is_never_cold(
    session: Session, officer: Actor, facts: dict[str, object], is_left_alone: bool
):
    account(session, officer, "Fernside", silent=99, **facts)
    assert cold(session, officer) == ([] if is_left_alone else ["Fernside"])


def test_a_contact_put_aside_makes_the_account_cold_again(session: Session, officer: Actor):
    row = account(session, officer, "Fernside", silent=60)
    latest = make_contact(session, row, by=officer, today=ON)
    assert cold(session, officer) == []
    contacts.archive(session, latest.key, why="Logged twice", version=latest.version, by=officer)
    assert cold(session, officer) == ["Fernside"]


def test_every_other_figure_is_the_total_of_its_list(session: Session, officer: Actor):
    for gap in (-3, -1, 0, 2, 3, 9):
        make_task(session, by=officer, due_on=ON + timedelta(days=gap))
    make_task(session, by=make_user(session).as_actor(), due_on=ON)
    mine = make_active(session, ends_on=ON + timedelta(days=20))
    make_active(session, ends_on=ON + timedelta(days=20))
    mine.owner_id = officer.id
    employer = make_employer(session)
    make_vacancy(session, employer, closes_on=ON + timedelta(days=14))
    make_vacancy(session, employer, closes_on=ON + timedelta(days=15))
    session.add(mine)
    session.flush()
    found = today.figures(session, by=officer, today=ON)
    assert found.overdue == tasks_due(session, officer, Due.OVERDUE) == 2
    assert found.due_today == tasks_due(session, officer, Due.TODAY) == 1
    assert found.due_this_week == tasks_due(session, officer, Due.WEEK) == 2
    expiring = AgreementFilter(expires_soon=True, owner_id=officer.id)
    renewals = agreements.listing(session, expiring, offset=0, limit=1, by=officer, today=ON)
    soon = VacancyFilter(is_closing_soon=True)
    closing = vacancies.listing(session, soon, offset=0, limit=1, by=officer, today=ON)
    assert found.agreements_expiring == renewals.total == 1
    assert found.vacancies_closing == closing.total == 1


def test_interviews_to_come_are_my_own_of_today_and_later(session: Session, officer: Actor):
    for title, gap in (("Yesterday", -1), ("Today", 0), ("In a month", 30)):
        make_task(session, title, by=officer, due_on=ON + timedelta(days=gap), is_interview=True)
    make_task(session, "No interview", by=officer, due_on=ON)
    held = make_task(session, "Held", by=officer, due_on=ON, is_interview=True)
    tasks.settle(session, held.key, TaskStatus.DONE, version=1, by=officer, today=ON)
    other = make_user(session, name="Other").as_actor()
    make_task(session, "Theirs", by=other, due_on=ON, is_interview=True)
    wanted = TaskFilter(is_interview_to_come=True)
    listed = task_list.listing(session, wanted, offset=0, limit=9, by=officer, today=ON)
    assert [row.title for row in listed.rows] == ["Today", "In a month"]
    assert today.figures(session, by=officer, today=ON).interviews == listed.total == 2


def test_an_interview_without_a_day_is_refused():
    with pytest.raises(ValidationError, match="which day the interview is"):
        TaskInput(title="Interview", is_interview=True)


def tasks_due(session: Session, by: Actor, due: Due) -> int:
    wanted = TaskFilter(due=due)
    return task_list.listing(session, wanted, offset=0, limit=1, by=by, today=ON).total


def test_a_contact_counts_for_the_week_when_it_was_mine_in_person_and_with_somebody_who_hires(
    session: Session, officer: Actor
):
    employer = make_employer(session, "Fernside")
    hires = make_person(session, employer, hires="yes").key
    second = make_person(session, employer, "Lee", hires="yes").key
    other = make_person(session, employer, "Jo", hires="unknown").key
    met = {"kind": "visit", "is_in_person": True, "person_ids": (hires, second)}
    make_contact(session, employer, by=officer, today=SUNDAY, **met | {"held_on": date(2026, 11, 23)})
    make_contact(session, employer, by=officer, today=SUNDAY, **met | {"held_on": SUNDAY})
    make_contact(session, employer, by=officer, today=SUNDAY, **met | {"held_on": date(2026, 11, 22)})
    make_contact(session, employer, by=officer, today=SUNDAY, **met | {"is_in_person": False})
    make_contact(session, employer, by=officer, today=SUNDAY, **met | {"person_ids": (other,)})
    make_contact(session, employer, by=make_user(session).as_actor(), today=SUNDAY, **met)
    found = today.met_this_week(session, by=officer, today=ON)
    assert [(row.employer, row.held_on) for row in found] == [
        ("Fernside", date(2026, 11, 23)),
        ("Fernside", SUNDAY),
    ]
