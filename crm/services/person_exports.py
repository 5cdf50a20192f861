"""Taking one person's whole record away as a file: a link that works once, and an entry that stays."""

from datetime import datetime
from typing import IO

from sqlmodel import Session

from crm import audit
from crm.db import transaction
from crm.models.base import utc_now
from crm.models.exports import Export, ExportKind, FileFormat
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import exports, portable_records, records, restricted, restricted_views
from crm.services.access import ensure, may
from crm.services.portable_text import as_bytes


def may_take_away(by: Actor) -> bool:
    """May this person take the records of people away?"""
    return may(by, Action.SEEKERS_EXPORT)


def order(
    session: Session,
    seeker_id: int,
    *,
    with_restricted: bool,
    by: Actor,
    session_digest: str,
    now: datetime | None = None,
) -> str:
    """Make a link to the record of one person; its random part.

    Raises:
        NotAllowedError: the person may not take such records away, or not see restricted facts.
        NotFoundError: there is no such job seeker.
        NotSignedInError: the sign-in is not theirs, or has ended.
        RuleBrokenError: restricted facts are asked for and were not opened with a reason.
    """
    _ensure_may(session, seeker_id, by)
    if with_restricted:
        restricted_views.ensure_open(session, seeker_id, in_session=session_digest, by=by, now=now)
    wanted = {"seeker_id": seeker_id, "with_restricted": with_restricted}
    return exports.make_ticket(
        session, ExportKind.PERSON, wanted, user_id=by.id, session_digest=session_digest, now=now
    )


def take_away(
    token: str, file: IO[bytes], *, by: Actor, session_digest: str, now: datetime | None = None
) -> Export:
    """Use a link up and write the record into a file; that it was taken away is kept before it leaves.

    Raises:
        NotAllowedError: the person may not take such records away any more.
        NotFoundError: the link was used, has run out, or is another sign-in's.
        RuleBrokenError: the restricted facts are not open any more.
    """
    moment = now or utc_now()
    with transaction() as session:
        wanted = exports.use_up(session, token, session_digest, [ExportKind.PERSON], moment).wanted
        seeker_id, with_restricted = wanted["seeker_id"], wanted["with_restricted"]
        _ensure_may(session, seeker_id, by)
        facts = None
        if with_restricted:
            facts = restricted.view(session, seeker_id, in_session=session_digest, by=by, now=moment)
        found = portable_records.build(session, seeker_id, by=by, facts=facts)
        file.write(as_bytes(found))
        return _note(session, seeker_id, sum(map(len, found.values())), by, with_restricted=with_restricted)


def _ensure_may(session: Session, seeker_id: int, by: Actor) -> None:
    ensure(session, by, Action.SEEKERS_EXPORT)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.SEEKERS_EXPORT, seeker, is_beneath_archive=True)


def _note(session: Session, seeker_id: int, rows: int, by: Actor, *, with_restricted: bool) -> Export:
    record = JobSeeker.__name__, seeker_id
    audit.note(
        session, by, "took_record_away", record, {"with_restricted_facts": with_restricted}, about=record
    )
    narrowed = f"record number {seeker_id}, {'with' if with_restricted else 'without'} restricted facts"
    taken = Export(kind=ExportKind.PERSON, file_format=FileFormat.JSON, narrowed_by=narrowed, rows=rows)
    return records.add(session, taken)
