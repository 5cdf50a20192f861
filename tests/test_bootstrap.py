"""Setting up from a fresh clone: what is decided, without installing anything."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from crm import bootstrap
from crm.bootstrap import BootstrapError, find_chromium, find_python, install, main


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a lock file and the Python of a virtual environment."""
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements.txt").write_text("typer==1\n")
    program(bootstrap.venv_python())
    return tmp_path


def program(path: Path, text: str = "exit 0") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


class Pip:
    """Takes note of what it is asked for."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.asked: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> int:
        self.asked.append(list(command))
        return self.code


def test_only_what_the_lock_names_is_installed_with_its_digests(clone: Path):
    pip = Pip()
    assert install("requirements.txt", pip=pip)
    (command,) = pip.asked
    assert command[1:4] == ["-m", "pip", "install"]
    assert "--require-hashes" in command
    assert command[-2:] == ["--requirement", str(clone / "requirements.txt")]


def test_a_newer_release_of_something_locked_does_not_stop_the_installation(clone: Path):
    pip = Pip()
    install("requirements.txt", pip=pip)
    assert "--no-deps" in pip.asked[0], "pip compares releases whose digests the lock cannot know"


def test_nothing_is_installed_again_until_the_lock_changes(clone: Path):
    install("requirements.txt", pip=Pip())
    assert not install("requirements.txt", pip=Pip(code=1))
    (clone / "requirements.txt").write_text("typer==2\n")
    pip = Pip()
    assert install("requirements.txt", pip=pip)
    assert len(pip.asked) == 1


def test_an_installation_that_failed_is_tried_again(clone: Path):
    with pytest.raises(BootstrapError, match="Installing from requirements"):
        install("requirements.txt", pip=Pip(code=1))
    pip = Pip()
    install("requirements.txt", pip=pip)
    assert len(pip.asked) == 1


def test_an_environment_that_was_never_finished_is_made_again(clone: Path, monkeypatch: pytest.MonkeyPatch):
    digest = hashlib.sha256((clone / "requirements.txt").read_bytes()).hexdigest()
    (clone / ".venv" / "installed-requirements.txt").write_text(digest)
    bootstrap.venv_python().unlink()
    monkeypatch.setattr(
        "sys.executable", str(program(clone / "python", 'mkdir -p "$3/bin"; touch "$3/bin/python"'))
    )
    pip = Pip()
    assert install("requirements.txt", pip=pip)
    assert len(pip.asked) == 1


def test_a_system_without_venv_is_told_what_to_install(clone: Path, monkeypatch: pytest.MonkeyPatch):
    bootstrap.venv_python().unlink()
    monkeypatch.setattr("sys.executable", str(program(clone / "python", "exit 1")))
    with pytest.raises(BootstrapError, match="python3-venv"):
        install("requirements.txt", pip=Pip())


@pytest.mark.parametrize(
    ("found", "wanted"), [(["python3.12", "python3.13"], "python3.13"), (["python3.11"], "python3.11")]
)
def test_an_old_python_finds_the_newest_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: list[str], wanted: str
):
    for name in found:
        program(tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    assert find_python() == str(tmp_path / wanted)


def test_without_a_fitting_python_it_says_which_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    assert main(["run"]) == 1
    assert "Python 3.11 to 3.14 is needed, and this is Python 3.9." in capsys.readouterr().out


def test_chromium_is_the_one_that_is_named_else_the_first_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert find_chromium() is None
    edge = program(tmp_path / "msedge")
    assert find_chromium() == edge
    chromium = program(tmp_path / "chromium")
    assert find_chromium() == chromium
    named = program(tmp_path / "elsewhere" / "my-browser")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_chromium() == named


def test_a_missing_chromium_is_installed_where_debians_packages_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("CHROMIUM", "")
    monkeypatch.setattr(bootstrap, "BROWSERS", ("browser-of-this-test",))
    asked = tmp_path / "asked"
    made = tmp_path / "browser-of-this-test"
    program(
        tmp_path / "apt-get",
        f'echo "$@" >> {asked}; case "$2" in install) printf x > {made}; chmod 755 {made};; esac',
    )
    program(tmp_path / "sudo", 'shift; exec "$@"')
    assert bootstrap.browser_environment() == {"CHROMIUM": str(made)}
    assert asked.read_text().splitlines() == [
        "-qq update",
        "-qq install --yes --no-install-recommends chromium",
    ]


def test_without_a_browser_and_without_apt_it_says_that_browser_tests_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert bootstrap.browser_environment() == {}
    assert "browser tests are skipped" in capsys.readouterr().out


def test_without_sudo_nothing_is_installed_for_somebody_who_is_not_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    program(tmp_path / "apt-get", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bootstrap.browser_environment() == {}


TOOLS = ("ruff", "lint-imports", "bandit", "pyright", "pytest", "coverage")


@pytest.mark.parametrize("failing", TOOLS)
def test_any_tool_that_finds_something_fails_the_whole(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], failing: str
):
    (clone / "requirements-dev.txt").write_text("ruff==1\n")
    monkeypatch.setenv("CHROMIUM", str(program(clone / "chromium")))
    for name in TOOLS:
        program(bootstrap.venv_python().parent / name, f"echo ran {name}; exit {int(name == failing)}")
    assert main(["test"]) == 1
    said = capfd.readouterr().out
    assert f"ran {failing}" in said
    assert f"{failing} found something to put right" in said


def test_all_well_ends_with_zero(clone: Path, monkeypatch: pytest.MonkeyPatch):
    (clone / "requirements-dev.txt").write_text("ruff==1\n")
    monkeypatch.setenv("CHROMIUM", str(program(clone / "chromium")))
    for name in TOOLS:
        program(bootstrap.venv_python().parent / name)
    assert main(["check"]) == 0
    assert main(["test", "tests/test_one.py"]) == 0


@pytest.mark.parametrize(("kind", "code"), [("bench", 1), ("eval", 0)])
def test_bench_and_eval_run_their_scripts_and_fail_with_one_that_fails(clone: Path, kind: str, code: int):
    (clone / "requirements-dev.txt").write_text("ruff==1\n")
    (clone / "tests" / "bench").mkdir(parents=True)
    for name in ("bench_list", "eval_match"):
        (clone / "tests" / "bench" / f"{name}.py").touch()
    program(bootstrap.venv_python(), 'test "$2" != tests.bench.bench_list')
    assert main([kind]) == code


def test_lock_works_out_both_lock_files_and_fails_with_one_that_fails(
    clone: Path, capfd: pytest.CaptureFixture[str]
):
    (clone / "requirements-dev.txt").write_text("ruff==1\n")
    refusing = 'echo "$*"; case "$*" in *--output-file*requirements-dev.txt) exit 1;; esac'
    program(bootstrap.venv_python(), refusing)
    assert main(["lock"]) == 1
    said = capfd.readouterr().out
    assert "--output-file requirements.txt" in said
    assert "--extra dev --extra pdf --output-file requirements-dev.txt" in said


def test_lock_says_so_when_its_tool_cannot_be_installed(clone: Path, capsys: pytest.CaptureFixture[str]):
    (clone / "requirements-dev.txt").write_text("ruff==1\n")
    program(bootstrap.venv_python(), 'test "${*%uv}" = "$*"')
    assert main(["lock"]) == 1
    assert "uv, which works the locks out, could not be installed" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["help"], ["destroy"]])
def test_anything_else_is_answered_with_what_there_is(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(arguments) == 2
    assert "run | test | bench | eval" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "address"),
    [([], "8501"), (["--server.port", "8600"], "8600"), (["--server.port=8601"], "8601")],
)
def test_run_says_where_it_will_be_and_turns_into_the_server(
    clone: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    address: str,
):
    became: list[list[str]] = []

    def become(command: Sequence[str]) -> int:
        became.append(list(command))
        return 0

    monkeypatch.setattr(bootstrap, "become", become)
    assert main(["run", *arguments]) == 0
    assert f"Open http://localhost:{address} in a browser" in capsys.readouterr().out
    assert became == [
        [str(bootstrap.venv_python()), "-m", "streamlit", "run", "streamlit_app.py", *arguments]
    ]


def test_stopping_it_with_the_keyboard_is_no_fault(clone: Path, monkeypatch: pytest.MonkeyPatch):
    def stopped(_command: Sequence[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "become", stopped)
    assert main(["run"]) == 130
