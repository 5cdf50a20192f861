"""The log tells what happened and where, and nothing that anybody typed."""

import ast
import asyncio
import json
import logging
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from crm import logs
from crm.config import ROOT
from tests.web.asking import run_apart

CANARY = "Zyxcanary"
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
SOURCES = sorted((ROOT / "crm").rglob("*.py"))


@pytest.fixture(autouse=True)
def _as_served(log_restored: None) -> None:  # pyright: ignore[reportUnusedFunction]
    logs.set_up()


def fault(words: str = CANARY) -> BaseException:
    typed = {"name": words}
    try:
        try:
            raise KeyError(typed["name"])
        except KeyError as cause:
            raise ValueError(f"{words} is not a name") from cause
    except ValueError as problem:
        return problem


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_fault_is_told_by_its_kind_and_its_places(capsys: pytest.CaptureFixture[str]):
    structlog.get_logger().error("fault", number="a1", exc_info=fault())
    told: dict[str, Any] = json.loads(said(capsys))
    assert (told["event"], told["number"], told["kind"]) == ("fault", "a1", "ValueError")
    assert told["where"][0].startswith("tests/test_logs.py:")
    assert "because of KeyError" in told["where"]
    assert told["time"].endswith("Z")


def test_the_fault_that_is_being_handled_can_be_logged(capsys: pytest.CaptureFixture[str]):
    try:
        raise fault()
    except ValueError:
        structlog.get_logger().error("fault", exc_info=True)
    assert json.loads(said(capsys))["kind"] == "ValueError"


def test_what_is_not_known_to_be_harmless_is_left_out_and_named(capsys: pytest.CaptureFixture[str]):
    structlog.get_logger().info("import", outcome="done", employer=CANARY)
    told = said(capsys)
    assert CANARY not in told
    assert json.loads(told)["left_out"] == ["employer"]


@pytest.mark.parametrize("name", ["streamlit.error_util", "uvicorn.error", "sqlalchemy.pool", "any.other"])
def test_what_libraries_log_of_a_fault_has_no_words_either(name: str, capsys: pytest.CaptureFixture[str]):
    handler = logging.StreamHandler(sys.stderr)
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    logger.error("Uncaught app execution", exc_info=fault())
    logger.error("It failed: %s", fault())
    logger.error(f"Traceback (most recent call last):\n  ValueError: {CANARY}")
    logger.removeHandler(handler)
    told = said(capsys)
    assert CANARY not in told
    assert "ValueError" in told
    assert "tests/test_logs.py" in told


def test_a_task_that_nobody_waited_for_is_told_without_its_fault(capsys: pytest.CaptureFixture[str]):
    async def forget() -> None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "exception": fault(), "future": CANARY}
        )

    handler = logging.StreamHandler(sys.stderr)
    logging.getLogger("asyncio").addHandler(handler)
    run_apart(forget)
    logging.getLogger("asyncio").removeHandler(handler)
    told = said(capsys)
    assert "never retrieved" in told
    assert CANARY not in told


def test_addresses_that_people_ask_for_are_not_logged_at_all():
    assert logging.getLogger("uvicorn.access").disabled


def test_what_stops_the_process_or_a_thread_is_told_the_same_way(capsys: pytest.CaptureFixture[str]):
    problem = fault()
    sys.excepthook(type(problem), problem, problem.__traceback__)
    arguments = (type(problem), problem, problem.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(arguments))
    events = [json.loads(line) for line in said(capsys).splitlines()]
    assert [event["event"] for event in events] == ["stopped", "fault"]
    assert CANARY not in str(events)


def test_ctrl_c_is_not_a_fault(capsys: pytest.CaptureFixture[str]):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert '"event"' not in said(capsys)


def test_what_the_database_refuses_is_told_without_the_values(session: Session):
    with pytest.raises(DatabaseError) as refused:
        session.connection().exec_driver_sql("SELECT * FROM no_such_table WHERE name = ?", (CANARY,))
    assert CANARY not in str(refused.value)


def logged_words(path: Path) -> list[str]:
    """The names of what a module says in its events."""
    return [
        keyword.arg or "**"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and isinstance(node.func.value, (ast.Name, ast.Call))
        for keyword in node.keywords
    ]


def test_every_event_says_only_what_is_known_to_be_harmless():
    said_somewhere = {word for path in SOURCES for word in logged_words(path)} - {"exc_info"}
    assert {"number", "outcome"} <= said_somewhere <= logs.KNOWN
