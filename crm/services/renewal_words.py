"""The renewal pack in words that an employer reads: what was asked, what was given, what came of it."""

from datetime import date

from crm.models.agreement_choices import Promise
from crm.papers.paper import Grid, Paper, Reading, Section
from crm.services.agreed_words import asked_rows
from crm.services.plain_words import count, day, say
from crm.services.promise_counts import INTERVIEWS
from crm.services.promise_figures import PromiseFigures
from crm.services.promise_words import KIND_WORDS, percent, session_words
from crm.services.renewal_pack import RenewalPack, Told

ASKED, GIVEN, CAME = "What we asked", "What you gave", "What came of it"
GIVEN_COLUMNS = ("Promise", "People", "Given", "Not given", "In dispute", "Open or not up to you", "Rate")
NOBODY_YET = "Nobody has been put forward yet."
CAREFUL = (
    "Of what came of it we say no number of people under 5, nor one from which such a number could be worked "
    "out. “Rate” is what was given of what was due; what is in dispute, open or not up to you is left out."
)


def title_of(pack: RenewalPack) -> str:
    """Between whom it is."""
    return f"{pack.employer} and {pack.service}"


def opening_of(pack: RenewalPack, on: date) -> str:
    """Which agreement it tells of, as of which day."""
    return f"{say(pack.agreement.kind)}, as of {day(on)}. Nobody’s name is on this page."


def as_paper(pack: RenewalPack, on: date) -> Paper:
    """The whole pack, set so closely that it fits on one page unless much was typed into the agreement."""
    rows = tuple(given_rows(pack.figures))
    numbers = frozenset(range(1, len(GIVEN_COLUMNS)))
    tables = (Grid(GIVEN_COLUMNS, rows, numbers=numbers),) if rows else ()
    sentences = " ".join(given_words(pack))
    given = (*tables, *([sentences] if sentences else ())) or (NOBODY_YET,)
    asked = Grid(("About", "What is agreed"), tuple(asked_rows(pack.agreement, on)))
    came = Grid(("About people", "How many"), tuple(result_rows(pack)))
    return Paper(
        title=title_of(pack),
        service=pack.service,
        mark=f"Renewal pack of {day(on)}",
        made_on=on,
        sections=(Section(ASKED, (asked,)), Section(GIVEN, given), Section(CAME, (came, CAREFUL))),
        reading=Reading.ONE_PAGE,
        opening=(opening_of(pack, on),),
    )


def given_rows(found: PromiseFigures) -> list[tuple[str, ...]]:
    """A row for each kind of promise; what was not up to the employer is one number with what is open."""
    rows: list[tuple[str, ...]] = []
    for kind, words in KIND_WORDS.items():
        tally = found.of(kind).tally
        if tally.put_forward:
            settled = tally.kept + tally.broken + tally.disputed
            numbers = (tally.put_forward, tally.kept, tally.broken, tally.disputed)
            counted = (f"{number:,}" for number in (*numbers, tally.put_forward - settled))
            rows.append((words, *counted, percent(tally.honour.rate)))
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
