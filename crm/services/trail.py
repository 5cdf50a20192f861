"""The audit trail as a whole: verified, and anchored outside the database."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import audit_chain
from crm.audit_chain import Anchor, Verdict
from crm.config import settings
from crm.db import reading
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.users import Actor
from crm.policy import Action
from crm.secret_store import audit_key
from crm.services.access import ensure

DAILY = timedelta(hours=22)
"""An anchor is noted when the last one is older than this: a daily job comes a little early or late."""

_AT_A_TIME = 2_000


def verify(session: Session, *, by: Actor) -> Verdict:
    """Read the whole trail and say whether it is as it was written, by its seals and by the anchors.

    Raises:
        NotAllowedError: the person may not read the trail.
    """
    ensure(session, by, Action.AUDIT_READ)
    return audit_chain.verify(audit_key(), _lines(session), anchors())


def verify_copy(session: Session, stood: Anchor) -> Verdict:
    """Read the trail of a restored copy, by its seals and by what anchors tell of the time it was made."""
    noted = [anchor for anchor in anchors() if anchor.count <= stood.count]
    return audit_chain.verify(audit_key(), _lines(session), [stood, *noted])


def _lines(session: Session) -> Iterator[Any]:
    table: Any = AuditEntry
    query = sa.select(table.__table__).order_by(col(AuditEntry.id))
    found = session.connection().execution_options(yield_per=_AT_A_TIME).execute(query)
    yield from found.mappings()


def anchors_path() -> Path:
    """Where the anchors are: away from the database, so that changing the one is not changing both."""
    chosen = settings()
    database = hashlib.sha256(chosen.database_url.encode()).hexdigest()[:8]
    return chosen.anchors_file or chosen.secrets_dir / f"audit-anchors-{database}.jsonl"


def anchors() -> list[Anchor]:
    """All anchors noted so far; a line that cannot be read is passed over."""
    path = anchors_path()
    return [Anchor(line["count"], line["head"]) for line in _noted(path)] if path.exists() else []


def _noted(path: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            read.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return read


def note_anchor(*, now: datetime | None = None) -> Anchor | None:
    """Note how long the trail is and its last seal, once a day; None when that was done lately."""
    moment, path = now or utc_now(), anchors_path()
    lines = _noted(path) if path.exists() else []
    if lines and moment - datetime.fromisoformat(lines[-1]["at"]) < DAILY:
        return None
    with reading() as session:
        anchor = standing(session)
    if not anchor.count:
        return None
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_cut_off = path.exists() and not path.read_text(encoding="utf-8").endswith("\n")
    line = json.dumps({"at": moment.isoformat(), "count": anchor.count, "head": anchor.head})
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n" if is_cut_off else f"{line}\n")
    return anchor


def go_back_to(stood: Anchor, *, aside: str) -> None:
    """Put anchors aside that tell of entries after a restored backup; those up to it stay in force."""
    path = anchors_path()
    if not path.exists():
        return
    lines = [json.dumps(line) for line in _noted(path) if line["count"] <= stood.count]
    path.rename(path.with_name(f"{path.name}{aside}"))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def standing(session: Session) -> Anchor:
    """How long the trail is at this moment, and its last seal."""
    sealed = col(AuditEntry.seal).is_not(None)
    connection = session.connection()
    count = connection.execute(sa.select(sa.func.count()).select_from(AuditEntry).where(sealed)).scalar_one()
    last = sa.select(col(AuditEntry.seal)).where(sealed).order_by(col(AuditEntry.id).desc()).limit(1)
    return Anchor(count, connection.execute(last).scalar() or audit_chain.START)
