"""Which clauses a kind of agreement has, what no answer asks for, and what is refused at which field."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from crm.models.agreement_choices import AgreementKind, CriteriaRule
from crm.models.agreement_clauses import AgreementForm, clauses_of, needless
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_parts import AgreementMemberInput

GUARANTEED: dict[str, Any] = {"kind": "guaranteed_interview", "covers": "everyone_we_support"}


def refused(**values: Any) -> tuple[str, str]:
    """The field that is refused, and why."""
    with pytest.raises(ValidationError) as caught:
        AgreementInput.model_validate(GUARANTEED | values)
    error = caught.value.errors()[0]
    return str(error["loc"][0]), error["msg"]


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 30)}, "ends_on", "before it starts"),
        ({"ends_on": date(2026, 4, 30), "review_on": date(2026, 5, 1)}, "review_on", "before it ends"),
        ({"starts_on": date(2026, 5, 1), "review_on": date(2026, 4, 1)}, "review_on", "before the agreement"),
        ({"criteria_rule": "a_percent_of_essential"}, "criteria_percent", "which percent"),
        ({"covers": "named_groups"}, "named_groups", "Name the groups"),
        ({"training_weeks": 7}, "training_weeks", "from 1 to 6 weeks"),
        ({"training_hours": 31}, "training_hours", "at most 30 hours"),
    ],
)
def test_a_rule_that_is_broken_is_told_at_its_field(values: dict[str, Any], field: str, why: str):
    named, words = refused(**values)
    assert named == field
    assert why in words


def test_a_review_on_the_first_or_the_last_day_is_in_order():
    day = date(2026, 5, 1)
    AgreementInput.model_validate(GUARANTEED | {"starts_on": day, "ends_on": day, "review_on": day})


def test_a_combined_agreement_has_the_clauses_of_every_kind():
    every = {name for kind in AgreementKind for name in clauses_of(kind)}
    assert set(clauses_of(AgreementKind.COMBINED)) == every
    assert "mock_places" not in clauses_of(AgreementKind.GUARANTEED_INTERVIEW)
    assert "criteria_rule" not in clauses_of(AgreementKind.WORK_TRIAL)


def test_clauses_name_fields_and_neither_dates_nor_people():
    names = set(clauses_of(AgreementKind.COMBINED))
    assert names < set(AgreementInput.model_fields)
    assert not {name for name in names if name.endswith("_on") or "contact" in name or "owner" in name}


def test_before_the_kind_is_chosen_no_kind_is_asked_about():
    assert {"mock_places", "trial_paid", "criteria_rule", "training_weeks"} <= needless({})


def test_details_are_asked_only_where_an_answer_calls_for_them():
    assert {"named_groups", "criteria_percent", "oversubscription_rule", "alternative_paid"} <= needless(
        GUARANTEED
    )
    answers: dict[str, Any] = {
        "covers": "named_groups",
        "criteria_rule": CriteriaRule.PERCENT_OF_ESSENTIAL,
        "most_interviews": 3.0,
        "interview_alternatives": {"work_trial": True, "task": False},
    }
    asked = {"named_groups", "criteria_percent", "oversubscription_rule", "alternative_paid"}
    assert not asked & needless(GUARANTEED | answers)


def test_the_form_leaves_out_what_the_kind_does_not_have_even_where_it_would_be_refused():
    kept = AgreementForm.model_validate(
        {"kind": "mock_interview", "covers": "everyone_we_support", "mock_places": 4, "training_hours": 90}
    )
    assert (kept.mock_places, kept.training_hours) == (4, None)


def test_the_form_still_refuses_what_the_kind_has():
    with pytest.raises(ValidationError, match="at most 30 hours"):
        AgreementForm.model_validate(
            {"kind": "pre_employment_training", "covers": "everyone_we_support", "training_hours": 90}
        )
    with pytest.raises(ValidationError):
        AgreementForm.model_validate("no form")


def test_an_employer_does_not_leave_before_it_joins():
    with pytest.raises(ValidationError, match="before they joined"):
        AgreementMemberInput(joined_on=date(2026, 5, 1), left_on=date(2026, 4, 30))
