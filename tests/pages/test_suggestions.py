"""What the night suggests on the coach's first page, and the person's own view wherever it is asked."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.matches import JobMatch, MatchDecision, MatchSuggestion, SeekerView, SuggestionEnd
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.ui.suggestion_parts import ROWS, TITLE
from crm.ui.with_person_view import ASKED, HEADING, THANKS, WORDS
from crm.ui.words import plain
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_night import run_night
from tests.makers_people import make_seeker
from tests.pages.opening import choose, open_page, press, shown

HOME, COMPARE, VIEW = "home/home.py", "vacancies/compare.py", "seekers/with_person.py"
NO, LOOKED, SAVE_NO = "They said no", "Looked at", "Write down their no"
LOUD = "It is <too> loud"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, coach_id=coach.key)


@pytest.fixture
def vacancy(amara: JobSeeker) -> Vacancy:
    """A vacancy that the night has suggested for Amara."""
    with db.transaction() as session:
        row = make_vacancy(session, make_employer(session))
        run_night(session)
        return row


def suggestion() -> MatchSuggestion:
    with db.reading() as session:
        return session.exec(select(MatchSuggestion)).one()


def view() -> tuple[SeekerView, str | None]:
    with db.reading() as session:
        row = session.exec(select(JobMatch)).one()
        return row.seeker_view, row.view_words


def rows(app: AppTest) -> int:
    return sum(button.label == LOOKED for button in app.button)


def test_a_coach_finds_what_is_new_for_their_people_with_why(coach: User, vacancy: Vacancy):
    page = shown(open_page(coach, HOME))
    assert "Amara Nwosu: Kitchen assistant at Fernside Bakery" in page
    assert "First comparison" in page
    assert f"compare?vacancy={vacancy.key}&seeker=1" in page


def test_the_persons_own_no_ends_it_with_their_words_and_can_be_undone(coach: User, vacancy: Vacancy):
    app = press(open_page(coach, HOME), NO)
    app.text_area[0].set_value(LOUD)
    page = shown(press(app, SAVE_NO))
    assert plain("Their own view: No.") in page
    assert "Kitchen assistant" not in page
    assert (suggestion().ended_how, view()) == (SuggestionEnd.PERSON_SAID_NO, (SeekerView.NO, LOUD))
    page = shown(press(app, "Undo"))
    assert "Amara Nwosu: Kitchen assistant" in page
    assert (suggestion().ended_how, view()) == (None, (SeekerView.NOT_ASKED, None))


def test_what_was_looked_at_goes_and_can_be_undone(coach: User, vacancy: Vacancy):
    app = press(open_page(coach, HOME), LOOKED)
    assert "Kitchen assistant" not in shown(app)
    assert suggestion().ended_how is SuggestionEnd.LOOKED_AT
    assert "Kitchen assistant" in shown(press(app, "Undo"))
    assert suggestion().ended_how is None


def test_more_than_a_few_are_shown_on_request(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        for number in range(ROWS):
            make_seeker(session, f"Person {number}", coach_id=coach.key)
        make_vacancy(session, make_employer(session))
        run_night(session)
    app = open_page(coach, HOME)
    assert rows(app) == ROWS
    assert rows(press(app, f"Show all {ROWS + 1}")) == ROWS + 1


def test_an_officer_finds_nothing_new_in_their_way_and_a_manager_a_number(vacancy: Vacancy):
    with db.transaction() as session:
        officer, manager = (make_user(session, role) for role in (Role.ENGAGEMENT_OFFICER, Role.MANAGER))
    for user, number in ((officer, False), (manager, True)):
        app = open_page(user, HOME)
        assert TITLE not in [header.value for header in app.header]
        assert any("1 suggestion of the night" in one.value for one in app.caption) is number


def test_a_view_is_written_down_beside_the_comparison_and_a_decision_takes_it_over(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    both = {"vacancy": vacancy.key, "seeker": amara.key}
    app = open_page(coach, COMPARE, **both)
    assert "They have not been asked yet." in shown(app)
    choose(app, "What they say of this job", "maybe")
    next(box for box in app.text_area if box.label.startswith("In their own")).set_value(LOUD)
    page = shown(press(app, "Save their view"))
    assert "Maybe, said on" in page
    assert "“It is &lt;too&gt; loud”" in page
    assert view() == (SeekerView.MAYBE, LOUD)
    app = open_page(coach, COMPARE, **both)
    assert next(box for box in app.selectbox if box.label == "Their own view").value == "maybe"
    choose(app, "Decision", "hold")
    press(app, "Save decision")
    with db.reading() as session:
        assert session.exec(select(MatchDecision)).one().seeker_view is SeekerView.MAYBE
    assert (suggestion().ended_how, view()) == (SuggestionEnd.DECIDED, (SeekerView.MAYBE, LOUD))


@pytest.mark.parametrize("said", list(WORDS))
def test_the_person_says_it_themselves_on_their_own_page(
    coach: User, amara: JobSeeker, vacancy: Vacancy, said: SeekerView
):
    app = open_page(coach, VIEW, id=amara.key, vacancy=vacancy.key)
    assert HEADING in shown(app)
    page = shown(press(app, WORDS[said]))
    assert plain(THANKS[said]) in page
    assert f"You said: {WORDS[said]}." in page
    assert view()[0] is said


def test_nobody_is_asked_without_a_job_or_by_those_who_may_not_write_it_down(
    coach: User, amara: JobSeeker, vacancy: Vacancy
):
    assert HEADING not in shown(open_page(coach, VIEW, id=amara.key))
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    assert HEADING not in shown(open_page(auditor, VIEW, id=amara.key, vacancy=vacancy.key))


@pytest.mark.parametrize("line", [HEADING, *ASKED, *WORDS.values(), *THANKS.values()])
def test_what_the_person_reads_is_short(line: str):
    for sentence in line.split(". "):
        assert len(sentence.split()) <= 15
