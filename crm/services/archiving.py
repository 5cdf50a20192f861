"""Putting any kind of record aside with a reason, bringing it back, and who saved it last."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.base import Line, Record
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of record is called in staff's words, and what one must be allowed to change it."""

    called: str
    action: Action


class _Reason(BaseModel):
    why: Line = None


def put_aside(
    session: Session, table: type[R], record_id: int, kind: Kind, *, why: str, version: int, by: Actor
) -> R:
    """Archive a record with the reason; what belongs to it stays as it is.

    Raises:
        NotAllowedError: the person may not, or the record is archived already.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = records.fetch_to_change(session, table, record_id, called=kind.called)
    ensure(session, by, kind.action, row)
    return records.archive(session, row, why=reason_given(why), version=version)


def take_back(session: Session, table: type[R], record_id: int, kind: Kind, *, version: int, by: Actor) -> R:
    """Bring a record back out of the archive.

    Raises:
        NotAllowedError: the person may not change such records, or not this one.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the page was drawn.
    """
    ensure(session, by, kind.action)
    row = records.fetch_to_change(session, table, record_id, called=kind.called)
    ensure(session, by, kind.action, row, is_beneath_archive=True)
    return records.bring_back(session, row, version=version)


def reason_given(why: str) -> str:
    """The reason for archiving, tidied.

    Raises:
        RuleBrokenError: it is empty, longer than a line, or holds a character that cannot be stored.
    """
    try:
        reason = _Reason(why=why).why
    except ValidationError as problem:
        message = str(problem.errors()[0]["msg"]).removeprefix("Value error, ")
        raise RuleBrokenError(message, field="why") from problem
    if reason is None:
        raise RuleBrokenError("Say in a few words why this is put aside.", field="why")
    return reason.strip()


@dataclass(frozen=True, slots=True)
class LastSave:
    """Who saved a record last, and when; `is_first` when nobody has changed it since it was recorded."""

    who: str
    at: datetime
    is_first: bool


def last_save(session: Session, row: Record) -> LastSave:
    """Who saved this record last. It was handed out by a service, which asked whether it may be seen."""
    saver = session.get(User, row.updated_by) if row.updated_by else None
    return LastSave(saver.name if saver else "the system", row.updated_at, row.version == 1)
