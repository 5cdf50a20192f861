"""Who is like somebody? By the keys they share, as far as few hold them, then by all that is recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.likeness.keys import keys_of
from crm.likeness.model import Likeness, shipped
from crm.likeness.party import Party
from crm.models.duplicates import LikenessKey, LikenessKind
from crm.services import likeness_keys
from crm.services.likeness_parties import parties

MOST_HOLDERS = 60
"""A key that more records hold than this says too little to compare them all."""

_MOST_COMPARED = 40


@dataclass(frozen=True, slots=True)
class Alike:
    """A recorded one that is like another: its id, what is recorded of it, and how alike they are."""

    id: int
    party: Party
    likeness: Likeness


def like(session: Session, kind: LikenessKind, one: Party, *, but: Collection[int] = ()) -> list[Alike]:
    """Those recorded that share a telling key with somebody, the likest first."""
    likeness_keys.settle(session)
    ids = _sharing(session, kind, keys_of(one), but)
    judged = [
        Alike(key, other, shipped().judge(one, other)) for key, other in parties(session, kind, ids).items()
    ]
    return sorted(judged, key=lambda each: (-each.likeness.probability, each.id))


def _sharing(session: Session, kind: LikenessKind, keys: Collection[str], but: Collection[int]) -> list[int]:
    """The ids that share most of the keys that not too many hold."""
    telling = _telling(session, kind, keys)
    if not telling:
        return []
    shared = sa.func.count()
    query: sa.Select[Any] = (
        sa.select(col(LikenessKey.record_id))
        .where(col(LikenessKey.record_kind) == kind, col(LikenessKey.key).in_(telling))
        .group_by(col(LikenessKey.record_id))
        .order_by(shared.desc(), col(LikenessKey.record_id))
        .limit(_MOST_COMPARED + len(but))
    )
    found = session.connection().execute(query).scalars()
    return [key for key in found if key not in but][:_MOST_COMPARED]


def _telling(session: Session, kind: LikenessKind, keys: Collection[str]) -> list[str]:
    """The keys that somebody holds, but not too many."""
    holders = sa.func.count()
    query = (
        sa.select(col(LikenessKey.key))
        .where(col(LikenessKey.record_kind) == kind, col(LikenessKey.key).in_(keys))
        .group_by(col(LikenessKey.key))
        .having(holders <= MOST_HOLDERS)
    )
    return list(session.connection().execute(query).scalars())
