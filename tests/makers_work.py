"""Background work with readable defaults."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import select

from crm import db
from crm.models.imports import ImportKind
from crm.models.jobs import Job, Upload
from crm.models.users import SYSTEM, Actor
from crm.services import jobs, uploads

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
"""The moment at which the tests of background work take place."""


def make_job(kind: str = "tidy_up", *, by: Actor = SYSTEM, due: datetime = NOW, **arguments: Any) -> Job:
    """A job that is due at noon."""
    with db.transaction() as session:
        job = jobs.ask(session, kind, arguments, by=by)
        job.due_at = due
        session.add(job)
        return job


def now_of(job: Job) -> Job:
    """The job as it stands in the database now."""
    with db.reading() as session:
        return session.exec(select(Job).where(Job.id == job.key)).one()


def make_upload(
    content: bytes, by: Actor, *, name: str = "list.csv", kind: ImportKind = ImportKind.EMPLOYERS
) -> Upload:
    """A file that somebody has uploaded for an import."""
    with db.transaction() as session:
        return uploads.keep(session, kind, [(name, content)], by=by)
