"""The task bank of an employer: every task row of its job analyses."""

from sqlmodel import Session, col, select

from crm.models.carves import CarveStage, CarveTask, JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure

HELD = (CarveStage.AGREED, CarveStage.TRIAL, CarveStage.LIVE)
"""The stages in which the tasks of a carved job belong to it, and to no other."""


def taken(session: Session, employer_id: int, *, by: Actor) -> dict[int, int]:
    """By the id of each task that a carved job of this employer has taken for good, the id of that job.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = (
        select(CarveTask.task_id, CarveTask.carve_id)
        .join(JobCarve, col(JobCarve.id) == col(CarveTask.carve_id))
        .where(
            JobCarve.employer_id == employer_id,
            col(JobCarve.stage).in_(HELD),
            col(JobCarve.archived_at).is_(None),
            col(CarveTask.archived_at).is_(None),
        )
    )
    return dict(session.exec(query).all())
