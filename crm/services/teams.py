"""Teams: made, renamed, archived and brought back; a colleague is in one of them or in none."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.users import Actor, Team, TeamInput, User
from crm.policy import Action
from crm.services import archiving, records
from crm.services.access import ensure
from crm.services.archiving import Kind

_CALLED = "team"
_KIND = Kind(_CALLED, Action.USERS_RECORD)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team as lists show it; `members` are those who can be given work."""

    id: int
    name: str
    members: int
    is_archived: bool


def listing(session: Session, *, by: Actor) -> list[TeamRow]:
    """All teams by name, the archived ones last.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    is_archived = col(Team.archived_at).is_not(None)
    query = (
        sa.select(col(Team.id), col(Team.name), sa.func.count(col(User.id)), is_archived)
        .join(User, sa.and_(col(User.team_id) == col(Team.id), _is_here()), isouter=True)
        .group_by(col(Team.id))
        .order_by(is_archived, sa.func.lower(col(Team.name)))
    )
    found: Any = session.connection().execute(query)
    return [TeamRow(*row) for row in found]


def _is_here() -> sa.ColumnElement[bool]:
    return sa.and_(col(User.disabled_at).is_(None), col(User.archived_at).is_(None))


def names(session: Session, *, by: Actor, also: int | None = None) -> dict[int, str]:
    """The teams that somebody can be put in, by id, in order of name; and the one held before.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    offered = sa.or_(col(Team.archived_at).is_(None), col(Team.id) == also)
    query = select(Team).where(offered).order_by(sa.func.lower(col(Team.name)))
    return {team.key: team.name for team in session.exec(query)}


def find(session: Session, team_id: int, *, by: Actor) -> Team:
    """One team, archived ones too.

    Raises:
        NotAllowedError: the person may not look after colleagues.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.USERS_RECORD)
    return records.fetch(session, Team, team_id, called=_CALLED)


def members(session: Session, team_id: int, *, by: Actor) -> list[User]:
    """Who is in a team and can be given work, by name.

    Raises:
        NotAllowedError: the person may not see who works here.
    """
    ensure(session, by, Action.USERS_READ)
    query = select(User).where(User.team_id == team_id, _is_here())
    return list(session.exec(query.order_by(sa.func.lower(col(User.name)), col(User.id))))


def add(session: Session, new: TeamInput, *, by: Actor) -> Team:
    """Make a team.

    Raises:
        NotAllowedError: the person may not look after colleagues.
        RuleBrokenError: a team has this name already.
    """
    ensure(session, by, Action.USERS_RECORD)
    try:
        return records.add(session, Team(name=new.name))
    except IntegrityError as problem:
        raise _taken(new.name) from problem


def change(session: Session, team_id: int, edit: TeamInput, *, version: int, by: Actor) -> Team:
    """Rename a team.

    Raises:
        NotAllowedError: the person may not, or the team is archived.
        RuleBrokenError: another team has this name already.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Team, team_id, called=_CALLED)
    ensure(session, by, Action.USERS_RECORD, row)
    try:
        return records.change(session, row, edit, version=version)
    except IntegrityError as problem:
        raise _taken(edit.name) from problem


def archive(session: Session, team_id: int, *, why: str, version: int, by: Actor) -> Team:
    """Put a team aside that nobody is in any more.

    Raises:
        RuleBrokenError: somebody is in it, or no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    ensure(session, by, Action.USERS_RECORD)
    inside = [user.name for user in members(session, team_id, by=by)]
    if inside:
        raise RuleBrokenError(
            f"{', '.join(inside[:5])}{' and others' if len(inside) > 5 else ''} would be in no team you can "
            "see. Put them into another team first, or into none."
        )
    return archiving.put_aside(session, Team, team_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, team_id: int, *, version: int, by: Actor) -> Team:
    """Take a team out of the archive.

    Raises:
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.take_back(session, Team, team_id, _KIND, version=version, by=by)


def ensure_live(session: Session, team_id: int | None) -> None:
    """Let a form go on if the team it names, if any, can be joined.

    Raises:
        RuleBrokenError: there is no such team, or it is archived.
    """
    team = session.get(Team, team_id) if team_id is not None else None
    if team_id is not None and (team is None or team.archived_at is not None):
        raise RuleBrokenError("Choose a team that is not archived.", field="team_id")


def _taken(name: str) -> RuleBrokenError:
    return RuleBrokenError(
        f"A team is called {name} already; it may be archived. Choose another name, or bring it back.",
        field="name",
    )
