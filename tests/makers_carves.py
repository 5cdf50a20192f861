"""Carved jobs in a stage, put straight into the table: what the stages ask for is tested elsewhere."""

from datetime import date

from sqlmodel import Session

from crm.models.analyses import JobTask
from crm.models.carves import CarveStage, CarveTask, JobCarve
from crm.models.employers import Employer
from crm.services import records
from tests.makers_jobs import make_analysis, make_vacancy


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
