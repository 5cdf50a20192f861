"""Which clauses each kind of agreement has, and which of them some other answer makes needless."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import model_validator

from crm.models.agreement_choices import AgreementKind, Covers, CriteriaRule, InterviewFormat
from crm.models.agreement_inputs import AgreementInput, InterviewClauses, OtherPromises
from crm.models.base import ticked

IN_SHARED = ("job_families", "opt_in", "feedback_days", "data_sharing", "monitoring")
"""Clauses of every kind."""

OF_WHOM = ("covers", "named_groups")
OF_ENDING = ("notice_days",)
_OF_JOBS = ("vacancy_notice_days",)

OF_INTERVIEWS = (*_OF_JOBS, *(name for name in InterviewClauses.model_fields if name != "opt_in"))
OF_MOCK_INTERVIEWS = tuple(name for name in OtherPromises.model_fields if name.startswith("mock_"))
OF_TRAINING = (*_OF_JOBS, *(name for name in OtherPromises.model_fields if name.startswith("training_")))
OF_TRIALS = tuple(name for name in OtherPromises.model_fields if name.startswith("trial_"))

ON_SITE = (InterviewFormat.WORKING_INTERVIEW, InterviewFormat.WORK_TRIAL)
"""Other ways than an interview in which somebody works: for these the question of pay has to be answered."""

_OF_KIND: dict[AgreementKind, tuple[str, ...]] = {
    AgreementKind.GUARANTEED_INTERVIEW: OF_INTERVIEWS,
    AgreementKind.MOCK_INTERVIEW: OF_MOCK_INTERVIEWS,
    AgreementKind.PRE_EMPLOYMENT_TRAINING: OF_TRAINING,
    AgreementKind.WORK_TRIAL: OF_TRIALS,
    AgreementKind.COMBINED: (*OF_INTERVIEWS, *OF_MOCK_INTERVIEWS, *OF_TRAINING, *OF_TRIALS),
}
_EVERY_KINDS_OWN = frozenset(_OF_KIND[AgreementKind.COMBINED])


def clauses_of(kind: AgreementKind) -> tuple[str, ...]:
    """The clauses that an agreement of this kind has, by the names of their fields: no dates, no people."""
    return (*OF_WHOM, *IN_SHARED, *_OF_KIND[kind], *OF_ENDING)


def promises_interviews(kind: AgreementKind) -> bool:
    """Does an agreement of this kind guarantee interviews?"""
    return kind in (AgreementKind.GUARANTEED_INTERVIEW, AgreementKind.COMBINED)


def promises_training(kind: AgreementKind) -> bool:
    """Does it promise training before a job?"""
    return kind in (AgreementKind.PRE_EMPLOYMENT_TRAINING, AgreementKind.COMBINED)


def promises_trials(kind: AgreementKind) -> bool:
    """Does it promise work trials or placements?"""
    return kind in (AgreementKind.WORK_TRIAL, AgreementKind.COMBINED)


def needless(typed: Mapping[str, Any]) -> set[str]:
    """The fields that these answers leave nothing to say of: clauses of another kind, and details of a no.

    Before the kind is chosen, every clause of some kind alone is.
    """
    kind = typed.get("kind")
    own = _OF_KIND[AgreementKind(kind)] if kind in set(AgreementKind) else ()
    found = set(_EVERY_KINDS_OWN - set(own))
    if typed.get("covers") != Covers.NAMED_GROUPS:
        found.add("named_groups")
    if typed.get("criteria_rule") != CriteriaRule.PERCENT_OF_ESSENTIAL:
        found.add("criteria_percent")
    if typed.get("most_interviews") in (None, ""):
        found |= {"oversubscription_rule", "oversubscription"}
    if not works_at_interview(typed):
        found |= {"alternative_hours", "alternative_paid"}
    return found


def works_at_interview(typed: Mapping[str, Any]) -> bool:
    """Does somebody work where others are interviewed: in a working interview, or on a trial instead?"""
    others: Any = typed.get("interview_alternatives") or ()
    return any(one in ON_SITE for one in (typed.get("interview_format"), *ticked(others)))


class AgreementForm(AgreementInput):
    """What the form gives: what the kind does not have, and what no answer asks for, is not recorded."""

    @model_validator(mode="before")
    @classmethod
    def _only_what_is_asked(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        typed = cast("Mapping[str, Any]", values)
        left_out = needless(typed)
        return {name: value for name, value in typed.items() if name not in left_out}
