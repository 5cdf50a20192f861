"""What matching compares, noted row by row as it changes, so that any run can be made again as it was.

A record is noted with the concept of each of its phrases: nothing that is settled anew later changes what was
compared. Between two notes lies what has changed, which is all that a night's run has to look at again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import utc_now
from crm.models.compared import ComparedRecord, Side
from crm.models.users import Actor
from crm.policy import Action
from crm.services import service
from crm.services.access import ensure
from crm.services.compared_content import Noted, digest_of, job_in, packed, seeker_in
from crm.services.match_index import OPENINGS, PEOPLE, Progress, Ready
from crm.services.seeker_inputs import Person
from matching.concepts import Concepts
from matching.index import SeekerIndex
from matching.records import Job, Seeker

R = TypeVar("R", Seeker, Job)
_Standing = tuple[list[int], str | None]

_TURN = 20_261_126
"""The number of the lock that PostgreSQL's noters take turns with."""


@dataclass(frozen=True, slots=True)
class Changed(Generic[R]):
    """One record between two moments: as it was and as it is; None where it is not among those compared."""

    record_id: int
    before: Noted[R] | None
    after: Noted[R] | None


def note_changes(session: Session, *, by: Actor, progress: Progress | None = None) -> int:
    """Note everybody and every open vacancy that is not as it was noted last; returns the last note.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_READ)
    take_turn(session)
    house = service.current(session, by=by)
    with PEOPLE.ready(session, house, progress) as people:
        _note(session, Side.SEEKER, people)
    with OPENINGS.ready(session, house, progress) as openings:
        _note(session, Side.JOB, openings)
    return _last_note(session)


def take_turn(session: Session) -> None:
    """On PostgreSQL wait until whoever notes has committed; SQLite has one writer at a time anyway.

    Ids are given out before they are committed: without turns a note could lie before another that was made
    without it. Whoever locks a vacancy as well takes this turn first, and nobody takes it holding an index.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


@dataclass(frozen=True, slots=True)
class NotedForJob:
    """What one job is compared with: the last note, everybody's digest by id, and the job as it was noted."""

    note: int
    people: dict[int, str]
    job: Noted[Job]


def note_for_job(
    session: Session,
    people: Ready[Person, SeekerIndex],
    job: Job,
    concepts: Concepts,
    standing: Sequence[int],
    *,
    by: Actor,
) -> NotedForJob:
    """Note everybody and this one open vacancy; whoever calls has taken the turn and holds the index.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    digests = _note(session, Side.SEEKER, people)
    content, key = packed(job, concepts), int(job.id)
    digest = digest_of(content)
    last = next(iter(_last(session, Side.JOB, key)), None)
    if last is None or (last.standing, last.digest) != (list(standing), digest):
        row = _row(Side.JOB, key, list(standing), content)
        session.connection().execute(sa.insert(ComparedRecord), [row])
    return NotedForJob(_last_note(session), digests, job_in(content))


def people_as_of(session: Session, note: int, *, by: Actor) -> Iterator[Noted[Seeker]]:
    """Everybody as they were compared at a note, in the order of their ids.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    return (seeker_in(content) for _, content in _contents(session, Side.SEEKER, note))


def jobs_as_of(session: Session, note: int, *, by: Actor) -> Iterator[Noted[Job]]:
    """Every open vacancy as it was compared at a note, in the order of their ids.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    return (job_in(content) for _, content in _contents(session, Side.JOB, note))


def changed_people(session: Session, since: int, until: int, *, by: Actor) -> list[Changed[Seeker]]:
    """The people whose record differs between two notes, in the order of their ids.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    found = _changed(session, Side.SEEKER, since, until)
    return [
        Changed(key, seeker_in(old) if old else None, seeker_in(new) if new else None)
        for key, old, new in found
    ]


def changed_jobs(session: Session, since: int, until: int, *, by: Actor) -> list[Changed[Job]]:
    """The vacancies whose record differs between two notes, in the order of their ids.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    found = _changed(session, Side.JOB, since, until)
    return [
        Changed(key, job_in(old) if old else None, job_in(new) if new else None) for key, old, new in found
    ]


def job_as_of(session: Session, vacancy_id: int, note: int, *, by: Actor) -> Noted[Job] | None:
    """One vacancy as it was compared at a note; None if it was not among those compared.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    found = next(iter(_contents(session, Side.JOB, note, vacancy_id)), None)
    return None if found is None else job_in(found[1])


