"""The view for the person on the coach's tablet, “That’s not right”, and how the coach settles it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.disputes import DisputedPart
from crm.models.profiles import PastJobInput, QualificationInput, QualificationKind, Step
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.papers import pdf
from crm.policy import Role
from crm.services import disputes, person_job_words, person_words, profile_rows, take_home_words
from crm.services.person_words import TOLD
from crm.ui.easy_read import ReadingStyle
from crm.ui.with_person import NOT_RIGHT, THANKS
from crm.ui.words import day, today
from tests.makers import make_service, make_user
from tests.makers_disputes import make_dispute, settle_dispute
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import (
    make_criterion,
    make_decision,
    make_need,
    make_profile,
    make_seeker,
    make_skill,
    make_step,
)
from tests.pages.opening import checked, choose, open_page, press, shown

VIEW, RECORD, COMPARE = "seekers/with_person.py", "seekers/record.py", "vacancies/compare.py"
SHORTLIST = "vacancies/shortlist.py"
FIGURES = re.compile(r"\d+ \(\d+–\d+\)")
MOST_WORDS = 15


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        seeker = make_seeker(session, coach_id=coach.key, phone="+441134968888")
        make_profile(session, seeker, travel_mode="bus", travel_minutes=30, interests="Baking <b>bread</b>")
        make_skill(session, seeker)
        make_need(session, seeker, who="Aunt Zadie")
        make_skill(session, make_seeker(session, "Olga Other"), "Drive a van")
        return seeker


@pytest.fixture
def vacancy(coach: User) -> Vacancy:
    with db.transaction() as session:
        row = make_vacancy(session, make_employer(session))
        make_criterion(session, row)
        make_criterion(session, row, "Sweep floors")
        return row


def everything(app: AppTest) -> str:
    """All that reaches the browser, the frame included."""
    sides = " ".join(str(block.proto) for block in app.sidebar.get("html"))
    return shown(app) + sides + " ".join(button.label for button in app.button)


def test_the_view_holds_the_person_and_the_job_and_nobody_else(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    app = open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key)
    page = everything(app)
    for words in ("Fold boxes", "You do this well.", "You take the bus.", "This job", "Fernside Bakery"):
        assert words in page
    assert "Baking &lt;b&gt;bread&lt;/b&gt;" in page
    for other in ("Olga", "Drive a van", "Rosa", "Zadie", "496", "Log a contact", "Find", "Sign out"):
        assert other not in page
    assert not app.sidebar.children


def test_what_is_not_known_and_what_happens_next_are_said(coach: User, amara: JobSeeker, vacancy: Vacancy):
    page = shown(open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key))
    assert "Can you do this: Sweep floors?" in page
    assert "Nobody has decided about this job yet." in page
    with db.transaction() as session:
        make_decision(session, vacancy, amara)
    page = shown(open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key))
    assert "We tell the employer about you only if you say yes." in page


def test_the_person_can_have_large_print_and_easy_read(coach: User, amara: JobSeeker):
    app = open_page(coach, VIEW, id=amara.key)
    for style, look in (("large_print", "crm-large-print"), ("easy_read", "crm-easy-read")):
        chosen: Any = app.get("button_group")[0]
        chosen.set_value(ReadingStyle(style))
        assert look in shown(checked(app.run()))
    assert "/assets/pictograms/bus.svg" in shown(app)


def test_not_right_keeps_the_words_and_the_coach_settles_it(coach: User, amara: JobSeeker, vacancy: Vacancy):
    app = open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key)
    labels = [button.label for button in app.button if "Fold boxes" in button.label]
    press(app, labels[0])
    app.text_area[0].set_value("I only watched <others>")
    page = shown(press(app, "Tell us"))
    assert "Your coach will talk with you about it" in page
    with db.reading() as session:
        said = disputes.of_seeker(session, amara.key, by=SYSTEM)[0]
    assert (said.words, said.vacancy_id) == ("I only watched <others>", vacancy.key)
    assert said.row_words == "Fold boxes: You do this well."
    page = shown(open_page(coach, VIEW, id=amara.key))
    assert TOLD in page
    assert "You said: I only watched &lt;others&gt;" in page
    both = {"vacancy": vacancy.key, "seeker": amara.key}
    for script, ids in ((RECORD, {"id": amara.key}), (COMPARE, both)):
        assert "I only watched &lt;others&gt;" in shown(open_page(coach, script, **ids))
    app = open_page(coach, "seekers/dispute.py", id=said.key)
    choose(app, "What came of it", "record_stays")
    assert "Record stays" in shown(press(app, "Settle it"))
    assert TOLD not in shown(open_page(coach, VIEW, id=amara.key))


def in_figures(user: User, amara: JobSeeker, vacancy: Vacancy) -> str:
    """The score of the pair and its band on the comparison; the shortlist says the same."""
    compared = shown(open_page(user, COMPARE, vacancy=vacancy.key, seeker=amara.key))
    figures = FIGURES.findall(compared)[0]
    assert figures in shown(open_page(user, SHORTLIST, id=vacancy.key))
    return figures


def test_a_correction_counts_at_once_is_told_beside_the_row_and_comes_back_when_settled(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    with db.transaction() as session:
        make_skill(session, amara, "Sweep floors")
    before = in_figures(coach, amara, vacancy)
    app = open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key)
    press(app, next(button.label for button in app.button if "Fold boxes" in button.label))
    app.text_area[0].set_value("I only watched")
    press(app, "Tell us")
    assert in_figures(coach, amara, vacancy) != before
    page = shown(open_page(coach, COMPARE, vacancy=vacancy.key, seeker=amara.key))
    on = day(today())
    words = (
        f"Amara Nwosu said on {on} that “Fold boxes: You do this well.” is not right: counted as not known"
    )
    assert words in page
    assert f"Not known until settled: they said on {on} that this is not right." in page
    assert "dispute?id=" in page
    with db.transaction() as session:
        settle_dispute(session, disputes.of_seeker(session, amara.key, by=SYSTEM)[0])
    assert in_figures(coach, amara, vacancy) == before
    page = shown(open_page(coach, COMPARE, vacancy=vacancy.key, seeker=amara.key))
    assert "is not right" not in page


def test_hours_in_doubt_are_told_beside_the_hours(coach: User, amara: JobSeeker, vacancy: Vacancy):
    with db.transaction() as session:
        make_dispute(session, amara, "hours")
    page = shown(open_page(coach, COMPARE, vacancy=vacancy.key, seeker=amara.key))
    assert "Not known until settled: they said on" in page
    page = shown(open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key))
    assert person_job_words.NOT_USED[DisputedPart.HOURS] in page


def test_the_sheet_to_take_home_is_offered_as_the_page_is_read(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    place = f"take-home/{amara.key}/{vacancy.key}"
    app = open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key)
    for address in (f"print/{place}/full", f"files/{place}/full.docx"):
        assert address in shown(app)
    assert (f"files/{place}/full.pdf" in shown(app)) is pdf.is_possible()
    chosen: Any = app.get("button_group")[0]
    chosen.set_value(ReadingStyle.EASY_READ)
    assert f"files/{place}/easy-read.docx" in shown(checked(app.run()))
    assert "take-home" not in shown(open_page(coach, VIEW, id=amara.key))


def test_whoever_may_not_record_the_person_can_show_but_not_keep(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        officer = make_user(session)
        said = make_dispute(session, amara)
    app = open_page(officer, VIEW, id=amara.key)
    assert not [button for button in app.button if NOT_RIGHT in button.label]
    page = shown(open_page(officer, RECORD, id=amara.key))
    assert (said.words in page, "Talk and settle" in page) == (True, False)


def test_a_person_of_whom_nothing_is_recorded_is_told_so_kindly(coach: User):
    with db.transaction() as session:
        nobody = make_seeker(session, "New Person")
    page = shown(open_page(coach, VIEW, id=nobody.key))
    assert person_words.NOTHING_YET in page
    assert "We do not know how many hours you want." in page


def test_what_the_steps_of_the_profile_hold_is_shown_to_them(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        job = PastJobInput(title="Baker’s help", liked="The smell of bread")
        profile_rows.add(session, profile_rows.PAST_JOBS, amara.key, job, by=SYSTEM)
        licence = QualificationInput(kind=QualificationKind.LICENCE, name="Forklift licence")
        profile_rows.add(session, profile_rows.QUALIFICATIONS, amara.key, licence, by=SYSTEM)
        make_step(session, amara, Step.PASSPORT, adjustments="A stool to sit on")
    page = shown(open_page(coach, VIEW, id=amara.key))
    assert "You liked: The smell of bread" in page
    assert "It does not run out." in page
    assert "A stool to sit on" in page


def constants() -> Iterator[str]:
    """Every sentence of ours in the words for the person."""
    for module in (person_words, person_job_words, take_home_words):
        for name, value in vars(module).items():
            if name.isupper() and name not in {"SCALES", "DAYS"}:
                yield from texts(value)
    yield from (TOLD, THANKS)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:  # pyright: ignore[reportUnknownVariableType]
            yield from texts(one)  # pyright: ignore[reportUnknownArgumentType]


def test_no_sentence_for_the_person_has_more_than_fifteen_words(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    drawn = shown(open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key))
    told = [*constants(), *re.findall(r"<li>(.*?)</li>", drawn)]
    assert len(told) > 60
    sentences = [text for line in told for text in re.split(r"(?<=[.?!]) ", line)]
    assert [text for text in sentences if len(text.split()) > MOST_WORDS] == []
