"""Restricted facts of a person: seen for a reason, recorded by those who may, and by nothing that matches."""

from datetime import date, datetime

from sqlmodel import Session, select

from crm.errors import NotAllowedError
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, restricted_views
from crm.services.access import ensure


def view(
    session: Session, seeker_id: int, *, in_session: str, by: Actor, now: datetime | None = None
) -> RestrictedFacts | None:
    """The restricted facts of a person, None until any are recorded; the look is in the trail by then.

    They may be shown once the transaction is committed.

    Raises:
        NotAllowedError: the person may not see restricted facts, or not of this job seeker.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: they were not opened with a reason in this sign-in, or too long ago.
    """
    ensure(session, by, Action.RESTRICTED_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.RESTRICTED_READ, seeker)
    opening = restricted_views.ensure_open(session, seeker_id, in_session=in_session, by=by, now=now)
    restricted_views.note_view(session, opening, by=by)
    return _of_seeker(session, seeker_id)


def save(
    session: Session,
    seeker_id: int,
    edit: RestrictedFactsInput,
    *,
    version: int,
    in_session: str,
    by: Actor,
    now: datetime | None = None,
) -> RestrictedFacts:
    """Record the restricted facts of a person, or change them; version 0 when none were recorded.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: the facts are not open in this sign-in (any more).
        StaleFormError: somebody saved them after the form was drawn.
    """
    ensure(session, by, Action.RESTRICTED_RECORD)
    seeker = records.fetch_to_change(session, JobSeeker, seeker_id, called="job seeker")
    if seeker.archived_at is not None:
        raise NotAllowedError("This job seeker is archived. The facts can be read, but not changed.")
    ensure(session, by, Action.RESTRICTED_RECORD, seeker)
    restricted_views.ensure_open(session, seeker_id, in_session=in_session, by=by, now=now)
    row = _of_seeker(session, seeker_id)
    if row is None:
        return records.add(session, RestrictedFacts(**edit.model_dump(), seeker_id=seeker_id))
    return records.change(session, row, edit, version=version)


def is_under_16(session: Session, seeker_id: int, *, on: date, by: Actor) -> bool | None:
    """Is the person younger than 16 on a day? None when no date of birth is recorded; the date is not told.

    Raises:
        NotAllowedError: the person may not record what somebody has agreed to.
    """
    ensure(session, by, Action.CONSENTS_RECORD)
    facts = _of_seeker(session, seeker_id)
    if facts is None or facts.date_of_birth is None:
        return None
    born = facts.date_of_birth
    birthdays = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return birthdays < 16


def _of_seeker(session: Session, seeker_id: int) -> RestrictedFacts | None:
    return session.exec(select(RestrictedFacts).where(RestrictedFacts.seeker_id == seeker_id)).first()
