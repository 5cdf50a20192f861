"""What an employer agreed to, in a few rows that both sides know; what was left open is left out."""

from datetime import date

from crm.models.agreement_choices import Covers, CriteriaRule, InterviewFormat
from crm.models.agreements import Agreement
from crm.services.plain_words import count, day, hours, say

_FORMAT = {
    InterviewFormat.PANEL: "A panel interview",
    InterviewFormat.WORKING_INTERVIEW: "A working interview",
    InterviewFormat.WORK_TRIAL: "A work trial",
    InterviewFormat.TASK: "A task",
    InterviewFormat.QUESTIONS_IN_ADVANCE: "An interview with the questions in advance",
}


def promise_rows(agreement: Agreement, on: date) -> list[tuple[str, str]]:
    """The clauses of an agreement that both sides know; what was left open is left out."""
    rows = [("For", _covers(agreement))]
    if agreement.starts_on or agreement.ends_on:
        rows.append(("From and until", _from_until(agreement)))
    if agreement.job_families:
        rows.append(("Jobs", agreement.job_families))
    rows.append(("Who is interviewed", _criteria(agreement)))
    if agreement.interview_format in _FORMAT:
        rows.append(("How", _FORMAT[agreement.interview_format]))
    if agreement.most_interviews:
        rows.append(("At most", f"{count(agreement.most_interviews, 'interview')} a vacancy"))
    if agreement.vacancy_notice_days:
        rows.append(("You tell us of vacancies", f"{count(agreement.vacancy_notice_days, 'day')} before"))
    if agreement.feedback_days:
        rows.append(("Feedback", f"Within {count(agreement.feedback_days, 'day')}"))
    if agreement.review_on and agreement.review_on >= on:
        rows.append(("We look at it together", day(agreement.review_on)))
    return rows


def _covers(agreement: Agreement) -> str:
    is_named = agreement.covers is Covers.NAMED_GROUPS and agreement.named_groups
    return agreement.named_groups or "" if is_named else say(agreement.covers)


def _from_until(agreement: Agreement) -> str:
    begins = f"from {day(agreement.starts_on)}" if agreement.starts_on else ""
    ends = f"until {day(agreement.ends_on)}" if agreement.ends_on else "without an end date"
    words = f"{begins} {ends}".strip()
    return words[:1].upper() + words[1:]


def _criteria(agreement: Agreement) -> str:
    if agreement.criteria_rule is CriteriaRule.PERCENT_OF_ESSENTIAL:
        rule = f"Whoever meets {agreement.criteria_percent} percent of the essential criteria"
    else:
        rule = say(agreement.criteria_rule)
    return f"{rule}; always needed: {agreement.must_haves}" if agreement.must_haves else rule


def asked_rows(agreement: Agreement, on: date) -> list[tuple[str, str]]:
    """The clauses that both sides know, those of sessions, training and trials too."""
    rows = promise_rows(agreement, on)
    mock = _some(
        count(agreement.mock_sessions, "session") + " a year" if agreement.mock_sessions else None,
        count(agreement.mock_places, "place") if agreement.mock_places else None,
    )
    training = _some(
        count(agreement.training_weeks, "week") if agreement.training_weeks else None,
        f"{hours(agreement.training_hours)} a week" if agreement.training_hours else None,
        count(agreement.training_places, "place") if agreement.training_places else None,
    )
    trial = _some(
        count(agreement.trial_weeks, "week") if agreement.trial_weeks else None,
        f"{hours(agreement.trial_hours)} a week" if agreement.trial_hours else None,
        count(agreement.trial_places, "place") if agreement.trial_places else None,
    )
    more = (("Mock interviews", mock), ("Training", training), ("Work trials", trial))
    return rows + [(name, words) for name, words in more if words]


def _some(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
