"""Tasks are listed by whose they are, by when they are due and by what they are about."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor
from crm.policy import Role
from crm.services import task_list, tasks
from crm.services.task_list import About, Due, TaskFilter, TaskRow, Whose
from tests.makers import make_actor, make_user
from tests.makers_contacts import make_task
from tests.makers_employers import make_agreement, make_employer
from tests.makers_people import make_seeker
from tests.makers_teams import make_team

THURSDAY = date(2026, 11, 26)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, name="Ines Marlow").as_actor()


def rows(session: Session, by: Actor, wanted: TaskFilter | None = None, *, limit: int = 50) -> list[TaskRow]:
    found = task_list.listing(session, wanted or TaskFilter(), offset=0, limit=limit, by=by, today=THURSDAY)
    assert found.total >= len(found.rows)
    return found.rows


def titles(session: Session, by: Actor, wanted: TaskFilter | None = None) -> list[str]:
    return [row.title for row in rows(session, by, wanted)]


def make_due(session: Session, by: Actor, *days: int | None) -> None:
    for gap in days:
        due_on = None if gap is None else THURSDAY + timedelta(days=gap)
        make_task(session, str(gap), by=by, due_on=due_on)


def test_each_open_task_is_due_in_just_one_way_and_a_week_ends_on_sunday(session: Session, officer: Actor):
    make_due(session, officer, -9, -1, 0, 1, 3, 4, 40, None)
    found = {due: titles(session, officer, TaskFilter(due=due)) for due in Due}
    assert found == {
        Due.OVERDUE: ["-9", "-1"],
        Due.TODAY: ["0"],
        Due.WEEK: ["1", "3"],
        Due.LATER: ["4", "40"],
        Due.NO_DAY: ["None"],
    }


def test_what_is_due_first_stands_first_then_what_matters_more_and_last_what_has_no_day(
    session: Session, officer: Actor
):
    make_task(session, "no day", by=officer, priority="high")
    make_task(session, "low", by=officer, due_on=THURSDAY, priority="low")
    make_task(session, "high", by=officer, due_on=THURSDAY, priority="high")
    make_task(session, "normal", by=officer, due_on=THURSDAY)
    make_task(session, "before", by=officer, due_on=THURSDAY - timedelta(days=1), priority="low")
    assert titles(session, officer) == ["before", "high", "normal", "low", "no day"]


def test_tasks_are_mine_my_teams_or_everybodys(session: Session, officer: Actor):
    mate = make_user(session, name="Mate").as_actor()
    stranger = make_user(session, name="Other")
    make_team(session, "South", stranger)
    for who in (officer, mate, stranger.as_actor()):
        make_task(session, who.name, by=who)
    assert titles(session, officer) == ["Ines Marlow"]
    assert set(titles(session, officer, TaskFilter(Whose.TEAM))) == {"Ines Marlow", "Mate"}
    assert set(titles(session, officer, TaskFilter(Whose.EVERYBODY))) == {"Ines Marlow", "Mate", "Other"}


def test_the_tasks_of_an_employer_are_also_those_of_its_agreements(session: Session, officer: Actor):
    agreement = make_agreement(session)
    make_task(session, "of the agreement", by=officer, agreement_id=agreement.key)
    make_task(session, "of the employer", by=officer, employer_id=agreement.employer_id)
    make_task(session, "of nothing", by=officer)
    of_employer = TaskFilter(about=About(employer_id=agreement.employer_id))
    of_agreement = TaskFilter(about=About(agreement_id=agreement.key))
    assert titles(session, officer, of_employer) == ["of the agreement", "of the employer"]
    assert titles(session, officer, of_agreement) == ["of the agreement"]


def test_a_row_names_what_the_task_is_about_and_whose_it_is(session: Session, officer: Actor):
    seeker = make_seeker(session, "Amara Nwosu")
    make_task(session, by=officer, seeker_id=seeker.key)
    make_task(session, by=officer, employer_id=make_employer(session, "Fernside").key)
    of_seeker, of_employer = rows(session, officer)
    assert (of_seeker.seeker, of_seeker.owner) == ("Amara Nwosu", "Ines Marlow")
    assert of_employer.employer == "Fernside"


def test_settled_tasks_have_a_list_of_their_own_the_last_first(session: Session, officer: Actor):
    made = [make_task(session, title, by=officer) for title in ("first", "second", "open")]
    for gap, task in enumerate(made[:2]):
        settle(session, task, officer, THURSDAY + timedelta(days=gap))
    assert titles(session, officer) == ["open"]
    assert titles(session, officer, TaskFilter(status=TaskStatus.DONE)) == ["second", "first"]


def settle(session: Session, task: Task, by: Actor, on: date) -> None:
    tasks.settle(session, task.key, TaskStatus.DONE, version=task.version, by=by, today=on)


def test_a_page_is_cut_and_the_whole_is_counted(session: Session, officer: Actor):
    make_due(session, officer, 1, 2, 3)
    found = task_list.listing(session, TaskFilter(), offset=1, limit=1, by=officer, today=THURSDAY)
    assert ([row.title for row in found.rows], found.total) == (["2"], 3)


def test_whoever_may_see_no_tasks_gets_none(session: Session):
    with pytest.raises(NotAllowedError):
        rows(session, make_actor(Role.ADMINISTRATOR))
