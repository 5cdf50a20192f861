"""The rows of a job analysis: its tasks, and the natural supports of the workplace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import (
    JobTask,
    JobTaskInput,
    SupportState,
    WorkplaceSupport,
    WorkplaceSupportInput,
)
from crm.models.users import Actor
from crm.policy import Action
from crm.services import analyses, records, skills, task_needs
from crm.services.access import ensure
from crm.services.archiving import reason_given

R = TypeVar("R", JobTask, WorkplaceSupport)


@dataclass(frozen=True, slots=True)
class WeekTotal:
    """Hours a week that the timed tasks take together, and how many tasks nobody has timed.

    `usual` is what those usually take in such a role: said, and never counted. Where minutes are a guess,
    the hours may be `more`.
    """

    hours: float
    untimed: int
    usual: float = 0.0
    more: float = 0.0


def total_of(tasks: Sequence[JobTask]) -> WeekTotal:
    """The hours of these tasks added up; untimed ones are counted, never taken as 0 hours."""
    timed = [task.hours_week for task in tasks if task.hours_week is not None]
    usual = [task.usual_hours or 0.0 for task in tasks if task.hours_week is None]
    most = [task.hours_most for task in tasks if task.hours_most is not None]
    return WeekTotal(sum(timed), len(tasks) - len(timed), sum(usual), more=sum(most) - sum(timed))


def tasks(session: Session, analysis_id: int, *, is_archived: bool = False, by: Actor) -> list[JobTask]:
    """The tasks of an analysis, live or archived, as they were added.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    return _rows(session, JobTask, analysis_id, is_archived, by)


def supports(
    session: Session, analysis_id: int, *, is_archived: bool = False, by: Actor
) -> list[WorkplaceSupport]:
    """The workplace supports of an analysis, live or archived, as they were added.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    return _rows(session, WorkplaceSupport, analysis_id, is_archived, by)


def find_task(session: Session, task_id: int, *, by: Actor) -> JobTask:
    """One task, archived ones too.

    Raises:
        NotAllowedError: the person may not see job analyses.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_READ)
    return records.fetch(session, JobTask, task_id, called="task")


def find_support(session: Session, support_id: int, *, by: Actor) -> WorkplaceSupport:
    """One workplace support, archived ones too.

    Raises:
        NotAllowedError: the person may not see job analyses.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_READ)
    return records.fetch(session, WorkplaceSupport, support_id, called="support")


def meanings(session: Session, task: JobTask) -> list[str]:
    """The labels of the concepts that a task's skills were settled to. The caller was handed the task."""
    labels = skills.labels(session, task.concept_ids)
    return [labels[concept_id] for concept_id in task.concept_ids]


def known_skills(session: Session, task: JobTask) -> dict[str, tuple[str, str]]:
    """By each phrase of a task's skills the concept it was settled to, and its label.

    The caller was handed the task. None where several phrases came to one concept: those are settled anew.
    """
    settled = _settled_before(task)
    labels = skills.labels(session, list(settled.values()))
    return {phrase: (concept_id, labels[concept_id]) for phrase, concept_id in settled.items()}


def add_task(session: Session, analysis_id: int, new: JobTaskInput, *, by: Actor) -> JobTask:
    """Record a task; the skills it takes are settled against the vocabulary.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is no such analysis.
        RuleBrokenError: it needs a task that is archived, or of another analysis.
    """
    analyses.to_change(session, analysis_id, by=by)
    task_needs.ensure_together(session, analysis_id, new.needs_task_ids)
    concept_ids = _concepts(session, new, {}, by)
    return records.add(session, JobTask(**new.model_dump(), analysis_id=analysis_id, concept_ids=concept_ids))


def change_task(session: Session, task_id: int, edit: JobTaskInput, *, version: int, by: Actor) -> JobTask:
    """Change a task; words that are new are settled, the same words keep the meaning that was chosen.

    Raises:
        NotAllowedError: the person may not, or the analysis or the task is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it needs itself, or a task that is archived or of another analysis.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = _to_change(session, JobTask, task_id, "task", by)
    task_needs.ensure_together(session, row.analysis_id, edit.needs_task_ids, own_id=row.key)
    if row.version == version and (edit.skills != row.skills or edit.meanings):
        row.concept_ids = _concepts(session, edit, _settled_before(row), by)
    return records.change(session, row, edit, version=version)


def confirm_usual(session: Session, task_id: int, *, version: int, by: Actor) -> JobTask:
    """What is usual holds here: from now on these times are the task's own, and count.

    Raises:
        NotAllowedError: the person may not, or the analysis or the task is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: nothing is assumed of this task.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = _to_change(session, JobTask, task_id, "task", by)
    if not row.is_assumed:
        raise RuleBrokenError("The times of this task are recorded already.")
    usual = {"times_a_week": row.usual_times, "minutes_each": row.usual_minutes}
    return records.change(session, row, usual, version=version)


