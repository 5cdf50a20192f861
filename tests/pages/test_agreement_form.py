"""The screen on which an agreement is written: what it asks, keeps, marks and checks, kind by kind."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import User
from crm.policy import Role
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, make_agreement, make_employer, make_person, move_to
from tests.pages.opening import checked, choose, open_page, pick, press, shown, type_into

PAGE = "agreements/edit.py"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session)


def signed(bakery: Employer, **clauses: object) -> int:
    with db.transaction() as session:
        made = make_agreement(session, bakery, today=today(), **clauses)
        return move_to(session, made, *TO_SIGNATURE, on=today()).key


def latest() -> Agreement:
    with db.reading() as session:
        return max(session.exec(select(Agreement)), key=lambda row: row.key)


def labels(app: AppTest) -> set[str]:
    boxes = (*app.text_input, *app.text_area, *app.selectbox, *app.radio, *app.checkbox, *app.date_input)
    return {box.label for box in boxes}


def of_kind(app: AppTest, kind: str) -> AppTest:
    pick(app, "What is promised", kind)
    return checked(app.run())


def captions(app: AppTest) -> str:
    return " ".join(str(one.value) for one in app.caption).replace("\\", "")


def test_the_kind_comes_first_and_only_its_own_clauses_follow(officer: User, bakery: Employer):
    app = open_page(officer, PAGE, employer=bakery.key)
    assert labels(app) == {"What is promised"}
    of_kind(app, "mock_interview")
    assert "Sessions of mock interviews a year" in labels(app)
    assert "Feedback within how many days" in labels(app)
    assert not {"Weeks of training, 6 at most", "Form of interview"} & labels(app)
    of_kind(app, "combined")
    assert {"Sessions of mock interviews a year", "Weeks of training, 6 at most"} <= labels(app)
    assert {"Form of interview", "Places in trials a year"} <= labels(app)


def test_another_kind_keeps_what_was_typed_and_says_that_it_is_not_saved(officer: User, bakery: Employer):
    app = of_kind(open_page(officer, PAGE, employer=bakery.key), "mock_interview")
    type_into(app, "Places in mock interviews a year", "12")
    type_into(app, "Job families in scope", "Bakers")
    checked(app.run())
    of_kind(app, "work_trial_or_placement")
    assert "not saved with these answers: Places in mock interviews a year" in shown(app)
    choose(app, "Whom it covers", "everyone_we_support")
    again = open_page(officer, PAGE, employer=bakery.key)
    of_kind(again, "mock_interview")
    assert next(box.value for box in again.text_input if box.label.startswith("Places in mock")) == "12"
    of_kind(again, "work_trial_or_placement")
    choose(again, "Whom it covers", "everyone_we_support")
    press(again, "Save agreement")
    saved = latest()
    assert (saved.kind, saved.mock_places, saved.job_families) == ("work_trial_or_placement", None, "Bakers")


def test_details_are_asked_where_an_answer_calls_for_them(officer: User, bakery: Employer):
    app = of_kind(open_page(officer, PAGE, employer=bakery.key), "guaranteed_interview")
    assert not {"Which groups", "Percent of the essential criteria", "Is that work paid?"} & labels(app)
    choose(app, "Whom it covers", "named_groups")
    choose(app, "When the interview is guaranteed", "a_percent_of_essential")
    next(box for box in app.checkbox if box.label == "Offered instead: work trial").check()
    type_into(app, "Most interviews a vacancy", "4")
    checked(app.run())
    assert {"Which groups", "Percent of the essential criteria", "Is that work paid?"} <= labels(app)
    assert "Who is put forward when more people want one" in labels(app)


def test_the_checks_stand_beside_the_form_and_follow_what_is_typed(officer: User, bakery: Employer):
    app = of_kind(open_page(officer, PAGE, employer=bakery.key), "guaranteed_interview")
    assert "Say whom the agreement covers" in shown(app)
    choose(app, "Whom it covers", "everyone_we_support")
    choose(app, "Form of interview", "working_interview")
    checked(app.run())
    assert "Say whom the agreement covers" not in shown(app)
    assert "paid at least the minimum wage" in shown(app)
    assert "To put right before a manager approves" in shown(app)
    type_into(app, "Feedback within how many days", "soon")
    checked(app.run())
    assert "Say within how many days people hear" in shown(app)


def test_an_agreement_starts_as_the_last_of_its_kind_and_tells_what_was_changed(
    officer: User, bakery: Employer
):
    source = signed(
        bakery,
        feedback_days=5,
        interview_alternatives=["task"],
        interview_format="panel",
        ends_on=today() + timedelta(days=30),
    )
    app = of_kind(open_page(officer, PAGE, employer=bakery.key), "mock_interview")
    assert not any(button.label.startswith("Start as") for button in app.button)
    of_kind(app, "guaranteed_interview")
    assert "The last one: Fernside Bakery, signed on" in shown(app)
    press(app, "Start as our last agreement of this kind")
    assert "Started from guaranteed interview with Fernside Bakery" in shown(app)
    assert captions(app) == ""
    type_into(app, "Feedback within how many days", "10")
    choose(app, "Form of interview", "task")
    next(box for box in app.checkbox if box.label == "Offered instead: task").uncheck()
    checked(app.run())
    for before in ("Changed from: 5", "Changed from: Panel", "Changed from: ticked"):
        assert before in captions(app)
    again = open_page(officer, PAGE, employer=bakery.key)
    assert "Changed from: 5" in captions(again)
    press(again, "Save agreement")
    saved = latest()
    assert (saved.started_from_id, saved.feedback_days, saved.ends_on) == (source, 10, None)
    page = shown(open_page(officer, "agreements/record.py", id=saved.key))
    assert "10 days at the latest\nChanged from: 5 days at the latest" in page
    assert "Work trial" not in page
    assert page.count("Changed from: Panel") == page.count("Changed from: Task") > 0


def test_what_was_started_from_an_older_one_is_still_compared_with_it(officer: User, bakery: Employer):
    source = signed(bakery, feedback_days=5)
    with db.transaction() as session:
        started = make_agreement(session, bakery, feedback_days=7, started_from_id=source)
    signed(bakery, feedback_days=9)
    app = open_page(officer, PAGE, id=started.key)
    assert "Changed from: 5" in captions(app)
    assert not any(button.label.startswith("Start as") for button in app.button)


def test_a_draft_started_from_one_that_is_not_the_last_any_more_keeps_its_marks(
    officer: User, bakery: Employer
):
    signed(bakery, feedback_days=5)
    app = of_kind(open_page(officer, PAGE, employer=bakery.key), "guaranteed_interview")
    press(app, "Start as our last agreement of this kind")
    type_into(app, "Feedback within how many days", "6")
    checked(app.run())
    signed(bakery, feedback_days=9)
    assert "Changed from: 5" in captions(open_page(officer, PAGE, employer=bakery.key))


def test_the_page_of_an_agreement_shows_the_clauses_of_its_kind_and_the_checks(
    officer: User, bakery: Employer
):
    with db.transaction() as session:
        make_person(session, bakery)
        mock = make_agreement(session, bakery, kind="mock_interview", mock_places=12, group_name="Bakers")
        rule: dict[str, Any] = {"criteria_rule": "a_percent_of_essential", "criteria_percent": 60}
        rule |= {"must_haves": "Food hygiene", "must_have_score": 2}
        percent = make_agreement(session, bakery, **rule, most_interviews=3)
    page = shown(open_page(officer, "agreements/record.py", id=mock.key))
    assert "12 places" in page
    assert "Bakers" in page
    assert "Must-haves" not in page
    assert "Name a contact for adjustments" in page
    page = shown(open_page(officer, "agreements/record.py", id=percent.key))
    assert "A percent of the essential criteria met: 60 %" in page
    assert "at level 2 or more" in page
    assert "When more people fit than places" in page


def test_a_whole_agreement_is_said_to_lack_nothing(officer: User, bakery: Employer):
    with db.transaction() as session:
        whole: dict[str, Any] = {
            "kind": "mock_interview",
            "mock_sessions": 2,
            "adjustments_contact_id": make_person(session, bakery).key,
            "feedback_days": 5,
            "notice_days": 30,
            "starts_on": today(),
            "ends_on": today() + timedelta(days=300),
            "review_on": today() + timedelta(days=200),
        }
        key = make_agreement(session, bakery, **whole).key
    page = shown(open_page(officer, "agreements/record.py", id=key))
    assert "Nothing is missing, and nothing contradicts." in page
    assert "Dana Holt" in page
