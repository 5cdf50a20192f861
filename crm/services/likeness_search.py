"""Who is like somebody? By the keys they share, as far as few hold them, then by all that is recorded."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
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
_AT_ONCE = 50


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
    shared: Counter[int] = Counter()
    for holders in _holders(session, kind, sorted(keys)).values():
        if len(holders) <= MOST_HOLDERS:
            shared.update(holders - set(but))
    return sorted(shared, key=lambda key: (-shared[key], key))[:_MOST_COMPARED]


def _holders(session: Session, kind: LikenessKind, keys: Sequence[str]) -> dict[str, set[int]]:
    """Who holds each key, read no further than to where they are too many: some words thousands hold."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for start in range(0, len(keys), _AT_ONCE):
        each = (_first_holders(kind, key) for key in keys[start : start + _AT_ONCE])
        for key, record_id in session.connection().execute(sa.union_all(*each)):
            found[key].add(record_id)
    return found


def _first_holders(kind: LikenessKind, key: str) -> sa.Select[*tuple[Any, ...]]:
    first = (
        sa.select(col(LikenessKey.key), col(LikenessKey.record_id))
        .where(col(LikenessKey.record_kind) == kind, col(LikenessKey.key) == key)
        .limit(MOST_HOLDERS + 1)
        .subquery()
    )
    return sa.select(first)
