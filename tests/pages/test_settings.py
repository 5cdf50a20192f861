"""The screens on which an administrator sets up the service."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.employers import Employer
from crm.models.lists import ChoiceList, ListChoice, ListChoiceInput
from crm.models.programmes import Programme
from crm.models.users import SYSTEM, Service, User
from crm.policy import Role
from crm.services import lists, weights_versions
from tests.makers import make_service, make_user, make_weights
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_seeker, make_skill
from tests.pages.opening import choose, open_page, press, shown, type_into


@pytest.fixture
def administrator(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ADMINISTRATOR, name="Ada Quill")


@pytest.fixture
def officer(administrator: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def stored() -> Service:
    with db.reading() as session:
        return session.exec(select(Service)).one()


def test_the_words_typed_are_on_the_next_page(administrator: User):
    app = open_page(administrator, "settings/words.py")
    type_into(app, "One person who is supported is a", "Participant")
    type_into(app, "Several of them are", "participants")
    press(app, "Save words")
    assert (stored().seeker_word, stored().seeker_words) == ("participant", "participants")
    app = open_page(administrator, "account/account.py")
    assert "Record or change participants" in shown(app)


def test_the_sum_and_the_shares_of_the_weights_are_shown_before_they_are_saved(administrator: User):
    app = open_page(administrator, "settings/weights.py")
    assert "Together the weights are 100" in shown(app)
    type_into(app, "Weight of skills", "60")
    app.run()
    assert "Together the weights are 120" in shown(app)
    assert "50%" in shown(app)
    type_into(app, "Why these weights", "Skills tell most here")
    press(app, "Save weights")
    assert stored().weight_skills == 60


def test_weights_are_saved_once_their_effect_was_shown_and_why_was_said(administrator: User):
    app = open_page(administrator, "settings/weights.py")
    assert "what they would change stands here" in shown(app)
    type_into(app, "Why these weights", "No reason")
    assert "nothing would change" in shown(press(app, "Save weights"))
    type_into(app, "Why these weights", "")
    type_into(app, "Weight of skills", "60")
    app = press(app, "Save weights")
    assert "This cannot be left empty" in shown(app)
    type_into(app, "Why these weights", "Skills tell most here")
    type_into(app, "Weight of skills", "70")
    app = press(app, "Save weights")
    assert "was not shown yet" in shown(app)
    assert "Pairs that change their group" in shown(app)
    press(app, "Save weights")
    assert stored().weight_skills == 70


def test_going_back_to_a_version_fills_the_form_and_becomes_the_next_version(administrator: User):
    with db.transaction() as session:
        weights_versions.add(session, stored(), why="First", by=SYSTEM)
        make_weights(session, skills=70, why="Skills <b>")
    app = open_page(administrator, "settings/weights.py")
    assert "2, in force" in shown(app)
    assert "Skills &lt;b&gt;" in shown(app)
    app = press(app, next(button.label for button in app.button if "back to version 1" in button.label))
    press(app, "Save weights")
    with db.reading() as session:
        newest = weights_versions.newest(session)
    assert newest is not None
    assert (newest.number, newest.weight_skills, newest.why) == (3, 40, "Back to version 1")


def test_the_effect_of_weights_is_told_over_people_and_vacancies(administrator: User):
    with db.transaction() as session:
        vacancy = make_vacancy(session, make_employer(session))
        make_criterion(session, vacancy)
        for number in range(6):
            make_skill(session, make_seeker(session, f"Person {number}"), level=number % 3)
    app = open_page(administrator, "settings/weights.py")
    type_into(app, "Weight of skills", "1")
    page = shown(app.run())
    assert "Worked out over 6 job seekers and all 1 open vacancy" in page
    drawn = next(one.proto.alt for one in app.get("plotly_chart"))
    assert "Up 10 places or more: 0" in drawn
    assert "Person" not in page


def test_a_weight_that_is_no_number_is_refused_and_kept(administrator: User):
    app = open_page(administrator, "settings/weights.py")
    type_into(app, "Weight of hours", "a lot")
    press(app, "Save weights")
    assert "This is not a number" in shown(app)
    assert next(box.value for box in app.text_input if box.label == "Weight of hours") == "a lot"


def test_the_settings_say_who_changed_what(administrator: User):
    app = open_page(administrator, "settings/weights.py")
    type_into(app, "Weight of skills", "60")
    type_into(app, "Why these weights", "Skills tell most here")
    app.run()
    press(app, "Save weights")
    said = shown(open_page(administrator, "settings/settings.py"))
    assert "Ada Quill" in said
    assert "weight skills from “40.0” to “60.0”" in said


def test_words_in_use_are_taken_into_the_list_and_then_offered(administrator: User, officer: User):
    with db.transaction() as session:
        bakery = make_employer(session, sector="Food")
        make_employer(session, "Fernside Nursery", sector="Plants")
    app = press(open_page(administrator, "settings/lists.py", of="sector"), "Add “Food”")
    assert "“Food” is in the list" in shown(app)
    app = open_page(officer, "employers/edit.py", id=bakery.key)
    assert next(box.options for box in app.selectbox if box.label == "Sector") == ["None", "Food"]


def test_a_dormant_value_stays_where_it_is_stored(administrator: User, officer: User):
    with db.transaction() as session:
        food = lists.add(session, ChoiceList.SECTOR, ListChoiceInput(label="Food"), by=SYSTEM)
        lists.add(session, ChoiceList.SECTOR, ListChoiceInput(label="Care"), by=SYSTEM)
        bakery = make_employer(session, sector="Food")
    app = open_page(administrator, "settings/choice.py", id=food.key)
    next(box for box in app.checkbox if box.label.startswith("Dormant")).check()
    press(app, "Save value")
    app = open_page(officer, "employers/edit.py", id=bakery.key)
    type_into(app, "Trading name", "Fernside")
    press(app, "Save employer")
    with db.reading() as session:
        row = session.get_one(Employer, bakery.key)
        assert (row.trading_name, row.sector) == ("Fernside", "Food")


def test_a_value_is_added_to_the_list_that_was_open(administrator: User):
    app = open_page(administrator, "settings/choice.py", of="trade_body")
    type_into(app, "Shown as", "Bakers <b>")
    press(app, "Save value")
    with db.reading() as session:
        row = session.exec(select(ListChoice)).one()
    assert (row.list_name, row.value) == (ChoiceList.TRADE_BODY, "Bakers <b>")


def test_a_programme_is_recorded_and_chosen_for_a_person(administrator: User):
    app = open_page(administrator, "settings/programme_edit.py")
    type_into(app, "Name of the programme", "Connect to Work")
    type_into(app, "Lawful basis (UK GDPR, Article 6)", "Public task")
    press(app, "Save programme")
    with db.transaction() as session:
        made = session.exec(select(Programme)).one()
        coach = make_user(session, Role.JOB_COACH)
    assert made.lawful_basis == "Public task"
    app = open_page(coach, "seekers/edit.py")
    type_into(app, "Preferred name", "Amara")
    choose(app, "Programme", made.key)
    app = press(app, "Save job seeker")
    said = shown(open_page(coach, "settings/programmes.py"))
    assert '<td class="crm-number">1</td>' in said
