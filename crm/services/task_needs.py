"""Tasks of a job that make sense only together: which, that they are of one analysis, and who needs whom."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import JobTask
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure


def others(session: Session, analysis_id: int, *, chosen_by: JobTask | None, by: Actor) -> dict[int, str]:
    """The other tasks of an analysis, by id; archived ones only where this one needs them already.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    own, chosen = (chosen_by.key, chosen_by.needs_task_ids) if chosen_by else (0, list[int]())
    query = select(JobTask).where(JobTask.analysis_id == analysis_id, col(JobTask.id) != own)
    return {
        task.key: f"{task.name} (archived)" if task.archived_at else task.name
        for task in session.exec(query.order_by(col(JobTask.id)))
        if task.archived_at is None or task.key in chosen
    }


def needing(session: Session, task: JobTask, *, by: Actor) -> list[JobTask]:
    """The live tasks of the same analysis that are only done together with this one.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    query = select(JobTask).where(JobTask.analysis_id == task.analysis_id, col(JobTask.archived_at).is_(None))
    return [each for each in session.exec(query.order_by(col(JobTask.id))) if task.key in each.needs_task_ids]


def ensure_together(
    session: Session, analysis_id: int, task_ids: Collection[int], *, own_id: int | None = None
) -> None:
    """Refuse tasks that a task of this analysis cannot need. The caller was handed the analysis.

    Raises:
        RuleBrokenError: one is the task itself, archived, or no task of this analysis.
    """
    if own_id in task_ids:
        raise RuleBrokenError("A task is not done together with itself: take it out.", field="needs_task_ids")
    query = select(JobTask).where(JobTask.analysis_id == analysis_id, col(JobTask.id).in_(set(task_ids)))
    found = {task.key: task for task in session.exec(query)}
    if len(found) < len(set(task_ids)):
        words = "One of these tasks is of another job analysis. Only tasks of the same job belong together."
        raise RuleBrokenError(words, field="needs_task_ids")
    for task in found.values():
        if task.archived_at is not None:
            words = f"“{task.name}” is archived. Take it out here, or bring it back first."
            raise RuleBrokenError(words, field="needs_task_ids")
