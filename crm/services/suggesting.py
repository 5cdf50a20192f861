"""Which of what has become better is suggested: at most three vacancies a week, for everybody their own.

docs/adr/0021 says why the rule is this one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.matches import MatchSuggestion
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import records, suggestions
from crm.services.access import ensure
from crm.services.matching_inputs import rows_of
from crm.services.ranking_ground import passed_over
from crm.services.ranking_parts import NOW, best_of
from crm.services.seeker_inputs import is_live

RULE = (
    "A vacancy is suggested when it has become workable now for somebody since everybody was compared last; "
    "where nothing is workable now for them, the first that has come to need measures only. It is not known "
    "to be further than they wish to travel, nobody has decided on it, and they have not said no to it. "
    "Everybody has three new ones a week at most, and each vacancy once."
)
"""When something is suggested, as screens say it."""

MOST_A_WEEK = 3
"""New suggestions for one person in a week from Monday to Sunday."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found that has become better, by person, and how many vacancies are workable for each."""

    better: Mapping[int, list[list[Any]]]
    workable: Counter[int]
    run_id: int


def make(session: Session, found: Found, *, by: Actor, today: date) -> int:
    """End suggestions that are over, then make the new ones; tells how many were made.

    Raises:
        NotAllowedError: the person may not run matching.
    """
    ensure(session, by, Action.MATCHES_RUN)
    suggestions.end_over(session, by=by, today=today)
    monday = today - timedelta(days=today.weekday())
    left = _left(session, monday)
    is_open, looks = _open_vacancies(session), _looking(session)
    not_again = passed_over(session)
    rows: list[dict[str, Any]] = []
    for seeker_id, better in sorted(found.better.items()):
        if seeker_id not in looks:
            continue
        may_be = [row for row in better if row[2] in is_open and (seeker_id, row[2]) not in not_again]
        chosen = list(_chosen(may_be, found.workable[seeker_id]))[: left.get(seeker_id, MOST_A_WEEK)]
        rows += [_row(seeker_id, one, found.run_id, monday, today) for one in chosen]
    if rows:
        records.add_many(session, MatchSuggestion, rows)
    return len(rows)


def _chosen(rows: list[list[Any]], workable: int) -> Iterator[list[Any]]:
    """What is workable now, in the person's own order; where nothing is, the best with measures."""
    ordered = best_of(rows)
    if workable:
        yield from (row for row in ordered if row[0] == NOW)
    else:
        yield from ordered[:1]


def _row(seeker_id: int, found: list[Any], run_id: int, monday: date, today: date) -> dict[str, Any]:
    _, _, vacancy_id, reason = found
    return {
        "seeker_id": seeker_id,
        "vacancy_id": vacancy_id,
        "ranking_run_id": run_id,
        "week_from": monday,
        "suggested_on": today,
        "reason": reason,
        "ended_on": None,
        "ended_by": None,
        "ended_how": None,
    }


def _left(session: Session, monday: date) -> dict[int, int]:
    """How many more there may be this week, for those who had some; ended ones count too."""
    made = sa.select(col(MatchSuggestion.seeker_id), sa.func.count()).where(
        col(MatchSuggestion.week_from) == monday
    )
    query = made.group_by(col(MatchSuggestion.seeker_id))
    return {key: max(MOST_A_WEEK - number, 0) for key, number in session.connection().execute(query)}


def _open_vacancies(session: Session) -> frozenset[int]:
    query = sa.select(col(Vacancy.id)).where(
        col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES)
    )
    return frozenset(row[0] for row in rows_of(session, query))


def _looking(session: Session) -> frozenset[int]:
    return frozenset(row[0] for row in rows_of(session, sa.select(col(JobSeeker.id)).where(is_live())))
