"""JSON Lines files of seekers and jobs: one record a line; errors name file, line and field."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

from matching.errors import RecordError, SourceError
from matching.records.job import Job
from matching.records.seeker import Seeker


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_Identified)


def read_seekers(path: Path, *, unknown: set[str] | None = None) -> list[Seeker]:
    """Read a file of seekers, in its order; unused keys are added to `unknown`.

    Raises:
        SourceError: the file cannot be read, or a line is not a seeker; the message says where and why.
    """
    return list(each_seeker(path, unknown=unknown))


def each_seeker(path: Path, *, unknown: set[str] | None = None) -> Iterator[Seeker]:
    """Read the same one at a time, for those who keep none of them."""
    spare = set[str]() if unknown is None else unknown
    return _each(path, lambda record: Seeker.from_record(record, unknown=spare))


def read_jobs(path: Path, *, unknown: set[str] | None = None) -> list[Job]:
    """Read a file of jobs, in its order; unused keys are added to `unknown`.

    Raises:
        SourceError: the file cannot be read, or a line is not a job; the message says where and why.
    """
    return list(each_job(path, unknown=unknown))


def each_job(path: Path, *, unknown: set[str] | None = None) -> Iterator[Job]:
    """Read the same one at a time, for those who keep none of them."""
    spare = set[str]() if unknown is None else unknown
    return _each(path, lambda record: Job.from_record(record, unknown=spare))


def _each(path: Path, parse: Callable[[object], Record]) -> Iterator[Record]:
    lines: dict[str, int] = {}
    for number, line in _lines(path):
        try:
            record = parse(_decoded(line))
            if record.id in lines:
                raise RecordError("id", f'"{record.id}" is already used on line {lines[record.id]}')
        except RecordError as error:
            raise SourceError(f"{path}, line {number}: {error}") from error
        lines[record.id] = number
        yield record


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                line = _text(raw, path, number)
                if line:
                    yield number, line
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise SourceError(f"{path} cannot be read: {reason}.") from error


def _text(raw: bytes, path: Path, number: int) -> str:
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path}, line {number}: the line is not UTF-8 text; save the file as UTF-8."
        ) from error


def _decoded(line: str) -> object:
    try:
        return json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = f"is not JSON: {error.msg} at character {error.pos + 1}"
        raise RecordError("the line", reason) from error
    except RecursionError as error:
        raise RecordError("the line", "nests lists or objects too deeply to be a record") from error
    except ValueError as error:
        raise RecordError("the line", "holds a number that is too long to be a figure") from error


def _refuse_constant(name: str) -> NoReturn:
    raise RecordError(
        "the line", f"holds {name}, which is not a number: leave the field out if it is not known"
    )
