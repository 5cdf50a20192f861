"""What lists of employers can be narrowed and sorted by, in SQL."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.base import folded
from crm.models.contacts import AccountDates
from crm.models.employer_lists import EmployerTag
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor
from crm.services import cold_accounts
from crm.services.listing import SortKey, contains

MINE, NOBODYS = "me", "nobody"
"""Instead of the id of an owner: whoever looks at the list, and nobody."""


class LastContact(StrEnum):
    """When somebody was last in contact."""

    THIS_WEEK = "this_week"
    WITHIN_30_DAYS = "within_30_days"
    NOT_FOR_30_DAYS = "not_for_30_days"
    NOT_FOR_90_DAYS = "not_for_90_days"
    NEVER = "never"


class NextStep(StrEnum):
    """When the next step with an employer is due."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    NONE_PLANNED = "none_planned"


class EmployerSort(StrEnum):
    """What a list of employers is sorted by."""

    NAME = "name"
    LONGEST_WITHOUT_CONTACT = "longest_without_contact"
    NEXT_STEP_FIRST = "next_step_first"
    LATEST_RECORDED = "latest_recorded"


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """What a list of employers is narrowed by; None and nothing mean any.

    `owner` is an id, or `MINE` or `NOBODYS`; whoever is second owner is meant too. `area` is the beginning of
    a postcode. `is_cold` is what `cold_accounts` calls so. `tag` is compared as `folded` compares.
    """

    words: str = ""
    stage: str | None = None
    tier: str | None = None
    is_archived: bool = False
    sector: str = ""
    area: str = ""
    owner: str | None = None
    tag: str | None = None
    last_contact: str | None = None
    next_step: str | None = None
    is_cold: bool = False
    sort: str = EmployerSort.NAME


_LAST, _NEXT = col(AccountDates.last_contact_on), col(AccountDates.next_step_on)
_NAME = (SortKey(col(Employer.name_key)), SortKey(col(Employer.id)))
_SORTED: dict[str, tuple[SortKey, ...]] = {
    EmployerSort.LONGEST_WITHOUT_CONTACT: (SortKey(sa.func.coalesce(_LAST, date(1900, 1, 1))), *_NAME),
    EmployerSort.NEXT_STEP_FIRST: (SortKey(sa.func.coalesce(_NEXT, date(2100, 12, 31))), *_NAME),
    EmployerSort.LATEST_RECORDED: (SortKey(col(Employer.id), is_descending=True),),
}


def sort_keys(wanted: EmployerFilter) -> tuple[SortKey, ...]:
    """What the list is sorted by: none of the columns is ever empty, and the id comes last."""
    return _SORTED.get(wanted.sort, _NAME)


def all_rows() -> sa.Select[*tuple[Any, ...]]:
    """Every employer with what the list can be sorted by, for queries to narrow."""
    is_its_own = col(AccountDates.employer_id) == col(Employer.id)
    return sa.select(col(Employer.id)).join(AccountDates, is_its_own, isouter=True)


def chosen_by(wanted: EmployerFilter, *, by: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    """The employers that the filter lets through, in no order yet."""
    needs_dates = wanted.last_contact or wanted.next_step or wanted.sort in _WITH_DATES
    query = all_rows() if needs_dates else sa.select(col(Employer.id))
    archived = col(Employer.archived_at)
    query = query.where(archived.is_not(None) if wanted.is_archived else archived.is_(None))
    if wanted.is_cold:
        query = query.where(cold_accounts.is_cold(today))
    return query.where(*_plain(wanted), *_looked_after(wanted.owner, by), *_dated(wanted, today))


_WITH_DATES = (EmployerSort.LONGEST_WITHOUT_CONTACT, EmployerSort.NEXT_STEP_FIRST)


def _plain(wanted: EmployerFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.words.strip():
        found.append(contains(Employer.name_key, wanted.words))
    if wanted.stage:
        found.append(col(Employer.stage) == wanted.stage)
    if wanted.tier:
        found.append(col(Employer.tier) == wanted.tier)
    if wanted.sector.strip():
        found.append(contains(sa.func.lower(col(Employer.sector)), wanted.sector))
    if wanted.area.strip():
        sites = sa.select(col(EmployerSite.employer_id)).where(in_area(wanted.area))
        found.append(col(Employer.id).in_(sites))
    if wanted.tag:
        tagged = sa.select(col(EmployerTag.employer_id)).where(
            col(EmployerTag.tag_key) == folded(wanted.tag), col(EmployerTag.archived_at).is_(None)
        )
        found.append(col(Employer.id).in_(tagged))
    return found


def in_area(typed: str) -> sa.ColumnElement[bool]:
    """Is a site in the area, district or sector that was typed: LS, LS1, LS1 4? L is no part of LS."""
    tidy = re.sub(r"[^A-Z0-9]", "", typed.upper())
    code = col(EmployerSite.postcode)
    live = col(EmployerSite.archived_at).is_(None)
    if re.fullmatch("[A-Z]{1,2}", tidy):
        return sa.and_(live, sa.or_(*(code.like(f"{tidy}{digit}%") for digit in range(10))))
    is_district = " " not in typed.strip() and re.fullmatch("[A-Z]{1,2}[0-9][A-Z0-9]?", tidy)
    if is_district:
        return sa.and_(live, code.like(f"{tidy} %"))
    return sa.and_(live, sa.func.replace(code, " ", "").like(f"{tidy or '-'}%"))


def _looked_after(owner: str | None, by: Actor) -> list[sa.ColumnElement[bool]]:
    if not owner:
        return []
    if owner == NOBODYS:
        return [col(Employer.owner_id).is_(None)]
    wanted = by.id if owner == MINE else _number(owner)
    return [sa.or_(col(Employer.owner_id) == wanted, col(Employer.second_owner_id) == wanted)]


def _number(owner: str) -> int:
    """The id that an address says; none that anybody has for what is no number."""
    return int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 12 else 0


def _dated(wanted: EmployerFilter, today: date) -> list[sa.ColumnElement[bool]]:
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    contacts: dict[str, Any] = {
        LastContact.THIS_WEEK: monday <= _LAST,
        LastContact.WITHIN_30_DAYS: today - timedelta(days=30) < _LAST,
        LastContact.NOT_FOR_30_DAYS: sa.or_(_LAST.is_(None), today - timedelta(days=30) >= _LAST),
        LastContact.NOT_FOR_90_DAYS: sa.or_(_LAST.is_(None), today - timedelta(days=90) >= _LAST),
        LastContact.NEVER: _LAST.is_(None),
    }
    steps: dict[str, Any] = {
        NextStep.OVERDUE: today > _NEXT,
        NextStep.TODAY: today == _NEXT,
        NextStep.THIS_WEEK: _NEXT.between(today, sunday),
        NextStep.LATER: sunday < _NEXT,
        NextStep.NONE_PLANNED: _NEXT.is_(None),
    }
    asked = ((contacts, wanted.last_contact), (steps, wanted.next_step))
    return [words[said] for words, said in asked if said in words]
