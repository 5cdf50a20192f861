"""Sessions of mock interviews, training courses and rounds of trials under agreements, and their places."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import SessionState, Standing
from crm.models.agreement_uses import AgreementUse, PromisedSession, PromisedSessionInput, ReferralInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import archiving, promise_terms, records
from crm.services.access import ensure, scoped
from crm.services.archiving import Kind
from crm.services.promises import live_uses

KIND = Kind("session", Action.AGREEMENTS_RECORD)
_PLACED = ("employer_id", "site_id", "promise")
"""What has to fit the agreement where it is said anew: what became of a session is recorded later, too."""

CANCELLED = (SessionState.CANCELLED_BY_EMPLOYER, SessionState.CANCELLED_BY_US)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as lists show it: with whom, and how many of its places are taken."""

    held: PromisedSession
    employer: str
    taken: int


def find(session: Session, session_id: int, *, by: Actor) -> PromisedSession:
    """One session, archived ones too.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return records.fetch(session, PromisedSession, session_id, called=KIND.called)


def of_agreement(session: Session, agreement_id: int, *, by: Actor) -> list[SessionRow]:
    """The sessions under an agreement, the latest first, without those put aside.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    query = select(PromisedSession, Employer.name).join(
        Employer, col(Employer.id) == col(PromisedSession.employer_id)
    )
    query = query.where(
        PromisedSession.agreement_id == agreement_id, col(PromisedSession.archived_at).is_(None)
    ).order_by(col(PromisedSession.starts_on).desc(), col(PromisedSession.id).desc())
    query = scoped(session, query, PromisedSession, by=by, action=Action.AGREEMENTS_READ)
    rows = session.exec(query).all()
    taken = _taken(session, [held.key for held, _ in rows])
    return [SessionRow(held, name, taken.get(held.key, 0)) for held, name in rows]


def add(
    session: Session, agreement_id: int, new: PromisedSessionInput, *, by: Actor, today: date
) -> PromisedSession:
    """Record a session that an employer holds, or will hold, under an agreement.

    Raises:
        NotAllowedError: the person may not record agreements, or the agreement is archived.
        NotFoundError: there is no such agreement or employer.
        RuleBrokenError: the agreement does not promise it, or not of this employer or site.
    """
    agreement = records.fetch(session, Agreement, agreement_id, called="agreement")
    ensure(session, by, Action.AGREEMENTS_RECORD, agreement)
    _ensure_fits(session, agreement, new, by=by, today=today)
    return records.add(session, PromisedSession(**new.model_dump(), agreement_id=agreement_id))


def change(
    session: Session, session_id: int, edit: PromisedSessionInput, *, version: int, by: Actor, today: date
) -> PromisedSession:
    """Change a session: its days and places, and whether it was held or cancelled, and by whom.

    Raises:
        NotAllowedError: the person may not, or the session or its agreement is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it does not fit the agreement, or people have places in it that would be lost.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, PromisedSession, session_id, called=KIND.called)
    ensure(session, by, Action.AGREEMENTS_RECORD, row)
    agreement = records.fetch(session, Agreement, row.agreement_id, called="agreement")
    if any(getattr(edit, name) != getattr(row, name) for name in _PLACED):
        _ensure_fits(session, agreement, edit, by=by, today=today)
    taken = _taken(session, [row.key]).get(row.key, 0)
    if taken and (edit.promise, edit.employer_id) != (row.promise, row.employer_id):
        raise RuleBrokenError("People have places in it. Record another session instead.", field="promise")
    if edit.places is not None and edit.places < taken:
        raise RuleBrokenError(f"{taken} places are taken already.", field="places")
    return records.change(session, row, edit, version=version)


def archive(session: Session, session_id: int, *, why: str, version: int, by: Actor) -> PromisedSession:
    """Put a session aside that was recorded by mistake; one that did not take place is cancelled instead.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.put_aside(session, PromisedSession, session_id, KIND, why=why, version=version, by=by)


def bring_back(session: Session, session_id: int, *, version: int, by: Actor) -> PromisedSession:
    """Take a session out of the archive.

    Raises:
        NotAllowedError: the person may not record agreements.
        StaleFormError: somebody saved it after the page was drawn.
    """
    return archiving.take_back(session, PromisedSession, session_id, KIND, version=version, by=by)


def ensure_place(session: Session, agreement: Agreement, new: ReferralInput) -> None:
    """Let a promise go on if its session, if any, is the agreement's, takes place and has a place left.

    Raises:
        RuleBrokenError: it is not, does not, or has none.
    """
    if new.session_id is None:
        return
    held = session.get(PromisedSession, new.session_id)
    is_its = held is not None and held.agreement_id == agreement.key and held.archived_at is None
    if held is None or not is_its or (held.promise, held.employer_id) != (new.promise, new.employer_id):
        raise RuleBrokenError(
            "This session is not one of this promise and employer. Choose another.", field="session_id"
        )
    ensure_takes_place(session, held.key)
    ensure_room(session, held.key)


def ensure_takes_place(session: Session, session_id: int | None) -> None:
    """Let somebody be put forward for a session, if for any, that is not cancelled or put aside.

    Raises:
        RuleBrokenError: it is.
    """
    held = session.get(PromisedSession, session_id) if session_id is not None else None
    if held is not None and (held.state in CANCELLED or held.archived_at is not None):
        raise RuleBrokenError("This session was cancelled. Choose another.", field="session_id")


def ensure_room(session: Session, session_id: int | None) -> None:
    """Let somebody have a place in a session, if in any, that has one left.

    Raises:
        RuleBrokenError: every place is taken.
    """
    held = session.get(PromisedSession, session_id) if session_id is not None else None
    if held is None or held.places is None:
        return
    if _taken(session, [held.key]).get(held.key, 0) >= held.places:
        raise RuleBrokenError(
            "Every place in it is taken. If the employer takes more, raise its places first.",
            field="session_id",
        )


def _ensure_fits(
    session: Session, agreement: Agreement, typed: PromisedSessionInput, *, by: Actor, today: date
) -> None:
    promise_terms.ensure_covers(session, agreement, typed.employer_id, by=by, today=today)
    promise_terms.ensure_at(session, agreement, typed.site_id, typed.employer_id)
    if typed.promise not in promise_terms.promises_of(agreement):
        raise RuleBrokenError("This agreement does not promise that. Choose another.", field="promise")


def _taken(session: Session, session_ids: list[int]) -> dict[int, int]:
    """How many places of each session are taken: by whoever is put forward or wants it."""
    query = (
        select(AgreementUse.session_id, sa.func.count())
        .where(
            live_uses(),
            col(AgreementUse.session_id).in_(session_ids),
            col(AgreementUse.standing) != Standing.NOT_REFERRED,
        )
        .group_by(col(AgreementUse.session_id))
    )
    return {key: number for key, number in session.exec(query) if key is not None}