def standings_as_of(session: Session, side: Side, note: int, *, by: Actor) -> dict[int, list[int]]:
    """How the records stood that were compared at a note, by id, in the order of their ids.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    ensure(session, by, Action.MATCHES_READ)
    row = ComparedRecord
    query = sa.select(col(row.record_id), col(row.standing)).where(
        col(row.id).in_(_latest(side, note)), col(row.content).is_not(None)
    )
    found = session.connection().execute(query.order_by(col(row.record_id)))
    return {key: standing for key, standing in found}


def _last_note(session: Session) -> int:
    return session.scalar(sa.select(sa.func.coalesce(sa.func.max(col(ComparedRecord.id)), 0))) or 0


def _note(session: Session, side: Side, ready: Ready[Any, Any]) -> dict[int, str]:
    """Note one side; gives the digest of each record that is compared now, by id."""
    noted: dict[int, _Standing] = {
        key: (list(standing), digest) for key, standing, digest in _last(session, side)
    }
    rows = [
        _row(side, key, list(ready.versions.get(key, ())), packed(known.record, ready.meanings.concepts))
        for key, known in ready.known.items()
        if _is_new(noted.get(key), list(ready.versions.get(key, ())))
    ]
    gone = [key for key, (_, digest) in noted.items() if digest is not None and key not in ready.known]
    rows += [_row(side, key, [], None) for key in gone]
    if rows:
        session.connection().execute(sa.insert(ComparedRecord), rows)
    digests = {key: digest for key, (_, digest) in noted.items()}
    digests |= {row["record_id"]: row["digest"] for row in rows}
    return {key: digest for key, digest in digests.items() if digest is not None}


def _is_new(noted: _Standing | None, standing: list[int]) -> bool:
    return noted is None or noted[1] is None or noted[0] != standing


def _row(side: Side, key: int, standing: list[int], content: bytes | None) -> dict[str, Any]:
    return {
        "side": side,
        "record_id": key,
        "noted_at": utc_now(),
        "standing": standing,
        "digest": None if content is None else digest_of(content),
        "content": content,
    }


def _latest(side: Side, note: int | None = None, only: int | None = None) -> Any:
    """The ids of the last note of each record, or of one only, up to a note."""
    row = ComparedRecord
    up_to = sa.true() if note is None else col(row.id) <= note
    which = sa.true() if only is None else col(row.record_id) == only
    query = sa.select(sa.func.max(col(row.id))).where(col(row.side) == side, up_to, which)
    return query.group_by(col(row.record_id))


def _last(session: Session, side: Side, only: int | None = None) -> Iterable[Any]:
    row = ComparedRecord
    query = sa.select(col(row.record_id), col(row.standing), col(row.digest))
    return session.connection().execute(query.where(col(row.id).in_(_latest(side, None, only))))


def _contents(
    session: Session, side: Side, note: int, only: int | None = None
) -> Iterator[tuple[int, bytes]]:
    row = ComparedRecord
    query = sa.select(col(row.record_id), col(row.content)).where(
        col(row.id).in_(_latest(side, note, only)), col(row.content).is_not(None)
    )
    for key, content in session.connection().execute(query.order_by(col(row.record_id))):
        yield key, content or b""


def _changed(
    session: Session, side: Side, since: int, until: int
) -> list[tuple[int, bytes | None, bytes | None]]:
    row = ComparedRecord
    touched = sa.select(col(row.record_id)).where(
        col(row.side) == side, col(row.id) > since, col(row.id) <= until
    )

    def standing_at(note: int) -> dict[int, tuple[str | None, bytes | None]]:
        query = sa.select(col(row.record_id), col(row.digest), col(row.content)).where(
            col(row.id).in_(_latest(side, note)), col(row.record_id).in_(touched)
        )
        return {key: (digest, content) for key, digest, content in session.connection().execute(query)}

    before, after = standing_at(since), standing_at(until)
    nobody = (None, None)
    return [
        (key, before.get(key, nobody)[1], after[key][1])
        for key in sorted(after)
        if before.get(key, nobody)[0] != after[key][0]
    ]
