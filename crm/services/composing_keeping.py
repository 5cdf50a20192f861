"""Keeping a job that was composed by hand: as a new idea, or in place of what an idea held before."""

from datetime import date

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import JobTask
from crm.models.carves import CarveKind, CarveMade, CarveStage, CarveTask, HandChoice, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_edits, composing, composing_bank, records
from crm.services.access import ensure
from crm.services.carve_building import row_of, title_of
from crm.services.composing import Composed
from crm.services.composing_steps import Plan, Seen
from matching.carve_model import Carve, CarvedTask

OPEN = (CarveStage.IDEA, CarveStage.NEEDS_CONFIRMED)
"""The stages in which the tasks of a carved job can still be composed."""

_OUT = "Taken out while the job was composed"
_WORKED_OUT = (
    *("seeker_id", "kind", "made", "title", "hours_week", "hours_short", "pay_hourly", "going_rate"),
    *("skilled_hours_freed", "cost_difference_week", "new_wage_week", "undone_work_hours", "is_optimal"),
    *("warnings", "engine_version", "carve_seen"),
)
"""What of an idea is worked out anew when it is composed further."""


def open_carve(session: Session, carve_id: int, *, by: Actor) -> JobCarve:
    """An idea to go on with.

    Raises:
        NotAllowedError: the person may not record carved jobs, or it is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is past the stages in which its tasks can be chosen.
    """
    ensure(session, by, Action.CARVES_RECORD)
    row = records.fetch(session, JobCarve, carve_id, called="carved job")
    ensure(session, by, Action.CARVES_RECORD, row)
    if row.stage not in OPEN:
        raise RuleBrokenError(
            "The tasks of this carved job are settled: it is past “needs confirmed”. Compose another one."
        )
    return row


def plan_of(session: Session, carve: JobCarve, *, by: Actor) -> Plan:
    """An idea as the beginning of what is composed on.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    goal, pay = carve.carve_seen.get("goal", 16), carve.pay_hourly
    tasks = [row.task_id for row in _tasks(session, carve.key) if row.archived_at is None]
    return Plan(carve.seeker_id, f"{goal:g}", "" if pay is None else f"{pay:.2f}", tuple(tasks))


def keep(
    session: Session, employer_id: int, choice: HandChoice, *, seen: Seen, by: Actor, today: date
) -> JobCarve:
    """Keep the chosen tasks as a new idea. A guard rail that they break is kept with it as a warning.

    Raises:
        NotAllowedError: the person may not record carved jobs, or see this job seeker.
        NotFoundError: the employer is unknown or archived, or the person does not look for work now.
        RuleBrokenError: nothing is chosen, or the tasks are not as they were `seen`; it says what changed.
    """
    ensure(session, by, Action.CARVES_RECORD)
    found = _as_seen(session, employer_id, choice, seen, by, today)
    row = records.add(session, _row(found, today))
    _put_tasks(session, row.key, found)
    return row


def change(
    session: Session,
    carve_id: int,
    choice: HandChoice,
    *,
    seen: Seen,
    version: int,
    by: Actor,
    today: date,
) -> JobCarve:
    """Put what is composed now in place of what an idea held.

    Raises:
        NotAllowedError: the person may not record carved jobs, or see this job seeker.
        NotFoundError: there is no such carved job, or the person does not look for work now.
        RuleBrokenError: it is past “needs confirmed”, nothing is chosen, or the tasks are not as `seen`.
        StaleFormError: somebody saved the idea after the page was drawn.
    """
    row = open_carve(session, carve_id, by=by)
    session.refresh(row, with_for_update=True)
    found = _as_seen(session, row.employer_id, choice, seen, by, today)
    now = _row(found, today)
    typed = _typed(session, row, now)
    values = {name: getattr(now, name) for name in _WORKED_OUT if name not in typed}
    changed = records.change(session, row, values, version=version)
    _put_tasks(session, row.key, found)
    return changed


def _typed(session: Session, row: JobCarve, now: JobCarve) -> set[str]:
    """What staff said in place of what was worked out: it stays, unless the title names the person."""
    ids = [int(task["task_id"]) for task in row.carve_seen.get("tasks", ())]
    names = {each.key: each.name for each in session.exec(select(JobTask).where(col(JobTask.id).in_(ids)))}
    was = title_of([names[key] for key in ids if key in names])
    is_own = row.title != was and not carve_edits.names_person(session, now.seeker_id, row.title)
    stays = {"title": is_own, "going_rate": now.going_rate is None}
    return {name for name, does in stays.items() if does}


def _as_seen(
    session: Session, employer_id: int, choice: HandChoice, seen: Seen, by: Actor, today: date
) -> Composed:
    found = composing.look_again(session, employer_id, choice, by=by, today=today)
    news = composing_bank.changes_since(found.bank, seen)
    if news:
        raise RuleBrokenError(f"{' '.join(news)} Look at what it comes to now, then keep it again.")
    if not found.chosen:
        raise RuleBrokenError("No task is chosen yet. Tick at least one.")
    if len(found.chosen) < len(set(choice.task_ids)):
        raise RuleBrokenError("One of these tasks cannot be chosen any more. Look at the list again.")
    return found


def _row(found: Composed, today: date) -> JobCarve:
    choice, carve = found.choice, _carve(found)
    row = row_of(
        found.bank.employer.key,
        carve,
        seeker_id=choice.seeker_id,
        goal=choice.goal,
        pay=choice.pay_hourly,
        is_from=found.measured.is_from,
        today=today,
    )
    row.kind = CarveKind.CREATED if found.is_created else CarveKind.CARVED
    sites = {one.analysis.site_id for one in found.chosen}
    row.site_id = sites.pop() if len(sites) == 1 else None
    row.made, row.going_rate = CarveMade.BY_HAND, found.pay.going_rate
    return row


def _carve(found: Composed) -> Carve:
    measured = found.measured
    return Carve(
        seeker_id=str(found.choice.seeker_id or ""),
        employer=found.bank.employer.name,
        rank=0,
        score=round(100 * min(1.0, measured.hours / measured.goal), 1) if measured.goal else 100.0,
        tasks=tuple(
            CarvedTask(task.job_id, task.task_id, task.name, task.hours, how)
            for task, how in zip(measured.tasks, measured.ready, strict=True)
        ),
        hours_week=measured.hours,
        hours_short=measured.short,
        skilled_hours_freed=measured.freed,
        cost_difference_week=measured.cost_difference,
        new_wage_week=measured.wage,
        undone_work_hours=measured.undone,
        support_hours_week=measured.support_hours,
        warnings=(*found.broken, *measured.against, *found.pay.said),
        optimal=False,
    )


def _tasks(session: Session, carve_id: int) -> list[CarveTask]:
    query = select(CarveTask).where(CarveTask.carve_id == carve_id).order_by(col(CarveTask.id))
    return list(session.exec(query))


def _put_tasks(session: Session, carve_id: int, found: Composed) -> None:
    """Have the carve hold the chosen tasks with their hours; what is taken out is put aside, not deleted."""
    hours = {one.task.key: one.hours for one in found.chosen}
    for row in _tasks(session, carve_id):
        moved = hours.pop(row.task_id, None)
        if moved is not None:
            back = {"archived_at": None, "archived_by": None, "archived_why": None}
            records.change(session, row, {"hours_week": moved, **back}, version=row.version)
        elif row.archived_at is None:
            records.archive(session, row, why=_OUT, version=row.version)
    for task_id, moved in hours.items():
        records.add(session, CarveTask(carve_id=carve_id, task_id=task_id, hours_week=moved))
