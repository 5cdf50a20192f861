"""The groups by which shares of shortlists are told: what is counted, and how groups are put together."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.seekers import JobSeeker, NeedsAsked, SupportNeed, VocationalProfile

MANY = 3
"""So many kinds of support and more are the group with the most support needs."""


class NeedGroup(StrEnum):
    """How many kinds of support at work are recorded for somebody."""

    NONE = "none"
    FEW = "few"
    MANY = "many"
    NOT_ASKED = "not_asked"


class WaitGroup(StrEnum):
    """How long ago somebody was referred, on the last day of the period."""

    WEEKS = "under_3_months"
    MONTHS = "3_to_6_months"
    HALF_YEAR = "6_to_12_months"
    YEAR = "a_year_or_more"
    UNKNOWN = "not_recorded"


MORE_THAN = {WaitGroup.YEAR: 365, WaitGroup.HALF_YEAR: 182, WaitGroup.MONTHS: 91}
"""After so many days each group begins, the longest first."""

NONE, FEW, SOME = "No support need", f"1 to {MANY - 1} kinds of support", "1 kind of support or more"
MOST, UP_TO_FEW = f"{MANY} kinds of support or more", f"Up to {MANY - 1} kinds of support"
NOT_ASKED = "not asked"
_N = NeedGroup
NEED_WAYS: tuple[Mapping[str, Sequence[NeedGroup]], ...] = (
    {NONE: (_N.NONE,), FEW: (_N.FEW,), MOST: (_N.MANY,), NOT_ASKED.capitalize(): (_N.NOT_ASKED,)},
    {NONE: (_N.NONE,), f"{FEW}, or {NOT_ASKED}": (_N.FEW, _N.NOT_ASKED), MOST: (_N.MANY,)},
    {NONE: (_N.NONE,), SOME: (_N.FEW, _N.MANY), NOT_ASKED.capitalize(): (_N.NOT_ASKED,)},
    {UP_TO_FEW: (_N.NONE, _N.FEW), MOST: (_N.MANY,), NOT_ASKED.capitalize(): (_N.NOT_ASKED,)},
    {NONE: (_N.NONE,), f"{SOME}, or {NOT_ASKED}": (_N.FEW, _N.MANY, _N.NOT_ASKED)},
    {f"{UP_TO_FEW}, or {NOT_ASKED}": (_N.NONE, _N.FEW, _N.NOT_ASKED), MOST: (_N.MANY,)},
)
"""How need groups are put together, the finest first."""

LEAST_NEEDS = (NONE, UP_TO_FEW, f"{UP_TO_FEW}, or {NOT_ASKED}")
MOST_NEEDS = (MOST, SOME, f"{SOME}, or {NOT_ASKED}")

WAITS = {
    WaitGroup.WEEKS: "Under 3 months",
    WaitGroup.MONTHS: "3 to 6 months",
    WaitGroup.HALF_YEAR: "6 to 12 months",
    WaitGroup.YEAR: "A year or more",
    WaitGroup.UNKNOWN: "Referral date not recorded",
}


def need_group() -> Any:
    """In SQL: the need group of a job seeker, from the support needs and the answer that are recorded."""
    kinds = (
        sa.select(sa.func.count(sa.distinct(col(SupportNeed.kind))))
        .where(col(SupportNeed.seeker_id) == col(JobSeeker.id), col(SupportNeed.archived_at).is_(None))
        .correlate(JobSeeker)
        .scalar_subquery()
    )
    asked = (
        sa.select(col(VocationalProfile.needs_asked))
        .where(col(VocationalProfile.seeker_id) == col(JobSeeker.id))
        .correlate(JobSeeker)
        .scalar_subquery()
    )
    return sa.case(
        (kinds >= MANY, NeedGroup.MANY.value),
        (kinds > 0, NeedGroup.FEW.value),
        (asked == NeedsAsked.NONE, NeedGroup.NONE.value),
        else_=NeedGroup.NOT_ASKED.value,
    )


def wait_group(on: date) -> Any:
    """In SQL: for how long a job seeker had been referred on a day."""
    since = col(JobSeeker.referred_on)
    later = [(since <= on - timedelta(days=days), group.value) for group, days in MORE_THAN.items()]
    return sa.case(
        (since.is_(None), WaitGroup.UNKNOWN.value),
        *later,
        else_=WaitGroup.WEEKS.value,
    )
