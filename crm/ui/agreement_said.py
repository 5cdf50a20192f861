"""What was agreed, clause by clause as its kind has them, and what differs from where it was started."""

from collections.abc import Callable
from dataclasses import dataclass

from crm.models.agreement_choices import CriteriaRule
from crm.models.agreement_clauses import clauses_of, needless
from crm.models.agreements import Agreement
from crm.ui.tables import Cell
from crm.ui.words import NOT_RECORDED, count, hours, say

Words = Callable[[Agreement], str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the field that tells whether the kind has it, its label, what an agreement says there."""

    field: str
    label: str
    words: Words


def clauses(
    agreement: Agreement, contact: str | None, source: Agreement | None = None
) -> list[tuple[str, Cell]]:
    """What was agreed; what was not said is said to be not recorded. A change from `source` is named."""
    names = clauses_of(agreement.kind)
    answers = {name: getattr(agreement, name) for name in ("kind", *names)}
    own = set(names) - needless(answers)
    rows: list[tuple[str, Cell]] = [
        (row.label, _with_change(row, agreement, source)) for row in _ROWS if row.field in own
    ]
    rows.append(("Contact for adjustments", contact or NOT_RECORDED))
    return [*rows, ("Notes", agreement.notes or NOT_RECORDED)]


def _with_change(row: _Row, agreement: Agreement, source: Agreement | None) -> str:
    now = row.words(agreement)
    before = row.words(source) if source is not None else now
    return now if before == now else f"{now}\nChanged from: {before}"


def changed_words(before: object) -> str:
    """What a clause was where the agreement was started, as the form says it below the field."""
    return f"Changed from: {_one(before)}"


def _one(value: object) -> str:
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if isinstance(value, int | float):
        return f"{value:g}"
    return say(str(value)) if value else NOT_RECORDED


def _text(name: str) -> Words:
    return lambda it: getattr(it, name) or NOT_RECORDED


def _choice(name: str) -> Words:
    return lambda it: say(getattr(it, name))


def _number(name: str, one: str, after: str = "") -> Words:
    def words(it: Agreement) -> str:
        value: int | None = getattr(it, name)
        return NOT_RECORDED if value is None else f"{count(value, one)} {after}".strip()

    return words


def _hours(name: str) -> Words:
    return lambda it: hours(getattr(it, name))


def _rule(it: Agreement) -> str:
    rule = say(it.criteria_rule)
    if it.criteria_rule is CriteriaRule.PERCENT_OF_ESSENTIAL and it.criteria_percent:
        rule = f"{rule}: {it.criteria_percent} %"
    return rule


def _must_haves(it: Agreement) -> str:
    words = it.must_haves or NOT_RECORDED
    return words if it.must_have_score is None else f"{words}, at level {it.must_have_score} or more"


def _alternatives(it: Agreement) -> str:
    return ", ".join(say(one) for one in it.interview_alternatives) or NOT_RECORDED


def _most(it: Agreement) -> str:
    return "No limit" if it.most_interviews is None else str(it.most_interviews)


_ROWS: tuple[_Row, ...] = (
    _Row("job_families", "Job families in scope", _text("job_families")),
    _Row(
        "vacancy_notice_days",
        "Vacancies are told to us",
        _number("vacancy_notice_days", "day", "before they open"),
    ),
    _Row("criteria_rule", "Interview guaranteed when", _rule),
    _Row("must_haves", "Must-haves", _must_haves),
    _Row("opt_in", "Who uses the promise", _choice("opt_in")),
    _Row("interview_days", "Interview within", _number("interview_days", "day", "of being put forward")),
    _Row("most_interviews", "Most interviews a vacancy", _most),
    _Row("oversubscription_rule", "When more people fit than places", _choice("oversubscription_rule")),
    _Row("oversubscription", "What else was said about that", _text("oversubscription")),
    _Row("interview_format", "Form of interview", _choice("interview_format")),
    _Row("interview_alternatives", "Other ways than an interview", _alternatives),
    _Row("alternative_hours", "Work in them at most", _hours("alternative_hours")),
    _Row("alternative_paid", "That work is paid", _choice("alternative_paid")),
    _Row("mock_sessions", "Mock interviews a year", _number("mock_sessions", "session")),
    _Row("mock_places", "Places in mock interviews a year", _number("mock_places", "place")),
    _Row("training_weeks", "Training lasts", _number("training_weeks", "week")),
    _Row("training_hours", "Training a week", _hours("training_hours")),
    _Row("training_places", "Places in training a year", _number("training_places", "place")),
    _Row("training_provider", "Who gives the training", _text("training_provider")),
    _Row("training_content", "What is learned", _text("training_content")),
    _Row("training_work_experience", "Work experience is part of it", _choice("training_work_experience")),
    _Row("training_interview", "Whoever finishes is interviewed", _choice("training_interview")),
    _Row("trial_weeks", "A trial or placement lasts", _number("trial_weeks", "week")),
    _Row("trial_hours", "A trial or placement a week", _hours("trial_hours")),
    _Row("trial_places", "Places in trials a year", _number("trial_places", "place")),
    _Row("trial_paid", "The trial or placement is paid", _choice("trial_paid")),
    _Row("feedback_days", "Feedback after an interview", _number("feedback_days", "day", "at the latest")),
    _Row("data_sharing", "What is told to whom", _text("data_sharing")),
    _Row("monitoring", "We look at it together", _choice("monitoring")),
    _Row("notice_days", "Notice to end the agreement", _number("notice_days", "day")),
)
