"""Who gets shortlisted over a period: by support needs, by waiting time and by coach, never by name.

Only what is aggregated here may be told of support needs (docs/adr/0019). No restricted fact is read.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import Known
from crm.models.matches import Decision, MatchDecision
from crm.models.placements import Placement
from crm.models.seekers import LOOKING, JobSeeker, SeekerStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import shortlist_groups, staff
from crm.services.access import scoped
from crm.services.crowding import Crowding, crowding
from crm.services.shortlist_cells import NOBODY, Share, first_clean, left_standing, together
from crm.services.shortlist_groups import LEAST_NEEDS, MOST_NEEDS, NEED_WAYS, WAITS, NeedGroup

NO_COACH = "Nobody yet"
MONTHS = 12
"""So many months a period has when nobody says otherwise, this month included."""

_Groups = dict[str, Share | None]


@dataclass(frozen=True, slots=True)
class ShareFilter:
    """From the first day of one month to the last day of another, each as 2026-11; None as is usual."""

    first: str | None = None
    last: str | None = None

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last day; the months are put in order."""
        this = f"{today:%Y-%m}"
        usual = f"{_month(today, 1 - MONTHS):%Y-%m}"
        first, last = sorted((self.first or min(usual, self.last or usual), self.last or this))
        return date.fromisoformat(f"{first}-01"), _month(date.fromisoformat(f"{last}-01"), 1) - timedelta(1)


def months(today: date, number: int = 36) -> list[date]:
    """The first days of this month and of those before it, the latest first: periods are chosen of them."""
    return [_month(today, -earlier) for earlier in range(number)]


def _month(of: date, further: int) -> date:
    """The first day of the month that lies so many months after the one of a day."""
    months = of.year * 12 + of.month - 1 + further
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of shortlists from one day to another; None for what may not be shown.

    `whole` is everybody. `needs` is None where no way of putting groups together is clean.
    """

    first: date
    last: date
    whole: Share | None
    needs: _Groups | None
    waits: _Groups
    coaches: _Groups
    crowding: Crowding


def of_period(session: Session, wanted: ShareFilter, *, by: Actor, today: date) -> Shares:
    """Shares of shortlists over a period. Nothing is told where it would point at fewer than five people.

    Raises:
        NotAllowedError: the person may not see who gets shortlisted.
    """
    first, last = wanted.days(today)
    needs, waits, coaches = _counted(session, first, min(last, today), by)
    whole = together(needs.values())
    if not whole.may_be_shown:
        return Shares(first, last, None, None, {}, {}, Crowding.NOT_TOLD)
    told = first_clean(needs, NEED_WAYS)
    names = staff.names_of(session, [key for key in coaches if key is not None], by=by)
    return Shares(
        first,
        last,
        whole,
        dict(told) if told else None,
        left_standing({words: waits.get(group, NOBODY) for group, words in WAITS.items()}),
        left_standing(dict(sorted((_called(key, names), share) for key, share in coaches.items()))),
        _crowding(told),
    )


def _called(key: int | None, names: dict[int, str]) -> str:
    """A coach by name, with a number where two have the same."""
    if key is None:
        return NO_COACH
    is_alone = list(names.values()).count(names[key]) == 1
    return names[key] if is_alone else f"{names[key]} ({key})"


def _crowding(told: dict[str, Share] | None) -> Crowding:
    """Judged by what is shown alone, so that the answer gives away nothing that is not."""
    if told is None:
        return Crowding.NOT_TOLD
    least = next((told[label] for label in LEAST_NEEDS if label in told), NOBODY)
    most = next((told[label] for label in MOST_NEEDS if label in told), NOBODY)
    return crowding(least, most)


def _counted(
    session: Session, first: date, last: date, by: Actor
) -> tuple[dict[NeedGroup, Share], dict[str, Share], dict[int | None, Share]]:
    """By need group, by wait group and by coach, counted by the database in one statement."""
    need, wait = shortlist_groups.need_group(), shortlist_groups.wait_group(last)
    coach_id: Any = col(JobSeeker.coach_id)
    groups: tuple[Any, ...] = need.label("needs"), wait.label("waits"), coach_id.label("coach")
    shortlisted = sa.case((_is_shortlisted(first, last), 1), else_=0).label("shortlisted")
    query: sa.Select[*tuple[Any, ...]] = sa.select(*groups, shortlisted).where(
        col(JobSeeker.archived_at).is_(None), looked_for_work(first, last)
    )
    each = scoped(session, query, JobSeeker, by=by, action=Action.SHARES_READ).subquery()
    by_groups = (each.c.needs, each.c.waits, each.c.coach)
    counts = sa.select(*by_groups, sa.func.count(), sa.func.sum(each.c.shortlisted)).group_by(*by_groups)
    needs, waits, coaches = (defaultdict[Any, Share](lambda: NOBODY) for _ in by_groups)
    for need, wait, coach, people, chosen in session.connection().execute(counts):
        for counted, group in ((needs, NeedGroup(need)), (waits, wait), (coaches, coach)):
            counted[group] = together((counted[group], Share(people, int(chosen))))
    return needs, waits, coaches


def _is_shortlisted(first: date, last: date) -> sa.ColumnElement[bool]:
    return (
        sa.select(col(MatchDecision.id))
        .where(
            col(MatchDecision.seeker_id) == col(JobSeeker.id),
            col(MatchDecision.decision) == Decision.SHORTLIST,
            col(MatchDecision.decided_on).between(first, last),
        )
        .exists()
    )


def looked_for_work(first: date, last: date) -> sa.ColumnElement[bool]:
    """In SQL: who looked for work in a period, as far as is recorded; the last day is not in the future.

    Referred by its end, and looking now (in work and wanting more, too), or shortlisted in it, or started a
    job or left since it began.
    """
    status = col(JobSeeker.status)
    started = (
        sa.select(col(Placement.id))
        .where(
            col(Placement.seeker_id) == col(JobSeeker.id),
            col(Placement.archived_at).is_(None),
            col(Placement.starts_on) >= first,
        )
        .exists()
    )
    referred = col(JobSeeker.referred_on)
    return sa.and_(
        sa.or_(referred.is_(None), referred <= last),
        sa.or_(
            status.in_(LOOKING),
            sa.and_(status == SeekerStatus.IN_WORK, col(JobSeeker.wants_more) == Known.YES),
            sa.and_(status == SeekerStatus.IN_WORK, started),
            sa.and_(status == SeekerStatus.EXITED, col(JobSeeker.referral_ended_on) >= first),
            _is_shortlisted(first, last),
        ),
    )
