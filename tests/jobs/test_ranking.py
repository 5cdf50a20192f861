"""Matching runs as jobs: each night and on asking, cancelled with nothing kept, begun again after a crash."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.jobs import work
from crm.jobs.regular import REGULAR
from crm.models.base import utc_now
from crm.models.jobs import JobState
from crm.models.rankings import RankingRun, SeekerCount, VacancyCount
from crm.models.users import SYSTEM, User
from crm.policy import Action, Role
from crm.services import job_leases, job_signals, ranking_everybody, ranking_runs
from crm.services.access import ensure
from crm.services.job_leases import LEASE
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_work import NOW, make_job, now_of


@pytest.fixture
def officer(database: str) -> User:
    """Somebody who matches, in a service with two people and one open vacancy."""
    with db.transaction() as session:
        make_service(session)
        make_vacancy(session, make_employer(session))
        for name in ("Amara Nwosu", "Ben Adeyemi"):
            make_seeker(session, name)
        return make_user(session, Role.ENGAGEMENT_OFFICER)


def stored() -> tuple[int, int, int]:
    with db.reading() as session:
        runs, jobs, people = (
            session.exec(select(table)).all() for table in (RankingRun, VacancyCount, SeekerCount)
        )
        return len(runs), len(jobs), len(people)


def test_everybody_is_matched_each_night_by_itself(officer: User):
    assert "match_everybody" in REGULAR
    job = make_job("match_everybody")
    work.run_next("worker", now=NOW)
    assert now_of(job).result["said"] == "People compared: 2. Vacancies: 1."
    assert stored() == (1, 1, 2)
    with db.reading() as session:
        assert session.exec(select(RankingRun)).one().asked_by is None


def test_before_there_is_a_service_the_night_passes_without_a_failure(database: str):
    job = make_job("match_everybody")
    work.run_next("worker", now=NOW)
    assert (now_of(job).state, stored()) == (JobState.DONE, (0, 0, 0))


def test_a_run_that_somebody_asked_for_says_by_whom(officer: User):
    with db.transaction() as session:
        job = ranking_runs.ask(session, vacancy_id=1, by=officer.as_actor())
    work.run_next("worker")
    assert now_of(job).state is JobState.DONE
    with db.reading() as session:
        kept = session.exec(select(RankingRun)).one()
    assert (kept.asked_by, kept.vacancy_id) == (officer.key, 1)


def test_who_asked_and_was_shut_out_meanwhile_has_nothing_done(officer: User):
    job = make_job("match_everybody", by=officer.as_actor())
    with db.transaction() as session:
        ensure(session, SYSTEM, Action.USERS_RECORD)
        session.get_one(User, officer.key).disabled_at = utc_now()
    work.run_next("worker", now=NOW)
    assert (now_of(job).state, stored()) == (JobState.FAILED, (0, 0, 0))
    assert "cannot sign in any more" in (now_of(job).last_error or "")


def test_a_run_that_is_cancelled_keeps_what_was_counted_before(officer: User):
    make_job("match_everybody")
    work.run_next("worker", now=NOW)
    before = stored()
    job = make_job("match_everybody")
    count = ranking_everybody.count

    def ask_to_stop(*given: object) -> object:
        job_signals.ask_to_stop(job.key)
        return count(*given)  # pyright: ignore[reportArgumentType]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking_everybody, "count", ask_to_stop)
        work.run_next("worker", now=NOW)
    assert (now_of(job).state, stored()) == (JobState.CANCELLED, before)


def test_a_run_whose_worker_died_is_begun_again_and_counts_once(officer: User):
    job = make_job("match_everybody")
    with db.transaction() as session:
        assert job_leases.claim(session, "killed", now=NOW) is not None
    assert not work.run_next("worker", now=NOW + LEASE)
    assert work.run_next("worker", now=NOW + LEASE + timedelta(seconds=1))
    assert (now_of(job).state, stored()) == (JobState.DONE, (1, 1, 2))
