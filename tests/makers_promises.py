"""Promises to people as tests need them: stored as they are said, past the forms that ask for consents."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from crm.models.agreement_choices import CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.seekers import JobSeeker
from crm.services import records
from tests.makers_employers import TODAY
from tests.makers_people import make_seeker


def make_use(
    session: Session, agreement: Agreement, seeker: JobSeeker | None = None, **facts: Any
) -> AgreementUse:
    """A person put forward three weeks before TODAY for an interview that is due in a week."""
    said: dict[str, Any] = {
        "employer_id": agreement.employer_id,
        "promise": Promise.INTERVIEW,
        "standing": Standing.REFERRED,
        "asked_on": TODAY - timedelta(days=21),
        "referred_on": TODAY - timedelta(days=21),
        "due_on": TODAY + timedelta(days=7),
        **facts,
    }
    whose = seeker or make_seeker(session)
    return records.add(session, AgreementUse(agreement_id=agreement.key, seeker_id=whose.key, **said))


def kept(on: date = TODAY - timedelta(days=7)) -> dict[str, Any]:
    """What is recorded of a promise that was kept on a day."""
    return {"given": Given.YES, "happens_on": on, "criteria_met": CriteriaMet.YES}


def broken() -> dict[str, Any]:
    """What is recorded of a promise that the employer broke."""
    return {
        "given": Given.NOT_BY_EMPLOYER,
        "given_why": "The post was filled first",
        "criteria_met": CriteriaMet.YES,
    }


def disputed() -> dict[str, Any]:
    """What is recorded of a promise that the employer says it did not owe."""
    return {
        "given": Given.NOT_BY_EMPLOYER,
        "given_why": "They say the forklift licence was missing",
        "criteria_met": CriteriaMet.DISPUTED,
        "criteria_missing": "Forklift licence",
    }
