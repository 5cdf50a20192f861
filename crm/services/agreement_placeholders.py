"""What can stand in braces in a clause, and what it is filled with. One table; nothing else is filled in."""

from dataclasses import dataclass
from datetime import date

from crm.services import agreement_phrases as words
from crm.services import interview_phrases as interviews
from crm.services import promise_phrases as promises
from crm.services.agreement_phrases import SOMEBODY, TO_BE_AGREED, Phrase, on_day


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What is filled in, in staff's words, and how it is worded; `easy` where Easy Read says it otherwise."""

    meaning: str
    words: Phrase
    easy: Phrase | None = None


def _number(meaning: str, name: str, one: str) -> Placeholder:
    many = "people" if one == "person" else f"{one}s"
    return Placeholder(meaning, words.field(name, one, f"a number of {many} {TO_BE_AGREED}"))


def _on(value: date | None) -> str:
    return f"on {on_day(value, f'a day {TO_BE_AGREED}')}"


PLACEHOLDERS: dict[str, Placeholder] = {
    "service": Placeholder("The name of this service", lambda terms: terms.service),
    "people": Placeholder("Your word for job seekers", lambda terms: terms.people),
    "employer": Placeholder("The employer that signs", lambda terms: terms.employer),
    "whom": Placeholder("Whom it covers", words.whom, words.easy_whom),
    "lawful": Placeholder("Why it may cover disabled people only; a sentence, or nothing", words.lawful),
    "others_covered": Placeholder("Other employers covered; a sentence, or nothing", words.others_covered),
    "sites": Placeholder("The sites, or every site", words.sites, words.easy_sites),
    "job_families": Placeholder(
        "Job families in scope", lambda terms: terms.agreement.job_families or f"still {TO_BE_AGREED}"
    ),
    "vacancy_notice_days": _number("Days’ notice of vacancies", "vacancy_notice_days", "day"),
    "interview_days": _number("Days until the interview", "interview_days", "day"),
    "criteria_rule": Placeholder(
        "When the promise holds, after “when they”", interviews.criteria_rule, interviews.easy_criteria_rule
    ),
    "must_haves": Placeholder(
        "Must-haves and their level; a line, or nothing", interviews.must_haves, interviews.easy_must_haves
    ),
    "opt_in": Placeholder("Who uses the promise; a sentence", words.opt_in, words.easy_opt_in),
    "disclosure": Placeholder(
        "What being put forward tells by itself; sentences, or nothing",
        words.told_by_itself,
        words.easy_told_by_itself,
    ),
    "most_interviews": _number("Most interviews a vacancy", "most_interviews", "person"),
    "oversubscription_rule": Placeholder(
        "Who comes first", interviews.oversubscription_rule, interviews.easy_oversubscription_rule
    ),
    "oversubscription": Placeholder(
        "What else was agreed on who comes first; a line, or nothing",
        lambda terms: words.also_agreed(terms.agreement.oversubscription),
    ),
    "interview_format": Placeholder(
        "The usual form of interview", interviews.interview_format, interviews.easy_interview_format
    ),
    "alternatives": Placeholder(
        "The other ways that are offered; in Easy Read, sentences",
        interviews.alternatives,
        interviews.easy_alternatives,
    ),
    "alternative_hours": Placeholder(
        "How long another way takes; a sentence, or nothing", interviews.alternative_hours
    ),
    "alternative_paid": Placeholder(
        "Whether another way is paid; a sentence, or nothing",
        interviews.alternative_paid,
        interviews.easy_alternative_paid,
    ),
    "mock_sessions": _number("Sessions of mock interviews a year", "mock_sessions", "session"),
    "mock_places": _number("Places in mock interviews a year", "mock_places", "place"),
    "training_places": _number("Places in training", "training_places", "person"),
    "training_weeks": _number("Weeks of training", "training_weeks", "week"),
    "training_hours": _number("Hours of training a week", "training_hours", "hour"),
    "training_provider": Placeholder("Who gives the training", promises.training_provider),
    "training_content": Placeholder(
        "What is learnt; a line, or nothing", promises.training_content, promises.easy_training_content
    ),
    "training_work_experience": Placeholder(
        "Whether work experience is part of it; a sentence",
        promises.training_work_experience,
        promises.easy_training_work_experience,
    ),
    "training_interview": Placeholder(
        "Whether an interview follows; a sentence",
        promises.training_interview,
        promises.easy_training_interview,
    ),
    "trial_places": _number("Places in trials", "trial_places", "person"),
    "trial_weeks": _number("Weeks of a trial", "trial_weeks", "week"),
    "trial_hours": _number("Hours of a trial a week", "trial_hours", "hour"),
    "trial_paid": Placeholder(
        "Whether a trial is paid; a sentence", promises.trial_paid, promises.easy_trial_paid
    ),
    "adjustments_contact": Placeholder(
        "Contact for adjustments", lambda terms: terms.adjustments_contact or SOMEBODY
    ),
    "feedback_days": _number("Days until feedback", "feedback_days", "day"),
    "data_sharing": Placeholder(
        "What else was agreed on personal information; a line, or nothing",
        lambda terms: words.also_agreed(terms.agreement.data_sharing),
    ),
    "monitoring": Placeholder("How often both sides look at it together", words.monitoring),
    "review_on": Placeholder("The day of review, with “on”", lambda terms: _on(terms.agreement.review_on)),
    "employer_contact": Placeholder(
        "Whom to talk to at the employer", lambda terms: terms.employer_contact or SOMEBODY
    ),
    "owner": Placeholder("Whom to talk to at this service", lambda terms: terms.owner or SOMEBODY),
    "starts_on": Placeholder("The first day, with “on”", lambda terms: _on(terms.agreement.starts_on)),
    "ends_on": Placeholder(
        "The last day", lambda terms: on_day(terms.agreement.ends_on, f"a day {TO_BE_AGREED}")
    ),
    "notice_days": _number("Days’ notice to end it", "notice_days", "day"),
}
"""By name, in the order in which agreements are printed."""
