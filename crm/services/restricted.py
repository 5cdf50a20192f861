"""Restricted facts of a person: seen for a reason, recorded by those who may, and by nothing that matches."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

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
    restricted_views.ensure_recordable(session, seeker_id, in_session=in_session, by=by, now=now)
    row = _of_seeker(session, seeker_id)
    if row is None:
        return records.add(session, RestrictedFacts(**edit.model_dump(), seeker_id=seeker_id))
    return records.change(session, row, edit, version=version)


@dataclass(frozen=True, slots=True)
class AgeAnswer:
    """Whether a person was younger than 16 on a day, as it was told to one colleague.

    None when no date of birth is recorded.
    """

    seeker_id: int
    on: date
    told_to: int | None
    is_under_16: bool | None


def ask_whether_under_16(session: Session, seeker_id: int, *, on: date, by: Actor) -> AgeAnswer:
    """Is the person younger than 16 on a day? The date is not told; that somebody asked is in the trail.

    It is a look like any other, so it has a transaction of its own, which is committed before anything is
    done with the answer: a consent that is refused for it would otherwise take the look back with it. A yes
    or no kept outside the restricted table would change by itself on a birthday, and give that away to all.

    Raises:
        NotAllowedError: the person may not record what this job seeker has agreed to.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.CONSENTS_RECORD)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.CONSENTS_RECORD, seeker)
    about = JobSeeker.__name__, seeker_id
    restricted_views.note_look(session, "asked_whether_under_16", about, {"on": on}, about=about, by=by)
    facts = _of_seeker(session, seeker_id)
    born = facts.date_of_birth if facts else None
    return AgeAnswer(seeker_id, on, by.id, None if born is None else _age(born, on) < 16)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _of_seeker(session: Session, seeker_id: int) -> RestrictedFacts | None:
    return session.exec(select(RestrictedFacts).where(RestrictedFacts.seeker_id == seeker_id)).first()
