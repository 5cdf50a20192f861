"""What jobs are built from; and carved jobs in a stage, put straight into the table."""

from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.analyses import JobAnalysis, JobTask
from crm.models.carves import CarveStage, CarveTask, CarveWish, JobCarve
from crm.models.employers import Employer
from crm.services import records
from tests.makers_jobs import make_analysis, make_task, make_vacancy


def make_agreed(session: Session, employer: Employer, *tasks: JobTask) -> JobCarve:
    """A carved job that the employer agreed to, with its vacancy and the analysis that it became."""
    hours = sum(task.hours_week or 0.0 for task in tasks)
    row = JobCarve(
        employer_id=employer.key,
        title="Agreed before",
        stage=CarveStage.AGREED,
        stage_since=date(2026, 11, 2),
        hours_week=hours,
        hours_short=0,
        skilled_hours_freed=hours,
        undone_work_hours=0,
        engine_version="1",
        vacancy_id=make_vacancy(session, employer, "Agreed before").key,
        analysis_id=make_analysis(session, employer, "Agreed before").key,
    )
    carve = records.add(session, row)
    for task in tasks:
        share = CarveTask(carve_id=carve.key, task_id=task.key, hours_week=task.hours_week or 0.0)
        records.add(session, share)
    return carve


MOVABLE: dict[str, Any] = {"need": "could_move", "nature": "social", "current_hourly_cost": 15}
"""A task that could move: five hours a week in company, done now by somebody who costs £15 an hour."""

UNPRICED: dict[str, Any] = {**MOVABLE, "current_hourly_cost": None}
UNTIMED: dict[str, Any] = {**MOVABLE, "times_a_week": None}
UNPLEASANT: dict[str, Any] = {**MOVABLE, "nature": "unpleasant"}


def make_kitchen(session: Session, employer: Employer) -> JobAnalysis:
    """A post of 60 hours with four tasks of five hours that could move, and one that stays."""
    row = make_analysis(session, employer, going_rate=13, hours_week=60)
    for name in ("Fold boxes", "Label trays", "Greet drivers", "Water plants"):
        make_task(session, row, name, **MOVABLE)
    make_task(session, row, "Bake bread", need="essential")
    return row


def make_wish(*analyses: JobAnalysis, **facts: object) -> CarveWish:
    """What a job is to be built from: these analyses, at £13 an hour unless told otherwise."""
    ids = [row.key for row in analyses]
    return CarveWish.model_validate({"analysis_ids": ids, "pay_hourly": 13, **facts})
