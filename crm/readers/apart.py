"""The one way in for uploaded files: they are read by a limited process that can be stopped."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.adverts import Advert, RefusedAdvert
from crm.readers.child import ADVERT, TABLE
from crm.readers.file_types import FileType
from crm.readers.pictures import BarePicture
from crm.readers.tables import Table, ensure_not_too_large

Files = Sequence[tuple[str, bytes]]

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "VIRTUAL_ENV", "PYTHONPATH")
_OUT_OF_TIME = {-24, 152, 137}
"""How a process ends whose processor time is over: by SIGXCPU, as shells say that, or killed soon after."""
_PATIENCE = 6
"""On a busy machine the clock may run so many times longer than the processor time."""
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def read_table(content: bytes, name: str, *, sheet: str | None = None) -> Table:
    """Read an uploaded table, as `tables.read_table` does.

    Raises:
        UnreadableFileError: it is empty, not a table, damaged, locked, too large, or took too long.
    """
    ensure_not_too_large(content, name)
    wanted = {"what": "table", "sheet": sheet}
    (line,) = read_apart("crm.readers.child", wanted, [(name, content)], seconds=limits.CHILD_SECONDS)
    return TABLE.validate_json(line)


def read_adverts(files: Files) -> list[Advert | RefusedAdvert]:
    """Read uploaded adverts, as `jobposting.read_adverts` does.

    Raises:
        UnreadableFileError: all of them together need more memory or time than one upload may use.
    """
    lines = read_apart("crm.readers.child", {"what": "adverts"}, files, seconds=limits.ADVERT_SECONDS)
    return [ADVERT.validate_json(line) for line in lines]


def read_photo(content: bytes, name: str) -> bytes:
    """A photo made ready to be kept, as `photo_files.cleaned` does.

    Raises:
        UnreadableFileError: it is no photo, damaged, far too large, or took too long.
    """
    ensure_not_too_large(content, name)
    (line,) = read_apart("crm.readers.photo_files", {}, [(name, content)], seconds=limits.CHILD_SECONDS)
    return base64.b64decode(line)


def read_package_type(content: bytes, name: str) -> FileType:
    """Tell which office file a zip is, as `packages.package_type` does.

    Raises:
        UnreadableFileError: it is none, damaged or locked, holds macros, or took too long.
    """
    wanted = {"what": "package"}
    (line,) = read_apart("crm.readers.child", wanted, [(name, content)], seconds=limits.CHILD_SECONDS)
    return FileType(line.decode())


def bare_picture(content: bytes, name: str) -> BarePicture:
    """A picture without what the camera wrote into it, as `pictures.bare` gives it.

    Raises:
        UnreadableFileError: it is damaged, has too many dots, or took too long.
    """
    (line,) = read_apart("crm.readers.pictures", {}, [(name, content)], seconds=limits.CHILD_SECONDS)
    found = json.loads(line)
    new = base64.b64decode(found["new"])
    return BarePicture(new or content, was_told=bool(new), had_place=found["had_place"])


def read_apart(module: str, wanted: dict[str, Any], files: Files, *, seconds: float) -> list[bytes]:
    """Have a module that answers by `limited.answer` read files; gives the lines of its answer.

    Raises:
        UnreadableFileError: it said so, or it had to be stopped.
    """
    asked = {
        "wanted": wanted,
        "seconds": max(1, round(seconds)),
        "memory": limits.CHILD_MEMORY_BYTES,
        "files": [(name, len(content)) for name, content in files],
    }
    try:
        run = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module],
            input=b"".join([json.dumps(asked).encode(), b"\n", *(content for _, content in files)]),
            capture_output=True,
            timeout=seconds * _PATIENCE,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(seconds) from error
    if run.returncode in _OUT_OF_TIME:
        raise _too_long(seconds)
    if run.returncode != 0:
        raise _stopped("could not be read: it is damaged, or needs more memory than one upload may use")
    *lines, last = run.stdout.split(b"\n")
    if "problem" in (end := json.loads(last)):
        raise UnreadableFileError(end["problem"])
    return lines


def _too_long(seconds: float) -> UnreadableFileError:
    return _stopped(f"took longer than {seconds:g} seconds to read")


def _stopped(what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"This upload {what}. Split it, or save only the sheet that you need as CSV, and upload that."
    )
