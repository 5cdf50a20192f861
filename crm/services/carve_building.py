"""Building the best job from an employer's movable tasks for one person, and keeping one as an idea."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.carves import CarveKind, CarveMade, CarveTask, CarveWish, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from crm.services.carve_ground import Built, Ground, lay
from matching import CARVING_VERSION
from matching.carve_alternatives import alternatives, in_common
from matching.carve_blocks import Block, what_blocks
from matching.carve_model import AIMS as AIMS
from matching.carve_model import Carve

JOBS = 3
"""The best job and the next best ones that are built for one person."""


@dataclass(frozen=True, slots=True)
class ForOne:
    """What can be built for one person.

    Attributes:
        ground: What it was built from.
        jobs: The best job, then the next best ones that differ.
        alike: For each of them the share of its hours that is in the best one too.
        blocks: What holds a better one back.
    """

    ground: Ground
    jobs: tuple[Built, ...]
    alike: tuple[float, ...]
    blocks: tuple[Block, ...]


def for_one(
    session: Session,
    employer_id: int,
    seeker_id: int,
    wish: CarveWish,
    *,
    by: Actor,
    today: date,
    count: int = JOBS,
    progress: Callable[[int, int], None] | None = None,
) -> ForOne:
    """The best job for one person, others beside it, and what blocks a better one.

    `progress` hears how far it is; an error it raises ends it.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived, or the person does not look for work.
        RuleBrokenError: no job analysis was chosen, or one that is not this employer's.
    """
    ground = lay(session, employer_id, wish, by=by, today=today, only=[seeker_id], progress=progress)
    record = ground.people[seeker_id].record
    asked: dict[str, Any] = {"goal": wish.goal, "pay": wish.pay_hourly, "rails": ground.rails}
    carves = alternatives(
        record,
        ground.bank,
        **asked,
        minimum_wage=ground.minimum_wage,
        employer=ground.employer.employer.name,
        count=count,
        progress=progress,
    )
    return ForOne(
        ground=ground,
        jobs=tuple(map(ground.built, carves)),
        alike=tuple(in_common(each, carves[0]) for each in carves),
        blocks=what_blocks(record, ground.bank, **asked, progress=progress),
    )


def keep(session: Session, ground: Ground, built: Built, *, by: Actor) -> JobCarve:
    """Keep a job that was built for a person as an idea. What it was built from is read again first.

    Raises:
        NotAllowedError: the person may not record carved jobs.
        NotFoundError: the employer is unknown or archived, or the person does not look for work now.
        RuleBrokenError: there is no task in it, or what is recorded has changed since it was built.
    """
    [kept] = keep_all(session, ground, [built], made=CarveMade.BY_SOLVER, by=by)
    return kept


def keep_all(
    session: Session, ground: Ground, jobs: Sequence[Built], *, made: CarveMade, by: Actor
) -> list[JobCarve]:
    """Keep several jobs that were built at once, or none of them; who has no task in theirs is left out.

    Raises:
        NotAllowedError: the person may not record carved jobs.
        NotFoundError: the employer is unknown or archived, or one of them does not look for work now.
        RuleBrokenError: there is no task in any, or what is recorded has changed since they were built.
    """
    ensure(session, by, Action.CARVES_RECORD)
    people = [built.seeker_id for built in jobs]
    employer_id = ground.employer.employer.key
    now = lay(session, employer_id, ground.wish, by=by, today=ground.day, only=people)
    if not ground.is_still(now, people):
        raise RuleBrokenError(
            "What is recorded of the person or the tasks has changed since. Build the jobs again."
        )
    with_tasks = [built for built in jobs if built.carve.tasks]
    if not with_tasks:
        raise RuleBrokenError("There is no task in this job, so there is nothing to keep.")
    return [_keep(session, now, built, made) for built in with_tasks]


def _keep(session: Session, ground: Ground, built: Built, made: CarveMade) -> JobCarve:
    row = row_of(
        ground.employer.employer.key,
        built.carve,
        seeker_id=built.seeker_id,
        goal=ground.wish.goal,
        pay=ground.rate,
        is_from=built.is_from,
        today=ground.day,
    )
    ids = [int(task.task_id) for task in built.carve.tasks]
    chosen = [task for task in ground.bank.tasks if int(task.task_id) in ids]
    is_created = not any(task.has_post for task in chosen)
    row.kind, row.made = CarveKind.CREATED if is_created else CarveKind.CARVED, made
    row.site_id, row.going_rate = ground.employer.site_of(ids), ground.employer.going_rate_of(ids)
    kept = records.add(session, row)
    for task in built.carve.tasks:
        share = CarveTask(carve_id=kept.key, task_id=int(task.task_id), hours_week=task.hours_week)
        records.add(session, share)
    return kept


def row_of(
    employer_id: int,
    carve: Carve,
    *,
    seeker_id: int | None,
    goal: float,
    pay: float | None,
    is_from: bool,
    today: date,
) -> JobCarve:
    """A carve as an idea to be stored, with the figures as the engine gave them."""
    seen: dict[str, Any] = json.loads(json.dumps(carve.as_record()))
    return JobCarve(
        employer_id=employer_id,
        seeker_id=seeker_id,
        stage_since=today,
        title=title_of([task.name for task in carve.tasks]),
        hours_week=carve.hours_week,
        hours_short=carve.hours_short,
        pay_hourly=pay,
        skilled_hours_freed=carve.skilled_hours_freed,
        cost_difference_week=carve.cost_difference_week,
        new_wage_week=carve.new_wage_week,
        undone_work_hours=carve.undone_work_hours,
        is_optimal=carve.optimal,
        warnings=list(carve.warnings),
        engine_version=CARVING_VERSION,
        carve_seen=seen | {"goal": goal, "is_from": is_from},
    )


def title_of(tasks: Sequence[str]) -> str:
    """A title of its first tasks; never a person's name."""
    more = f" and {len(tasks) - 2} more" if len(tasks) > 2 else ""
    return ", ".join(tasks[:2])[:180] + more
