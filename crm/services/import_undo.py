"""An import taken back as a whole: what it added is archived, what it changed gets its old values again.

Nothing that somebody did since is overwritten: a record that was saved again, or that something was added to,
stays as it is and is listed. Nothing is deleted: what is archived can be brought back one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import Record, utc_now
from crm.models.imports import ImportBatch, ImportedRecord, ImportKind
from crm.models.jobs import Job
from crm.models.users import Actor
from crm.policy import Action
from crm.services import history, imports, records
from crm.services.access import ensure
from crm.services.history import Happened
from crm.services.import_standing import IMPORTABLE, Trace, standing
from crm.services.import_traces import held_before, settle_dates

KEPT = timedelta(days=30)
"""So long an import can be undone."""

JOB = "undo_import"
"""The kind of the job that undoes an import."""

MOST_LISTED = 100
"""So many of the records that stay are told by name."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Left:
    """A record that stays as it is; `happened` is empty when something was added to it or to its row."""

    kind: str
    id: int
    name: str
    happened: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What undoing an import does, or did: how many records are archived, put back, left as they are."""

    archived: int
    put_back: int
    left: int
    named: list[Left]


def why_not(session: Session, batch: ImportBatch, *, now: datetime) -> str | None:
    """Why this import, which a service handed out, cannot be undone; None when it can be."""
    if batch.undone_at is not None:
        return "This import was undone already."
    if batch.kind is ImportKind.VOCABULARY:
        return "A vocabulary is not undone: import the edition that you want in its place."
    if batch.rows_added + batch.rows_updated == 0:
        return "This import added and changed nothing, so there is nothing to undo."
    if now - batch.created_at > KEPT:
        return f"An import can be undone for {KEPT.days} days. This one is older: change its records singly."
    kept = sa.select(col(ImportedRecord.id)).where(col(ImportedRecord.batch_id) == batch.key).limit(1)
    if session.connection().execute(kept).first() is None:
        return "This import was made before imports could be undone, so it was not kept what it changed."
    return None


def outlook(session: Session, batch_id: int, *, by: Actor, now: datetime) -> Outlook:
    """Say what undoing an import would do; nothing is saved. Of one that was undone: what was left.

    Raises:
        NotAllowedError: the person may not run imports, or not record what this one brought in.
        NotFoundError: there is no such import.
        RuleBrokenError: it cannot be undone.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    batch = imports.find(session, batch_id, by=by)
    if batch.undone_at is None:
        _ensure_can_be(session, batch, now)
    _ensure_may(session, batch_id, by)
    found = standing(session, batch_id, by=by)
    new = sum(trace.is_new for trace in found.going)
    named = _named(session, batch_id, found.staying[:MOST_LISTED], by)
    return Outlook(new, len(found.going) - new, len(found.staying), named)


def latest_job(session: Session, batch_id: int, *, by: Actor) -> Job | None:
    """The last undoing of this import that somebody asked for themselves, if it is still known.

    Raises:
        NotAllowedError: the person may not run imports.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    asked = select(Job).where(Job.kind == JOB, Job.asked_by == by.id).order_by(col(Job.id).desc())
    return next((job for job in session.exec(asked) if job.arguments.get("batch") == batch_id), None)


def undo(
    session: Session,
    batch_id: int,
    *,
    by: Actor,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> ImportBatch:
    """Undo an import, once: archive what it added, and put back what it changed.

    Raises:
        NotAllowedError: the person may not run imports, or not record what this one brought in.
        NotFoundError: there is no such import.
        RuleBrokenError: it was undone already, is too old, or nothing was kept to undo it by.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    batch = records.fetch_to_change(session, ImportBatch, batch_id, called="import")
    _ensure_can_be(session, batch, now)
    _ensure_may(session, batch_id, by)
    going, done = standing(session, batch_id, by=by).going, 0
    for kind, traces in groupby(sorted(going, key=lambda trace: trace.kind), key=lambda trace: trace.kind):
        for some in _portions(list(traces)):
            _take_back(session, IMPORTABLE[kind].table, some, batch)
            done += len(some)
            progress(done, len(going))
        settle_dates(session, IMPORTABLE[kind].table, batch_id)
    return records.change(session, batch, {"undone_at": now, "undone_by": by.id}, version=batch.version)


