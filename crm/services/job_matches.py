"""A person and a vacancy that somebody looked at or asked about: one row each, made when first needed."""

from datetime import date

from sqlmodel import Session, select

from crm.models.matches import JobMatch
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure

NOT_OPENED = ""
"""The digest of a pair whose comparison nobody has opened yet: it is as no digest of a comparison is."""


def of_pair_to_change(
    session: Session, vacancy_id: int, seeker_id: int, *, by: Actor, today: date
) -> JobMatch:
    """The row of a pair, held until the transaction ends, made if it is missing.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    wanted = JobMatch.vacancy_id == vacancy_id, JobMatch.seeker_id == seeker_id
    found = session.exec(select(JobMatch).where(*wanted).with_for_update()).first()
    if found is not None:
        return found
    new = JobMatch(
        vacancy_id=vacancy_id,
        seeker_id=seeker_id,
        inputs_digest=NOT_OPENED,
        opened_on=today,
        opened_by=by.id,
    )
    return records.add(session, new)
