"""Programmes as records: their dates, funder and law; live, or dormant and taking nobody new."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.programmes import Programme, ProgrammeInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure

_CALLED = "programme"


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme and how many are on it, archived people left out."""

    programme: Programme
    people: int


def listing(session: Session, *, by: Actor) -> list[ProgrammeRow]:
    """All programmes by name, the dormant ones last.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    people = (
        sa.select(sa.func.count())
        .where(col(JobSeeker.programme_id) == col(Programme.id), col(JobSeeker.archived_at).is_(None))
        .scalar_subquery()
    )
    query = select(Programme, people).order_by(col(Programme.is_dormant), sa.func.lower(col(Programme.name)))
    return [ProgrammeRow(programme, number) for programme, number in session.exec(query)]


def names(session: Session, *, by: Actor, also: int | None = None) -> dict[int, str]:
    """The live programmes by id, in order of name; and the one held before, even when it is dormant.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    offered = sa.or_(col(Programme.is_dormant).is_(False), col(Programme.id) == also)
    query = select(Programme).where(offered).order_by(sa.func.lower(col(Programme.name)))
    return {row.key: f"{row.name} (dormant)" if row.is_dormant else row.name for row in session.exec(query)}


def name_of(session: Session, programme_id: int | None, *, by: Actor) -> str | None:
    """The name of a programme, a dormant one too; None when none is recorded.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SERVICE_READ)
    row = session.get(Programme, programme_id) if programme_id is not None else None
    return row.name if row else None


def find(session: Session, programme_id: int, *, by: Actor) -> Programme:
    """One programme.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.SERVICE_READ)
    return records.fetch(session, Programme, programme_id, called=_CALLED)


def add(session: Session, new: ProgrammeInput, *, by: Actor) -> Programme:
    """Record a programme.

    Raises:
        NotAllowedError: the person may not change the service.
        RuleBrokenError: a programme has this name already.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    try:
        return records.add(session, Programme(**new.model_dump()))
    except IntegrityError as problem:
        raise _taken(new.name) from problem


def change(
    session: Session, programme_id: int, edit: ProgrammeInput, *, version: int, by: Actor
) -> Programme:
    """Change a programme; those who are on it stay on it under its new name.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: there is none with this id.
        RuleBrokenError: another programme has this name already.
        StaleFormError: somebody saved it after the form was drawn.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    row = records.fetch_to_change(session, Programme, programme_id, called=_CALLED)
    try:
        return records.change(session, row, edit, version=version)
    except IntegrityError as problem:
        raise _taken(edit.name) from problem


def ensure_live(session: Session, programme_id: int | None) -> None:
    """Let a form go on if the programme it names, if any, takes people.

    Raises:
        RuleBrokenError: there is no such programme, or it is dormant.
    """
    row = session.get(Programme, programme_id) if programme_id is not None else None
    if programme_id is not None and (row is None or row.is_dormant):
        raise RuleBrokenError("Choose a programme that takes people now.", field="programme_id")


def _taken(name: str) -> RuleBrokenError:
    return RuleBrokenError(f"A programme is called {name} already. Choose another name.", field="name")
