"""Carved jobs with their tasks as a business case needs them, with readable defaults."""

from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.carves import CarveTask, JobCarve
from crm.services import records
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task

TODAY = date(2026, 11, 26)
TASKS: tuple[dict[str, Any], ...] = (
    {"name": "Fold boxes", "times_a_week": 5, "minutes_each": 20, "minutes_most": 30},
    {"name": "Label trays", "times_a_week": 6, "minutes_each": 40, "hourly_cost_most": 18},
    {"name": "Greet drivers", "times_a_week": 3, "minutes_each": 60, "current_hourly_cost": None},
    {"name": "Wash baskets", "times_a_week": 4, "minutes_each": 30, "backlog": "undone"},
)
"""Two tasks with a guess in them, one without a cost, and one that nobody gets to."""


def make_carve(session: Session, *tasks: dict[str, Any], **facts: Any) -> JobCarve:
    """A carved job of these tasks of packers at £15.50 an hour, paid £13 an hour unless told otherwise."""
    employer = make_employer(session)
    analysis = make_analysis(session, employer)
    usual: dict[str, Any] = {"current_hourly_cost": 15.5, "done_by": "Packers"}
    made = [make_task(session, analysis, **(usual | task)) for task in tasks]
    hours = sum(task.hours_week or 0 for task in made)
    facts = {"pay_hourly": 13.0} | facts
    row = JobCarve(
        employer_id=employer.key,
        title="Packing help",
        stage_since=TODAY,
        hours_week=hours,
        hours_short=0,
        skilled_hours_freed=hours,
        undone_work_hours=0,
        engine_version="1",
        **facts,
    )
    records.add(session, row)
    for task in made:
        kept = CarveTask(carve_id=row.key, task_id=task.key, hours_week=task.hours_week or 0)
        records.add(session, kept)
    return row
