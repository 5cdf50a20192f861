"""R7: a disk that fills up, is refused, stays readable, and works again once there is room."""

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from crm.errors import StorageError
from tests.faults.acting import add_employer, check, forget_settings
from tests.faults.outcome import Outcome

SIZE = "8m"


@contextmanager
def small_disk(place: Path) -> Generator[bool]:
    """Mount a disk of 8 MB at a place; False where this process may not."""
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    is_mounted = subprocess.run(mounting, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", str(place)], check=True)


def run(cycles: int, place: Path, template: Path) -> Outcome | None:
    """Fill the disk, save until it is refused, make room, save again; None where no disk can be mounted."""
    before = os.environ["DATABASE_URL"]
    with small_disk(place) as is_mounted:
        if not is_mounted:
            return None
        shutil.copyfile(template, place / "crm.db")
        os.environ |= {"DATABASE_URL": f"sqlite:///{place / 'crm.db'}", "CRM_LEAST_FREE_MB": "0"}
        try:
            return _fill_and_free(cycles, place)
        finally:
            os.environ["DATABASE_URL"] = before
            del os.environ["CRM_LEAST_FREE_MB"]
            forget_settings()


def _fill_and_free(cycles: int, place: Path) -> Outcome:
    acknowledged: list[int] = []
    refused = unclear = bad = 0
    forget_settings()
    for cycle in range(cycles):
        acknowledged.append(add_employer(f"Before {cycle}"))
        filler = place / "filler"
        filler.write_bytes(b"x" * max(0, shutil.disk_usage(place).free - 30_000))
        for number in range(400):
            try:
                acknowledged.append(add_employer(f"Full {cycle}-{number}"))
            except StorageError:
                refused += 1
                break
            except DBAPIError:
                unclear += 1
                break
        bad += not check(acknowledged, is_opened_anew=False).is_good
        filler.unlink()
        acknowledged.append(add_employer(f"Room again {cycle}"))
    found = check(acknowledged)
    return Outcome(
        f"R7 disk full ({SIZE.removesuffix('m')} MB)",
        f"filled {cycles} times, {len(acknowledged):,} saves acknowledged",
        f"refused in plain words {refused} times, otherwise {unclear} times; {found.lost} lost; "
        f"{bad} times not readable and whole while full",
        is_met=found.is_good and refused == cycles and not unclear and not bad,
    )
