"""The renewal pack in words that an employer reads: what was asked, what was given, what came of it."""

from datetime import date

from crm.models.agreement_choices import Promise
from crm.models.agreements import Agreement
from crm.services.promise_counts import INTERVIEWS
from crm.services.promise_figures import PromiseFigures
from crm.services.renewal_pack import RenewalPack, Told
from crm.ui.employer_sheet import promise_rows
from crm.ui.promise_words import KIND_WORDS, percent, session_words
from crm.ui.tables import Cell
from crm.ui.words import count, hours

GIVEN_COLUMNS = ["Promise", "People", "Given", "Not given", "In dispute", "Open or not up to you", "Rate"]
GIVEN_NUMBERS = ",".join(GIVEN_COLUMNS[1:])
CAREFUL = (
    "Of what came of it we say no number of people under 5, nor one from which such a number could be worked "
    "out. “Rate” is what was given of what was due; what is in dispute, open or not up to you is left out."
)


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


def given_rows(found: PromiseFigures) -> list[tuple[Cell, ...]]:
    """A row for each kind of promise; what was not up to the employer is one number with what is open."""
    rows: list[tuple[Cell, ...]] = []
    for kind, words in KIND_WORDS.items():
        tally = found.of(kind).tally
        if tally.put_forward:
            settled = tally.kept + tally.broken + tally.disputed
            numbers = (tally.put_forward, tally.kept, tally.broken, tally.disputed)
            rows.append((words, *numbers, tally.put_forward - settled, percent(tally.honour.rate)))
    return rows


def given_words(pack: RenewalPack) -> list[str]:
    """Sessions, days to the interview and feedback, in sentences."""
    found = pack.figures
    told: list[str] = []
    named = {
        Promise.MOCK_INTERVIEW: "Mock interview sessions",
        Promise.TRAINING: "Courses",
        Promise.TRIAL: "Rounds of trials",
    }
    for promise, words in named.items():
        if promise in found.sessions:
            told.append(f"{words}: {session_words(found.sessions[promise])}.")
    if pack.median_days is not None:
        told.append(f"From referral to interview it took {pack.median_days:g} days at the median.")
    held = found.of(*INTERVIEWS)
    if held.held:
        told.append(f"You gave feedback after {held.fed_back:,} of {count(held.held, 'interview')}.")
    return told


def result_rows(pack: RenewalPack) -> list[tuple[str, str]]:
    """What became of people, no number of them so small that it could point at somebody."""
    found = pack.results
    rows = [("Offered a job", _people(found.offers)), ("Started a job", _people(found.starts))]
    for weeks, stayed, of in (
        (13, found.stayed_13, found.long_enough_13),
        (26, found.stayed_26, found.long_enough_26),
    ):
        rows.append(
            (f"Still in work after {weeks} weeks", f"{_people(stayed)} of {_people(of)} who started by then")
        )
    if Promise.TRAINING in found_promises(pack.figures):
        rows.append(("Finished the training", _people(found.finished)))
    return rows


def found_promises(found: PromiseFigures) -> set[Promise]:
    """What was promised to anybody, or planned for anybody, under the agreement."""
    kinds = {Promise(kind.value) for kind in found.outcomes if kind.value in set(Promise)}
    return kinds | set(found.sessions)


def _people(told: Told) -> str:
    return f"{told:,}" if isinstance(told, int) else told.value
