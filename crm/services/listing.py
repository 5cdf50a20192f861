"""One page of a list, filtered, counted and cut in SQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from crm.models.base import folded

Row = TypeVar("Row")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """The rows of one page and how many there are in all."""

    rows: list[Row]
    total: int


def how_many(session: Session, query: sa.Select[*tuple[Any, ...]]) -> int:
    """How many rows a query has, counted by the database."""
    counted = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
    return session.connection().execute(counted).scalar_one()


def in_all(
    session: Session, query: sa.Select[*tuple[Any, ...]], *, offset: int, shown: int, limit: int
) -> int:
    """How many rows a query has in all; a page that is neither full nor empty tells without counting."""
    if 0 < shown < limit or (shown == 0 and offset == 0):
        return offset + shown
    return how_many(session, query)


def contains(column: Any, typed: str) -> sa.ColumnElement[bool]:
    """Does a folded column hold what was typed? Signs that LIKE reads as wildcards are taken as they are."""
    plain = folded(typed)
    escaped = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.like(f"%{escaped}%", escape="\\")


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column that a list is sorted by: never empty, and the last one of a list tells all rows apart."""

    column: Any
    is_descending: bool = False

    def ordered(self, *, backwards: bool = False) -> Any:
        """The column as a list is ordered by it, or the other way round."""
        return self.column.desc() if self.is_descending != backwards else self.column.asc()

    def beyond(self, value: Any, *, backwards: bool) -> Any:
        """In SQL: does a row come after this value, or before it when looking backwards?"""
        return self.column < value if self.is_descending != backwards else self.column > value


def beyond(keys: Sequence[SortKey], values: Sequence[Any], *, backwards: bool = False) -> Any:
    """In SQL: does a row come after the one with these values of the keys, or before it?

    The first column is bounded by itself too, so that an index on it finds the place at once.
    """
    found = sa.false()
    for key, value in reversed(list(zip(keys, values, strict=True))):
        found = sa.or_(key.beyond(value, backwards=backwards), sa.and_(key.column == value, found))
    first, value = keys[0], values[0]
    return sa.and_(sa.or_(first.beyond(value, backwards=backwards), first.column == value), found)


def parts(ids: Sequence[T], at_once: int = 500) -> Iterator[Sequence[T]]:
    """Some hundreds of ids at a time: a database takes only so many in one question."""
    return (ids[start : start + at_once] for start in range(0, len(ids), at_once))
