"""What an agreement says of interviews in words: when they are promised, to how many, and in which form."""

from collections.abc import Iterable

from crm.models.agreement_choices import CriteriaRule, InterviewFormat, Oversubscription
from crm.models.base import Known
from crm.services.agreement_phrases import TO_BE_AGREED, counted
from crm.services.agreement_terms import Terms

_FORMAT = {
    InterviewFormat.PANEL: "an interview with a panel",
    InterviewFormat.WORKING_INTERVIEW: "a working interview, which is doing some of the work",
    InterviewFormat.WORK_TRIAL: "a work trial",
    InterviewFormat.TASK: "a practical task",
    InterviewFormat.QUESTIONS_IN_ADVANCE: "an interview with the questions given in advance",
    InterviewFormat.UNKNOWN: f"still {TO_BE_AGREED}",
}
_EASY_FORMAT = {
    InterviewFormat.PANEL: "a talk with a few people",
    InterviewFormat.WORKING_INTERVIEW: "doing some of the work",
    InterviewFormat.WORK_TRIAL: "trying the job for a short time",
    InterviewFormat.TASK: "a task to do",
    InterviewFormat.QUESTIONS_IN_ADVANCE: "a talk where you get the questions first",
    InterviewFormat.UNKNOWN: f"still {TO_BE_AGREED}",
}
_YOU_CAN = {
    InterviewFormat.PANEL: "You can have a talk with a few people.",
    InterviewFormat.WORKING_INTERVIEW: "You can do some of the work.",
    InterviewFormat.WORK_TRIAL: "You can try the job for a short time.",
    InterviewFormat.TASK: "You can do a task.",
    InterviewFormat.QUESTIONS_IN_ADVANCE: "You can get the questions first.",
}
_WORKING = (InterviewFormat.WORKING_INTERVIEW, InterviewFormat.WORK_TRIAL)
"""The forms in which somebody works for a while: how long, and whether paid, has to be said."""


def criteria_rule(terms: Terms) -> str:
    """When somebody is promised the interview, after “when they”."""
    return {
        CriteriaRule.ALL_ESSENTIAL: "meet all the essential criteria of the job",
        CriteriaRule.PERCENT_OF_ESSENTIAL: (
            f"meet at least {_percent(terms)} of the essential criteria of the job"
        ),
        CriteriaRule.AFTER_ADJUSTMENTS: (
            "meet the essential criteria of the job, or would meet them with reasonable adjustments"
        ),
        CriteriaRule.EMPLOYER_DEFINED: f"meet the criteria that {terms.employer} has set for this promise",
    }[terms.agreement.criteria_rule]


def easy_criteria_rule(terms: Terms) -> str:
    """The same for “you”."""
    return {
        CriteriaRule.ALL_ESSENTIAL: "meet all that the job needs",
        CriteriaRule.PERCENT_OF_ESSENTIAL: f"meet {_percent(terms)} of what the job needs",
        CriteriaRule.AFTER_ADJUSTMENTS: "meet what the job needs with changes to help",
        CriteriaRule.EMPLOYER_DEFINED: f"meet what {terms.employer} asks for",
    }[terms.agreement.criteria_rule]


def _percent(terms: Terms) -> str:
    share = terms.agreement.criteria_percent
    return f"a share {TO_BE_AGREED}" if share is None else f"{share} per cent"


def must_haves(terms: Terms) -> str:
    """What always counts, and from which level on."""
    typed, score = terms.agreement.must_haves, terms.agreement.must_have_score
    level = "" if score is None else f", each at level {score} of 4 or above"
    return f"These must-haves always count{level}: {typed}" if typed else ""


def easy_must_haves(terms: Terms) -> str:
    """The same for “you”."""
    typed = terms.agreement.must_haves
    return f"You always need this: {typed}" if typed else ""


def oversubscription_rule(terms: Terms) -> str:
    """Who comes first where there are fewer interviews than people."""
    return {
        Oversubscription.LONGEST_WAIT: "those who have waited longest come first",
        Oversubscription.FEWEST_CHANCES: (
            "those who have had the fewest chances come first, and among them those who have waited longest"
        ),
        Oversubscription.DRAW: "lots are drawn",
        Oversubscription.EMPLOYER_CHOOSES: f"{terms.employer} chooses among them and says why",
        Oversubscription.UNKNOWN: f"the order is still {TO_BE_AGREED}",
    }[terms.agreement.oversubscription_rule]


def easy_oversubscription_rule(terms: Terms) -> str:
    """The same in short words."""
    return {
        Oversubscription.LONGEST_WAIT: "those who have waited longest go first",
        Oversubscription.FEWEST_CHANCES: "those who have had the fewest chances go first",
        Oversubscription.DRAW: "names are drawn, so that it is fair",
        Oversubscription.EMPLOYER_CHOOSES: f"{terms.employer} chooses and says why",
        Oversubscription.UNKNOWN: f"the order is still {TO_BE_AGREED}",
    }[terms.agreement.oversubscription_rule]


def interview_format(terms: Terms) -> str:
    """The usual form of interview."""
    return _FORMAT[terms.agreement.interview_format]


def easy_interview_format(terms: Terms) -> str:
    """The same in short words."""
    return _EASY_FORMAT[terms.agreement.interview_format]


def other_formats(terms: Terms) -> list[InterviewFormat]:
    """The other ways that are offered, in their order; the usual form too where it is a spell of work."""
    chosen = set(terms.agreement.interview_alternatives)
    usual = terms.agreement.interview_format
    return [
        one
        for one in InterviewFormat
        if one is not InterviewFormat.UNKNOWN
        and ((one.value in chosen and one is not usual) or (one is usual and one in _WORKING))
    ]


def alternatives(terms: Terms) -> str:
    """The other ways in a row."""
    return _or(_FORMAT[one] for one in other_formats(terms))


def easy_alternatives(terms: Terms) -> str:
    """The same for “you”, a sentence each."""
    said = [_YOU_CAN[one] for one in other_formats(terms)]
    return " ".join(said) or f"In which way is still {TO_BE_AGREED}."


def _or(phrases: Iterable[str]) -> str:
    *others, last = [*phrases] or [f"ways {TO_BE_AGREED}"]
    return f"{', '.join(others)}, or {last}" if others else last


def alternative_hours(terms: Terms) -> str:
    """How long another way takes, where it is a spell of work."""
    hours = terms.agreement.alternative_hours
    what = "Working there" if _is_work(terms) else "It"
    if hours is not None:
        return f"{what} takes {counted(hours, 'hour')} at most."
    return f"How long that takes is still {TO_BE_AGREED}." if _is_work(terms) else ""


def alternative_paid(terms: Terms) -> str:
    """Whether another way is paid, where it is a spell of work."""
    if not _is_work(terms):
        return ""
    return {
        Known.YES: "That time is paid.",
        Known.NO: "That time is not paid, as it is too short to be real work.",
        Known.UNKNOWN: f"Whether that time is paid is still {TO_BE_AGREED}.",
    }[terms.agreement.alternative_paid]


def easy_alternative_paid(terms: Terms) -> str:
    """The same for “you”."""
    if not _is_work(terms):
        return ""
    return {
        Known.YES: "You are paid for that time.",
        Known.NO: "You are not paid, as it is too short to be real work.",
        Known.UNKNOWN: f"If you are paid is still {TO_BE_AGREED}.",
    }[terms.agreement.alternative_paid]


def _is_work(terms: Terms) -> bool:
    return any(one in _WORKING for one in other_formats(terms))
