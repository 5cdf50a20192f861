"""Tasks are done, dropped, put off and given away together or not at all, and each move can be undone."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from crm import db
from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.contacts import AccountDates
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor
from crm.policy import Role
from crm.services import task_moves
from crm.services.task_moves import Chosen
from tests.makers import make_actor, make_user
from tests.makers_contacts import make_task
from tests.makers_employers import TODAY, make_employer

SOON = TODAY + timedelta(days=3)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, name="Ines Marlow").as_actor()


def chosen(*tasks: Task) -> list[Chosen]:
    return [Chosen(task.key, task.version) for task in tasks]


def next_step(session: Session, employer_id: int) -> object:
    session.expire_all()
    kept = session.get(AccountDates, employer_id)
    return kept and kept.next_step_on


def test_several_tasks_are_done_at_once_and_open_again_when_undone(session: Session, officer: Actor):
    employer = make_employer(session)
    made = [make_task(session, by=officer, employer_id=employer.key, due_on=SOON) for _ in range(3)]
    before = task_moves.finish(session, chosen(*made), by=officer, today=TODAY)
    assert {(one.status, one.settled_on, one.settled_by) for one in made} == {
        (TaskStatus.DONE, TODAY, officer.id)
    }
    assert next_step(session, employer.key) is None
    task_moves.undo(session, before, by=officer)
    assert {(one.status, one.settled_on, one.settled_by) for one in made} == {(TaskStatus.OPEN, None, None)}
    assert next_step(session, employer.key) == SOON


def test_when_one_was_saved_meanwhile_none_is_changed(database: str):
    with db.transaction() as session:
        officer = make_user(session).as_actor()
        first, second = make_task(session, by=officer), make_task(session, by=officer)
    seen = chosen(first, second)
    with db.transaction() as session:
        task_moves.put_off(session, chosen(second), to=SOON, by=officer, today=TODAY)
    with pytest.raises(StaleFormError), db.transaction() as session:
        task_moves.finish(session, seen, by=officer, today=TODAY)
    with db.reading() as session:
        assert {one.status for one in session.exec(select(Task))} == {TaskStatus.OPEN}


def test_a_task_is_put_off_to_today_or_later(session: Session, officer: Actor):
    task = make_task(session, by=officer, due_on=TODAY - timedelta(days=5))
    before = task_moves.put_off(session, chosen(task), to=TODAY, by=officer, today=TODAY)
    assert task.due_on == TODAY
    with pytest.raises(RuleBrokenError, match="today or a later day"):
        task_moves.put_off(session, chosen(task), to=TODAY - timedelta(days=1), by=officer, today=TODAY)
    task_moves.undo(session, before, by=officer)
    assert task.due_on == TODAY - timedelta(days=5)


def test_a_task_is_given_to_a_colleague_and_back(session: Session, officer: Actor):
    coach = make_user(session, Role.JOB_COACH)
    task = make_task(session, by=officer)
    before = task_moves.give(session, chosen(task), owner_id=coach.key, by=officer)
    assert task.owner_id == coach.id
    task_moves.undo(session, before, by=officer)
    assert task.owner_id == officer.id
    with pytest.raises(RuleBrokenError, match="still works here"):
        task_moves.give(session, chosen(task), owner_id=99, by=officer)


def test_dropping_needs_a_reason_and_can_be_taken_back(session: Session, officer: Actor):
    task = make_task(session, by=officer)
    for why in (" ", "x" * 301):
        with pytest.raises(RuleBrokenError):
            task_moves.drop(session, chosen(task), why=why, by=officer, today=TODAY)
    task_moves.drop(session, chosen(task), why=" They closed ", by=officer, today=TODAY)
    assert (task.status, task.settled_how) == (TaskStatus.DROPPED, "They closed")
    task_moves.reopen(session, chosen(task), by=officer, today=TODAY)
    assert (task.status, task.settled_how) == (TaskStatus.OPEN, None)


def test_a_move_that_somebody_changed_since_is_not_undone(session: Session, officer: Actor):
    task = make_task(session, by=officer)
    before = task_moves.finish(session, chosen(task), by=officer, today=TODAY)
    task_moves.reopen(session, chosen(task), by=officer, today=TODAY)
    with pytest.raises(StaleFormError):
        task_moves.undo(session, before, by=officer)


def test_an_auditor_moves_nothing(session: Session, officer: Actor):
    task = make_task(session, by=officer)
    with pytest.raises(NotAllowedError):
        task_moves.finish(session, chosen(task), by=make_actor(Role.AUDITOR), today=TODAY)
