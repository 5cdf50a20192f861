"""What stands in the way of approving an agreement. Temporary: branch `form` brings the real one."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.models.agreement_choices import CriteriaRule
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is wrong, in words."""

    words: str


def blocking(session: Session, agreement: Agreement, *, by: Actor, today: date) -> list[Check]:
    """What has to be put right before a manager approves the agreement.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    is_loose = agreement.criteria_rule is CriteriaRule.PERCENT_OF_ESSENTIAL and not agreement.must_haves
    return [Check("A percent rule also needs its must-haves.")] if is_loose else []
