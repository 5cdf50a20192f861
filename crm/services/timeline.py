"""All that happened with an employer on one timeline, the latest first: put together and cut in SQL."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import history, records, staff
from crm.services.access import ensure, may, scoped
from crm.services.listing import Listing
from crm.services.timeline_sources import COLUMNS, EMPLOYER, SOURCES, Source, TimelineKind

Queries = tuple[sa.Select[*tuple[Any, ...]], ...]
_KEPT = 64
"""So many different questions are kept put together: what people may see and ask for differs little."""

_LIMIT, _OFFSET, _SO_FAR = (sa.bindparam(name, type_=sa.Integer()) for name in ("limit", "offset", "so_far"))
_LATEST: Any = [sa.desc(name) for name in ("happened_on", "made_at", "id")]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; what `title`, `detail`, `note` and `about_id` hold, its source says."""

    source: str
    id: int
    on: date
    at: datetime
    who: str | None
    title: str | None
    detail: str | None
    note: str | None
    about_id: int | None


def kinds(*, by: Actor) -> list[TimelineKind]:
    """The kinds of entry that this person may see any of, in the order in which they are offered."""
    seen = {source.kind for source in SOURCES if _may_see(source, by)}
    return [kind for kind in TimelineKind if kind in seen]


def listing(
    session: Session,
    employer_id: int,
    wanted: Collection[str],
    *,
    offset: int,
    limit: int,
    by: Actor,
) -> Listing[Entry]:
    """One page of what happened with an employer, of these kinds, or of all when none is named.

    Raises:
        NotAllowedError: the person may not see employers.
        NotFoundError: there is no such employer.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    employer = records.fetch(session, Employer, employer_id, called="employer")
    queries: list[sa.Select[*tuple[Any, ...]]] = []
    for source in SOURCES:
        if _may_see(source, by) and (not wanted or source.kind in wanted):
            query = source.rows
            for table, action in source.asked:
                query = scoped(session, query, table, by=by, action=action)
            queries.append(query)
    if not queries:
        return Listing([], 0)
    which = {EMPLOYER.key: employer_id, _LIMIT.key: limit, _OFFSET.key: offset, _SO_FAR.key: offset + limit}
    rows = session.connection().execute(_page(tuple(queries)), which).all()
    total = offset + len(rows) if 0 < len(rows) < limit else _how_many(session, tuple(queries), which)
    return Listing(_entries(session, employer, rows, by), total)


def _may_see(source: Source, by: Actor) -> bool:
    return all(may(by, action) for _, action in source.asked)


@lru_cache(maxsize=_KEPT)
def _page(queries: Queries) -> sa.Select[*tuple[Any, ...]]:
    """One page of all sources: of each only as many rows as could be on it."""
    latest = (query.order_by(*_LATEST).limit(_SO_FAR).subquery() for query in queries)
    some = sa.union_all(*(sa.select(sa.text("*")).select_from(one) for one in latest)).subquery()
    return sa.select(*COLUMNS).select_from(some).order_by(*_LATEST).offset(_OFFSET).limit(_LIMIT)


@lru_cache(maxsize=_KEPT)
def _counts(queries: Queries) -> sa.CompoundSelect[int]:
    return sa.union_all(*(query.with_only_columns(sa.func.count()) for query in queries))


def _how_many(session: Session, queries: Queries, which: Mapping[str, int]) -> int:
    return sum(session.connection().execute(_counts(queries), which).scalars())


def _entries(
    session: Session, employer: Employer, rows: Collection[sa.Row[*tuple[Any, ...]]], by: Actor
) -> list[Entry]:
    names = staff.names_of(session, {row.who_id for row in rows if row.who_id is not None}, by=by)
    hidden: Mapping[str, Container[str]] = {}
    if any(row.source == history.EDIT for row in rows):
        hidden = history.hidden_of_parts(session, "employer", employer, by=by)
    return [_entry(row, names.get(row.who_id), hidden) for row in rows]


def _entry(row: sa.Row[*tuple[Any, ...]], who: str | None, hidden: Mapping[str, Container[str]]) -> Entry:
    source, key, on, at, _, title, detail, note, about_id = row
    if source == history.EDIT:
        note = ",".join(name for name in str(note).split(",") if name not in hidden.get(detail, ()))
    return Entry(source, key, on, at, who, title, detail, note, about_id)
