"""The worker beside the app: begun, begun again when it dies, ended with its parent."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

from crm.config import ROOT
from crm.jobs import keeper, serve, work
from crm.jobs.keeper import Keeper
from crm.models.jobs import JobState
from tests.makers_work import NOW, make_job, now_of

_LISTENS = (
    "import os, pathlib, sys; "
    "pathlib.Path(sys.argv[1]).open('a').write(f'{os.getpid()}\\n'); sys.stdin.read()"
)
_DIES = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('died\\n')"


LONG_AGO = NOW - timedelta(days=300)


def until(happened: object) -> None:
    """Wait a little until this holds."""
    for _ in range(400):
        if callable(happened) and happened():
            return
        time.sleep(0.02)
    raise AssertionError("It did not happen.")


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text()


def test_a_worker_ends_when_it_is_not_kept_any_more(tmp_path: Path):
    kept = Keeper((sys.executable, "-c", _LISTENS, str(tmp_path / "pid")))
    kept.start()
    until(lambda: lines(tmp_path / "pid"))
    kept.stop()
    assert not is_running(int(lines(tmp_path / "pid")[0]))


def test_a_worker_that_dies_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(keeper, "_AGAIN_AFTER", 0.0)
    kept = Keeper((sys.executable, "-c", _DIES, str(tmp_path / "died")))
    kept.start()
    until(lambda: len(lines(tmp_path / "died")) >= 2)
    kept.stop()
    assert "worker died" in "".join(capsys.readouterr())


def test_a_worker_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeper, "_PATIENCE", 0.1)
    stubborn = _LISTENS.replace("sys.stdin.read()", "import time; time.sleep(60)")
    kept = Keeper((sys.executable, "-c", stubborn, str(tmp_path / "pid")))
    kept.start()
    until(lambda: lines(tmp_path / "pid"))
    kept.stop()
    until(lambda: not is_running(int(lines(tmp_path / "pid")[0])))


def test_a_worker_ends_also_when_its_parent_is_killed(tmp_path: Path):
    parent = (
        "import sys, time; from crm.jobs.keeper import Keeper; "
        "Keeper((sys.executable, '-c', sys.argv[1], sys.argv[2])).start(); time.sleep(60)"
    )
    command = [sys.executable, "-c", parent, _LISTENS, str(tmp_path / "pid")]
    with subprocess.Popen(command, cwd=ROOT) as started:
        until(lambda: lines(tmp_path / "pid"))
        started.send_signal(signal.SIGKILL)
    until(lambda: not is_running(int(lines(tmp_path / "pid")[0])))


def test_the_worker_does_what_is_due_until_it_is_to_stop(database: str, monkeypatch: pytest.MonkeyPatch):
    stopping = Event()
    job = make_job("fly_to_the_moon", due=LONG_AGO)
    monkeypatch.setattr(stopping, "wait", lambda _seconds: stopping.set())
    serve.work_until(stopping)
    assert now_of(job).state is JobState.FAILED


def test_while_the_database_does_not_answer_the_worker_waits(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail(*_: object, **__: object) -> bool:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    stopping = Event()
    monkeypatch.setattr(work, "run_next", fail)
    monkeypatch.setattr(stopping, "wait", lambda _seconds: stopping.set())
    serve.work_until(stopping)
    assert "worker waits" in "".join(capsys.readouterr())


def test_when_the_parent_is_gone_the_work_stops_and_what_does_not_is_broken_off(
    monkeypatch: pytest.MonkeyPatch,
):
    ended: list[int] = []
    monkeypatch.setattr(serve, "_GRACE", 0.0)
    monkeypatch.setattr(serve.os, "_exit", ended.append)
    stopping = Event()
    serve.watch(BytesIO(b"nudged"), stopping)
    assert stopping.is_set()
    assert ended == [0]


def test_the_command_serves_until_its_input_ends(database: str):
    job = make_job("fly_to_the_moon", due=LONG_AGO)
    with subprocess.Popen(keeper.COMMAND, cwd=ROOT, stdin=subprocess.PIPE) as child:
        until(lambda: now_of(job).state is JobState.FAILED)
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(20) == 0
