"""Matching runs of everybody: who ran them over what, and what they counted. No person's rank is kept."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table, UtcDateTime


class RankingRun(Table, table=True):
    """One comparison of everybody who looks for work with every open vacancy, or with one.

    `as_of_input` is the last of the compared records that it counted, from which the next one goes on.
    `pulse` is that of everybody's records when they were read: it differs as soon as one has changed.
    `words` tells the vocabulary; the two figures of what had changed stand where only that was compared.
    """

    __table_args__ = (sa.CheckConstraint("ended_at >= started_at", name="ends_after_its_start"),)

    id: int | None = Field(default=None, primary_key=True)
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id")
    asked_by: int | None = Field(default=None, foreign_key="user.id")
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ended_at: datetime = Field(sa_type=UtcDateTime, nullable=False, index=True)
    engine_version: str
    weights: dict[str, float] = Field(sa_type=sa.JSON, nullable=False)
    people: int
    vacancies: int
    pulse: list[int] = Field(sa_type=sa.JSON, nullable=False)
    as_of_input: int | None = None
    words: str | None = None
    people_changed: int | None = None
    vacancies_changed: int | None = None

    @property
    def key(self) -> int:
        """The id of a run that has been stored.

        Raises:
            ValueError: it has not been stored yet.
        """
        if self.id is None:
            raise ValueError("This run has not been stored yet.")
        return self.id


class VacancyCount(Table, table=True):
    """How many people the last run found in each group for a vacancy, and how its records stood then."""

    __table_args__ = (
        sa.CheckConstraint(
            "workable_now >= 0 AND with_measures >= 0 AND design_a_job >= 0", name="counts_are_counts"
        ),
    )

    vacancy_id: int = Field(primary_key=True, foreign_key="vacancy.id")
    run_id: int = Field(foreign_key="ranking_run.id", index=True)
    workable_now: int
    with_measures: int
    design_a_job: int
    standing: list[int] = Field(sa_type=sa.JSON, nullable=False)


class SeekerCount(Table, table=True):
    """How many vacancies the last run found workable now for somebody, and how their records stood then."""

    __table_args__ = (sa.CheckConstraint("workable_now >= 0", name="count_is_a_count"),)

    seeker_id: int = Field(primary_key=True, foreign_key="job_seeker.id")
    run_id: int = Field(foreign_key="ranking_run.id", index=True)
    workable_now: int
    standing: list[int] = Field(sa_type=sa.JSON, nullable=False)


class RankingInHand(Table, table=True):
    """The run over every open vacancy that is not over yet: at most one, and any worker goes on with it.

    It compares the records as they were at `until`. `base_id` is the run whose counts it mends; a whole run
    counts anew, and takes from `base_id` only what was compared before.
    """

    __table_args__ = (sa.CheckConstraint("id = 1", name="is_the_only_one"),)

    id: int = Field(default=1, primary_key=True)
    asked_by: int | None = Field(default=None, foreign_key="user.id")
    started_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    engine_version: str
    weights: dict[str, float] = Field(sa_type=sa.JSON, nullable=False)
    words: str
    pulse: list[int] = Field(sa_type=sa.JSON, nullable=False)
    base_id: int | None = Field(default=None, foreign_key="ranking_run.id")
    is_whole: bool
    until: int


class RankingPart(Table, table=True):
    """What one part of the run in hand found, kept until the run is over: so no part is done twice."""

    hand_id: int = Field(primary_key=True, foreign_key="ranking_in_hand.id")
    number: int = Field(primary_key=True)
    found: dict[str, Any] = Field(sa_type=sa.JSON, nullable=False)
