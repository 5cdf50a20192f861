"""Task by task: how the person stands to the skills of each task, for the screen, without points."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.profiles import JobProfile, SeekerProfile
from matching.skill_cases import RowStatus, SkillRow

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
        hours_week: How long it takes, None when not recorded.
        supports: What the person does it with, each once.
    """

    task_id: str
    name: str
    status: RowStatus
    skills: tuple[tuple[str, RowStatus], ...]
    hours_week: float | None = None
    supports: tuple[str, ...] = ()


def task_rows(seeker: SeekerProfile, job: JobProfile, asked: Sequence[SkillRow]) -> tuple[TaskRow, ...]:
    """Return the job's tasks in their order.

    A skill that the job also asks for as such stands in a task as it stands there; any other is asked at
    level 1. What is done with a support is met with an adjustment.
    """
    known = {row.asked.concept: row.status for row in asked}
    rows: list[TaskRow] = []
    for task, concepts in zip(job.job.tasks, job.task_concepts, strict=True):
        stands = [_status(seeker, concept, known.get(concept)) for concept in concepts]
        worst = min(stands, key=_WORST_FIRST.index, default=RowStatus.NOT_RECORDED)
        skills = tuple(zip(task.skills, stands, strict=True))
        rows.append(TaskRow(task.id, task.name, worst, skills, task.hours_week, _supports(seeker, concepts)))
    return tuple(rows)


def _status(seeker: SeekerProfile, concept: str, known: RowStatus | None) -> RowStatus:
    held = seeker.skills.get(concept)
    if held is None:
        return RowStatus.NOT_RECORDED
    status = known or (RowStatus.MET if held.lowest else RowStatus.GAP)
    if status is RowStatus.MET and held.with_support:
        return RowStatus.WITH_ADJUSTMENT
    if status is RowStatus.GAP and not held.related.isdisjoint(seeker.strengths):
        return RowStatus.LEARNABLE
    return status


def _supports(seeker: SeekerProfile, concepts: Sequence[str]) -> tuple[str, ...]:
    held = [seeker.skills[concept] for concept in concepts if concept in seeker.skills]
    return tuple(dict.fromkeys(one.with_support for one in held if one.lowest and one.with_support))
