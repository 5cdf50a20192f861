"""R9: database files damaged behind the product's back: what is noticed, and that nothing more is written."""

import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from crm import db, startup
from crm.errors import CrmError
from crm.models.users import SYSTEM
from crm.services import record_checks, trail
from crm.startup import StartupError
from tests.faults.acting import add_employer, forget_settings
from tests.faults.outcome import Outcome

_BLOCK = 512

Damage = Callable[[bytearray, random.Random], None]


def flip_a_bit(content: bytearray, chance: random.Random) -> None:
    """Change one bit anywhere."""
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def empty_a_block(content: bytearray, chance: random.Random) -> None:
    """Put zeros where a disk's block was."""
    start = chance.randrange(len(content) // _BLOCK) * _BLOCK
    content[start : start + _BLOCK] = bytes(_BLOCK)


def cut_short(content: bytearray, chance: random.Random) -> None:
    """Leave out the end."""
    del content[chance.randrange(1, len(content)) :]


def run(times: int, damage: Damage, least: float, folder: Path, template: Path) -> Outcome:
    """Damage a database so often; `least` is the share that has to be noticed."""
    whole = _make(folder, template)
    path, chance, noticed, changed, harmless = folder / "damaged.db", random.Random(20261103), 0, 0, 0
    said = _everything_in(folder / "sound.db")
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    for _ in range(times):
        content = bytearray(whole)
        while bytes(content) == whole:
            damage(content, chance)
        for beside in folder.glob("damaged.db*"):
            beside.unlink()
        path.write_bytes(content)
        is_noticed = _is_noticed()
        noticed += is_noticed
        harmless += not is_noticed and _everything_in(path) == said
        changed += _is_refused() and path.read_bytes() != bytes(content)
    return Outcome(
        f"R9 database damaged: {(damage.__doc__ or '').rstrip('.').casefold()}",
        f"{times} times, {harmless} of them only where nothing is recorded",
        f"{noticed} noticed by the start's check, SQLite's own or the trail "
        f"({noticed / (times - harmless):.1%} of those that matter); "
        f"{changed} files written to after being refused",
        is_met=noticed >= least * (times - harmless) and not changed,
    )


def _make(folder: Path, template: Path) -> bytes:
    path = folder / "sound.db"
    shutil.copyfile(template, path)
    os.environ["DATABASE_URL"] = f"sqlite:///{path}"
    forget_settings()
    startup.prepare()
    for number in range(150):
        add_employer(f"Sound {number}")
    with db.transaction() as session:
        session.connection()
    with db.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    forget_settings()
    return path.read_bytes()


def _everything_in(path: Path) -> str | None:
    """A digest of the schema and of every row; None where they cannot all be read."""
    connection = sqlite3.connect(path)
    try:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
    except (sqlite3.Error, ValueError):
        return None
    finally:
        connection.close()


def _is_refused() -> bool:
    try:
        startup.ensure_sound(os.environ["DATABASE_URL"])
    except StartupError:
        return True
    return False


def _is_noticed() -> bool:
    if _is_refused():
        return True
    forget_settings()
    try:
        startup.prepare()
        with db.one_moment() as session:
            answer = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar()
            if answer != "ok" or not trail.verify(session, by=SYSTEM).is_whole:
                return True
            return bool(record_checks.compare(session, by=SYSTEM).count)
    except (CrmError, DatabaseError, LookupError, ValueError):
        return True
    finally:
        forget_settings()
