"""Lists of work that nobody does yet: written down as a job analysis without a post."""

from datetime import date

from sqlmodel import Session

from crm.models.analyses import AnalysisMethod, JobAnalysis, JobAnalysisInput, UnmetNeedsInput
from crm.models.users import Actor
from crm.services import analyses


def start(session: Session, employer_id: int, new: UnmetNeedsInput, *, by: Actor, today: date) -> JobAnalysis:
    """Begin a list of work that nobody does yet at an employer.

    Raises:
        NotAllowedError: the person may not record job analyses.
        NotFoundError: the employer is unknown or archived.
        RuleBrokenError: it is dated in the future, or the site is not this employer's.
    """
    told = new.model_dump() | {"method": AnalysisMethod.INTERVIEWED, "is_unmet_needs": True}
    return analyses.add(session, employer_id, JobAnalysisInput.model_validate(told), by=by, today=today)


def change(
    session: Session, analysis_id: int, edit: UnmetNeedsInput, *, version: int, by: Actor, today: date
) -> JobAnalysis:
    """Change what such a list is called, where it is of and when it was looked at; the rest stays.

    Raises:
        NotAllowedError: the person may not, or the list is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it is dated in the future, or the site is not this employer's.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = analyses.to_change(session, analysis_id, by=by)
    kept = {name: getattr(row, name) for name in JobAnalysisInput.model_fields}
    typed = JobAnalysisInput.model_validate(kept | edit.model_dump())
    return analyses.change(session, analysis_id, typed, version=version, by=by, today=today)
