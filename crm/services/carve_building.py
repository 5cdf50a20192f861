"""Building the best job from an employer's movable tasks, for everybody, and keeping one as an idea."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveTask, CarveWish, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, seekers, service
from crm.services.access import ensure
from crm.services.belonging import live_employer
from crm.services.job_inputs import bank_jobs
from crm.services.match_index import PEOPLE
from crm.services.seeker_inputs import Person
from matching import ENGINE_VERSION
from matching.carve_model import Carve
from matching.carve_rank import carve_rank
from matching.concepts import Concepts
from matching.records import Job


@dataclass(frozen=True, slots=True)
class Built:
    """The job that can be built for one person; where a cost is not recorded, its figures are "from"."""

    seeker_id: int
    name: str
    is_in_work: bool
    days_waiting: int | None
    is_from: bool
    carve: Carve
    digest: str


def build(
    session: Session,
    employer_id: int,
    wish: CarveWish,
    *,
    by: Actor,
    today: date,
    only: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Built]:
    """The best job for everybody who looks for work, or for one person (`only`), nobody left out.

    Order: goal reached, then longest wait.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived, or `only` does not look for work.
        RuleBrokenError: no job analysis was chosen, or one that is not this employer's.
    """
    ensure(session, by, Action.CARVES_READ)
    employer = live_employer(session, employer_id)
    analyses = _chosen(session, employer_id, wish.analysis_ids)
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        people = {key: one for key, one in ready.known.items() if only in (None, key)}
        jobs = bank_jobs(session, analyses, employer.name, ready.meanings)
        concepts = ready.meanings.concepts
    if only is not None and not people:
        raise NotFoundError("This person does not look for work now, so no job is built for them.")
    return _built(people, jobs, wish, concepts, today, progress)


def _built(
    people: dict[int, Person],
    jobs: list[Job],
    wish: CarveWish,
    concepts: Concepts,
    today: date,
    progress: Callable[[int, int], None] | None,
) -> list[Built]:
    costly = {task.id for job in jobs for task in job.tasks if not task.current_hourly_cost}
    carves = carve_rank(
        [one.record for one in people.values()],
        jobs,
        vocabulary=concepts,
        goal=wish.goal,
        pay=wish.pay_hourly,
        progress=progress,
    )
    found: list[Built] = []
    for carve in carves:
        one = people[int(carve.seeker_id)]
        found.append(
            Built(
                seeker_id=one.id,
                name=one.name,
                is_in_work=one.is_in_work,
                days_waiting=seekers.days_waiting(one.referred_on, today),
                is_from=any(task.task_id in costly for task in carve.tasks),
                carve=carve,
                digest=_digest(carve),
            )
        )
    return found


def _chosen(session: Session, employer_id: int, analysis_ids: Sequence[int]) -> list[JobAnalysis]:
    query = select(JobAnalysis).where(
        JobAnalysis.employer_id == employer_id,
        col(JobAnalysis.archived_at).is_(None),
        col(JobAnalysis.id).in_(set(analysis_ids)),
    )
    found = list(session.exec(query.order_by(col(JobAnalysis.id))))
    if not found:
        raise RuleBrokenError("Choose at least one job analysis to take tasks from.", field="analysis_ids")
    if len(found) < len(set(analysis_ids)):
        raise RuleBrokenError("One of these job analyses is not this employer’s.", field="analysis_ids")
    return found


def _digest(carve: Carve) -> str:
    """Tells whether the same job would be built again; the place in a list is no part of it."""
    record = carve.as_record() | {"rank": 0}
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def keep(
    session: Session, employer_id: int, wish: CarveWish, built: Built, *, by: Actor, today: date
) -> JobCarve:
    """Keep the job that was built for a person as an idea. It is built again first: nothing typed is trusted.

    Raises:
        NotAllowedError: the person may not record carved jobs.
        NotFoundError: the employer is unknown or archived, or the person does not look for work now.
        RuleBrokenError: there is no task in it, or what is recorded has changed since it was built.
    """
    ensure(session, by, Action.CARVES_RECORD)
    now = build(session, employer_id, wish, by=by, today=today, only=built.seeker_id)[0]
    if now.digest != built.digest:
        raise RuleBrokenError(
            "What is recorded of the person or the tasks has changed since. Build the jobs again."
        )
    carve = now.carve
    if not carve.tasks:
        raise RuleBrokenError("There is no task in this job, so there is nothing to keep.")
    row = records.add(session, _row(employer_id, wish, now, today))
    for task in carve.tasks:
        kept = CarveTask(carve_id=row.key, task_id=int(task.task_id), hours_week=task.hours_week)
        records.add(session, kept)
    return row


def _row(employer_id: int, wish: CarveWish, built: Built, today: date) -> JobCarve:
    return row_of(
        employer_id,
        built.carve,
        seeker_id=built.seeker_id,
        goal=wish.goal,
        pay=wish.pay_hourly,
        is_from=built.is_from,
        today=today,
    )


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
        title=_title([task.name for task in carve.tasks]),
        hours_week=carve.hours_week,
        hours_short=carve.hours_short,
        pay_hourly=pay,
        skilled_hours_freed=carve.skilled_hours_freed,
        cost_difference_week=carve.cost_difference_week,
        new_wage_week=carve.new_wage_week,
        undone_work_hours=carve.undone_work_hours,
        is_optimal=carve.optimal,
        warnings=list(carve.warnings),
        engine_version=ENGINE_VERSION,
        carve_seen=seen | {"goal": goal, "is_from": is_from},
    )


def _title(tasks: Sequence[str]) -> str:
    """A title of its first tasks; never a person's name."""
    more = f" and {len(tasks) - 2} more" if len(tasks) > 2 else ""
    return ", ".join(tasks[:2])[:180] + more
