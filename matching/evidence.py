"""Task by task: how the person stands to the skills of each task, for the screen, without points."""

from dataclasses import dataclass

from matching.profiles import JobProfile, SeekerProfile
from matching.skill_cases import RowStatus

_WORST_FIRST = (
    RowStatus.GAP,
    RowStatus.NOT_RECORDED,
    RowStatus.LEARNABLE,
    RowStatus.WITH_ADJUSTMENT,
    RowStatus.MET,
)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task: how it stands as a whole, and each of its skills by name.

    Attributes:
        task_id: The task.
        name: Its name.
        status: That of the skill that stands worst; not recorded for a task without skills.
        skills: Each skill's name and how it stands.
    """

    task_id: str
    name: str
    status: RowStatus
    skills: tuple[tuple[str, RowStatus], ...]


def task_rows(seeker: SeekerProfile, job: JobProfile) -> tuple[TaskRow, ...]:
    """Return the job's tasks in their order; a task asks each skill at level 1."""
    adjustable = {asked.concept for asked in job.asked if asked.is_adjustable}
    rows: list[TaskRow] = []
    for task, concepts in zip(job.job.tasks, job.task_concepts, strict=True):
        stands = [_status(seeker, concept, concept in adjustable) for concept in concepts]
        worst = min(stands, key=_WORST_FIRST.index, default=RowStatus.NOT_RECORDED)
        rows.append(TaskRow(task.id, task.name, worst, tuple(zip(task.skills, stands, strict=True))))
    return tuple(rows)


def _status(seeker: SeekerProfile, concept: str, is_adjustable: bool) -> RowStatus:
    held = seeker.skills.get(concept)
    if held is None:
        return RowStatus.NOT_RECORDED
    if held.lowest:
        return RowStatus.MET
    is_close = not held.related.isdisjoint(seeker.strengths)
    return RowStatus.LEARNABLE if is_adjustable or is_close else RowStatus.GAP
