"""Jobs that people started, as tests need them."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from crm.models.agreement_choices import Promise, SessionState
from crm.models.agreement_uses import AgreementUse, PromisedSession
from crm.models.agreements import Agreement
from crm.models.placements import Placement
from crm.models.users import SYSTEM
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from tests.makers_employers import TODAY


def make_start(session: Session, use: AgreementUse, **facts: Any) -> Placement:
    """A job that came of a promise and began 100 days before TODAY, unless told otherwise."""
    ensure(session, SYSTEM, Action.PLACEMENTS_RECORD)
    said: dict[str, Any] = {"title": "Shelf filler", "starts_on": TODAY - timedelta(days=100), **facts}
    whose: dict[str, Any] = {"seeker_id": use.seeker_id, "employer_id": use.employer_id, "use_id": use.key}
    return records.add(session, Placement(**(whose | said)))


def make_session(
    session: Session, agreement: Agreement, *, starts_on: date = TODAY - timedelta(days=30), **facts: Any
) -> PromisedSession:
    """A session of mock interviews that was held a month before TODAY, unless told otherwise."""
    ensure(session, SYSTEM, Action.AGREEMENTS_RECORD)
    said: dict[str, Any] = {
        "agreement_id": agreement.key,
        "employer_id": agreement.employer_id,
        "promise": Promise.MOCK_INTERVIEW,
        "state": SessionState.HELD,
        "starts_on": starts_on,
        **facts,
    }
    return records.add(session, PromisedSession(**said))
