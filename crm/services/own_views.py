"""What people say themselves of a job: the newest that is written down, wherever it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from crm.models.matches import JobMatch, MatchDecision, SeekerView
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped

T = TypeVar("T", MatchDecision, JobMatch)

Pair = tuple[int, int]
"""A vacancy and a person, by id."""


@dataclass(frozen=True, slots=True)
class OwnView:
    """A person's own view of a job, and when they said so."""

    view: SeekerView
    said_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """What is written down of pairs: the last decision about each, and the person's own view of it."""

    decisions: dict[Pair, MatchDecision]
    views: dict[Pair, OwnView]


def of_pairs(
    session: Session, vacancy_ids: Collection[int], seeker_ids: Collection[int], *, by: Actor
) -> Said:
    """The last decision about each of these people and vacancies and their own view, in two queries.

    A view that was asked for by itself and one that was written down with a decision count alike: the newest
    holds, and of one day the one that was asked for by itself.

    Raises:
        NotAllowedError: the person may not see matches.
    """
    decisions: dict[Pair, MatchDecision] = {}
    views: dict[Pair, OwnView] = {}
    for row in _rows(session, MatchDecision, vacancy_ids, seeker_ids, by):
        pair = row.vacancy_id, row.seeker_id
        decisions[pair] = row
        if row.seeker_view is not SeekerView.NOT_ASKED:
            views[pair] = OwnView(row.seeker_view, row.decided_on)
    for row in _rows(session, JobMatch, vacancy_ids, seeker_ids, by):
        pair = row.vacancy_id, row.seeker_id
        before = views.get(pair)
        if row.view_said_on is not None and (before is None or row.view_said_on >= before.said_on):
            views[pair] = OwnView(row.seeker_view, row.view_said_on)
    return Said(decisions, views)


def _rows(
    session: Session, table: type[T], vacancy_ids: Collection[int], seeker_ids: Collection[int], by: Actor
) -> list[T]:
    query = select(table).where(
        col(table.vacancy_id).in_(list(vacancy_ids)), col(table.seeker_id).in_(list(seeker_ids))
    )
    query = scoped(session, query, table, by=by, action=Action.MATCHES_READ)
    return list(session.exec(query.order_by(col(table.id))))
