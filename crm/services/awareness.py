"""Disability-awareness sessions given to employers: found, listed, recorded, changed, archived.

Whoever may log a contact may record one: job coaches give sessions as well as engagement officers.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.awareness import AwarenessInput, AwarenessSession
from crm.models.employers import EmployerSite
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import archiving, records, staff
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.belonging import ensure_of_employer, live_employer, of_employer

KIND = Kind("session", Action.CONTACTS_RECORD)


@dataclass(frozen=True, slots=True)
class AwarenessRow:
    """A session as the page of its employer shows it."""

    session: AwarenessSession
    site: str | None
    given_by: str | None


def find(session: Session, session_id: int, *, by: Actor) -> AwarenessSession:
    """One session, archived ones too.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    return records.fetch(session, AwarenessSession, session_id, called=KIND.called)


def of(session: Session, employer_id: int, *, limit: int, by: Actor) -> list[AwarenessRow]:
    """The latest sessions given to an employer, archived ones last.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    given = AwarenessSession
    query = (
        select(given, EmployerSite.label, User.name)
        .join(EmployerSite, col(EmployerSite.id) == col(given.site_id), isouter=True)
        .join(User, col(User.id) == col(given.given_by), isouter=True)
        .where(given.employer_id == employer_id)
        .order_by(col(given.archived_at).is_not(None), col(given.held_on).desc(), col(given.id).desc())
    )
    query = scoped(session, query.limit(limit), given, by=by, action=Action.EMPLOYERS_READ)
    return [AwarenessRow(*row) for row in session.exec(query)]


def sites_to_name(
    session: Session, employer_id: int, *, chosen: AwarenessSession | None, by: Actor
) -> list[EmployerSite]:
    """Where a session with this employer can have been given.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    return of_employer(session, EmployerSite, employer_id, also=chosen.site_id if chosen else None)


def add(
    session: Session, employer_id: int, new: AwarenessInput, *, by: Actor, today: date
) -> AwarenessSession:
    """Record a session that has been given.

    Raises:
        NotAllowedError: the person may not record contacts.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: it is dated in the future, or names a site or colleague that is not there.
    """
    ensure(session, by, Action.CONTACTS_RECORD)
    live_employer(session, employer_id)
    _ensure_fits(session, employer_id, new, before=None, today=today)
    return records.add(session, AwarenessSession(**new.model_dump(), employer_id=employer_id))


def change(
    session: Session, session_id: int, edit: AwarenessInput, *, version: int, by: Actor, today: date
) -> AwarenessSession:
    """Change what is recorded about a session.

    Raises:
        NotAllowedError: the person may not, or it is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dated in the future, or names a site or colleague that is not there.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, AwarenessSession, session_id, called=KIND.called)
    ensure(session, by, Action.CONTACTS_RECORD, row)
    _ensure_fits(session, row.employer_id, edit, before=row, today=today)
    return records.change(session, row, edit, version=version)


def _ensure_fits(
    session: Session,
    employer_id: int,
    typed: AwarenessInput,
    *,
    before: AwarenessSession | None,
    today: date,
) -> None:
    """Whoever gave it and where may stay named, though the colleague has left or the site is closed."""
    if typed.held_on > today:
        raise RuleBrokenError("The session is dated in the future. Record it when given.", field="held_on")
    if before is None or typed.site_id != before.site_id:
        ensure_of_employer(session, EmployerSite, typed.site_id, employer_id, field="site_id", called="site")
    if before is None or typed.given_by != before.given_by:
        staff.ensure_colleague(session, typed.given_by, field="given_by")


def archive(session: Session, session_id: int, *, why: str, version: int, by: Actor) -> AwarenessSession:
    """Put a session aside, with the reason: it counts no more, and can be brought back.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, AwarenessSession, session_id, KIND, why=why, version=version, by=by)


def bring_back(session: Session, session_id: int, *, version: int, by: Actor) -> AwarenessSession:
    """Take a session out of the archive.

    Raises:
        NotAllowedError: the person may not record contacts.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.take_back(session, AwarenessSession, session_id, KIND, version=version, by=by)
