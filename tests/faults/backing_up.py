"""R8: backups while two people save. Each is proved by restoring it, and nobody waits for long."""

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crm.backup.sealed import BackupError
from crm.services import backups
from tests.faults.acting import add_employer, check, forget_settings
from tests.faults.outcome import Outcome

WRITERS = 2
LONGEST_PAUSE = 1.0
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Told:
    """What one writer was told: the records it saved, and the longest time that one save took."""

    ids: list[int] = field(default_factory=list[int])
    longest: float = 0.0


def run(engine: str, how_many: int) -> Outcome:
    """Make so many backups, one after the other, while two processes save as often as they can."""
    forget_settings()
    with tempfile.TemporaryDirectory() as made:
        stop = Path(made) / "stop"
        writers = [_start(stop) for _ in range(WRITERS)]
        rows = [_rows(Path(made), number) for number in range(how_many)]
        stop.touch()
        told = [tell() for tell in writers]
    found = check(key for one in told for key in one.ids)
    longest = max(one.longest for one in told)
    good = [one for one in rows if one is not None]
    return Outcome(
        f"R8 backups while {WRITERS} people save ({engine})",
        f"{how_many} backups, {sum(len(one.ids) for one in told):,} saves meanwhile",
        f"{len(good)} of {how_many} restored with the same rows and a whole trail; the longest save took "
        f"{longest:.2f} s; {found.lost} lost",
        is_met=len(good) == how_many and good == sorted(good) and longest <= LONGEST_PAUSE and found.is_good,
    )


def _rows(folder: Path, number: int) -> int | None:
    """How many rows are in the next backup, which was proved; None when it could not be."""
    try:
        return backups.make(to=folder, now=START + timedelta(days=number)).manifest.rows
    except BackupError as problem:
        print(problem)
        return None


def _start(stop: Path) -> Callable[[], Told]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        try:
            forget_settings()
            os.write(writing, json.dumps(asdict(_save_until(stop))).encode())
        finally:
            os._exit(0)
    os.close(writing)

    def tell() -> Told:
        with os.fdopen(reading) as pipe:
            return Told(**json.loads(pipe.read()))

    return tell


def _save_until(stop: Path) -> Told:
    # The first save opens the database and makes the keys: it says nothing about waiting.
    told = Told([add_employer(f"Kept {os.getpid()}")])
    while not stop.exists():
        begun = time.monotonic()
        told.ids.append(add_employer(f"Kept {os.getpid()}-{len(told.ids)}"))
        told.longest = max(told.longest, time.monotonic() - begun)
        time.sleep(0.002)
    return told