def archive_task(session: Session, task_id: int, *, why: str, version: int, by: Actor) -> JobTask:
    """Put a task aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = _to_change(session, JobTask, task_id, "task", by)
    return records.archive(session, row, why=reason_given(why), version=version)


def bring_back_task(session: Session, task_id: int, *, version: int, by: Actor) -> JobTask:
    """Take a task out of the archive.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = records.fetch_to_change(session, JobTask, task_id, called="task")
    analyses.to_change(session, row.analysis_id, by=by)
    return records.bring_back(session, row, version=version)


def add_support(
    session: Session, analysis_id: int, new: WorkplaceSupportInput, *, by: Actor, today: date
) -> WorkplaceSupport:
    """Record a natural support as the workplace has it, or could.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is no such analysis.
        RuleBrokenError: it is confirmed in the future, or confirmed without saying what.
    """
    analyses.to_change(session, analysis_id, by=by)
    _ensure_confirmed_sensibly(new, today)
    return records.add(session, WorkplaceSupport(**new.model_dump(), analysis_id=analysis_id))


def change_support(
    session: Session, support_id: int, edit: WorkplaceSupportInput, *, version: int, by: Actor, today: date
) -> WorkplaceSupport:
    """Change a workplace support.

    Raises:
        NotAllowedError: the person may not, or the analysis or the support is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is confirmed in the future, or confirmed without saying what.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = _to_change(session, WorkplaceSupport, support_id, "support", by)
    _ensure_confirmed_sensibly(edit, today)
    return records.change(session, row, edit, version=version)


def archive_support(
    session: Session, support_id: int, *, why: str, version: int, by: Actor
) -> WorkplaceSupport:
    """Put a workplace support aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = _to_change(session, WorkplaceSupport, support_id, "support", by)
    return records.archive(session, row, why=reason_given(why), version=version)


def bring_back_support(session: Session, support_id: int, *, version: int, by: Actor) -> WorkplaceSupport:
    """Take a workplace support out of the archive.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = records.fetch_to_change(session, WorkplaceSupport, support_id, called="support")
    analyses.to_change(session, row.analysis_id, by=by)
    return records.bring_back(session, row, version=version)


def _rows(session: Session, table: type[R], analysis_id: int, is_archived: bool, by: Actor) -> list[R]:
    ensure(session, by, Action.ANALYSES_READ)
    archived = col(table.archived_at)
    query = select(table).where(
        col(table.analysis_id) == analysis_id,
        archived.is_not(None) if is_archived else archived.is_(None),
    )
    return list(session.exec(query.order_by(col(table.id))))


def _to_change(session: Session, table: type[R], row_id: int, called: str, by: Actor) -> R:
    row = records.fetch_to_change(session, table, row_id, called=called)
    analyses.to_change(session, row.analysis_id, by=by)
    ensure(session, by, Action.ANALYSES_RECORD, row)
    return row


def _settled_before(task: JobTask) -> dict[str, str]:
    phrases = skills.parted(task.skills)
    is_one_each = len(phrases) == len(task.concept_ids)
    return dict(zip(phrases, task.concept_ids, strict=True)) if is_one_each else {}


def _concepts(session: Session, typed: JobTaskInput, before: dict[str, str], by: Actor) -> list[str]:
    phrases = skills.parted(typed.skills)
    new = [phrase for phrase in phrases if phrase in typed.meanings or phrase not in before]
    settled = skills.settle_all(session, new, chosen=typed.meanings, by=by)
    found = before | {phrase: each.concept_id for phrase, each in zip(new, settled, strict=True)}
    return list(dict.fromkeys(found[phrase] for phrase in phrases))


def _ensure_confirmed_sensibly(typed: WorkplaceSupportInput, today: date) -> None:
    if typed.confirmed_on is not None and typed.confirmed_on > today:
        raise RuleBrokenError("It is confirmed today or in the past.", field="confirmed_on")
    if typed.is_confirmed and typed.state is SupportState.UNKNOWN:
        raise RuleBrokenError(
            "Say what the employer confirmed: that it exists, could, or not.", field="state"
        )
