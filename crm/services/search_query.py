"""One kind of record that fits what was typed, ranked, counted and cut in SQL that both engines read.

The term with the fewest places leads; the others are asked of its entries only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm.models.search import EntryKind, SearchEntry, SearchWord
from crm.models.search_text import LAST, Term
from crm.services.listing import Listing
from crm.services.search_scope import Narrowing, Scope
from crm.services.search_similar import PENALTIES

MOST_LED = 2_000
"""How many places of the leading term are looked at; who finds more has typed too little."""

_ENTRY: Any = SearchEntry
_WORD: Any = SearchWord
_Column = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found; `opens_id` is the record whose page is opened."""

    kind: EntryKind
    opens_id: int
    title: str
    detail: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in a scope: the terms, and for each word the words that are written like it."""

    scope: Scope
    terms: Sequence[Term]
    alike: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which a term can fit a word: where to look, how bad the fit is, and for whose records."""

    where: _Column
    penalty: _Column
    narrowing: Narrowing = None


def hits(session: Session, wanted: Wanted, *, offset: int, limit: int) -> Listing[Hit]:
    """One page of the records that fit every term."""
    ways = [list(_ways(wanted, term)) for term in wanted.terms]
    if not all(ways):
        return Listing([], 0)
    leader = _leader(session, ways)
    if leader is None:
        return Listing([], 0)
    query = _ranked(wanted, ways, leader).offset(offset).limit(limit)
    rows = session.connection().execute(query).all()
    return Listing([Hit(*row[:5]) for row in rows], rows[0][5] if rows else 0)


def _ways(wanted: Wanted, term: Term) -> Iterator[_Way]:
    scope = wanted.scope
    if term.word:
        yield _beginning(scope.names, term.word)
        alike = wanted.alike.get(term.word)
        if alike:
            where = sa.and_(_WORD.lot == scope.names, _WORD.word.in_(sorted(alike)))
            yield _Way(where, _alike_penalty(alike))
    for code in term.codes if scope.has_codes else ():
        way = _beginning(scope.numbers, code)
        yield _Way(way.where, way.penalty, scope.codes)


def _alike_penalty(alike: Mapping[str, int]) -> _Column:
    """How bad each word that is written alike is; a list for each step, so that the query stays the same."""
    steps = {step: sorted(word for word, how in alike.items() if how == step) for step in PENALTIES}
    return sa.case(*((_WORD.word.in_(words), step) for step, words in steps.items()), else_=max(PENALTIES))


def _beginning(lot: str, text: str) -> _Way:
    where = sa.and_(_WORD.lot == lot, _WORD.word >= text, _WORD.word < text + LAST)
    return _Way(where, sa.case((_WORD.word == text, 0), else_=1))


def _led(ways: Sequence[_Way]) -> sa.CompoundSelect[Any]:
    """The places of a term, at most so many in each way, in the order of their words."""
    return sa.union_all(*(sa.select(_places(way)) for way in ways))


def _places(way: _Way) -> Any:
    query = sa.select(_WORD.entry_id, way.penalty.label("penalty")).where(way.where)
    if way.narrowing is not None:
        query = query.join(SearchEntry, _ENTRY.id == _WORD.entry_id).where(way.narrowing)
    return query.order_by(_WORD.word, _WORD.entry_id).limit(MOST_LED).subquery()


def _leader(session: Session, ways: Sequence[Sequence[_Way]]) -> int | None:
    """Which term has the fewest places; None if one has none at all."""
    counted = [
        sa.select(sa.func.count()).select_from(_led(some).subquery()).scalar_subquery() for some in ways
    ]
    if len(counted) == 1:
        return 0
    counts = list(session.connection().execute(sa.select(*counted)).one())
    return None if min(counts) == 0 else counts.index(min(counts))


def _ranked(wanted: Wanted, ways: Sequence[Sequence[_Way]], leader: int) -> sa.Select[*tuple[Any, ...]]:
    led = _led(ways[leader]).subquery()
    best = sa.select(led.c.entry_id, sa.func.min(led.c.penalty).label("penalty")).group_by(led.c.entry_id)
    first = best.subquery()
    others = [_fit(some) for place, some in enumerate(ways) if place != leader]
    rank = sum(others, first.c.penalty) + _not_in_title(wanted.terms[leader])
    query = (
        sa.select(
            _ENTRY.kind,
            _ENTRY.opens_id,
            _ENTRY.title,
            _ENTRY.detail,
            _ENTRY.is_archived,
            sa.func.count().over(),
        )
        .join(first, first.c.entry_id == _ENTRY.id)
        .where(_ENTRY.kind == wanted.scope.kind, *(fit.is_not(None) for fit in others))
        .order_by(_ENTRY.is_archived, rank, _ENTRY.title_key, _ENTRY.id)
    )
    return query if wanted.scope.records is None else query.where(wanted.scope.records)


def _fit(ways: Sequence[_Way]) -> sa.ScalarSelect[Any]:
    """How badly an entry fits a term at best; none if it does not."""
    penalty = sa.case(*((way.where, way.penalty) for way in ways))
    fits = [way.where if way.narrowing is None else sa.and_(way.where, way.narrowing) for way in ways]
    query = sa.select(sa.func.min(penalty)).where(_WORD.entry_id == _ENTRY.id, sa.or_(*fits))
    return query.correlate(SearchEntry).scalar_subquery()


def _not_in_title(term: Term) -> _Column:
    """1 for what is found by something else than what is shown first, such as its employer."""
    if not term.word:
        return sa.literal(0)
    return sa.case(((sa.literal(" ") + _ENTRY.title_key).like(f"% {term.word}%"), 0), else_=1)
