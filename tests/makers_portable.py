"""Portable records: made, read again, and taken into another service."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm.db import make_engine
from crm.models.restricted import RestrictedFacts
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.services import portable_imports, portable_reading, portable_records
from crm.services.portable_text import as_bytes
from tests.conftest import copy_of
from tests.makers import make_service


def exported(
    session: Session, seeker: JobSeeker, *, by: Actor = SYSTEM, facts: RestrictedFacts | None = None
) -> bytes:
    """Everything about a person as the file holds it."""
    session.flush()
    return as_bytes(portable_records.build(session, seeker.key, by=by, facts=facts))


def taken_in(session: Session, content: bytes, *, by: Actor = SYSTEM, **said: Any) -> JobSeeker:
    """The person of a file, recorded here."""
    return portable_imports.bring_in(session, portable_reading.read(content), by=by, **said)


@contextmanager
def another_service(template: Path, folder: Path, name: str = "Southside Support") -> Generator[Session]:
    """An empty service of another name, with a database of its own."""
    apart = folder / "another service"
    apart.mkdir()
    engine: sa.Engine = make_engine(f"sqlite:///{copy_of(template, apart) / 'crm.db'}")
    with Session(engine.execution_options(is_write=True)) as session:
        make_service(session, name)
        yield session
        session.rollback()
    engine.dispose()
