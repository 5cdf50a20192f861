"""Starting the analysis of a job on site: tasks ticked, supports seen, hours of the post, saved at once."""

from datetime import date

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.analyses import (
    JobAnalysis,
    JobAnalysisInput,
    JobTask,
    SupportState,
    TaskClass,
    TaskNeed,
    WorkplaceSupport,
)
from crm.models.analysis_start import AnalysisStart, TickedTask
from crm.models.users import Actor
from crm.services import analyses, records, roles, skills
from crm.services.roles import TypicalRole, UsualTask


def start(
    session: Session, employer_id: int, role_id: str, new: AnalysisStart, *, by: Actor, today: date
) -> JobAnalysis:
    """Record an analysis with the tasks that are done here and the supports that were seen.

    A time that was not confirmed on site is kept beside the task as usual, and counts as unknown.

    Raises:
        NotAllowedError: the person may not record job analyses.
        NotFoundError: the employer is unknown or archived, or there is no such role.
        RuleBrokenError: nothing is ticked, or the site or the vacancy is not this employer's.
    """
    role = roles.find(session, role_id, by=by)
    if not new.tasks:
        raise RuleBrokenError("Tick at least one task that is done here, or add one of your own.")
    about = new.model_dump(exclude={"tasks", "supports"}) | {"analysed_on": today}
    analysis = analyses.add(session, employer_id, JobAnalysisInput.model_validate(about), by=by, today=today)
    for ticked in new.tasks:
        records.add(session, _task(session, analysis, ticked, _usual(role, ticked)))
    for kind, state in new.supports.items():
        if state is not SupportState.UNKNOWN:
            records.add(session, WorkplaceSupport(analysis_id=analysis.key, kind=kind, state=state))
    return analysis


def _usual(role: TypicalRole, ticked: TickedTask) -> UsualTask:
    if ticked.place is None:
        return UsualTask(ticked.name or "")
    if not 0 <= ticked.place < len(role.tasks):
        raise RuleBrokenError("One of these tasks is not in the library any more. Open the role again.")
    return role.tasks[ticked.place]


def _task(session: Session, analysis: JobAnalysis, ticked: TickedTask, usual: UsualTask) -> JobTask:
    labels = skills.labels(session, usual.skills)
    return JobTask(
        analysis_id=analysis.key,
        name=usual.name,
        task_class=TaskClass.CORE,
        need=TaskNeed.COULD_MOVE if ticked.could_move else TaskNeed.ESSENTIAL,
        times_a_week=ticked.times if ticked.is_confirmed else None,
        minutes_each=ticked.minutes if ticked.is_confirmed else None,
        usual_times=usual.times_week,
        usual_minutes=usual.minutes,
        skills=", ".join(labels[concept_id] for concept_id in usual.skills) or None,
        concept_ids=list(usual.skills),
        done_by=ticked.done_by,
    )
