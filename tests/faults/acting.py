"""What is done while something breaks, and what has to hold afterwards.

Records are saved through the services that staff use; a save is acknowledged once `carry_out` has returned.
"""

import os
import random
import secrets
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import config, db
from crm.errors import StorageError
from crm.models import tables
from crm.models.audit import AuditEntry
from crm.models.employers import Employer, EmployerInput
from crm.models.users import SYSTEM
from crm.services import employers, trail
from crm.units import carry_out

TABLES = tables.MODULES
"""Every table is known before anything is saved: links between them are looked up by name."""


def forget_settings() -> None:
    """Let the next call read the environment again, and open the database and its lock anew."""
    if db.engine.cache_info().currsize:
        db.engine().dispose()
    db.engine.cache_clear()
    db._file_lock.cache_clear()
    config.settings.cache_clear()


def add_employer(name: str) -> int:
    """Save one employer under a name that nobody else has; gives its id."""
    return carry_out(lambda session: _add(session, name), key=secrets.token_hex(16)).key


def _add(session: Session, name: str) -> Employer:
    return employers.add(session, EmployerInput(name=name), by=SYSTEM)


@dataclass
class Acknowledged:
    """The saves that were acknowledged, by the id they were told."""

    ids: list[int] = field(default_factory=list[int])
    errors: int = 0


class Writer:
    """A process that saves until it is killed, and tells of each save through a pipe."""

    def __init__(self, prepare: Callable[[], None] = lambda: None) -> None:
        self._reading, writing = os.pipe()
        self._parent = os.getpid()
        self.pid = os.fork()
        if self.pid:
            os.close(writing)
            return
        try:
            forget_settings()
            prepare()
            self._write(writing)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(1)

    def _write(self, pipe: int) -> None:
        while os.getppid() == self._parent:
            try:
                said = add_employer(f"Kept {secrets.token_hex(8)}")
            except StorageError:
                said = 0
            os.write(pipe, f"{said}\n".encode())

    def wait_for_one(self) -> None:
        """Wait until a save was acknowledged, so that the kill falls among saves."""
        self._told = os.read(self._reading, 1)

    def wait_for_a_fresh_one(self) -> None:
        """Wait for a save that began after this call: one that was told before it does not count."""
        self._take(lambda: bool(select.select([self._reading], [], [], 0)[0]))
        before = self._saved()
        self._take(lambda: self._saved() < before + 2)

    def _take(self, is_wanted: Callable[[], bool]) -> None:
        while is_wanted():
            self._told += os.read(self._reading, 65536)

    def _saved(self) -> int:
        return sum(line not in (b"", b"0") for line in self._told.split(b"\n")[:-1])

    def kill(self) -> Acknowledged:
        """Kill the process as nothing can prevent; gives what it had acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        told = self._told
        while more := os.read(self._reading, 65536):
            told += more
        os.close(self._reading)
        whole = told.decode().rpartition("\n")[0].split()
        ids = [int(line) for line in whole]
        return Acknowledged([one for one in ids if one], ids.count(0))


@dataclass(frozen=True, slots=True)
class Checked:
    """What is found when everything is looked at after a fault."""

    lost: int
    without_entry: int
    twice: int
    is_sound: bool
    is_whole: bool

    @property
    def is_good(self) -> bool:
        """Is everything there, once, with its entry, in a sound file and an unbroken trail?"""
        nothing_missing = not (self.lost or self.without_entry or self.twice)
        return nothing_missing and self.is_sound and self.is_whole


def check(acknowledged: Iterable[int], *, is_opened_anew: bool = True) -> Checked:
    """Look at the database as it is now, by default as a service that has just been started sees it."""
    if is_opened_anew:
        forget_settings()
    with db.reading() as session:
        kept = set(session.scalars(sa.select(col(Employer.id))))
        entries = sa.select(col(AuditEntry.record_id)).where(col(AuditEntry.record_kind) == "Employer")
        noted = set(session.scalars(entries))
        names = (
            session.connection()
            .execute(sa.select(sa.func.count(sa.distinct(col(Employer.name)))))
            .scalar_one()
        )
        is_whole = trail.verify(session, by=SYSTEM).is_whole
        is_sound = _is_sound(session)
    if is_opened_anew:
        forget_settings()
    return Checked(
        lost=len(set(acknowledged) - kept),
        without_entry=len(kept ^ noted),
        twice=len(kept) - names,
        is_sound=is_sound,
        is_whole=is_whole,
    )


def _is_sound(session: Session) -> bool:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return True
    return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def kill_after_a_while(writers: list[Writer], chance: random.Random) -> list[Acknowledged]:
    """Let the writers work for a moment nobody chose, then kill all of them."""
    for writer in writers:
        writer.wait_for_one()
    time.sleep(chance.uniform(0, 0.06))
    return [writer.kill() for writer in writers]
