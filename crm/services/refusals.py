"""Refused access: remembered where it happens, written into the trail beside the page.

A page that only reads must not write, and what it was refused is rolled back with it. So refusals wait in
this process, each once in five minutes, and are written when the page is drawn, in a transaction of their
own.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from crm import audit
from crm.db import engine, transaction
from crm.errors import StorageError
from crm.models.base import Record, utc_now
from crm.models.users import Actor, Service

WINDOW = timedelta(minutes=5)
_MOST = 1_000
"""How many wait or are remembered at most; more would be an attack, and the first thousand tell of it."""

What = tuple[int | None, str, str, int]
"""Who was refused which action, on which kind of record and id."""


@dataclass(slots=True)
class _Waiting:
    """What one database's trail has still to be told, and what it was told within the window."""

    entries: list[tuple[Actor, What]] = field(default_factory=list[tuple[Actor, What]])
    told: dict[What, datetime] = field(default_factory=dict["What", datetime])


_waiting: dict[str, _Waiting] = {}
_guard = threading.Lock()


def remember(
    session: Session, actor: Actor, action: str, record: Record | None = None, *, now: datetime | None = None
) -> None:
    """Keep in mind that somebody was refused; the same again within five minutes is not told again."""
    kind, key = (type(record).__name__, record.id or 0) if record is not None else (Service.__name__, 0)
    what, moment = (actor.id, action, kind, key), now or utc_now()
    with _guard:
        waiting = _waiting.setdefault(str(session.get_bind().engine.url), _Waiting())
        waiting.told = {one: at for one, at in waiting.told.items() if moment - at < WINDOW}
        if what not in waiting.told and len(waiting.told) < _MOST:
            waiting.told[what] = moment
            waiting.entries.append((actor, what))


def write() -> None:
    """Write what is remembered into the trail; where there is nothing, nobody waits to write."""
    with _guard:
        waiting = _waiting.get(str(engine().url), _Waiting())
        entries, waiting.entries = waiting.entries, []
    if not entries:
        return
    try:
        with transaction() as session:
            for actor, (_, action, kind, key) in entries:
                audit.note(session, actor, "refused", (kind, key), {"action": action})
    except StorageError:
        # Whoever only reads can go on while the disk is full; the trail is told once there is room.
        with _guard:
            waiting.entries[:0] = entries
