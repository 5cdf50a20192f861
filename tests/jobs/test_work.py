"""Jobs are taken up once, held while they are worked on, and end in a way that people can read."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from sqlmodel import select

from crm import db
from crm.errors import RuleBrokenError
from crm.jobs import kinds, work
from crm.jobs.regular import REGULAR
from crm.jobs.task import Task
from crm.models.employers import Employer, EmployerInput
from crm.models.jobs import JobState
from crm.models.users import SYSTEM
from crm.services import employers, job_leases, job_signals, jobs
from crm.services.job_leases import LEASE, MOST_ATTEMPTS, LeaseLostError
from tests.makers_work import NOW, make_job, now_of

Result = dict[str, object]


def teach(monkeypatch: pytest.MonkeyPatch, does: Callable[[Task], Result]) -> None:
    """Have the kind “probe” do this."""
    monkeypatch.setattr(kinds, "KINDS", {"probe": does})


def add_employer_and(task: Task, then: Callable[[], None]) -> Result:
    with task.finishing({}) as session:
        employers.add(session, EmployerInput(name="Fernside"), by=SYSTEM)
        then()
    return {}


def how_many_employers() -> int:
    with db.reading() as session:
        return len(session.exec(select(Employer)).all())


def run(**named: object) -> bool:
    return work.run_next("worker-1", now=NOW, **named)  # pyright: ignore[reportArgumentType]


def test_a_job_is_done_once_and_says_what_came_of_it(database: str, monkeypatch: pytest.MonkeyPatch):
    done: list[object] = []
    teach(monkeypatch, lambda task: done.append(task.arguments["of"]) or {"said": "Well done."})
    job = make_job("probe", of="bread")
    assert run()
    assert not run()
    ended = now_of(job)
    assert (done, ended.state, ended.result) == (["bread"], JobState.DONE, {"said": "Well done."})
    assert (ended.attempts, ended.lease_by, ended.ended_at is None) == (1, None, False)


def test_a_job_that_is_not_due_yet_waits(database: str):
    make_job()
    assert not work.run_next("worker-1", now=NOW - timedelta(seconds=1))


def test_what_is_due_first_is_done_first(database: str, monkeypatch: pytest.MonkeyPatch):
    done: list[object] = []
    teach(monkeypatch, lambda task: done.append(task.job.key) or {})
    first, second = make_job("probe"), make_job("probe")
    assert run()
    assert run()
    assert done == [first.key, second.key]


def test_an_unknown_kind_fails_with_a_sentence_and_is_not_tried_again(database: str):
    job = make_job("fly_to_the_moon")
    run()
    ended = now_of(job)
    assert (ended.state, ended.attempts) == (JobState.FAILED, 1)
    assert "does not know the work “fly_to_the_moon”" in (ended.last_error or "")


def test_an_expected_problem_fails_in_its_own_words(database: str, monkeypatch: pytest.MonkeyPatch):
    def refuse(_task: Task) -> Result:
        raise RuleBrokenError("Choose the column that holds the name.")

    teach(monkeypatch, refuse)
    job = make_job("probe")
    run()
    assert now_of(job).last_error == "Choose the column that holds the name."


def test_a_fault_is_tried_three_times_more_each_time_later_then_fails_under_a_number(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def break_down(_task: Task) -> Result:
        raise ZeroDivisionError("the name of a person")

    teach(monkeypatch, break_down)
    job, moment, waits = make_job("probe"), NOW, list[timedelta]()
    for _ in range(MOST_ATTEMPTS):
        assert work.run_next("worker-1", now=moment)
        waits.append(now_of(job).due_at - moment)
        moment = now_of(job).due_at
    ended = now_of(job)
    assert waits[:3] == sorted(waits[:3]) == list(job_leases.PAUSES)
    assert (ended.state, ended.attempts) == (JobState.FAILED, MOST_ATTEMPTS)
    assert str(ended.incident) in (ended.last_error or "")
    assert "person" not in (ended.last_error or "")
    assert str(ended.incident) in "".join(capsys.readouterr())


def test_work_that_fails_at_its_end_leaves_nothing_behind(database: str, monkeypatch: pytest.MonkeyPatch):
    def break_down() -> None:
        raise ZeroDivisionError

    teach(monkeypatch, lambda task: add_employer_and(task, break_down))
    job = make_job("probe")
    run()
    assert how_many_employers() == 0
    assert now_of(job).state is JobState.WAITING


def test_a_job_whose_holder_is_gone_is_taken_over_once_its_lease_has_run_out(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    teach(monkeypatch, lambda _task: {})
    job = make_job("probe")
    with db.transaction() as session:
        assert job_leases.claim(session, "gone", now=NOW) is not None
    assert not work.run_next("worker-2", now=NOW + LEASE)
    assert work.run_next("worker-2", now=NOW + LEASE + timedelta(seconds=1))
    assert (now_of(job).state, now_of(job).attempts) == (JobState.DONE, 2)


def test_a_job_whose_holders_all_died_fails_with_a_sentence(database: str):
    job, moment = make_job("probe"), NOW
    for number in range(MOST_ATTEMPTS):
        with db.transaction() as session:
            assert job_leases.claim(session, f"gone-{number}", now=moment) is not None
        moment += LEASE + timedelta(seconds=1)
    assert work.run_next("worker-2", now=moment)
    assert now_of(job).state is JobState.FAILED
    assert "broken off each time" in (now_of(job).last_error or "")


def test_whoever_has_lost_a_job_saves_nothing_of_it(database: str, monkeypatch: pytest.MonkeyPatch):
    def lose(task: Task) -> Result:
        with db.transaction() as session:
            job_leases.give_back(session, task.job.key, task.worker)
            later = NOW + timedelta(seconds=1)
            assert job_leases.claim(session, "quicker", now=later) is not None
        return add_employer_and(task, lambda: None)

    teach(monkeypatch, lose)
    job = make_job("probe")
    run()
    assert how_many_employers() == 0
    assert now_of(job).lease_by == "quicker"


def test_saying_that_a_job_is_still_worked_on_puts_its_lease_off(database: str):
    job = make_job("probe")
    with db.transaction() as session:
        job_leases.claim(session, "slow", now=NOW - timedelta(hours=1))
        assert session.get(type(job), job.key) is not None
    with db.transaction() as session:
        claimed = job_leases.claim(session, "slow", now=NOW)
        assert claimed is not None
        until = claimed.lease_until
    with db.transaction() as session:
        job_leases.hold(session, job.key, "somebody else")
    assert now_of(job).lease_until == until
    with db.transaction() as session:
        job_leases.hold(session, job.key, "slow")
    assert now_of(job).lease_until != until


def test_a_job_held_by_another_cannot_be_ended(database: str):
    job = make_job("probe")
    with db.transaction() as session:
        job_leases.claim(session, "first", now=NOW)
    with pytest.raises(LeaseLostError), db.transaction() as session:
        job_leases.finish(session, job.key, "second", {})


def test_a_running_job_that_is_cancelled_keeps_nothing(database: str, monkeypatch: pytest.MonkeyPatch):
    def cancelled_half_way(task: Task) -> Result:
        job_signals.ask_to_stop(task.job.key)
        return add_employer_and(task, lambda: task.telling("Importing")(1, 2))

    teach(monkeypatch, cancelled_half_way)
    job = make_job("probe")
    run()
    assert how_many_employers() == 0
    assert now_of(job).state is JobState.CANCELLED
    assert not job_signals.is_to_stop(job.key)


def test_how_far_a_job_has_come_is_told_while_its_transaction_is_open(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    seen: list[job_signals.Progress] = []

    def look(task: Task) -> None:
        task.telling("Importing")(500, 2000)
        seen.append(job_signals.told(now_of(task.job)))

    teach(monkeypatch, lambda task: add_employer_and(task, lambda: look(task)))
    make_job("probe")
    run()
    assert seen == [job_signals.Progress(500, 2000, "Importing")]
    assert how_many_employers() == 1


def test_a_worker_that_is_stopped_gives_its_job_back_as_it_was(
    database: str, monkeypatch: pytest.MonkeyPatch
):
    stopping = Event()

    def work_on(task: Task) -> None:
        stopping.set()
        task.telling("Importing")(1, 2)

    teach(monkeypatch, lambda task: add_employer_and(task, lambda: work_on(task)))
    job = make_job("probe")
    run(stopping=stopping)
    assert (now_of(job).state, now_of(job).attempts) == (JobState.WAITING, 0)
    assert how_many_employers() == 0
    assert not run(stopping=stopping)


def test_two_workers_never_hold_the_same_job(database: str):
    first, second = make_job("probe"), make_job("probe")
    with db.transaction() as session:
        one = job_leases.claim(session, "a", now=NOW)
    with db.transaction() as session:
        other = job_leases.claim(session, "b", now=NOW)
    assert one is not None
    assert other is not None
    assert {one.key, other.key} == {first.key, second.key}


def test_a_worker_passes_over_what_another_is_just_taking_up(database: str, engine: str):
    if engine == "sqlite":
        pytest.skip("On SQLite one writes at a time.")
    first, second = make_job("probe"), make_job("probe")
    with db.transaction() as session, db.transaction() as beside:
        one = job_leases.claim(session, "a", now=NOW)
        other = job_leases.claim(beside, "b", now=NOW)
        assert one is not None
        assert other is not None
        assert (one.key, other.key) == (first.key, second.key)


def test_everything_due_is_done_in_one_go_with_what_is_regular(database: str):
    make_job()
    assert work.run_due(now=NOW) == 1 + len(REGULAR)
    assert work.run_due(now=NOW) == 0
    with db.reading() as session:
        rows = jobs.listing(session, offset=0, limit=20, by=SYSTEM).rows
    assert {row.state for row in rows} == {JobState.DONE}
