"""Loads the demonstration in one transaction, every record through its validated input and the audit."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, NewUser
from crm.policy import Action, Role
from crm.services import setup, users
from crm.services.access import ensure
from crm.services.demonstration.employers import load_agreements, load_employers
from crm.services.demonstration.files import rows
from crm.services.demonstration.jobs import load_analyses, load_vacancies
from crm.services.demonstration.scene import Scene
from crm.services.demonstration.seekers import load_seekers

Progress = Callable[[float, str], None]
"""Told how far the loading has come, from 0 to 1, and what comes next."""

_STEPS: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("employers", load_employers),
    ("agreements", load_agreements),
    ("vacancies", load_vacancies),
    ("job analyses", load_analyses),
    ("job seekers", load_seekers),
)


def load(session: Session, *, by: Actor, today: date, progress: Progress | None = None) -> None:
    """Fill an empty service with invented people and employers, and mark it as a demonstration.

    Some of them belong to `by`, so that whoever loads it finds a caseload of their own.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: the service has not been set up yet.
        RuleBrokenError: there are records already; invented ones never come among real ones.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    service = setup.current(session)
    if _has_records(session):
        raise RuleBrokenError(
            "This service has records already. The demonstration is only loaded into an empty service."
        )
    service.is_demonstration = True
    session.add(service)
    scene = Scene(session, by, today)
    _load_staff(scene)
    for number, (called, step) in enumerate(_STEPS):
        if progress:
            progress(number / len(_STEPS), called)
        step(scene)
    if progress:
        progress(1.0, "done")


def _has_records(session: Session) -> bool:
    tables = (Employer, JobSeeker)
    return any(session.exec(select(col(table.id)).limit(1)).first() is not None for table in tables)


def _load_staff(scene: Scene) -> None:
    """The invented colleagues; none has a password, so nobody can sign in as one of them."""
    for row in rows("staff"):
        roles = frozenset(Role(name) for name in row["roles"].split(","))
        new = NewUser(name=row["name"], email=row["email"], roles=roles)
        scene.staff[row["key"]] = users.add(scene.session, new, by=scene.by).as_actor()
    scene.staff["you"] = scene.by if scene.by.id is not None else scene.staff["officer2"]
