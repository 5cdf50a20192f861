"""Views of lists that people keep: their own, and those that colleagues share."""

from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.employer_lists import ListPage, SavedView, SavedViewInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import archiving, records
from crm.services.access import ensure
from crm.services.archiving import Kind

_KIND = Kind("view", Action.SAVED_VIEWS_RECORD)
_LONGEST = 2000
_NOT_KEPT = {"page", "within"}
"""Where one stood in a list is no part of the view of it."""


def listing(session: Session, page: ListPage, *, by: Actor) -> list[SavedView]:
    """One's own views of a list and those that are shared, the pinned ones first, by name.

    Raises:
        NotAllowedError: the person has no role here.
    """
    ensure(session, by, Action.SAVED_VIEWS_READ)
    mine = col(SavedView.user_id) == by.id
    query = select(SavedView).where(
        SavedView.page == page,
        col(SavedView.archived_at).is_(None),
        sa.or_(mine, col(SavedView.is_shared)),
    )
    return list(
        session.exec(query.order_by(~col(SavedView.is_pinned), col(SavedView.name), col(SavedView.id)))
    )


def find(session: Session, view_id: int, *, by: Actor) -> SavedView:
    """One of one's own views, or one that is shared.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is a colleague's own.
    """
    ensure(session, by, Action.SAVED_VIEWS_READ)
    row = records.fetch(session, SavedView, view_id, called=_KIND.called)
    if row.user_id != by.id and not row.is_shared:
        raise RuleBrokenError("This view is a colleague’s own. Ask them to share it.")
    return row


def keep(session: Session, page: ListPage, query: str, new: SavedViewInput, *, by: Actor) -> SavedView:
    """Keep a list as it is narrowed and sorted now.

    Raises:
        NotAllowedError: the person only reads.
        RuleBrokenError: one has a view of this name already, or it is too long to keep.
    """
    ensure(session, by, Action.SAVED_VIEWS_RECORD)
    _ensure_free(session, page, new.name, by)
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] not in _NOT_KEPT])
    if len(kept) > _LONGEST:
        raise RuleBrokenError("This view has too much in it to be kept. Clear some filters.", field="name")
    values = new.model_dump() | {"user_id": by.id, "page": page, "query": kept}
    return records.add(session, SavedView.model_validate(values))


def change(session: Session, view_id: int, edit: SavedViewInput, *, version: int, by: Actor) -> SavedView:
    """Rename one's own view, share or pin it.

    Raises:
        NotAllowedError: it is a colleague's.
        NotFoundError: there is none with this id.
        RuleBrokenError: one has a view of this name already.
        StaleFormError: it was saved elsewhere meanwhile.
    """
    row = records.fetch_to_change(session, SavedView, view_id, called=_KIND.called)
    ensure(session, by, Action.SAVED_VIEWS_RECORD, row)
    _ensure_free(session, row.page, edit.name, by, besides=view_id)
    return records.change(session, row, edit, version=version)


def archive(session: Session, view_id: int, *, why: str, version: int, by: Actor) -> SavedView:
    """Put one's own view aside.

    Raises:
        NotAllowedError: it is a colleague's.
        RuleBrokenError: no reason is given.
        StaleFormError: it was saved elsewhere meanwhile.
    """
    return archiving.put_aside(session, SavedView, view_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, view_id: int, *, version: int, by: Actor) -> SavedView:
    """Take one's own view out of the archive.

    Raises:
        NotAllowedError: it is a colleague's.
        StaleFormError: it was saved elsewhere meanwhile.
    """
    return archiving.take_back(session, SavedView, view_id, _KIND, version=version, by=by)


def _ensure_free(
    session: Session, page: ListPage, name: str, by: Actor, *, besides: int | None = None
) -> None:
    query = select(SavedView.id).where(
        SavedView.page == page,
        SavedView.user_id == by.id,
        SavedView.name == name,
        col(SavedView.id) != besides,
        col(SavedView.archived_at).is_(None),
    )
    if session.exec(query).first() is not None:
        raise RuleBrokenError(f"You have a view called “{name}” already. Choose another name.", field="name")
