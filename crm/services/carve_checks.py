"""What a carved job still lacks for a stage, each in a sentence that names where it is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from crm.models.analyses import JobTask
from crm.models.carves import CarveStage, CarveTask, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_cases, carve_copies, carve_rails, task_bank, wages
from crm.services.access import ensure
from crm.services.carve_stages import PROPOSED, is_back

EDIT, CASE, COMPOSE = "carve-edit", "carve-case", "carve-by-hand"
"""The screens on which it is recorded, by their addresses."""

_FREE_OF_OTHERS = (CarveStage.NEEDS_CONFIRMED, *PROPOSED)
_PAID = (CarveStage.TRIAL, CarveStage.LIVE)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, or wrong, and the address of the screen where it is put right."""

    words: str
    page: str


@dataclass(frozen=True, slots=True)
class TakenTask:
    """A task of a carved job that another one has taken for good."""

    task: str
    carve_id: int
    title: str


def of_carve(session: Session, carve: JobCarve) -> list[JobTask]:
    """The task rows that a carved job is made of, in order of their ids. The caller was handed the carve."""
    query = (
        select(JobTask)
        .join(CarveTask, col(CarveTask.task_id) == col(JobTask.id))
        .where(CarveTask.carve_id == carve.key, col(CarveTask.archived_at).is_(None))
    )
    return list(session.exec(query.order_by(col(JobTask.id))))


def taken_by_others(session: Session, carve: JobCarve, *, by: Actor) -> list[TakenTask]:
    """The tasks of a carved job that belong to another one by now, also as they were recorded earlier.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    taking = task_bank.taking(session, carve.employer_id, by=by)
    tasks = [(task, taking.joined.get(task.key, task.key)) for task in of_carve(session, carve)]
    held = [(task, taking.taken[counted]) for task, counted in tasks if counted in taking.taken]
    return [
        TakenTask(task.name, other, session.get_one(JobCarve, other).title)
        for task, other in held
        if other != carve.key
    ]


def lacking(session: Session, carve: JobCarve, to_stage: CarveStage, *, by: Actor, on: date) -> list[Lack]:
    """What keeps a carved job from a stage that lies ahead, by the rates of a day; going back is free.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    if is_back(carve.stage, to_stage):
        return []
    found: list[Lack] = []
    if to_stage in _FREE_OF_OTHERS:
        found += _on_tasks(session, carve, by)
    if to_stage in PROPOSED:
        found += [*_on_rails(session, carve, by), *_on_case(session, carve, by)]
    if to_stage in (*PROPOSED, *_PAID):
        found += _on_pay(session, carve, on)
    return found


def _on_tasks(session: Session, carve: JobCarve, by: Actor) -> Iterator[Lack]:
    tasks = of_carve(session, carve)
    if not tasks:
        yield Lack("There is no task in this job. Choose the tasks that it is made of.", COMPOSE)
    yield from _on_gone(tasks)
    for one in taken_by_others(session, carve, by=by):
        yield Lack(
            f"The task “{one.task}” belongs to another carved job, “{one.title}”. "
            "Compose this job without it.",
            COMPOSE,
        )


def _on_gone(tasks: Sequence[JobTask]) -> Iterator[Lack]:
    for task in tasks:
        if task.archived_at is not None:
            yield Lack(
                f"The task “{task.name}” was put aside in its job analysis. Compose this job without it.",
                COMPOSE,
            )


def _on_rails(session: Session, carve: JobCarve, by: Actor) -> list[Lack]:
    return [Lack(words, COMPOSE) for words in carve_rails.broken(session, carve, by=by)]


def _on_case(session: Session, carve: JobCarve, by: Actor) -> list[Lack]:
    case, of_job = carve_cases.find(session, carve.key, by=by), carve_cases.missing_of_job(carve)
    return [Lack(words, EDIT if words in of_job else CASE) for words in carve_cases.missing(case, carve)]


def _on_pay(session: Session, carve: JobCarve, on: date) -> list[Lack]:
    """The going rate is the highest of those of the posts and the one of the job: it is typed by staff."""
    posts = [part.source.going_rate for part in carve_copies.parts_of(session, carve)]
    going = max(filter(None, [*posts, carve.going_rate]), default=None)
    return [Lack(words, EDIT) for words in wages.pay_problems(carve.pay_hourly, going, on)]
