"""Workbooks (XLSX, XLSM, XLS, ODS), read by a limited child process that can be stopped."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.cells import SheetText

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP", "VIRTUAL_ENV", "PYTHONPATH")


def read_sheet(content: bytes, sheet: str | None = None) -> SheetText:
    """Read one sheet of a workbook as text; without `sheet`, the first visible one that holds anything.

    Raises:
        UnreadableFileError: the workbook is damaged, locked, too large, empty, or took too long.
    """
    try:
        run = subprocess.run(
            [sys.executable, "-m", "crm.readers.child"],
            input=json.dumps(sheet).encode() + b"\n" + content,
            capture_output=True,
            timeout=limits.CHILD_SECONDS,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _stopped(f"took longer than {limits.CHILD_SECONDS} seconds to read") from error
    if run.returncode != 0:
        raise _stopped("could not be read: it is damaged, or needs more memory than one upload may use")
    return _answer(run.stdout)


def _answer(output: bytes) -> SheetText:
    answer: dict[str, Any] = json.loads(output)
    if "problem" in answer:
        raise UnreadableFileError(answer["problem"])
    return SheetText(sheet=answer["sheet"], sheets=answer["sheets"], rows=answer["rows"])


def _stopped(what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"This workbook {what}. Save only the sheet that you need as CSV and upload that."
    )
