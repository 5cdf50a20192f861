"""One staff action carried out whole, once: done again when that is safe, and never done twice."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from crm.db import reading, transaction
from crm.errors import AlreadyDoneError, CrmError, StorageError
from crm.models.base import Record
from crm.models.requests import DoneRequest
from crm.postgresql import is_broken, met_another

T = TypeVar("T")

_LOG = structlog.get_logger()
_ATTEMPTS = 4
_FIRST_PAUSE = 0.05


def carry_out(work: Callable[[Session], T], *, key: str | None = None) -> T:
    """Do one staff action in a transaction of its own, and give what `work` returned.

    It is done again, up to three times, when it met another or the connection broke. When that happened
    during the commit, nobody knows whether it was saved: only an action that brings a `key` is tried again
    then, as its key is saved with it.

    Raises:
        AlreadyDoneError: an action with this key was saved before.
        StorageError: the records cannot be reached or written.
    """
    unit = _Unit(work, key)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return unit.attempt()
        except DBAPIError as problem:
            if not is_broken(problem) and not met_another(problem):
                raise
            if attempt == _ATTEMPTS or not unit.can_be_repeated:
                raise StorageError(
                    "The records could not be reached, so this was not saved. What you typed is kept: "
                    "try again in a minute."
                ) from problem
            time.sleep(_FIRST_PAUSE * 4 ** (attempt - 1))
    raise AssertionError("The loop above returns or raises.")


def carry_out_beside(is_wanted: Callable[[Session], bool], work: Callable[[Session], object]) -> None:
    """Do something that whoever looks at a page did not ask for, if it is wanted: a fault is only logged."""
    try:
        with reading() as session:
            is_due = is_wanted(session)
        if is_due:
            carry_out(work)
    except (CrmError, SQLAlchemyError) as problem:
        _LOG.error("a look was not kept", kind=type(problem).__name__)


class _Unit(Generic[T]):
    """One action over several attempts."""

    def __init__(self, work: Callable[[Session], T], key: str | None) -> None:
        self._work, self._key = work, key
        self._is_committing = False
        self._result: T | None = None
        self._record_id: int | None = None

    @property
    def can_be_repeated(self) -> bool:
        """Is it certain that nothing was saved, or can it be found out?"""
        return not self._is_committing or self._key is not None

    def attempt(self) -> T:
        with transaction() as session:
            if self._key is not None and session.get(DoneRequest, self._key) is not None:
                return self._saved_before(session)
            result = self._work(session)
            if self._key is not None:
                session.add(DoneRequest(key=self._key))
            session.flush()
            self._result, self._record_id = result, result.id if isinstance(result, Record) else None
            self._is_committing = True
        return result

    def _saved_before(self, session: Session) -> T:
        """What the attempt returned whose answer was lost; a record is read again."""
        if not self._is_committing:
            raise AlreadyDoneError("This was saved already. Look at the record before you save again.")
        table: Any = type(self._result)
        read_again: Any = session.get_one(table, self._record_id) if self._record_id else self._result
        return read_again
