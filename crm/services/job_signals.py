"""How far a running job has come, and whether it is to stop: told while the database cannot be written.

On SQLite an import holds the write lock until all of it is in, and nothing else can be stored meanwhile, not
even its own progress. So on SQLite both are small files beside the database; on PostgreSQL they stand in the
job's row.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col

from crm.db import engine, reading, transaction
from crm.models.jobs import Job


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many, and what is being done."""

    done: int = 0
    total: int = 0
    words: str = ""


def tell(job_id: int, progress: Progress) -> None:
    """Say how far the job has come."""
    path = _file(job_id, "progress")
    if path is None:
        _write(job_id, **asdict(progress))
        return
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(asdict(progress)), encoding="utf-8")
    os.replace(beside, path)


def told(job: Job) -> Progress:
    """How far the job has come."""
    path = _file(job.key, "progress")
    if path is not None and path.exists():
        try:
            return Progress(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass
    return Progress(job.done, job.total, job.words)


def ask_to_stop(job_id: int) -> None:
    """Have the running job stop at its next step."""
    path = _file(job_id, "stop")
    if path is None:
        _write(job_id, is_cancel_asked=True)
    else:
        path.touch()


def is_to_stop(job_id: int) -> bool:
    """Has somebody asked the running job to stop?"""
    path = _file(job_id, "stop")
    if path is not None and path.exists():
        return True
    with reading() as session:
        asked = session.connection().execute(sa.select(col(Job.is_cancel_asked)).where(col(Job.id) == job_id))
        return bool(asked.scalar())


def clear(job_id: int) -> None:
    """Forget both: the job has ended, or begins anew."""
    for what in ("progress", "stop"):
        path = _file(job_id, what)
        if path is not None:
            path.unlink(missing_ok=True)


def _write(job_id: int, **values: object) -> None:
    with transaction() as session:
        session.connection().execute(sa.update(Job).where(col(Job.id) == job_id).values(**values))


def _file(job_id: int, what: str) -> Path | None:
    bound = engine()
    path = bound.url.database
    return Path(f"{path}.job-{job_id}.{what}") if bound.dialect.name == "sqlite" and path else None
