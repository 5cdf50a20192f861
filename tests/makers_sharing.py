"""Pages about people for employers, made through the services that staff use."""

from datetime import date

from sqlmodel import Session

from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.sharing import ShareSheet, ShareSheetInput
from crm.models.users import SYSTEM, Actor
from crm.services import share_sheets
from tests.makers_restricted import TODAY


def sheet_input(*facts: str, **said: object) -> ShareSheetInput:
    """A page on paper for somebody at the employer."""
    told = {"facts": list(facts) or ["name", "skills"], "given_to": "Gemma Hart", **said}
    return ShareSheetInput.model_validate(told)


def make_sheet(
    session: Session,
    seeker: JobSeeker,
    employer: Employer,
    *facts: str,
    by: Actor = SYSTEM,
    today: date = TODAY,
    **said: object,
) -> ShareSheet:
    """A page that an employer is given today, on consents that are there already."""
    new = sheet_input(*facts, **said)
    return share_sheets.share(session, seeker.key, employer.key, new, by=by, today=today)
