"""What an employer's task bank can be narrowed and sorted by, in SQL."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.base import folded
from crm.services.analyses import old_before
from crm.services.listing import contains
from crm.services.task_bank import Taking, in_bank

NOBODY, NOT_SAID = "nobody", "not-said"
"""Instead of who does a task: nobody does it yet, and nobody recorded who does."""


class BankSort(StrEnum):
    """What a task bank is sorted by."""

    POST = "post"
    MOST_HOURS = "most_hours_first"


class BankTaken(StrEnum):
    """Whether a carved job has taken a task."""

    FREE = "still_free"
    TAKEN = "in_a_carved_job"


@dataclass(frozen=True, slots=True)
class BankFilter:
    """What a task bank is narrowed by; None and nothing mean any.

    `backlog` is a value of the list, or `NOBODY` for work that nobody does yet. `role` is as `role_key` gives
    it. A task that was recorded twice stands as it was recorded last.
    """

    words: str = ""
    site_id: int | None = None
    analysis_id: int | None = None
    need: str | None = None
    backlog: str | None = None
    nature: str | None = None
    role: str | None = None
    is_old: bool = False
    taken: str | None = None
    sort: str = BankSort.POST


HOURS = col(JobTask.times_a_week) * col(JobTask.minutes_each) / 60.0
HOURS_MOST = (
    col(JobTask.times_a_week) * sa.func.coalesce(col(JobTask.minutes_most), col(JobTask.minutes_each)) / 60.0
)
"""Hours a week of a task as they are counted, and the upper end where they are a guess."""


def role_key(done_by: str | None, is_unmet_needs: bool) -> str:
    """Who does a task, as the totals and the filter know it: spellings that differ in case are one role."""
    return folded(done_by) if done_by else NOBODY if is_unmet_needs else NOT_SAID


def among(ids: Collection[int]) -> sa.ColumnElement[bool]:
    """In SQL, whether a task is one of these, however many."""
    named = sa.bindparam(None, list(ids), expanding=True, literal_execute=True, type_=sa.Integer())
    return col(JobTask.id).in_(named)


def bank_rows(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """A query over tasks with their analyses."""
    is_of_it = col(JobAnalysis.id) == col(JobTask.analysis_id)
    return query.select_from(JobTask).join(JobAnalysis, is_of_it)


def narrowed(
    session: Session,
    query: sa.Select[*tuple[Any, ...]],
    employer_id: int,
    wanted: BankFilter,
    taking: Taking,
    today: date,
) -> sa.Select[*tuple[Any, ...]]:
    """A query over tasks and their analyses, narrowed to what the filter lets through of a bank."""
    query = query.where(*in_bank(employer_id), ~among(taking.joined), *_plain(wanted))
    if wanted.words.strip():
        query = query.where(_hold(wanted.words))
    if wanted.role is not None:
        query = query.where(_done_by(session, employer_id, wanted.role))
    if wanted.is_old:
        query = query.where(col(JobAnalysis.analysed_on) < old_before(today))
    if wanted.taken == BankTaken.TAKEN:
        query = query.where(among(taking.taken))
    if wanted.taken == BankTaken.FREE:
        query = query.where(~among(taking.taken))
    return query


def in_order(sort: str) -> tuple[Any, ...]:
    """The columns that a bank is sorted by; the id comes last."""
    of_post = (sa.func.lower(col(JobAnalysis.title)), col(JobAnalysis.id), col(JobTask.id))
    return (sa.func.coalesce(HOURS, -1).desc(), *of_post) if sort == BankSort.MOST_HOURS else of_post


def _plain(wanted: BankFilter) -> list[sa.ColumnElement[bool]]:
    asked = (
        (col(JobAnalysis.site_id), wanted.site_id),
        (col(JobAnalysis.id), wanted.analysis_id),
        (col(JobTask.need), wanted.need),
        (col(JobTask.nature), wanted.nature),
        (col(JobTask.backlog), wanted.backlog if wanted.backlog != NOBODY else None),
        (col(JobAnalysis.is_unmet_needs), True if wanted.backlog == NOBODY else None),
    )
    return [column == value for column, value in asked if value is not None]


def _hold(words: str) -> sa.ColumnElement[bool]:
    texts = (JobTask.name, JobTask.skills, JobTask.done_by, JobAnalysis.title)
    return sa.or_(*(contains(sa.func.lower(col(text)), words) for text in texts))


def _done_by(session: Session, employer_id: int, role: str) -> sa.ColumnElement[bool]:
    said = col(JobTask.done_by)
    if role in (NOBODY, NOT_SAID):
        return sa.and_(said.is_(None), col(JobAnalysis.is_unmet_needs).is_(role == NOBODY))
    query = bank_rows(sa.select(said)).where(*in_bank(employer_id), said.is_not(None))
    spellings = session.connection().execute(query.distinct()).scalars()
    return said.in_([each for each in spellings if each and folded(each) == role])
