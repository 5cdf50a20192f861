"""Opening a person's restricted facts: for a reason, for a while, in one sign-in, and told in the trail."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm import audit
from crm.config import settings
from crm.errors import NotAllowedError, NotSignedInError, RuleBrokenError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.restricted import OpeningInput, RestrictedOpening, WhyOpened
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, may, scoped
from crm.services.listing import Listing, how_many

OPEN_FOR = timedelta(minutes=15)
_WITHIN = timedelta(hours=1)
_LOOK_BACK = timedelta(days=7)
_VIEW = "view"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a person's restricted facts; `words` is None for those who may not see them."""

    at: datetime
    by: str
    reason: WhyOpened
    words: str | None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Somebody opened the restricted facts of unusually many people within an hour that ended then."""

    by: str
    people: int
    until: datetime


def open_facts(
    session: Session,
    seeker_id: int,
    new: OpeningInput,
    *,
    in_session: str,
    by: Actor,
    now: datetime | None = None,
) -> RestrictedOpening:
    """Open a person's restricted facts for 15 minutes in this sign-in, for the reason given.

    Raises:
        NotAllowedError: the person may not see restricted facts, or not of this job seeker.
        NotFoundError: there is no such job seeker.
        NotSignedInError: there is nobody to open them for.
    """
    ensure(session, by, Action.RESTRICTED_READ)
    if by.id is None:
        raise NotSignedInError("Sign in to open restricted facts.")
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.RESTRICTED_READ, seeker)
    row = RestrictedOpening(
        **new.model_dump(),
        seeker_id=seeker.key,
        user_id=by.id,
        session_digest=in_session,
        until=(now or utc_now()) + OPEN_FOR,
    )
    return records.add(session, row)


def in_force(
    session: Session, seeker_id: int, *, in_session: str, by: Actor, now: datetime | None = None
) -> RestrictedOpening | None:
    """The opening that lets somebody see a person's restricted facts at this moment, if there is one.

    Raises:
        NotAllowedError: the person may not see restricted facts, or not of this job seeker.
        NotFoundError: there is no such job seeker.
    """
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.RESTRICTED_READ, seeker)
    query = select(RestrictedOpening).where(
        RestrictedOpening.seeker_id == seeker_id,
        RestrictedOpening.user_id == by.id,
        RestrictedOpening.session_digest == in_session,
        RestrictedOpening.until > (now or utc_now()),
    )
    return session.exec(query.order_by(col(RestrictedOpening.id).desc())).first()


def ensure_open(
    session: Session, seeker_id: int, *, in_session: str, by: Actor, now: datetime | None = None
) -> RestrictedOpening:
    """Let a service go on with facts that were opened for a reason, and still are.

    Raises:
        NotAllowedError: the person may not see restricted facts.
        RuleBrokenError: they are not open, or not any more.
    """
    opening = in_force(session, seeker_id, in_session=in_session, by=by, now=now)
    if opening is None:
        raise RuleBrokenError(
            "These facts are not open (any more): they stay open for 15 minutes. What you typed is kept. "
            "Open this page again, say why you need to see them, and go on."
        )
    return opening


def ensure_recordable(
    session: Session, seeker_id: int, *, in_session: str, by: Actor, now: datetime | None = None
) -> None:
    """Let a service go on to record facts of a person that are open, and hold the person's record until then.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: the facts are not open in this sign-in (any more).
    """
    ensure(session, by, Action.RESTRICTED_RECORD)
    seeker = records.fetch_to_change(session, JobSeeker, seeker_id, called="job seeker")
    if seeker.archived_at is not None:
        raise NotAllowedError("This job seeker is archived. The facts can be read, but not changed.")
    ensure(session, by, Action.RESTRICTED_RECORD, seeker)
    ensure_open(session, seeker_id, in_session=in_session, by=by, now=now)


def note_view(session: Session, opening: RestrictedOpening, *, by: Actor) -> None:
    """Write into the trail that somebody is about to look: who, at whom, why. Nothing is shown without it.

    Raises:
        NotAllowedError: the person may not see restricted facts.
    """
    ensure(session, by, Action.RESTRICTED_READ)
    said = {"seeker_id": opening.seeker_id, "reason": opening.reason, "words": opening.words}
    record = RestrictedOpening.__name__, opening.key
    note_look(session, _VIEW, record, said, about=(JobSeeker.__name__, opening.seeker_id), by=by)


def note_look(
    session: Session,
    action: str,
    record: tuple[str, int],
    said: Mapping[str, Any],
    *,
    about: tuple[str, int],
    by: Actor,
) -> None:
    """Write a look into the trail at once; whoever asks for this has asked whether they may look."""
    if not session.connection().get_execution_options().get("is_write"):
        raise RuntimeError("Restricted facts are read in a transaction, so that the look is kept.")
    audit.note(session, by, action, record, said, about=about)
    audit.write_entries(session)


def looks(session: Session, seeker_id: int, *, limit: int, by: Actor) -> Listing[Look]:
    """Who looked at a person's restricted facts, when and why, the latest first.

    Raises:
        NotAllowedError: the person may not see who looked, or not at this job seeker’s.
        NotFoundError: there is no such job seeker.
    """
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    ensure(session, by, Action.VIEWS_READ, seeker)
    query = (
        select(AuditEntry, RestrictedOpening)
        .join(RestrictedOpening, col(RestrictedOpening.id) == col(AuditEntry.record_id))
        .where(
            col(AuditEntry.record_kind) == RestrictedOpening.__name__,
            col(AuditEntry.action) == _VIEW,
            col(RestrictedOpening.seeker_id) == seeker_id,
        )
    )
    query = scoped(session, query, RestrictedOpening, by=by, action=Action.VIEWS_READ)
    sees = may(by, Action.RESTRICTED_READ)
    page = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit))
    rows = [
        Look(entry.at, entry.actor_name, opening.reason, opening.words if sees else None)
        for entry, opening in page
    ]
    return Listing(rows, how_many(session, query))


def crowds(session: Session, *, by: Actor, now: datetime | None = None) -> list[Crowd]:
    """Who opened the facts of more people within an hour than is usual, in the last week; the latest first.

    Raises:
        NotAllowedError: the person may not see who looked.
    """
    ensure(session, by, Action.VIEWS_READ)
    since = (now or utc_now()) - _LOOK_BACK
    query = (
        sa.select(
            col(User.id), col(User.name), col(RestrictedOpening.created_at), col(RestrictedOpening.seeker_id)
        )
        .join(User, col(User.id) == col(RestrictedOpening.user_id))
        # Openings are never changed, so both moments are one, and this one has an index.
        .where(col(RestrictedOpening.updated_at) > since)
        .order_by(col(RestrictedOpening.updated_at))
    )
    opened: defaultdict[tuple[int | None, str], list[tuple[datetime, int]]] = defaultdict(list)
    for user_id, name, at, seeker_id in session.connection().execute(query):
        opened[user_id, name].append((at, seeker_id))
    found = [_most_within_an_hour(name, openings) for (_, name), openings in opened.items()]
    many = [crowd for crowd in found if crowd.people > settings().restricted_people_an_hour]
    return sorted(many, key=lambda crowd: crowd.until, reverse=True)


def _most_within_an_hour(name: str, openings: list[tuple[datetime, int]]) -> Crowd:
    """The hour in which somebody opened the facts of most people; the openings come in order of time."""
    window: deque[tuple[datetime, int]] = deque()
    most = Crowd(name, 0, openings[0][0])
    for at, seeker_id in openings:
        window.append((at, seeker_id))
        while at - window[0][0] > _WITHIN:
            window.popleft()
        people = len({person for _, person in window})
        if people >= most.people:
            most = Crowd(name, people, at)
    return most
