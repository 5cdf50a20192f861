"""Carved jobs that can be proposed, with what a proposal asks for, and proposals that were given."""

from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.analyses import JobTask
from crm.models.carve_cases import CarveCase
from crm.models.carve_proposals import ProposalInput
from crm.models.carve_stages import CarveProposal
from crm.models.carves import CarveTask, JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.policy import Action
from crm.services import carve_proposals, records
from crm.services.access import ensure
from tests.makers_employers import make_person
from tests.makers_jobs import make_analysis, make_task

DAY = date(2026, 11, 26)
NEED = "Bakers fold boxes when they should bake."
CASE: dict[str, Any] = {
    "need": NEED,
    "quality": "Fewer boxes come back.",
    "on_costs_percent": 13.8,
    "on_costs_percent_most": 15,
    "support": "A job coach comes along for the first weeks.",
    "support_fades": "After six weeks a colleague takes over.",
    "risks": "There is little to fold in August.",
    "consulted_who": "Both bakers",
    "consulted_on": date(2026, 11, 20),
    "consulted_said": "They would rather bake.",
}


def make_proposable(
    session: Session,
    employer: Employer,
    seeker: JobSeeker | None = None,
    *,
    case: dict[str, Any] | None = None,
    **facts: object,
) -> JobCarve:
    """A job of two tasks of ten hours, with its business case, that nothing keeps from being proposed."""
    ensure(session, SYSTEM, Action.CARVES_RECORD)
    post = make_analysis(session, employer, "Baker", going_rate=13, hours_week=60)
    movable: dict[str, Any] = {"need": "could_move", "nature": "social", "current_hourly_cost": 15}
    slots = [{"day": day, "start": "09:00", "end": "11:00"} for day in range(5)]
    fold = make_task(session, post, "Fold boxes", done_by="Bakers", slots=slots, **movable)
    label = make_task(session, post, "Label trays", backlog="undone", **movable)
    made: dict[str, Any] = {
        "employer_id": employer.key,
        "seeker_id": seeker.key if seeker else None,
        "title": "Packing assistant",
        "stage_since": DAY,
        "hours_week": 10,
        "hours_short": 6,
        "pay_hourly": 13,
        "going_rate": 13,
        "supervisor": "Dana Holt",
        "coworker_contact": "Works beside the bakers",
        "quality_checks": "Dana looks at ten boxes a day",
        "skilled_hours_freed": 5,
        "cost_difference_week": 10,
        "new_wage_week": 130,
        "undone_work_hours": 5,
        "engine_version": "1",
    }
    row = records.add(session, JobCarve.model_validate(made | facts))
    for task in (fold, label):
        _take(session, row, task)
    records.add(session, CarveCase.model_validate({"carve_id": row.key, **CASE, **(case or {})}))
    return row


def _take(session: Session, carve: JobCarve, task: JobTask) -> None:
    records.add(session, CarveTask(carve_id=carve.key, task_id=task.key, hours_week=5))


def make_proposal(
    session: Session, carve: JobCarve, *facts: str, by: Actor = SYSTEM, today: date = DAY, **said: object
) -> CarveProposal:
    """A proposal that somebody new at the employer is given."""
    employer = session.get_one(Employer, carve.employer_id)
    told = {"given_to_id": make_person(session, employer, "Gemma Hart").key, "facts": list(facts), **said}
    return carve_proposals.give(session, carve.key, ProposalInput.model_validate(told), by=by, today=today)
