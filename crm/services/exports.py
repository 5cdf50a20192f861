"""Taking a list away as a file: a link for one's own sign-in, once, and a record of what was taken.

The record is there before the file is handed out, so nothing leaves without its entry in the trail.
"""

import secrets
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.db import reading, transaction
from crm.errors import NotFoundError, NotSignedInError
from crm.models.base import utc_now
from crm.models.exports import Export, ExportKind, ExportTicket, FileFormat
from crm.models.users import Actor, User, UserSession
from crm.policy import Action
from crm.services import records, sessions
from crm.services.access import ensure, may, scoped
from crm.services.export_lists import LISTS, Filter
from crm.services.listing import Listing, how_many
from crm.services.spreadsheets import Mark, write_csv, write_xlsx

LASTS = timedelta(minutes=10)
_GONE = (
    "This link has been used, has run out, or was made for another sign-in. Open the list and press "
    "“Download as spreadsheet” again."
)
_WRITERS = {FileFormat.XLSX: write_xlsx, FileFormat.CSV: write_csv}
_LONDON = ZoneInfo("Europe/London")


def may_take_away(by: Actor, kind: ExportKind) -> bool:
    """May this person take a list of this kind away?"""
    return all(may(by, action) for action in LISTS[kind].actions)


def order(
    session: Session,
    kind: ExportKind,
    wanted: Filter,
    *,
    by: Actor,
    session_digest: str,
    now: datetime | None = None,
) -> str:
    """Make a link to the list as it is narrowed now, for the sign-in with this digest; its random part.

    Raises:
        NotAllowedError: the person may not take such lists away.
        NotSignedInError: the sign-in is not theirs, or has ended.
    """
    _ensure_may(session, kind, by)
    return make_ticket(session, kind, asdict(wanted), user_id=by.id, session_digest=session_digest, now=now)


def _ensure_may(session: Session, kind: ExportKind, by: Actor) -> None:
    for action in LISTS[kind].actions:
        ensure(session, by, action)


def make_ticket(
    session: Session,
    kind: ExportKind,
    wanted: dict[str, Any],
    *,
    user_id: int | None,
    session_digest: str,
    now: datetime | None = None,
) -> str:
    """A link to one file, for the sign-in with this digest, once; who calls has asked whether they may.

    Raises:
        NotSignedInError: the sign-in is not theirs, or has ended.
    """
    own = select(UserSession).where(
        UserSession.token_digest == session_digest, UserSession.user_id == user_id
    )
    sign_in = session.exec(own).first()
    if sign_in is None:
        raise NotSignedInError("Sign in again to take this away.")
    moment = now or utc_now()
    session.connection().execute(sa.delete(ExportTicket).where(col(ExportTicket.ends_at) < moment - LASTS))
    token = secrets.token_urlsafe(32)
    session.add(
        ExportTicket(
            token_digest=sessions.digest(token),
            session_id=sign_in.key,
            kind=kind,
            wanted=wanted,
            created_at=moment,
            ends_at=moment + LASTS,
        )
    )
    session.flush()
    return token


def take_away(
    token: str,
    file_format: FileFormat,
    file: IO[bytes],
    *,
    by: Actor,
    session_digest: str,
    now: datetime | None = None,
) -> Export:
    """Use a link up, write its list into a file, and record that it was taken away.

    It opens its own transactions: nobody waits for the file to be written.

    Raises:
        NotAllowedError: the person may not take such lists away any more.
        NotFoundError: the link was used, has run out, or is another sign-in's.
    """
    moment = now or utc_now()
    with transaction() as session:
        ticket = use_up(session, token, session_digest, LISTS, moment)
        _ensure_may(session, ticket.kind, by)
    wanted = LISTS[ticket.kind].filter(**ticket.wanted)
    narrowed_by = _narrowed_by(ticket.kind, ticket.wanted)
    local = moment.astimezone(_LONDON)
    mark = Mark(by.name, f"{local:%Y-%m-%d %H:%M}", LISTS[ticket.kind].title, narrowed_by)
    with reading() as session:
        listed = LISTS[ticket.kind]
        lines = listed.lines(session, wanted, by, local.date())
        rows = _WRITERS[file_format](file, listed.columns, lines, mark)
    with transaction() as session:
        _ensure_may(session, ticket.kind, by)
        taken = Export(kind=ticket.kind, file_format=file_format, narrowed_by=narrowed_by, rows=rows)
        return records.add(session, taken)


def use_up(
    session: Session, token: str, session_digest: str, kinds: Collection[ExportKind], now: datetime
) -> ExportTicket:
    """Use a link up, which is to a file of one of these kinds.

    Raises:
        NotFoundError: it was used, has run out, or is another sign-in's.
    """
    query = (
        select(ExportTicket)
        .join(UserSession, col(UserSession.id) == col(ExportTicket.session_id))
        .where(
            ExportTicket.token_digest == sessions.digest(token),
            UserSession.token_digest == session_digest,
            col(ExportTicket.kind).in_(list(kinds)),
            col(ExportTicket.used_at).is_(None),
            col(ExportTicket.ends_at) > now,
        )
        .with_for_update()
    )
    ticket = session.exec(query).first()
    if ticket is None:
        raise NotFoundError(_GONE)
    ticket.used_at = now
    session.add(ticket)
    return ticket


def _narrowed_by(kind: ExportKind, wanted: dict[str, Any]) -> str:
    """The filter in words; what was typed to find a person is their name, so it is not kept."""
    said = {
        name: value for name, value in wanted.items() if name != "sort" and value not in (None, "", False)
    }
    if kind is ExportKind.SEEKERS and "words" in said:
        said["words"] = "a name"
    shown = (
        name.removeprefix("is_").replace("_", " ") + ("" if value is True else f": {value}")
        for name, value in said.items()
    )
    return "; ".join(shown) or "nothing"


def listing(session: Session, *, offset: int, limit: int, by: Actor) -> Listing[tuple[Export, str | None]]:
    """What was taken away and by whom, the latest first.

    Raises:
        NotAllowedError: the person may not see who changed what.
    """
    query = select(Export, User.name).join(User, col(User.id) == col(Export.created_by), isouter=True)
    query = scoped(session, query, Export, by=by, action=Action.AUDIT_READ)
    page = query.order_by(col(Export.id).desc()).offset(offset).limit(limit)
    return Listing([(one, who) for one, who in session.exec(page)], how_many(session, query))
