"""What became of promises in sentences, as hand counts say it."""

import pytest

from crm.models.agreement_choices import Promise
from crm.services.promise_counts import Promised, Tally
from crm.services.promise_figures import Outcome, PromiseFigures, Sessions
from crm.services.promise_words import beside_words, honour_words, percent, sentences
from crm.services.promises import Honour
from crm.services.staying import StartFigures, StayedFigures

NOBODY = StartFigures(0, StayedFigures(0, 0, 0), StayedFigures(0, 0, 0))


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "none due yet"), (0, "0 %"), (0.001, "1 %"), (2 / 3, "67 %"), (0.999, "99 %"), (1, "100 %")],
)
def test_all_is_only_said_of_all_and_none_only_of_none(share: float | None, words: str):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Honour(3, 1, 0), "3 of 4 due were kept (75 %)"),
        (Honour(1, 0, 0), "1 of 1 due was kept (100 %)"),
        (Honour(6, 2, 2), "6 of 8 due were kept (75 %; 60 % to 80 % with 2 in dispute)"),
        (Honour(0, 0, 1), "none was due and settled; 0 % to 100 % with 1 in dispute"),
        (Honour(0, 0, 0), "none was due yet"),
    ],
)
def test_an_honour_rate_is_said_with_its_range(found: Honour, words: str):
    assert honour_words(found) == words


def test_what_stands_beside_a_rate_is_said_beside_it():
    tally = Tally(kept=1, not_due=2, withdrew=1)
    assert beside_words(tally) == "Beside that: 2 not yet due, 1 withdrew."
    assert beside_words(Tally(kept=1)) == ""


def test_interviews_with_their_days_feedback_and_what_came_of_them():
    held = Outcome(Tally(kept=2), held=2, fed_back=2, feedback_due=1, fed_back_in_time=1, offers=2)
    stayed = StayedFigures(yes=1, no=1, not_known=0)
    found = PromiseFigures(
        {Promised.INTERVIEW: held}, {}, None, 1.0, StartFigures(2, stayed, StayedFigures(0, 0, 0))
    )
    assert sentences(found) == [
        "Interviews: 2 of 2 due were kept (100 %).",
        "From referral to interview it took 1 day at the median.",
        "Feedback after 2 of 2 interviews. 1 of 1 due came within the agreed days.",
        "2 jobs offered, 2 started.",
        "Still in work after 13 weeks: 1 of 2 who started long enough ago, 1 not.",
    ]


def test_sessions_and_courses_are_said_with_their_places():
    mock = Sessions(planned=2, past=1, held=2, cancelled_by_employer=1, places=11, without_places=1)
    course = Sessions(held=1, cancelled_by_us=1, places=8)
    rounds = Sessions(planned=1)
    outcomes = {
        Promised.MOCK_INTERVIEW: Outcome(Tally(kept=5), held=5, fed_back=4),
        Promised.TRAINING: Outcome(Tally(kept=4), held=4, finished=2, not_finished=1),
    }
    sessions = {Promise.MOCK_INTERVIEW: mock, Promise.TRAINING: course, Promise.TRIAL: rounds}
    told = sentences(PromiseFigures(outcomes, sessions, 4, None, NOBODY))
    assert told[2:] == [
        "Mock interview sessions: 4 promised a year, 2 held, 1 cancelled by the employer, 2 planned (1 of "
        "them past, with nothing said yet). 11 places offered (1 session without a number), 5 taken.",
        "Feedback after 4 of 5 mock interviews.",
        "Courses: 1 held, 0 cancelled by the employer, 1 cancelled by us. 8 places offered, 4 taken.",
        "Training: 4 started, 2 finished, 1 did not, of 1 it is not known.",
        "Rounds of trials: 0 held, 0 cancelled by the employer, 1 planned. 0 places offered, 0 taken.",
    ]
