"""The rules of agreements, each tried on both sides; what stands in the way of approval comes first."""

from datetime import date, timedelta
from typing import Any

import pytest

from crm.models.agreement_choices import AgreementKind, ClauseKey
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import Agreement
from crm.services.agreement_checks import of_typed
from crm.services.agreement_rules import MINIMUM_WAGE, Around, Check, found

TODAY = date(2026, 11, 26)
WHOLE: dict[str, Any] = {
    "covers": "everyone_we_support",
    "vacancy_notice_days": 10,
    "adjustments_contact_id": 1,
    "feedback_days": 5,
    "notice_days": 30,
    "starts_on": TODAY,
    "ends_on": TODAY + timedelta(days=365),
    "review_on": TODAY + timedelta(days=300),
}


def seen(around: Around | None = None, kind: str = "guaranteed_interview", **clauses: Any) -> list[Check]:
    """What is found in an agreement that is whole but for these clauses."""
    agreement = AgreementInput.model_validate(WHOLE | {"kind": kind} | clauses)
    return found(agreement, around or Around(), today=TODAY)


def said(checks: list[Check]) -> str:
    return " ".join(one.words for one in checks)


def test_a_whole_agreement_has_nothing_to_see_to():
    assert seen() == []


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("vacancy_notice_days", "hear of vacancies"),
        ("adjustments_contact_id", "Name a contact for adjustments"),
        ("feedback_days", "how it went"),
        ("notice_days", "notice ends the agreement"),
        ("ends_on", "last day"),
        ("review_on", "look at it together"),
    ],
)
def test_what_is_missing_is_named_and_stands_in_nobodys_way(missing: str, words: str):
    gone: dict[str, Any] = {missing: None}
    (only,) = seen(**gone)
    assert words in only.words
    assert not only.is_blocking


def test_the_contact_for_adjustments_who_sits_on_the_panel_stands_in_the_way():
    (only,) = seen(Around(panel=frozenset({1, 2})))
    assert (only.clause, only.is_blocking) == (ClauseKey.ADJUSTMENTS, True)
    assert seen(Around(panel=frozenset({2}))) == []


def test_a_percent_rule_needs_its_must_haves_and_their_level():
    rule: dict[str, Any] = {"criteria_rule": "a_percent_of_essential", "criteria_percent": 60}
    assert seen(**rule)[0].is_blocking
    assert seen(**rule, must_haves="Food hygiene")[0].is_blocking
    assert seen(**rule, must_haves="Food hygiene", must_have_score=2) == []


def test_a_score_without_a_must_have_and_an_own_rule_without_words_are_asked_about():
    assert "no must-have is named" in said(seen(must_have_score=2))
    assert "write down how" in said(seen(criteria_rule="employer_defined"))
    assert seen(criteria_rule="employer_defined", must_haves="As their form says") == []


def test_a_most_number_of_interviews_needs_a_rule_of_who_goes_first():
    (only,) = seen(most_interviews=4)
    assert (only.clause, only.is_blocking) == (ClauseKey.LIMITS, True)
    assert seen(most_interviews=4, oversubscription_rule="longest_wait_first") == []
    assert seen(kind="mock_interview", mock_places=9, most_interviews=4) == []


@pytest.mark.parametrize(
    "working", [{"interview_format": "working_interview"}, {"interview_alternatives": ["work_trial"]}]
)
def test_work_instead_of_an_interview_brings_up_the_minimum_wage(working: dict[str, Any]):
    (unanswered,) = seen(**working)
    assert unanswered.is_blocking
    assert MINIMUM_WAGE in unanswered.words
    (unpaid,) = seen(**working, alternative_paid="no")
    assert not unpaid.is_blocking
    assert MINIMUM_WAGE in unpaid.words
    assert seen(**working, alternative_paid="yes") == []


def test_a_trial_says_whether_it_is_paid():
    assert MINIMUM_WAGE in said(seen(kind="work_trial_or_placement"))
    assert seen(kind="work_trial_or_placement", trial_paid="yes") == []


