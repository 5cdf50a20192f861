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


def parts(ids: Sequence[T], at_once: int = 500) -> Iterator[Sequence[T]]:
    """Some hundreds of ids at a time: a database takes only so many in one question."""
    return (ids[start : start + at_once] for start in range(0, len(ids), at_once))
