"""What is asked before a proposal is given: to whom, the next steps, and what it tells of the person."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from crm.models.carve_proposals import ProposalDays
from crm.models.sharing import GivenHow
from crm.services.consent_words import Person, fact_words
from crm.services.proposal_people import Offered
from crm.ui.fields import Field, choice, day, pick, ticks

_DAYS = {
    "answer_by": "They tell us what they think by",
    "meet_by": "We meet by",
    "starts_by": "First day, or first day of a trial, by",
}


def fields_for(people: Mapping[int, str], offered: Offered | None) -> list[Field]:
    """The fields; what it tells of the person only where that is agreed to."""
    facts = offered.facts if offered else ()
    words = {fact.value: f"It tells {fact_words(fact, Person.THEY)}" for fact in facts}
    how = [choice("given_how", "How they get the page about the person", GivenHow)] if facts else []
    days = [day(name, label, hint="Empty: to be agreed.") for name, label in _DAYS.items()]
    return [pick("given_to_id", "Who at the employer gets it", people), *days, *ticks("facts", words), *how]


def days_typed(state: Mapping[Any, Any], prefix: str) -> ProposalDays:
    """The days as they are typed so far; none while they are out of order."""
    typed = {name: state.get(f"{prefix}{name}") for name in _DAYS}
    try:
        return ProposalDays.model_validate(typed)
    except ValidationError:
        return ProposalDays()
