"""Risks at the workplace of a job analysis: what they are, what is done about them, who sees to it."""

from sqlmodel import Session, col, select

from crm.models.users import Actor
from crm.models.workplaces import JobRisk, JobRiskInput
from crm.policy import Action
from crm.services import analyses, archiving, records
from crm.services.access import ensure
from crm.services.archiving import Kind

_KIND = Kind("risk", Action.ANALYSES_RECORD)


def of_analysis(session: Session, analysis_id: int, *, is_archived: bool = False, by: Actor) -> list[JobRisk]:
    """The risks of an analysis, live or archived, as they were added.

    Raises:
        NotAllowedError: the person may not see job analyses.
    """
    ensure(session, by, Action.ANALYSES_READ)
    archived = col(JobRisk.archived_at)
    query = select(JobRisk).where(
        JobRisk.analysis_id == analysis_id, archived.is_not(None) if is_archived else archived.is_(None)
    )
    return list(session.exec(query.order_by(col(JobRisk.id))))


def find(session: Session, risk_id: int, *, by: Actor) -> JobRisk:
    """One risk, archived ones too.

    Raises:
        NotAllowedError: the person may not see job analyses.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.ANALYSES_READ)
    return records.fetch(session, JobRisk, risk_id, called=_KIND.called)


def add(session: Session, analysis_id: int, new: JobRiskInput, *, by: Actor) -> JobRisk:
    """Record a risk at the workplace of an analysis.

    Raises:
        NotAllowedError: the person may not, or the analysis is archived.
        NotFoundError: there is no such analysis.
    """
    analyses.to_change(session, analysis_id, by=by)
    return records.add(session, JobRisk(**new.model_dump(), analysis_id=analysis_id))


def change(session: Session, risk_id: int, edit: JobRiskInput, *, version: int, by: Actor) -> JobRisk:
    """Change a risk, or what is done about it.

    Raises:
        NotAllowedError: the person may not, or the analysis or the risk is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, JobRisk, risk_id, called=_KIND.called)
    analyses.to_change(session, row.analysis_id, by=by)
    ensure(session, by, _KIND.action, row)
    return records.change(session, row, edit, version=version)


def archive(session: Session, risk_id: int, *, why: str, version: int, by: Actor) -> JobRisk:
    """Put a risk aside, with the reason.

    Raises:
        NotAllowedError: the person may not, or it is archived already.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return archiving.put_aside(session, JobRisk, risk_id, _KIND, why=why, version=version, by=by)


def bring_back(session: Session, risk_id: int, *, version: int, by: Actor) -> JobRisk:
    """Take a risk out of the archive.

    Raises:
        NotAllowedError: the person may not record job analyses.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    return archiving.take_back(session, JobRisk, risk_id, _KIND, version=version, by=by)
