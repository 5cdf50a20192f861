"""The bridge to typical roles: those that ship in data/, with those of an imported classification beside."""

import threading
from functools import cache

from sqlmodel import Session, select

from crm.config import DATA
from crm.errors import NotFoundError
from crm.models.skills import LoadedRole
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure
from matching.role_library import RoleLibrary, TypicalRole, UsualTask, read_typical_roles

OWN = "own"
"""Stands for a job that is none of the roles: all its tasks are written by whoever analyses it."""


@cache
def shipped() -> RoleLibrary:
    """The roles that come with the product."""
    return RoleLibrary.from_csv(DATA)


class _Whole:
    """The shipped and the imported roles together, made again when others have been imported."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, int] | None = None
        self._library: RoleLibrary | None = None

    def library(self, session: Session, batch_id: int) -> RoleLibrary:
        key = (str(session.connection().engine.url), batch_id)
        with self._lock:
            if self._library is None or self._key != key:
                loaded = [_role(row) for row in session.exec(select(LoadedRole).order_by(LoadedRole.code))]
                self._key, self._library = key, RoleLibrary([*read_typical_roles(DATA), *loaded])
            return self._library


_whole = _Whole()


def library(session: Session) -> RoleLibrary:
    """All roles of this service; the same object until others are imported."""
    batch_id = session.exec(select(LoadedRole.batch_id).limit(1)).first()
    return shipped() if batch_id is None else _whole.library(session, batch_id)


def search(session: Session, words: str, *, by: Actor) -> list[TypicalRole]:
    """The roles that are called so, or where what a sentence tells is done, best first.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    return library(session).search(words)


def find(session: Session, role_id: str, *, by: Actor) -> TypicalRole:
    """One role; `own` stands for a job without any usual task.

    Raises:
        NotAllowedError: the person may not see job analyses.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_READ)
    if role_id == OWN:
        return TypicalRole(OWN, "", ())
    found = library(session).get(role_id)
    if found is None:
        raise NotFoundError("This role is not in the library. Search for it by name.")
    return found


def _role(row: LoadedRole) -> TypicalRole:
    """An imported role; a name that a shipped one has already still tells which is which by its code."""
    tasks = tuple(UsualTask(name) for name in row.tasks)
    return TypicalRole(row.code, row.name, tasks, tuple(row.others))
