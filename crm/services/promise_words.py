"""What became of promises, in sentences: the same figures as the table beside them."""

from collections.abc import Iterator

from crm.models.agreement_choices import Promise
from crm.services.plain_words import count
from crm.services.promise_counts import INTERVIEWS, Promised, Tally
from crm.services.promise_figures import Outcome, PromiseFigures, Sessions
from crm.services.promises import Honour
from crm.services.staying import StayedFigures

KIND_WORDS: dict[Promised, str] = {
    Promised.INTERVIEW: "Interviews",
    Promised.AFTER_TRAINING: "Interviews after training",
    Promised.MOCK_INTERVIEW: "Mock interviews",
    Promised.TRAINING: "Training",
    Promised.TRIAL: "Work trials",
}
COUNT_WORDS: dict[str, str] = {
    "kept": "Kept",
    "broken": "Broken by the employer",
    "disputed": "Disputed",
    "not_answered": "Due and not answered",
    "not_due": "Not yet due",
    "could_not_attend": "Could not attend",
    "withdrew": "Withdrew",
    "not_owed": "Criteria not met",
    "not_referred": "Not put forward",
}
"""The fields of a `Tally`, as tables and charts call them, and the list behind them."""

_BESIDE = {
    "not_due": "not yet due",
    "not_answered": "due and not answered",
    "could_not_attend": "could not attend",
    "withdrew": "withdrew",
    "not_owed": "did not meet the criteria",
    "not_referred": "not put forward",
}


def percent(share: float | None) -> str:
    """A share as 75 %; all is only said of all, and none only of none."""
    if share is None:
        return "none due yet"
    whole = round(100 * share)
    return f"{min(99, max(1, whole)) if 0 < share < 1 else whole} %"


def honour_words(found: Honour) -> str:
    """An honour rate with its range: “3 of 4 due were kept (75 %), 60 % to 80 % with 2 in dispute”."""
    due = found.kept + found.broken
    dispute = f"{percent(found.low)} to {percent(found.high)} with {found.disputed:,} in dispute"
    if not due:
        return f"none was due and settled; {dispute}" if found.disputed else "none was due yet"
    rate = f"{found.kept:,} of {due:,} due {'was' if due == 1 else 'were'} kept ({percent(found.rate)}"
    return f"{rate}; {dispute})" if found.disputed else f"{rate})"


def beside_words(tally: Tally) -> str:
    """What stands beside an honour rate and never in it; nothing where nothing does."""
    told = [f"{getattr(tally, name):,} {words}" for name, words in _BESIDE.items() if getattr(tally, name)]
    return f"Beside that: {', '.join(told)}." if told else ""


def sentences(found: PromiseFigures) -> list[str]:
    """All that there is to tell, a sentence or two for each kind of promise that was made."""
    told = [*_kinds(found), *_sessions(found), *_interviews(found), *_work(found)]
    return [words for words in told if words]


def _kinds(found: PromiseFigures) -> Iterator[str]:
    for kind, words in KIND_WORDS.items():
        if kind in found.outcomes:
            tally = found.of(kind).tally
            yield f"{words}: {honour_words(tally.honour)}. {beside_words(tally)}".strip()


def _sessions(found: PromiseFigures) -> Iterator[str]:
    mock = found.sessions_of(Promise.MOCK_INTERVIEW)
    if found.mock_a_year or mock != Sessions():
        promised = f"{found.mock_a_year:,} promised a year, " if found.mock_a_year else ""
        outcome = found.of(Promised.MOCK_INTERVIEW)
        yield f"Mock interview sessions: {promised}{session_words(mock)}. {_places(mock, outcome)}"
        yield f"Feedback after {outcome.fed_back:,} of {count(outcome.held, 'mock interview')}."
    courses, trained = found.sessions_of(Promise.TRAINING), found.of(Promised.TRAINING)
    if courses != Sessions():
        yield f"Courses: {session_words(courses)}. {_places(courses, trained)}"
    if trained.held:
        yield training_words(trained)
    rounds = found.sessions_of(Promise.TRIAL)
    if rounds != Sessions():
        yield f"Rounds of trials: {session_words(rounds)}. {_places(rounds, found.of(Promised.TRIAL))}"


def session_words(found: Sessions) -> str:
    """How many sessions were held, cancelled, or are still to come."""
    told = [f"{found.held:,} held", f"{found.cancelled_by_employer:,} cancelled by the employer"]
    if found.cancelled_by_us:
        told.append(f"{found.cancelled_by_us:,} cancelled by us")
    if found.planned:
        past = f" ({found.past:,} of them past, with nothing said yet)" if found.past else ""
        told.append(f"{found.planned:,} planned{past}")
    return ", ".join(told)


def _places(found: Sessions, outcome: Outcome) -> str:
    unsaid = f" ({count(found.without_places, 'session')} without a number)" if found.without_places else ""
    return f"{count(found.places, 'place')} offered{unsaid}, {outcome.held:,} taken."


def training_words(trained: Outcome) -> str:
    """How many started a training, and finished it."""
    open_ = trained.held - trained.finished - trained.not_finished
    not_known = f", of {open_:,} it is not known" if open_ > 0 else ""
    return (
        f"Training: {trained.held:,} started, {trained.finished:,} finished, "
        f"{trained.not_finished:,} did not{not_known}."
    )


def _interviews(found: PromiseFigures) -> Iterator[str]:
    held = found.of(*INTERVIEWS)
    if found.median_days is not None:
        days = f"{found.median_days:g} {'day' if found.median_days == 1 else 'days'}"
        yield f"From referral to interview it took {days} at the median."
    if held.held:
        in_time = f" {held.fed_back_in_time:,} of {held.feedback_due:,} due came within the agreed days."
        fed_back = f"Feedback after {held.fed_back:,} of {count(held.held, 'interview')}."
        yield fed_back + (in_time if held.feedback_due else "")


def _work(found: PromiseFigures) -> Iterator[str]:
    if found.offers or found.work.starts:
        yield f"{count(found.offers, 'job')} offered, {found.work.starts:,} started."
    for weeks, stayed in ((13, found.work.after_13), (26, found.work.after_26)):
        if stayed.all:
            yield f"Still in work after {weeks} weeks: {stayed_words(stayed)}."


def stayed_words(found: StayedFigures) -> str:
    """Who stayed, who did not, and of whom it is not known."""
    not_known = f"; of {found.not_known:,} it is not known" if found.not_known else ""
    return f"{found.yes:,} of {found.all:,} who started long enough ago, {found.no:,} not{not_known}"
