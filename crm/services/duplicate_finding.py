"""Pairs of employers that may be one, found among those whose keys have changed since the last time.

Each employer is looked at once after each change, so that the work of a night is that of the day before it.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.likeness.reasons import said_together
from crm.models.duplicates import (
    DuplicatePair,
    EmployerMerge,
    LikenessDue,
    LikenessKey,
    LikenessKind,
    PairState,
)
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import duplicates, likeness_keys, records
from crm.services.access import ensure
from crm.services.employer_likeness import is_alike
from crm.services.likeness_parties import parties
from crm.services.likeness_search import Alike, like

_KIND = LikenessKind.EMPLOYER


def find_some(session: Session, *, limit: int, by: Actor) -> int:
    """Look for the likes of some employers that are due; tells how many were looked at, 0 when none is due.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    likeness_keys.settle(session)
    due = sa.select(col(LikenessDue.employer_id)).order_by(col(LikenessDue.employer_id)).limit(limit)
    ids = list(session.connection().execute(due).scalars()) or _never_looked_at(session, limit)
    if not ids:
        return 0
    live = sa.select(col(Employer.id)).where(col(Employer.id).in_(ids), col(Employer.archived_at).is_(None))
    for employer_id in session.connection().execute(live.order_by(col(Employer.id))).scalars().all():
        _look_at(session, employer_id or 0)
    session.connection().execute(sa.delete(LikenessDue).where(col(LikenessDue.employer_id).in_(ids)))
    return len(ids)


def _never_looked_at(session: Session, limit: int) -> list[int]:
    """Employers without keys: recorded before there were any. They get theirs now."""
    has_keys = (
        sa.select(col(LikenessKey.record_id))
        .where(col(LikenessKey.record_kind) == _KIND, col(LikenessKey.record_id) == col(Employer.id))
        .exists()
    )
    query = sa.select(col(Employer.id)).where(~has_keys).order_by(col(Employer.id)).limit(limit)
    ids = [key for key in session.connection().execute(query).scalars() if key is not None]
    likeness_keys.renew(session, _KIND, ids)
    return ids


def _look_at(session: Session, employer_id: int) -> None:
    one = parties(session, _KIND, [employer_id])[employer_id]
    others = {
        other.id: other for other in like(session, _KIND, one, but=[employer_id]) if is_alike(one, other)
    }
    live = sa.select(col(Employer.id)).where(
        col(Employer.id).in_(others), col(Employer.archived_at).is_(None)
    )
    found = {key: others[key] for key in session.connection().execute(live).scalars() if key is not None}
    known = {_other_of(pair, employer_id): pair for pair in duplicates.pairs_of(session, [employer_id])}
    for other_id, pair in known.items():
        _renew(session, pair, found.get(other_id))
    new = [other for key, other in sorted(found.items()) if key not in known]
    _add(session, employer_id, [other for other in new if not _is_answered(session, employer_id, other.id)])


def _other_of(pair: DuplicatePair, employer_id: int) -> int:
    return pair.second_id if pair.first_id == employer_id else pair.first_id


def _renew(session: Session, pair: DuplicatePair, found: Alike | None) -> None:
    """What people answered stays; an open pair goes when the two are alike no longer, and may come back."""
    if pair.state is PairState.NOT_THE_SAME:
        return
    values: dict[str, object] = {"state": PairState.OPEN if found else PairState.NO_LONGER_ALIKE}
    if found:
        values |= _said_of(found)
    if any(getattr(pair, name) != value for name, value in values.items()):
        records.change(session, pair, values, version=pair.version)


def _said_of(found: Alike) -> dict[str, object]:
    likeness = found.likeness
    return {"likeness": round(likeness.probability, 3), "reasons": said_together(likeness.reasons)}


def _add(session: Session, employer_id: int, new: Sequence[Alike]) -> None:
    upkeep = {"archived_at": None, "archived_by": None, "archived_why": None}
    rows = [
        {
            "first_id": min(employer_id, other.id),
            "second_id": max(employer_id, other.id),
            "state": PairState.OPEN,
            **_said_of(other),
            **upkeep,
        }
        for other in new
    ]
    records.add_many(session, DuplicatePair, rows)


def _is_answered(session: Session, one_id: int, other_id: int) -> bool:
    """Has somebody said of these two, or of what was merged into them, that they are not the same?"""
    ones, others = (set(_with_merged(session, key)) for key in (one_id, other_id))
    said = select(DuplicatePair).where(
        DuplicatePair.state == PairState.NOT_THE_SAME,
        sa.or_(
            sa.and_(col(DuplicatePair.first_id).in_(ones), col(DuplicatePair.second_id).in_(others)),
            sa.and_(col(DuplicatePair.first_id).in_(others), col(DuplicatePair.second_id).in_(ones)),
        ),
    )
    return session.exec(said.limit(1)).first() is not None


def _with_merged(session: Session, employer_id: int) -> Iterator[int]:
    """An employer, and those that were merged into it."""
    yield employer_id
    into = sa.select(col(EmployerMerge.loser_id)).where(
        col(EmployerMerge.kept_id) == employer_id, col(EmployerMerge.undone_on).is_(None)
    )
    for loser_id in session.connection().execute(into).scalars().all():
        yield from _with_merged(session, loser_id)