def test_training_needs_its_length_and_a_real_vacancy():
    kind = "pre_employment_training"
    words = said(seen(kind=kind))
    assert "real vacancies" in words
    assert "how many weeks" in words
    assert "guaranteed an interview" in words
    whole: dict[str, Any] = {"training_weeks": 6, "training_hours": 30, "training_interview": "yes"}
    (only,) = seen(kind=kind, **whole)
    assert only.is_blocking
    assert seen(Around(vacancies=1), kind=kind, **whole) == []


def test_a_combined_agreement_is_asked_only_about_what_it_promises():
    assert seen(kind="combined") == []
    assert "real vacancies" in said(seen(kind="combined", training_places=4))
    assert "trial or placement is paid" in said(seen(kind="combined", trial_weeks=2))


def test_mock_interviews_have_a_number():
    assert "sessions or places" in said(seen(kind="mock_interview"))
    assert seen(kind="mock_interview", mock_sessions=2) == []


@pytest.mark.parametrize(
    ("until", "words", "is_blocking"),
    [
        (None, "record until when Fernside is insured", False),
        (TODAY - timedelta(days=1), "has run out", True),
        (TODAY, "before the agreement ends", False),
    ],
)
def test_insurance_is_in_date_where_people_are_on_site(until: date | None, words: str, is_blocking: bool):
    around = Around(insured=[("Fernside", until)])
    (only,) = seen(around, kind="work_trial_or_placement", trial_paid="yes")
    assert words in only.words
    assert only.is_blocking is is_blocking
    assert seen(around) == []


def test_insurance_counts_in_training_with_work_experience():
    around = Around(vacancies=1, insured=[("Fernside", None)])
    whole: dict[str, Any] = {"training_weeks": 4, "training_hours": 16, "training_interview": "yes"}
    kind = "pre_employment_training"
    assert seen(around, kind=kind, **whole) == []
    assert "is insured" in said(seen(around, kind=kind, **whole, training_work_experience="yes"))


def test_insurance_that_outlasts_the_agreement_needs_no_word():
    around = Around(insured=[("Fernside", WHOLE["ends_on"])])
    assert seen(around, kind="work_trial_or_placement", trial_paid="yes") == []


def test_what_stands_in_the_way_comes_first():
    many = seen(adjustments_contact_id=None, most_interviews=3, vacancy_notice_days=None)
    assert [one.is_blocking for one in many] == [True, False, False]


def test_what_no_form_lets_through_is_still_found_in_a_stored_one():
    wrong: dict[str, Any] = WHOLE | {
        "kind": "pre_employment_training",
        "covers": "named_groups",
        "ends_on": TODAY - timedelta(days=1),
        "training_weeks": 9,
        "criteria_rule": "a_percent_of_essential",
    }
    stored = Agreement(**wrong)
    words = said(found(stored, Around(vacancies=1), today=TODAY))
    for part in ("Name the groups", "at most 6 weeks", "after the last day", "ends before it starts"):
        assert part in words
    stored.kind = AgreementKind.GUARANTEED_INTERVIEW
    assert "which percent" in said(found(stored, Around(), today=TODAY))


def test_what_is_typed_is_checked_though_it_could_not_be_saved():
    typed = WHOLE | {
        "kind": "guaranteed_interview",
        "ends_on": TODAY - timedelta(days=1),
        "feedback_days": "?",
    }
    words = said(of_typed(typed, Around(), today=TODAY))
    assert "ends before it starts" in words
    assert "how it went" in words


def test_what_is_typed_for_another_kind_is_not_checked():
    typed = WHOLE | {"kind": "mock_interview", "mock_places": 3.0, "training_hours": 99.0}
    assert of_typed(typed, Around(), today=TODAY) == []


def test_an_answer_that_asks_for_another_is_checked_without_it():
    typed = WHOLE | {"kind": "guaranteed_interview", "covers": "named_groups"}
    assert "Name the groups" in said(of_typed(typed, Around(), today=TODAY))
    typed |= {"covers": None, "criteria_rule": "a_percent_of_essential"}
    words = said(of_typed(typed, Around(), today=TODAY))
    assert "Say whom the agreement covers" in words
    assert "which percent" in words


def test_before_the_kind_is_chosen_nothing_is_checked():
    assert of_typed({"kind": None, "covers": None}, Around(), today=TODAY) == []
