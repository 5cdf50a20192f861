"""Employers that may be recorded twice: pairs are found beside the pages, and people say what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.duplicates import DuplicatePair, PairState
from crm.models.employers import Employer
from crm.models.users import Actor, User
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, in_all

_CALLED = "pair"


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two employers that may be one, as the list of them shows it."""

    id: int
    version: int
    first_id: int
    first: str
    first_owner: str | None
    second_id: int
    second: str
    second_owner: str | None
    likeness: float
    reasons: str


def waiting(
    session: Session, *, state: PairState = PairState.OPEN, offset: int, limit: int, by: Actor
) -> Listing[PairRow]:
    """One page of the pairs in this state whose employers are both in use, the likest first.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    query = scoped(session, _pairs(state), DuplicatePair, by=by, action=Action.EMPLOYERS_RECORD)
    order = (col(DuplicatePair.likeness).desc(), col(DuplicatePair.id))
    rows = session.connection().execute(query.order_by(*order).offset(offset).limit(limit)).all()
    total = in_all(session, query, offset=offset, shown=len(rows), limit=limit)
    return Listing([PairRow(*row) for row in rows], total)


def _pairs(state: PairState) -> sa.Select[*tuple[Any, ...]]:
    pair: Any = DuplicatePair
    first: Any = aliased(Employer)
    second: Any = aliased(Employer)
    first_owner: Any = aliased(User)
    second_owner: Any = aliased(User)
    return (
        sa.select(
            *(pair.id, pair.version),
            *(first.id, first.name, first_owner.name, second.id, second.name, second_owner.name),
            *(pair.likeness, pair.reasons),
        )
        .join(first, first.id == pair.first_id)
        .join(second, second.id == pair.second_id)
        .join(first_owner, first_owner.id == first.owner_id, isouter=True)
        .join(second_owner, second_owner.id == second.owner_id, isouter=True)
        .where(pair.state == state, first.archived_at.is_(None), second.archived_at.is_(None))
    )


def number_waiting(session: Session, *, by: Actor) -> int:
    """How many pairs wait for somebody to look at them.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    counted = sa.select(sa.func.count()).select_from(_pairs(PairState.OPEN).subquery())
    return session.connection().execute(counted).scalar_one()


def of_two(session: Session, one_id: int, other_id: int, *, by: Actor) -> DuplicatePair | None:
    """What is known of two employers, if they were ever found alike.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    first, second = sorted((one_id, other_id))
    query = select(DuplicatePair).where(DuplicatePair.first_id == first, DuplicatePair.second_id == second)
    return session.exec(query).first()


def say_not_the_same(session: Session, pair_id: int, *, version: int, by: Actor) -> DuplicatePair:
    """Keep it that two employers are two, so that they are not offered again.

    Raises:
        NotAllowedError: the person may not record employers.
        NotFoundError: there is no such pair.
        StaleFormError: somebody answered after the page was drawn.
    """
    return _answer(session, pair_id, PairState.NOT_THE_SAME, version=version, by=by)


def ask_again(session: Session, pair_id: int, *, version: int, by: Actor) -> DuplicatePair:
    """Take back that two employers are two: the pair waits again.

    Raises:
        NotAllowedError: the person may not record employers.
        NotFoundError: there is no such pair.
        StaleFormError: somebody answered after the page was drawn.
    """
    return _answer(session, pair_id, PairState.OPEN, version=version, by=by)


def _answer(session: Session, pair_id: int, state: PairState, *, version: int, by: Actor) -> DuplicatePair:
    ensure(session, by, Action.EMPLOYERS_RECORD)
    pair = records.fetch_to_change(session, DuplicatePair, pair_id, called=_CALLED)
    return records.change(session, pair, {"state": state}, version=version)


def note_two(session: Session, one_id: int, other_id: int, *, by: Actor) -> DuplicatePair:
    """Note a pair that somebody found themselves, so that what they say of it can be kept.

    Raises:
        NotAllowedError: the person may not record employers.
        NotFoundError: there is no such employer.
        RuleBrokenError: both are the same record.
    """
    found = of_two(session, one_id, other_id, by=by)
    if found is not None:
        return found
    if one_id == other_id:
        raise RuleBrokenError("Choose two employers: this is one and the same record.")
    for key in (one_id, other_id):
        records.fetch(session, Employer, key, called="employer")
    first, second = sorted((one_id, other_id))
    pair = DuplicatePair(first_id=first, second_id=second, likeness=0.0, reasons="found by a colleague")
    return records.add(session, pair)


def pairs_of(session: Session, ids: Sequence[int]) -> Iterable[DuplicatePair]:
    """Every pair that one of these employers is in."""
    either = sa.or_(col(DuplicatePair.first_id).in_(ids), col(DuplicatePair.second_id).in_(ids))
    return session.exec(select(DuplicatePair).where(either))
