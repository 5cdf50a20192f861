"""What surrounds the screens while they are served."""

import asyncio
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from crm import logs
from crm.config import ROOT, settings
from crm.startup import StartupError
from crm.ui import serving
from crm.ui.serving import SAFE_VALUES, ensure_safe_values, lifespan
from tests.web.asking import run_apart


def test_the_projects_own_configuration_is_safe(fresh_settings: None):
    ensure_safe_values()


@pytest.mark.parametrize("name", sorted(SAFE_VALUES))
def test_a_setting_that_safety_rests_on_cannot_be_changed(name: str, monkeypatch: pytest.MonkeyPatch):
    asked = config.get_option

    def changed(key: str) -> Any:
        return "something else" if key == name else asked(key)

    monkeypatch.setattr(config, "get_option", changed)
    with pytest.raises(StartupError, match=rf"^{name} is 'something else' and has to be "):
        ensure_safe_values()


def test_every_value_of_the_configuration_but_the_port_and_the_look_is_asserted():
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    names = {f"{part}.{name}" for part, values in written.items() if part != "theme" for name in values}
    assert names - set(SAFE_VALUES) == {"server.port", "server.address"}
    assert set(SAFE_VALUES) <= names


@pytest.mark.parametrize("program", ["/bin/uvicorn", "/lib/uvicorn/__main__.py", "uvicorn.exe"])
def test_uvicorn_is_not_told_to_serve_other_machines_in_the_clear(
    fresh_settings: None, monkeypatch: pytest.MonkeyPatch, program: str
):
    monkeypatch.setattr("sys.argv", [program, "streamlit_app:app", "--host", "0.0.0.0"])
    with pytest.raises(StartupError, match="without encryption"):
        ensure_safe_values()
    monkeypatch.setattr("sys.argv", [program, "streamlit_app:app"])
    ensure_safe_values()


def test_serving_prepares_imports_ahead_and_collects_now_and_then(
    database: str, monkeypatch: pytest.MonkeyPatch, log_restored: None
):
    done: list[str] = []
    monkeypatch.setattr(serving, "_WARM_AFTER", 0.0)
    monkeypatch.setattr(serving, "_COLLECT_EVERY", 0.0)
    monkeypatch.setattr(serving, "import_module", done.append)
    monkeypatch.setattr(serving.gc, "collect", lambda: done.append("collected"))

    async def serve_for_a_moment() -> None:
        async with lifespan(None):
            while not {"crm.services.employers", "pandas", "collected"} <= set(done):
                await asyncio.sleep(0.01)

    run_apart(serve_for_a_moment)
    assert "collected" in done


@pytest.mark.parametrize(("chosen", "kept"), [("true", ["begun", "ended"]), ("false", [])])
def test_a_worker_is_kept_while_the_app_serves_unless_cron_does_the_work(
    chosen: str, kept: list[str], database: str, monkeypatch: pytest.MonkeyPatch, log_restored: None
):
    told: list[str] = []

    @contextmanager
    def working() -> Generator[None]:
        told.append("begun")
        yield
        told.append("ended")

    monkeypatch.setenv("CRM_JOBS", chosen)
    settings.cache_clear()
    monkeypatch.setattr(serving.keeper, "working", working)

    async def serve_once() -> None:
        async with lifespan(None):
            pass

    run_apart(serve_once)
    assert told == kept


def test_what_stops_the_start_is_told_in_a_sentence(
    database: str, capsys: pytest.CaptureFixture[str], log_restored: None
):
    async def serve_twice() -> None:
        async with lifespan(None), lifespan(None):
            pass

    with pytest.raises(StartupError):
        run_apart(serve_twice)
    assert "The service is running already on this database." in capsys.readouterr().err


def a_faulty_page() -> None:
    from crm.ui.serving import report_fault

    report_fault(ValueError("the password of the database is tulip"))


def test_what_nobody_expected_at_the_start_is_logged_without_its_words(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], log_restored: None
):
    def fail() -> None:
        raise ValueError("the password of the database is tulip")

    async def serve_in_vain() -> None:
        async with lifespan(None):
            pass

    monkeypatch.setattr(serving.startup, "prepare", fail)
    with pytest.raises(ValueError, match="tulip"):
        run_apart(serve_in_vain)
    said = capsys.readouterr().err
    assert '"event": "stopped"' in said
    assert "tulip" not in said


def test_a_fault_is_shown_by_its_number_and_never_by_its_own_words(
    capsys: pytest.CaptureFixture[str], log_restored: None
):
    logs.set_up()
    page = AppTest.from_function(a_faulty_page).run()
    said = page.error[0].value
    number = said.rstrip(".").rpartition(" ")[2]
    assert "tulip" not in said
    logged = capsys.readouterr().err
    assert number in logged
    assert "tulip" not in logged
