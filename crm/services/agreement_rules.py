"""What is wrong with an agreement, or still missing, as pure rules over its clauses and what is around it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crm.models.agreement_choices import AgreementKind, ClauseKey, Covers, CriteriaRule, Oversubscription
from crm.models.agreement_clauses import (
    promises_interviews,
    promises_training,
    promises_trials,
    works_at_interview,
)
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import MOST_TRAINING_HOURS, MOST_TRAINING_WEEKS, Agreement
from crm.models.base import Known

MINIMUM_WAGE = "A trial that is real work is paid at least the minimum wage."

Clauses = Agreement | AgreementInput


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to see to: in which clause, in plain words, and whether it stands in the way of approval."""

    clause: ClauseKey
    words: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What the clauses alone do not tell: panels, how many open vacancies are linked, insurance."""

    panel: frozenset[int] = frozenset()
    vacancies: int = 0
    insured: Sequence[tuple[str, date | None]] = ()


Found = Iterator[tuple[str, bool]]
_Rule = Callable[[Clauses, Around, date], Found]


def found(clauses: Clauses, around: Around, *, today: date) -> list[Check]:
    """Everything to see to, in the order of the clauses; what stands in the way of approval comes first."""
    every = [
        Check(key, words, is_blocking)
        for key, rule in _RULES
        for words, is_blocking in rule(clauses, around, today)
    ]
    return sorted(every, key=lambda one: not one.is_blocking)


def _whom(it: Clauses, _around: Around, _today: date) -> Found:
    if it.covers == Covers.NAMED_GROUPS and not it.named_groups:
        yield "Name the groups that the agreement covers.", True


def _notice_of_vacancies(it: Clauses, _around: Around, _today: date) -> Found:
    if promises_interviews(it.kind) and it.vacancy_notice_days is None:
        yield "Say how many days ahead we hear of vacancies.", False


def _criteria(it: Clauses, _around: Around, _today: date) -> Found:
    if not promises_interviews(it.kind):
        return
    if it.criteria_rule == CriteriaRule.PERCENT_OF_ESSENTIAL:
        if it.criteria_percent is None:
            yield "Say which percent of the essential criteria guarantees the interview.", True
        if not it.must_haves or it.must_have_score is None:
            yield "A percent rule also needs its must-haves, and the level at which they count as met.", True
    elif it.must_have_score is not None and not it.must_haves:
        yield "A must-have score is set, but no must-have is named.", False
    if it.criteria_rule == CriteriaRule.EMPLOYER_DEFINED and not it.must_haves:
        yield "The employer defines when the interview is guaranteed: write down how.", False


def _limits(it: Clauses, _around: Around, _today: date) -> Found:
    is_open = it.oversubscription_rule == Oversubscription.UNKNOWN
    if promises_interviews(it.kind) and it.most_interviews is not None and is_open:
        yield "There is a most number of interviews: say who is put forward when more people want one.", True


def _alternatives(it: Clauses, _around: Around, _today: date) -> Found:
    if _works_instead(it):
        yield from _pay(it.alternative_paid, "a working interview or trial instead of an interview")


def _mock_interviews(it: Clauses, _around: Around, _today: date) -> Found:
    if it.kind == AgreementKind.MOCK_INTERVIEW and it.mock_sessions is None and it.mock_places is None:
        yield "Say how many sessions or places a year the employer gives.", False


def _training(it: Clauses, around: Around, _today: date) -> Found:
    if not _trains(it):
        return
    if (it.training_weeks or 0) > MOST_TRAINING_WEEKS or (it.training_hours or 0) > MOST_TRAINING_HOURS:
        yield f"Training is at most {MOST_TRAINING_WEEKS} weeks and {MOST_TRAINING_HOURS} hours a week.", True
    if it.training_weeks is None or it.training_hours is None:
        yield "Say how many weeks the training lasts, and how many hours a week.", False
    if not around.vacancies:
        yield (
            "Training leads to real vacancies: link an open one. Open the vacancy, choose Edit, and set "
            "“Under an agreement”.",
            True,
        )
    if it.training_interview == Known.UNKNOWN:
        yield "Say whether whoever finishes the training is guaranteed an interview.", False


def _trial(it: Clauses, _around: Around, _today: date) -> Found:
    if _tries(it):
        yield from _pay(it.trial_paid, "the work trial or placement")


def _pay(answer: Known, of_what: str) -> Found:
    if answer == Known.UNKNOWN:
        yield f"Say whether {of_what} is paid. {MINIMUM_WAGE}", True
    elif answer == Known.NO:
        yield f"Not paid: make sure that nobody does real work in it. {MINIMUM_WAGE}", False


def _adjustments(it: Clauses, around: Around, _today: date) -> Found:
    if it.adjustments_contact_id is None:
        yield "Name a contact for adjustments, who does not sit on the panel.", False
    elif it.adjustments_contact_id in around.panel:
        yield "The contact for adjustments sits on the panel. Choose somebody else for one of the two.", True


def _feedback(it: Clauses, _around: Around, _today: date) -> Found:
    if it.feedback_days is None:
        yield "Say within how many days people hear how it went.", False


def _monitoring(it: Clauses, _around: Around, _today: date) -> Found:
    if it.review_on is None:
        yield "Set a day on which you look at it together, before it ends.", False
    elif it.ends_on is not None and it.review_on > it.ends_on:
        yield "The review is dated after the last day. Review it before it ends.", True


def _insurance(it: Clauses, around: Around, today: date) -> Found:
    if not (_works_instead(it) or _tries(it) or _works_in_training(it)):
        return
    for employer, until in around.insured:
        if until is None:
            yield f"People work on site: record until when {employer} is insured.", False
        elif until < today:
            yield f"People work on site, and the insurance of {employer} has run out.", True
        elif it.ends_on is not None and until < it.ends_on:
            yield f"The insurance of {employer} runs out before the agreement ends.", False


def _ending(it: Clauses, _around: Around, _today: date) -> Found:
    if it.starts_on is None or it.ends_on is None:
        yield "Set the day on which it starts and its last day.", False
    elif it.ends_on < it.starts_on:
        yield "The agreement ends before it starts. Check both dates.", True
    if it.notice_days is None:
        yield "Say how many days’ notice ends the agreement.", False


def _works_instead(it: Clauses) -> bool:
    kinds = {"interview_format": it.interview_format, "interview_alternatives": it.interview_alternatives}
    return promises_interviews(it.kind) and works_at_interview(kinds)


def _trains(it: Clauses) -> bool:
    """A combined agreement promises training only where it says how much."""
    is_said = any((it.training_weeks, it.training_hours, it.training_places, it.training_content))
    return promises_training(it.kind) and (it.kind != AgreementKind.COMBINED or is_said)


def _works_in_training(it: Clauses) -> bool:
    return _trains(it) and it.training_work_experience == Known.YES


def _tries(it: Clauses) -> bool:
    """A combined agreement promises trials only where it says how many or how long."""
    is_said = any((it.trial_weeks, it.trial_hours, it.trial_places))
    return promises_trials(it.kind) and (it.kind != AgreementKind.COMBINED or is_said)


_RULES: tuple[tuple[ClauseKey, _Rule], ...] = (
    (ClauseKey.WHOM, _whom),
    (ClauseKey.NOTICE_OF_VACANCIES, _notice_of_vacancies),
    (ClauseKey.CRITERIA, _criteria),
    (ClauseKey.LIMITS, _limits),
    (ClauseKey.ALTERNATIVES, _alternatives),
    (ClauseKey.MOCK_INTERVIEWS, _mock_interviews),
    (ClauseKey.TRAINING, _training),
    (ClauseKey.TRIAL, _trial),
    (ClauseKey.ADJUSTMENTS, _adjustments),
    (ClauseKey.FEEDBACK, _feedback),
    (ClauseKey.MONITORING, _monitoring),
    (ClauseKey.ENDING, _insurance),
    (ClauseKey.ENDING, _ending),
)