def forget_old(session: Session, *, now: datetime) -> int:
    """Let go of the old values of imports that cannot be undone any more; tells how many there were."""
    old = sa.select(col(ImportBatch.id)).where(
        sa.or_(col(ImportBatch.created_at) < now - KEPT, col(ImportBatch.undone_at).is_not(None))
    )
    held = sa.cast(col(ImportedRecord.before), sa.String) != "{}"
    emptied = sa.update(ImportedRecord).where(col(ImportedRecord.batch_id).in_(old), held).values(before={})
    return session.connection().execute(emptied).rowcount


def _ensure_can_be(session: Session, batch: ImportBatch, now: datetime) -> None:
    reason = why_not(session, batch, now=now)
    if reason is not None:
        raise RuleBrokenError(reason)


def _ensure_may(session: Session, batch_id: int, by: Actor) -> None:
    kinds = sa.select(col(ImportedRecord.record_kind)).where(col(ImportedRecord.batch_id) == batch_id)
    for kind in session.connection().execute(kinds.distinct()).scalars():
        ensure(session, by, IMPORTABLE[kind].recording)


def _portions(traces: Sequence[Trace]) -> list[Sequence[Trace]]:
    return [traces[start : start + 500] for start in range(0, len(traces), 500)]


def _take_back(session: Session, table: type[Record], some: Sequence[Trace], batch: ImportBatch) -> None:
    """Archive the new ones of these records, and give the others what they held before."""
    ids = [trace.record_id for trace in some]
    query = select(table).where(col(table.id).in_(ids)).with_for_update()
    rows = {row.key: row for row in session.exec(query)}
    before = _before(session, [trace.id for trace in some if not trace.is_new])
    actor, moment = session.info["actor"], utc_now()
    for trace in some:
        row = rows[trace.record_id]
        if trace.is_new:
            row.archived_at, row.archived_by = moment, actor.id
            row.archived_why = f"The import of {batch.file_name} was undone"
        else:
            for name, value in held_before(table, before[trace.id]).items():
                setattr(row, name, value)
    changed = [rows[trace.record_id] for trace in some if not trace.is_new]
    versions = [(row, row.version) for row in changed]
    session.add_all(rows.values())
    session.flush()
    _follow(session, versions)
    undone = sa.update(ImportedRecord).where(col(ImportedRecord.id).in_([trace.id for trace in some]))
    session.connection().execute(undone.values(is_undone=True))


def _before(session: Session, trace_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    query = select(ImportedRecord).where(col(ImportedRecord.id).in_(trace_ids))
    return {trace.id: trace.before for trace in session.exec(query) if trace.id is not None}


def _follow(session: Session, versions: Sequence[tuple[Record, int]]) -> None:
    """A record that was put back is as the import before left it: that one can be undone as well."""
    moves = [
        {"kind": type(row).__name__, "record": row.key, "left_at": version - 1, "now_at": row.version}
        for row, version in versions
    ]
    if moves:
        earlier = sa.update(ImportedRecord).where(
            col(ImportedRecord.record_kind) == sa.bindparam("kind"),
            col(ImportedRecord.record_id) == sa.bindparam("record"),
            col(ImportedRecord.version) == sa.bindparam("left_at"),
        )
        session.connection().execute(earlier.values(version=sa.bindparam("now_at")), moves)


def _named(session: Session, batch_id: int, traces: Sequence[Trace], by: Actor) -> list[Left]:
    """These records by name, with what happened to each since the import."""
    named: list[Left] = []
    for kind, some in groupby(sorted(traces, key=lambda trace: trace.kind), key=lambda trace: trace.kind):
        about, ids = IMPORTABLE[kind], [trace.record_id for trace in some]
        since = history.since_import(session, about.table, ids, batch_id, by=by, action=about.reading)
        query = select(about.table).where(col(about.table.id).in_(ids)).order_by(col(about.table.id))
        for row in session.exec(query):
            named.append(Left(kind, row.key, getattr(row, about.named), tuple(since.get(row.key, ()))))
    return named
