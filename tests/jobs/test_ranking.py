"""Matching runs as jobs: each night and on asking, in parts, gone on with wherever one was broken off."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from crm import db
from crm.config import ROOT
from crm.jobs import work
from crm.jobs.ranking import KEPT
from crm.jobs.regular import REGULAR
from crm.models.base import utc_now
from crm.models.jobs import JobState
from crm.models.rankings import RankingPart, RankingRun, SeekerCount, VacancyCount
from crm.models.users import SYSTEM, User
from crm.policy import Action, Role
from crm.services import job_leases, job_signals, ranking_ground, ranking_night, ranking_parts, ranking_runs
from crm.services.access import ensure
from crm.services.job_leases import LEASE
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_night import counted_anew, stored_counts
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
    assert now_of(job).result["said"] == "People compared: 2. Vacancies: 1. New suggestions: 2."
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


def broken_off_after(monkeypatch: pytest.MonkeyPatch, parts: int, how: Callable[[], None]) -> None:
    """Have the next run broken off once it has kept so many parts of one vacancy each."""
    monkeypatch.setattr(ranking_ground, "JOBS_IN_PART", 1)
    keep, kept = ranking_night.keep_part, list[int]()

    def keep_and_break(*given: Any, **named: Any) -> None:
        keep(*given, **named)
        kept.append(given[2])
        if len(kept) == parts:
            how()

    monkeypatch.setattr(ranking_night, "keep_part", keep_and_break)


def more_vacancies() -> None:
    with db.transaction() as session:
        employer = make_employer(session, "Mill Lane")
        for number in range(3):
            make_vacancy(session, employer, f"Porter {number}")


def parts_kept() -> list[int]:
    with db.reading() as session:
        return sorted(row.number for row in session.exec(select(RankingPart)))


def test_a_run_that_is_cancelled_keeps_its_parts_and_the_next_goes_on_from_there(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    make_job("match_everybody")
    work.run_next("worker", now=NOW)
    before = stored()
    more_vacancies()
    job = make_job("match_everybody")
    with monkeypatch.context() as patch:
        broken_off_after(patch, 2, lambda: job_signals.ask_to_stop(job.key))
        work.run_next("worker", now=NOW)
        assert (now_of(job).state, stored(), parts_kept()) == (JobState.CANCELLED, before, [0, 1])
        assert now_of(job).result["said"] == KEPT
        done = list[int]()
        work_out = ranking_parts.work_out
        patch.setattr(ranking_parts, "work_out", lambda ground, n: done.append(n) or work_out(ground, n))
        make_job("match_everybody")
        work.run_next("worker", now=NOW)
    assert (done, parts_kept(), stored()) == ([2, 3], [], (3, 4, 2))
    with db.transaction() as session:
        assert stored_counts(session) == counted_anew(session)


def test_a_run_that_is_cancelled_before_its_first_part_says_that_nothing_was_kept(officer: User):
    job = make_job("match_everybody")
    job_signals.ask_to_stop(job.key)
    work.run_next("worker", now=NOW)
    assert "nothing of it was kept" in str(now_of(job).result["said"])


def test_a_run_that_fails_half_way_is_tried_again_from_there(officer: User, monkeypatch: pytest.MonkeyPatch):
    def break_down() -> None:
        raise ZeroDivisionError

    more_vacancies()
    job = make_job("match_everybody")
    with monkeypatch.context() as patch:
        broken_off_after(patch, 3, break_down)
        work.run_next("worker", now=NOW)
    assert (now_of(job).state, parts_kept()) == (JobState.WAITING, [0, 1])
    with monkeypatch.context() as patch:
        patch.setattr(ranking_ground, "JOBS_IN_PART", 1)
        work.run_next("worker", now=now_of(job).due_at)
    assert (now_of(job).state, stored()) == (JobState.DONE, (2, 4, 2))


def test_a_run_whose_process_is_killed_is_gone_on_with_and_counts_once(officer: User, engine: str):
    if engine == "postgresql":
        pytest.skip("A process takes seconds to start, and parts are kept by the same statements.")
    more_vacancies()
    job = make_job("match_everybody")
    killed = """
import os, signal
from datetime import UTC, datetime
from crm.jobs import work
from crm.services import ranking_ground, ranking_night
ranking_ground.JOBS_IN_PART = 1
keep = ranking_night.keep_part
def keep_and_die(*given, **named):
    if given[2] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    keep(*given, **named)
ranking_night.keep_part = keep_and_die
work.run_next("killed", now=datetime(2026, 11, 26, 12, tzinfo=UTC))
"""
    ended = subprocess.run([sys.executable, "-c", killed], cwd=ROOT, check=False, timeout=120)
    assert (ended.returncode, parts_kept()) == (-signal.SIGKILL, [0, 1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking_ground, "JOBS_IN_PART", 1)
        assert work.run_next("worker", now=NOW + LEASE + timedelta(seconds=1))
    assert (now_of(job).state, stored()) == (JobState.DONE, (2, 4, 2))
    with db.transaction() as session:
        assert stored_counts(session) == counted_anew(session)


def test_what_has_changed_while_a_run_was_broken_off_is_compared_after_it(
    officer: User, monkeypatch: pytest.MonkeyPatch
):
    job = make_job("match_everybody")
    with monkeypatch.context() as patch:
        broken_off_after(patch, 1, lambda: job_signals.ask_to_stop(job.key))
        work.run_next("worker", now=NOW)
    more_vacancies()
    job = make_job("match_everybody")
    work.run_next("worker", now=NOW)
    assert stored() == (2, 4, 2)
    with db.transaction() as session:
        assert stored_counts(session) == counted_anew(session)


def test_a_night_says_what_was_compared_and_suggested(officer: User):
    more_vacancies()
    make_job("match_everybody")
    work.run_next("worker", now=NOW)
    job = make_job("match_everybody")
    work.run_next("worker", now=NOW)
    assert now_of(job).result["said"] == "Nothing has changed since the last run, so nothing was compared."
    with db.transaction() as session:
        make_vacancy(session, make_employer(session, "Ash Grove"))
    job = make_job("match_everybody")
    work.run_next("worker", now=NOW)
    assert now_of(job).result["said"] == (
        "Changed since the last run, and compared again: people: 0, vacancies: 1. New suggestions: 2."
    )


def test_a_run_that_another_worker_ended_meanwhile_is_done(officer: User, monkeypatch: pytest.MonkeyPatch):
    job = make_job("match_everybody")
    monkeypatch.setattr(ranking_night, "finish", lambda *_given, **_named: None)
    work.run_next("worker", now=NOW)
    assert now_of(job).result["said"] == "Another run has compared everybody meanwhile."


def test_a_run_whose_worker_died_is_begun_again_and_counts_once(officer: User):
    job = make_job("match_everybody")
    with db.transaction() as session:
        assert job_leases.claim(session, "killed", now=NOW) is not None
    assert not work.run_next("worker", now=NOW + LEASE)
    assert work.run_next("worker", now=NOW + LEASE + timedelta(seconds=1))
    assert (now_of(job).state, stored()) == (JobState.DONE, (1, 1, 2))
