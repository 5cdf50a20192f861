"""The search index made anew from the records, or where records have none yet. Nobody waits long to save."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from crm import search_index
from crm.db import reading, transaction
from crm.models.search import EntryKind

_AT_ONCE = 2_000


def fill_gaps() -> int:
    """Index the records that have no entry: after an upgrade, or what came by other means; how many."""
    return _index(search_index.missing)


def rebuild() -> int:
    """Compare every entry with its record and put right what differs; how many were compared."""
    return _index(search_index.known)


def _index(which: Callable[..., list[int]]) -> int:
    done = 0
    for kind in EntryKind:
        with reading() as session:
            ids = which(session.connection(), kind)
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            with transaction() as session:
                _refresh(session, kind, some)
            done += len(some)
    return done


def _refresh(session: Session, kind: EntryKind, ids: Sequence[int]) -> None:
    search_index.take_turn(session.connection())
    search_index.refresh(session.connection(), kind, ids)
