"""The log: one line of JSON an event, with what happened and where, and never with a value from a record.

Only names that are listed here may be said in an event, and of a fault only its kind and the places in the
code: its words, and the values that were at hand, may hold what somebody typed.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from crm.config import ROOT

KNOWN = frozenset(
    {
        *("event", "level", "time", "kind", "where", "number", "method", "thread"),
        *("action", "user_id", "outcome", "finished", "left_out"),
    }
)
"""What an event may say. None of these ever holds a name, an address or anything else that was typed."""

_NOISE = ("uvicorn.access",)
"""Addresses asked for hold what people search for, and the tokens of uploads and invitations."""

_TRACE = "Traceback (most recent call last)"
_ORIGINAL = logging.getLogRecordFactory()


def set_up() -> None:
    """Have everything that is logged from now on, by us and by libraries, leave values out."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _place_faults,
            _leave_out_unknown,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_on_standard_error,
        cache_logger_on_first_use=False,
    )
    logging.setLogRecordFactory(_without_values)
    for name in _NOISE:
        logging.getLogger(name).disabled = True
    sys.excepthook = _at_the_end
    threading.excepthook = _in_a_thread


def places(fault: BaseException) -> list[str]:
    """Where a fault came from, as file, line and function, its causes after it; none of its words."""
    said: list[str] = []
    for one in _with_causes(fault):
        if said:
            said.append(f"because of {type(one).__name__}")
        said += [
            f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
    return said


def _with_causes(fault: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _short(name: str) -> str:
    """A file's place from the project's folder on, or from the folder of the installed packages on."""
    path = Path(name)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])


def _place_faults(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say of a fault its kind and places only."""
    fault = event.pop("exc_info", None)
    if fault is True:
        fault = sys.exception()
    if isinstance(fault, BaseException):
        event["kind"] = type(fault).__name__
        event["where"] = places(fault)
    return event


def _leave_out_unknown(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop what is not known to be harmless, and say its name."""
    unknown = sorted(set(event) - KNOWN)
    kept = {name: value for name, value in event.items() if name in KNOWN}
    return kept | ({"left_out": unknown} if unknown else {})


def _on_standard_error(*_names: Any) -> structlog.WriteLogger:
    return structlog.WriteLogger(sys.stderr)


def _without_values(*arguments: Any, **more: Any) -> logging.LogRecord:
    """A library's record: its faults without their words, in its text too."""
    record = _ORIGINAL(*arguments, **more)
    if isinstance(record.args, tuple):
        record.args = tuple(_named(value) for value in record.args)
    if record.exc_info and record.exc_info[1] is not None:
        fault = record.exc_info[1]
        record.exc_text = json.dumps({"kind": type(fault).__name__, "where": places(fault)})
        record.exc_info = None
    if record.name == "asyncio":
        record.msg, record.args = str(record.msg).partition("\n")[0], ()
    if isinstance(record.msg, str) and _TRACE in record.msg:
        record.msg, record.args = f"{record.msg.partition(_TRACE)[0]}A fault, told above.", ()
    return record


def _named(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _at_the_end(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """What stops the process is told like every other fault."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    structlog.get_logger().critical("stopped", exc_info=fault)


def _in_a_thread(stopped: threading.ExceptHookArgs) -> None:
    if stopped.exc_value is not None and not isinstance(stopped.exc_value, SystemExit):
        structlog.get_logger().error("fault", exc_info=stopped.exc_value, thread=_thread_of(stopped))


def _thread_of(stopped: threading.ExceptHookArgs) -> str:
    return stopped.thread.name if stopped.thread is not None else ""
