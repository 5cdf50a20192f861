"""Restricted facts of a person: read and recorded by those who may, and by nothing that matches."""

from sqlmodel import Session, select

from crm.errors import NotAllowedError
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> RestrictedFacts | None:
    """The restricted facts of a person, None until any are recorded.

    Raises:
        NotAllowedError: the person may not see restricted facts, or not of this job seeker.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.RESTRICTED_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.RESTRICTED_READ, seeker)
    return session.exec(select(RestrictedFacts).where(RestrictedFacts.seeker_id == seeker_id)).first()


def save(
    session: Session, seeker_id: int, edit: RestrictedFactsInput, *, version: int, by: Actor
) -> RestrictedFacts:
    """Record the restricted facts of a person, or change them; version 0 when none were recorded.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        StaleFormError: somebody saved them after the form was drawn.
    """
    ensure(session, by, Action.RESTRICTED_RECORD)
    seeker = records.fetch_to_change(session, JobSeeker, seeker_id, called="job seeker")
    if seeker.archived_at is not None:
        raise NotAllowedError("This job seeker is archived. The facts can be read, but not changed.")
    ensure(session, by, Action.RESTRICTED_RECORD, seeker)
    row = of_seeker(session, seeker_id, by=by)
    if row is None:
        return records.add(session, RestrictedFacts(**edit.model_dump(), seeker_id=seeker_id))
    return records.change(session, row, edit, version=version)
