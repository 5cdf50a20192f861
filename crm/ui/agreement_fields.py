"""The fields of an agreement, group by group: every kind's, of which a page draws those of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from crm.models.agreement_choices import (
    AgreementKind,
    Covers,
    CriteriaRule,
    InterviewFormat,
    Monitoring,
    OptIn,
    Oversubscription,
)
from crm.models.base import Known
from crm.ui.fields import Field, Typed, choice, day, level, line, number, pick, text, ticks
from crm.ui.words import say

KIND = "kind"
STARTED_FROM = "started_from_id"

_PROMISES = {
    AgreementKind.GUARANTEED_INTERVIEW: "Whoever meets what is agreed is interviewed",
    AgreementKind.MOCK_INTERVIEW: "People practise an interview with the employer and hear how it went",
    AgreementKind.PRE_EMPLOYMENT_TRAINING: "Six weeks and 30 hours a week at most, linked to real vacancies",
    AgreementKind.WORK_TRIAL: "People try the work at the employer for some weeks",
    AgreementKind.COMBINED: "Several of these promises in one agreement",
}
_ALTERNATIVES = (
    InterviewFormat.WORKING_INTERVIEW,
    InterviewFormat.WORK_TRIAL,
    InterviewFormat.TASK,
    InterviewFormat.QUESTIONS_IN_ADVANCE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under one heading."""

    heading: str
    fields: tuple[Field, ...]


def groups(people: Mapping[int, str], colleagues: Mapping[int, str]) -> list[Group]:
    """Every group in the order in which it is asked; `people` work for the employer."""
    return [
        Group("Whom it is for, and who looks after it", _whom(people, colleagues)),
        Group("Which jobs", _jobs()),
        Group("Guaranteed interviews", _interviews()),
        Group("Form of interview", _formats()),
        Group("Mock interviews", _mock_interviews()),
        Group("Training before a job", _training()),
        Group("Work trials and placements", _trials()),
        Group("Adjustments and feedback", _fairness(people)),
        Group("Dates", _dates()),
        Group("How we work together", _together()),
    ]


def kind_field() -> Field:
    """What is promised, with all five kinds in sight, as everything else depends on it."""
    words = {kind.value: say(kind) for kind in AgreementKind}

    def draw(key: str, label: str, hint: str | None) -> Typed:
        return st.radio(
            label,
            list(words),
            index=None,
            key=key,
            format_func=words.__getitem__,
            captions=list(_PROMISES.values()),
            help=hint,
        )

    return Field(KIND, "What is promised", draw, show=_or_none)


def started_from_field() -> Field:
    """Which agreement it was started from: never drawn, and kept with the draft."""
    return Field(STARTED_FROM, "Started from", lambda _key, _label, _hint: None)


def _or_none(value: object) -> Typed:
    return None if value is None else str(value)


def _wide(field: Field) -> Field:
    return replace(field, is_wide=True)


def _whom(people: Mapping[int, str], colleagues: Mapping[int, str]) -> tuple[Field, ...]:
    return (
        choice("covers", "Whom it covers", Covers),
        line("named_groups", "Which groups"),
        line("group_name", "Employer group or trade body, if it signs for several"),
        pick("employer_contact_id", "Single point of contact at the employer", people),
        pick("owner_id", "Owner", colleagues),
    )


def _jobs() -> tuple[Field, ...]:
    return (
        line("job_families", "Job families in scope"),
        number("vacancy_notice_days", "Days’ notice of vacancies to us"),
        choice("opt_in", "Who uses the promise", OptIn),
    )


def _interviews() -> tuple[Field, ...]:
    return (
        choice("criteria_rule", "When the interview is guaranteed", CriteriaRule),
        number("criteria_percent", "Percent of the essential criteria"),
        line("must_haves", "Must-haves that always count"),
        level("must_have_score", "Level at which a must-have counts as met"),
        number("interview_days", "Interview within how many days of being put forward"),
        number("most_interviews", "Most interviews a vacancy", hint="Empty means no limit."),
        choice("oversubscription_rule", "Who is put forward when more people want one", Oversubscription),
        line("oversubscription", "What else was said about that"),
    )


def _formats() -> tuple[Field, ...]:
    return (
        _wide(choice("interview_format", "Form of interview", InterviewFormat)),
        *ticks("interview_alternatives", {one.value: _or_else(one) for one in _ALTERNATIVES}),
        number("alternative_hours", "Hours of work in it at most"),
        choice("alternative_paid", "Is that work paid?", Known, hint=_WAGE),
    )


_WAGE = "Where somebody does real work, it is paid at least the minimum wage."


def _or_else(one: InterviewFormat) -> str:
    return f"Offered instead: {say(one).lower()}"


def _mock_interviews() -> tuple[Field, ...]:
    return (
        number("mock_sessions", "Sessions of mock interviews a year"),
        number("mock_places", "Places in mock interviews a year"),
    )


def _training() -> tuple[Field, ...]:
    return (
        number("training_weeks", "Weeks of training, 6 at most"),
        number("training_hours", "Hours of training a week, 30 at most"),
        number("training_places", "Places in training a year"),
        line("training_provider", "Who gives the training"),
        _wide(text("training_content", "What is learned")),
        choice("training_work_experience", "Is work experience part of it?", Known),
        choice("training_interview", "Is whoever finishes guaranteed an interview?", Known),
    )


def _trials() -> tuple[Field, ...]:
    return (
        number("trial_weeks", "Weeks of a trial or placement"),
        number("trial_hours", "Hours of a trial or placement a week"),
        number("trial_places", "Places in trials a year"),
        choice("trial_paid", "Is the trial or placement paid?", Known, hint=_WAGE),
    )


def _fairness(people: Mapping[int, str]) -> tuple[Field, ...]:
    return (
        pick("adjustments_contact_id", "Contact for adjustments, not on the panel", people),
        number("feedback_days", "Feedback within how many days"),
    )


def _dates() -> tuple[Field, ...]:
    return (
        day("expected_signing_on", "Signing expected on"),
        day("starts_on", "Starts on"),
        day("ends_on", "Ends on"),
        day("review_on", "Review on"),
        number("notice_days", "Days’ notice to end the agreement"),
    )


def _together() -> tuple[Field, ...]:
    return (
        choice("monitoring", "How often we look at it together", Monitoring),
        _wide(text("data_sharing", "What is told to whom")),
        _wide(text("notes", "Notes")),
    )
