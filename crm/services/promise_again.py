"""Promises that count again, brought back or taken up: only where nobody was given the same meanwhile."""

from sqlmodel import Session

from crm.models.agreement_choices import Given, Standing
from crm.models.agreement_uses import AgreementUse, ReferralInput
from crm.models.agreements import Agreement
from crm.services import promise_terms, promised_sessions, records, slot_counts


def as_stored(row: AgreementUse) -> ReferralInput:
    """What somebody was put forward for, or wanted, as it was typed."""
    return ReferralInput(**{name: getattr(row, name) for name in ReferralInput.model_fields})


def ensure_free(session: Session, row: AgreementUse, *, to_be: Standing) -> None:
    """Let a promise count again as this; its agreement is held until the end.

    Raises:
        RuleBrokenError: the person is promised the same, or its interview or place is taken.
    """
    if to_be is Standing.NOT_REFERRED:
        return
    agreement = records.fetch_to_change(session, Agreement, row.agreement_id, called="agreement")
    if row.given is Given.NOT_YET:
        promise_terms.ensure_first(session, agreement, row.seeker_id, as_stored(row))
    if to_be is Standing.REFERRED and row.given not in slot_counts.FREED:
        slot_counts.ensure_left(session, agreement, row.promise, row.vacancy_id)
    promised_sessions.ensure_room(session, row.session_id)
