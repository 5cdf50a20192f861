"""Promises to people, and the sessions that they are kept in, as rows of lists and facts of a page."""

from datetime import date

from crm.models.agreement_choices import CriteriaMet, Promise
from crm.models.agreement_uses import AgreementUse
from crm.services.promise_list import PromiseRow
from crm.services.promised_sessions import SessionRow
from crm.services.promises import Count
from crm.ui.outcome_fields import WORDS
from crm.ui.tables import Cell, link
from crm.ui.words import count, day, distance_in_days, say

COLUMNS = ["Person", "How it stands", "What", "Employer", "Vacancy", "Due", "On"]
SESSION_COLUMNS = ["Session", "Employer", "When", "Places", "How it stands"]


def promise_row(row: PromiseRow, today: date) -> list[Cell]:
    """A promise, linked to its page: to whom, how it counts, what, by which employer, and when."""
    return [
        link(row.seeker, "promise", id=row.id),
        stands_words(row.count, is_waiting=row.is_waiting),
        say(row.promise),
        row.employer,
        row.vacancy or "",
        due_words(row.due_on, today),
        day(row.happens_on) if row.happens_on else "",
    ]


def stands_words(count_as: Count, *, is_waiting: bool) -> str:
    """How a promise stands; whoever still waits to be put forward is not said to have been passed over."""
    return "Wanted, not put forward yet" if is_waiting else say(count_as)


def due_words(due_on: date | None, today: date) -> str:
    """The last day on which it is kept in time, and how far off it is while that matters."""
    if due_on is None:
        return "No day set"
    return f"{day(due_on)}, {distance_in_days(due_on, today)}" if due_on >= today else day(due_on)


def session_row(row: SessionRow, *, may_change: bool) -> list[Cell]:
    """A session: what, with whom, when, and how many of its places are taken."""
    held = row.held
    what = say(held.promise)
    places = f"{row.taken} of {held.places} taken" if held.places is not None else f"{row.taken} taken"
    ends = f" to {day(held.ends_on)}" if held.ends_on else ""
    return [
        link(what, "session-edit", id=held.key) if may_change else what,
        row.employer,
        f"{day(held.starts_on)}{ends}",
        link(places, "promises", session=held.key) if row.taken else places,
        say(held.state),
    ]


def facts(use: AgreementUse) -> list[tuple[str, Cell]]:
    """What became of a promise, in the words of its kind."""
    words = WORDS[use.promise]
    met = say(use.criteria_met)
    if use.criteria_met in (CriteriaMet.NO, CriteriaMet.DISPUTED):
        met = f"{met}: {use.criteria_missing}"
    given = f"{say(use.given)}: {use.given_why}" if use.given_why else say(use.given)
    found: list[tuple[str, Cell]] = [
        (words.criteria, met),
        (words.happens_on, day(use.happens_on)),
        (words.given, given),
        ("Adjustments given?", say(use.adjustments_given)),
    ]
    if use.promise is Promise.TRAINING:
        found.append(("Training finished?", _with_day(say(use.finished), use.finished_on)))
    given_on = f"{day(use.feedback_on)}: " if use.feedback_on and use.feedback else ""
    found.append(("Feedback", f"{given_on}{use.feedback or day(use.feedback_on)}"))
    if use.promise in (Promise.INTERVIEW, Promise.TRIAL):
        found.append(("Result", _with_day(say(use.result), use.result_on)))
    return found


def unanswered_words(number: int) -> str:
    """How many promises are due of which nobody has said what happened."""
    return f"{count(number, 'promise')} due: nobody has said what happened"


def _with_day(words: str, on: date | None) -> str:
    return f"{words}, {day(on)}" if on else words
