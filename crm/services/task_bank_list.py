"""An employer's task bank as a list: filtered, counted and cut in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.carves import JobCarve
from crm.models.employers import EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure, scoped
from crm.services.listing import Listing, in_all
from crm.services.task_bank import Taking, in_bank
from crm.services.task_bank_filters import BankFilter, among, bank_rows, in_order, narrowed, role_key


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same task as it was recorded before."""

    name: str
    analysis_id: int
    post: str
    analysed_on: date


@dataclass(frozen=True, slots=True)
class BankedTask:
    """A task of the bank as it was recorded last, with what it was recorded as `earlier`.

    `carve` is the id and the title of the carved job that has taken it.
    """

    task: JobTask
    analysis: JobAnalysis
    site: str | None
    earlier: tuple[Earlier, ...]
    carve: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class BankChoices:
    """What a bank can be narrowed by beside fixed lists, by id or by `role_key`."""

    sites: dict[int, str]
    posts: dict[int, tuple[str, date]]
    roles: dict[str, str]


def listing(
    session: Session,
    employer_id: int,
    wanted: BankFilter,
    taking: Taking,
    *,
    offset: int,
    limit: int,
    by: Actor,
    today: date,
) -> Listing[BankedTask]:
    """One page of the tasks that the filter lets through, each as it was recorded last.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    chosen = bank_rows(sa.select(col(JobTask.id)))
    chosen = narrowed(session, chosen, employer_id, wanted, taking, today)
    chosen = scoped(session, chosen, JobAnalysis, by=by, action=Action.CARVES_READ)
    page = chosen.order_by(*in_order(wanted.sort)).offset(offset).limit(limit)
    ids = list(session.connection().execute(page).scalars())
    total = in_all(session, chosen, offset=offset, shown=len(ids), limit=limit)
    return Listing(_banked(session, ids, taking), total)


def choices(session: Session, employer_id: int, *, by: Actor) -> BankChoices:
    """The sites, posts and roles whose tasks stand in an employer's bank.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    read = session.connection().execute
    whose = col(JobTask.done_by), col(JobAnalysis.is_unmet_needs)
    said = read(bank_rows(sa.select(*whose)).where(*in_bank(employer_id)).distinct().order_by(*whose))
    posts = col(JobAnalysis.id), col(JobAnalysis.title), col(JobAnalysis.analysed_on)
    sites = col(EmployerSite.id), col(EmployerSite.label)
    places = bank_rows(sa.select(*sites)).join(EmployerSite, sites[0] == col(JobAnalysis.site_id))
    places = places.where(*in_bank(employer_id))
    seen = bank_rows(sa.select(*posts)).where(*in_bank(employer_id))
    return BankChoices(
        sites={row[0]: row[1] for row in read(places.distinct().order_by(sites[1], sites[0]))},
        posts={row[0]: (row[1], row[2]) for row in read(seen.distinct().order_by(posts[1], posts[0]))},
        roles={role_key(*row): row[0] or "" for row in said},
    )


def _banked(session: Session, ids: Sequence[int], taking: Taking) -> list[BankedTask]:
    query = (
        select(JobTask, JobAnalysis, col(EmployerSite.label))
        .join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
        .join(EmployerSite, col(EmployerSite.id) == col(JobAnalysis.site_id), isouter=True)
        .where(col(JobTask.id).in_(ids))
    )
    rows = {task.key: (task, analysis, site) for task, analysis, site in session.exec(query)}
    before = _earlier(session, ids, taking)
    carves = _carves(session, [taking.taken[key] for key in ids if key in taking.taken])
    return [
        BankedTask(*rows[key], earlier=tuple(before[key]), carve=carves.get(taking.taken.get(key, 0)))
        for key in ids
    ]


def _earlier(session: Session, ids: Sequence[int], taking: Taking) -> defaultdict[int, list[Earlier]]:
    """What the tasks of one page were recorded as before, the latest first."""
    shown = set(ids)
    told = [task_id for task_id, kept in taking.joined.items() if kept in shown]
    columns = col(JobTask.id), col(JobTask.name), col(JobAnalysis.id), col(JobAnalysis.title)
    seen_on = col(JobAnalysis.analysed_on)
    query = bank_rows(sa.select(*columns, seen_on)).where(among(told))
    found: defaultdict[int, list[Earlier]] = defaultdict(list)
    for task_id, *row in session.connection().execute(query.order_by(seen_on.desc(), columns[0].desc())):
        found[taking.joined[task_id]].append(Earlier(*row))
    return found


def _carves(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    found = session.exec(select(JobCarve).where(col(JobCarve.id).in_(ids)))
    return {carve.key: (carve.key, carve.title) for carve in found}
