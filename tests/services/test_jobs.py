"""Background work as people see it: their own, and all of it for those who look after it."""

import pytest

from crm import db
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.jobs import JobState
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import job_leases, job_signals, jobs
from tests.makers import make_actor, make_user
from tests.makers_work import NOW, make_job, now_of


@pytest.fixture
def officer(database: str) -> Actor:
    with db.transaction() as session:
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def run(job_id: int) -> None:
    with db.transaction() as session:
        claimed = job_leases.claim(session, "worker", now=NOW)
        assert claimed is not None
        assert claimed.key == job_id


def test_people_see_and_cancel_what_they_asked_for_and_nobody_elses(officer: Actor):
    own, other = make_job(by=officer), make_job()
    with db.reading() as session:
        assert jobs.find(session, own.key, by=officer).key == own.key
        with pytest.raises(NotAllowedError, match="do not let you see background work"):
            jobs.find(session, other.key, by=officer)
    jobs.cancel(own.key, by=officer)
    assert now_of(own).state is JobState.CANCELLED
    with pytest.raises(NotAllowedError):
        jobs.cancel(other.key, by=officer)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_those_who_look_after_it_see_all_and_cancel_any(database: str, role: Role):
    job = make_job()
    with db.reading() as session:
        assert jobs.listing(session, offset=0, limit=9, by=make_actor(role)).total == 1
    jobs.cancel(job.key, by=make_actor(role))
    assert now_of(job).state is JobState.CANCELLED


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.AUDITOR])
def test_others_see_no_list_and_try_nothing_again(database: str, role: Role):
    job = make_job()
    with db.reading() as session, pytest.raises(NotAllowedError):
        jobs.listing(session, offset=0, limit=9, by=make_actor(role))
    with db.transaction() as session, pytest.raises(NotAllowedError):
        jobs.try_again(session, job.key, by=make_actor(role))


def test_a_job_that_nobody_knows_is_said_not_to_be_found(database: str):
    with db.reading() as session, pytest.raises(NotFoundError):
        jobs.find(session, 999, by=SYSTEM)
    with db.transaction() as session, pytest.raises(NotFoundError):
        jobs.try_again(session, 999, by=SYSTEM)


def test_cancelling_what_runs_asks_it_to_stop(database: str):
    job = make_job()
    run(job.key)
    jobs.cancel(job.key, by=SYSTEM)
    assert job_signals.is_to_stop(job.key)
    assert now_of(job).state is JobState.RUNNING


def test_what_has_ended_cannot_be_cancelled(database: str):
    job = make_job()
    jobs.cancel(job.key, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="ended already"):
        jobs.cancel(job.key, by=SYSTEM)


def test_what_failed_is_tried_again_with_all_its_attempts_and_an_old_wish_to_stop_forgotten(database: str):
    job = make_job()
    run(job.key)
    job_signals.ask_to_stop(job.key)
    with db.transaction() as session:
        job_leases.fail(session, job.key, "worker", "The file is damaged.")
    with db.reading() as session:
        assert jobs.failed_lately(session, by=SYSTEM) == 1
    with db.transaction() as session:
        jobs.try_again(session, job.key, by=SYSTEM)
    again = now_of(job)
    assert (again.state, again.attempts, again.ended_at) == (JobState.WAITING, 0, None)
    assert not job_signals.is_to_stop(job.key)


def test_what_waits_or_is_done_is_not_tried_again(database: str):
    job = make_job()
    with db.transaction() as session, pytest.raises(RuleBrokenError, match="failed or was cancelled"):
        jobs.try_again(session, job.key, by=SYSTEM)


def test_a_list_begins_with_what_has_not_ended_and_names_who_asked(officer: Actor):
    ended, waits = make_job(), make_job(by=officer)
    jobs.cancel(ended.key, by=SYSTEM)
    with db.reading() as session:
        found = jobs.listing(session, offset=0, limit=9, by=SYSTEM)
        cancelled = jobs.listing(session, state="cancelled", offset=0, limit=9, by=SYSTEM)
    assert [(row.id, row.asked_by) for row in found.rows] == [
        (waits.key, "Ines Marlow"),
        (ended.key, None),
    ]
    assert [row.id for row in cancelled.rows] == [ended.key]
