"""Carved jobs of one employer, and their way from stage to stage, made through the services."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, select

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.carve_cases import CarveCase
from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveInput, CarveStage, CarveTask, JobCarve
from crm.models.employers import Employer, EmployerPerson
from crm.models.users import SYSTEM, Actor
from crm.policy import Action
from crm.services import carve_edits, carve_moves, records
from crm.services.access import ensure
from tests.makers_employers import make_person
from tests.makers_jobs import TODAY, make_analysis, make_task

TO_AGREED = (CarveStage.NEEDS_CONFIRMED, CarveStage.PROPOSAL, CarveStage.AGREED)


def make_bank(session: Session, employer: Employer, *names: str, **facts: Any) -> JobAnalysis:
    """A job analysis with movable tasks of five hours a week each, three unless they are named."""
    usual: dict[str, Any] = {"going_rate": 13, "hours_week": 60}
    row = make_analysis(session, employer, **usual | facts)
    for name in names or ("Fold boxes", "Label trays", "Greet drivers"):
        make_task(session, row, name, need="could_move", nature="social", current_hourly_cost=15)
    return row


def make_carve(
    session: Session, analysis: JobAnalysis, *, seeker_id: int | None = None, by: Actor = SYSTEM, **facts: Any
) -> JobCarve:
    """An idea: a job of all movable tasks of an analysis, at £13 an hour, supervised by Dana Holt."""
    ensure(session, by, Action.CARVES_RECORD)
    tasks = session.exec(select(JobTask).where(JobTask.analysis_id == analysis.key)).all()
    total = sum(task.hours_week or 0.0 for task in tasks)
    values: dict[str, Any] = {
        "title": "Packing and labels",
        "stage_since": date(2026, 11, 2),
        "hours_week": total,
        "hours_short": 0.0,
        "skilled_hours_freed": total,
        "undone_work_hours": 0.0,
        "engine_version": "1",
        "pay_hourly": 13.0,
        "going_rate": 13.0,
        "supervisor": "Dana Holt",
        "coworker_contact": "At one table with the packers",
    }
    row = records.add(
        session, JobCarve(**values | facts, employer_id=analysis.employer_id, seeker_id=seeker_id)
    )
    for task in tasks:
        share = CarveTask(carve_id=row.key, task_id=task.key, hours_week=task.hours_week or 0.0)
        records.add(session, share)
    return row


def make_consulted(session: Session, carve: JobCarve) -> CarveCase:
    """Its business case is written, with whom of the staff it was talked over."""
    ensure(session, SYSTEM, Action.CARVES_RECORD)
    said: dict[str, Any] = {
        "consulted_who": "The packing team",
        "consulted_on": date(2026, 11, 10),
        "support": "A packer shows each task",
        "support_fades": "Within six weeks",
        "risks": "None was found",
    }
    case = session.exec(select(CarveCase).where(CarveCase.carve_id == carve.key)).first()
    if case is not None:
        return records.change(session, case, said, version=case.version)
    return records.add(session, CarveCase(carve_id=carve.key, need="Labels pile up", **said))


def make_contact_of(session: Session, carve: JobCarve) -> EmployerPerson:
    """Somebody who works for the employer of a carved job, the same at each call."""
    found = session.exec(
        select(EmployerPerson).where(EmployerPerson.employer_id == carve.employer_id)
    ).first()
    return found or make_person(session, session.get_one(Employer, carve.employer_id))


def move_carve(
    session: Session,
    carve: JobCarve,
    *stages: CarveStage,
    by: Actor = SYSTEM,
    on: date = TODAY,
    said: Mapping[str, object] | None = None,
) -> JobCarve:
    """Move a carved job through these stages in one day, saying what each needs unless told otherwise."""
    make_consulted(session, carve)
    facts: dict[str, object] = {
        "contact_id": make_contact_of(session, carve).key,
        "words": "The labels never get done",
        "starts_on": on,
        "ends_on": on,
        "is_agreed_by_seeker": carve.seeker_id is not None,
    }
    for stage in stages:
        wanted = CarveMoveInput.model_validate(
            {"to_stage": stage, "moved_on": on, **facts, **dict(said or {})}
        )
        carve_moves.move(session, carve.key, wanted, version=carve.version, by=by, today=max(on, TODAY))
    return carve


def edit_carve(session: Session, carve: JobCarve, *, by: Actor = SYSTEM, **changed: object) -> JobCarve:
    """Change what is recorded of a carved job, and leave the rest as it is."""
    now = {name: getattr(carve, name) for name in CarveInput.model_fields}
    edit = CarveInput.model_validate(now | changed)
    return carve_edits.change(session, carve.key, edit, version=carve.version, by=by)
