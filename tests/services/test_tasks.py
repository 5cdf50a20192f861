"""Tasks wait for their owner, are about one record, and tell an employer's next step."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotFoundError, RuleBrokenError, StaleFormError
from crm.models.contacts import AccountDates
from crm.models.tasks import TaskInput, TaskStatus
from crm.models.users import Actor
from crm.policy import Role
from crm.services import tasks
from tests.makers import make_user
from tests.makers_contacts import make_task
from tests.makers_employers import TODAY, make_agreement, make_employer
from tests.makers_people import make_seeker

SOON = TODAY + timedelta(days=3)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def next_step(session: Session, employer_id: int) -> object:
    session.expire_all()
    kept = session.get(AccountDates, employer_id)
    return kept and kept.next_step_on


def test_a_task_is_ones_own_unless_somebody_else_is_named(session: Session, officer: Actor):
    colleague = make_user(session, Role.JOB_COACH).as_actor()
    assert make_task(session, by=officer).owner_id == officer.id
    assert make_task(session, by=officer, owner_id=colleague.id).owner_id == colleague.id


def test_the_next_step_of_an_employer_is_the_open_task_that_is_due_first(session: Session, officer: Actor):
    employer = make_employer(session)
    make_task(session, "Later", by=officer, employer_id=employer.key, due_on=SOON + timedelta(days=9))
    first = make_task(session, "First", by=officer, employer_id=employer.key, due_on=SOON)
    make_task(session, "Some day", by=officer, employer_id=employer.key)
    assert next_step(session, employer.key) == SOON
    assert [one.title for one in tasks.next_of(session, employer.key, limit=5, by=officer)] == [
        *("First", "Later", "Some day")
    ]
    tasks.settle(session, first.key, TaskStatus.DONE, version=first.version, by=officer, today=TODAY)
    assert next_step(session, employer.key) == SOON + timedelta(days=9)


def test_a_task_about_an_agreement_is_one_about_its_employer(session: Session, officer: Actor):
    agreement = make_agreement(session)
    row = make_task(session, by=officer, agreement_id=agreement.key, due_on=SOON)
    assert row.employer_id == agreement.employer_id
    assert next_step(session, agreement.employer_id) == SOON


def test_a_task_that_moves_to_another_employer_leaves_no_next_step_behind(session: Session, officer: Actor):
    old, new = make_employer(session), make_employer(session, "New")
    row = make_task(session, by=officer, employer_id=old.key, due_on=SOON)
    edit = TaskInput(title="Ring again", employer_id=new.key, due_on=SOON, owner_id=officer.id)
    tasks.change(session, row.key, edit, version=row.version, by=officer)
    assert (next_step(session, old.key), next_step(session, new.key)) == (None, SOON)


def test_a_task_can_be_taken_up_again(session: Session, officer: Actor):
    row = make_task(session, by=officer)
    tasks.settle(session, row.key, TaskStatus.DONE, version=row.version, by=officer, today=TODAY)
    assert (row.settled_on, row.settled_by) == (TODAY, officer.id)
    tasks.settle(session, row.key, TaskStatus.OPEN, version=row.version, by=officer, today=TODAY)
    assert (row.status, row.settled_on, row.settled_by) == (TaskStatus.OPEN, None, None)


def test_a_task_is_dropped_only_with_a_reason(session: Session, officer: Actor):
    row = make_task(session, by=officer)
    with pytest.raises(RuleBrokenError, match="why it is not needed"):
        tasks.settle(
            session, row.key, TaskStatus.DROPPED, version=row.version, by=officer, today=TODAY, how=" "
        )


def test_settling_a_task_that_somebody_changed_since_is_refused(session: Session, officer: Actor):
    row = make_task(session, by=officer)
    with pytest.raises(StaleFormError):
        tasks.settle(session, row.key, TaskStatus.DONE, version=row.version - 1, by=officer, today=TODAY)


def test_a_task_about_two_records_is_refused(session: Session, officer: Actor):
    agreement, seeker = make_agreement(session), make_seeker(session)
    with pytest.raises(RuleBrokenError, match="about one record"):
        make_task(session, by=officer, agreement_id=agreement.key, seeker_id=seeker.key)


def test_a_task_about_an_employer_that_is_not_there_is_refused(session: Session, officer: Actor):
    with pytest.raises(NotFoundError):
        make_task(session, by=officer, employer_id=4711)
