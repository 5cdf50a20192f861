"""The page of an employer: head, timeline, going on to the next one, and the page for the employer."""

from datetime import timedelta
from typing import Any

import pytest

from crm import db
from crm.models.awareness import AwarenessInput
from crm.models.base import Known
from crm.models.employers import Employer, EmployerInput, RelationshipStage
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import awareness, employers
from crm.services.employers import EmployerFilter
from crm.ui.neighbours import read_within, within
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import make_active, make_employer, make_person, make_site
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_decision, make_seeker
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

LONG = "They lose two people a month before Christmas. " * 6


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, "Fernside <b>Bakery</b>", owner_id=officer.key)


def test_the_head_says_who_when_they_last_spoke_and_what_comes_next(officer: User, bakery: Employer):
    on = today()
    with db.transaction() as session:
        make_contact(session, bakery, by=officer.as_actor(), today=on, held_on=on - timedelta(days=3))
        make_task(session, "Send the leaflet", employer_id=bakery.key, by=officer.as_actor(), due_on=on)
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "3 days ago, Ines Marlow" in page
    assert "Send the leaflet" in page
    assert "today, Ines Marlow" in page


def test_those_who_hire_stand_first_and_those_who_left_last(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_person(session, bakery, "Ann", left_on=today())
        make_person(session, bakery, "Bea")
        make_person(session, bakery, "Cem", hires=Known.YES)
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert page.index("Cem") < page.index("Bea") < page.index("Ann")


def test_the_timeline_is_narrowed_by_the_address_folds_long_text_and_runs_no_markup(
    officer: User, bakery: Employer
):
    with db.transaction() as session:
        make_contact(session, bakery, by=officer.as_actor(), summary=f"<script>{LONG}")
        make_decision(session, make_vacancy(session, bakery, "Packer"), make_seeker(session))
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "<details" in page
    assert "&lt;script&gt;They lose" in page
    assert "shortlisted for Packer" in page
    app = open_page(officer, "employers/record.py", id=bakery.key)
    kinds: Any = app.get("button_group")[0]
    kinds.set_value(["contacts"])
    page = shown(checked(app.run()))
    assert "&lt;script&gt;They lose" in page
    assert "shortlisted for Packer" not in page
    assert "1 entry in all" in page


def test_one_goes_on_to_the_next_of_the_list_that_one_came_from(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_employer(session, "Fernside Cafe")
        make_employer(session, "Harbour Foods")
    app = open_page(officer, "employers/list.py")
    app.text_input[0].set_value("fernside")
    assert "within=words%3Dfernside" in shown(checked(app.run()))
    page = shown(open_page(officer, "employers/record.py", id=bakery.key, within="words=fernside"))
    assert "Next: Fernside Cafe" in page
    assert "1 of 2" in page
    assert "Next:" not in shown(open_page(officer, "employers/record.py", id=bakery.key))


@pytest.mark.parametrize(
    "wanted", [EmployerFilter(), EmployerFilter(words="a&b=c", stage="partner", is_archived=True)]
)
def test_the_filter_of_a_list_is_the_same_when_it_is_read_back(wanted: EmployerFilter):
    assert read_within(within(wanted)["within"]) == wanted


@pytest.mark.parametrize("said", ["", "is_archived=perhaps", "words=\0"])
def test_a_forged_filter_is_none(said: str):
    assert read_within(said) is None


def test_a_strategy_and_a_second_owner_are_recorded(officer: User, bakery: Employer):
    app = open_page(officer, "employers/edit.py", id=bakery.key)
    choose(app, "Second owner", officer.key)
    next(box for box in app.text_area if box.label == "Strategy agreed from them").set_value("Two pages")
    press(app, "Save employer")
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "second owner Ines Marlow" in page
    assert "Two pages" in page


def test_who_saves_second_is_told_what_changed_by_whom_and_keeps_what_was_typed(
    officer: User, bakery: Employer
):
    app = open_page(officer, "employers/edit.py", id=bakery.key)
    next(box for box in app.text_area if box.label == "Strategy agreed from them").set_value("Mine")
    checked(app.run())
    with db.transaction() as session:
        other = make_user(session, name="Tom Reed").as_actor()
        edit = EmployerInput(name=bakery.name, owner_id=officer.key, strategy="Theirs")
        employers.change(session, bakery.key, edit, version=bakery.version, by=other)
    press(app, "Save employer")
    assert "Tom Reed saved this record" in shown(app)
    assert "Theirs" in shown(app)
    kept = next(box.value for box in app.text_area if box.label == "Strategy agreed from them")
    assert kept == "Mine"
    press(app, "Save employer")
    with db.reading() as session:
        assert employers.find(session, bakery.key, by=SYSTEM).strategy == "Mine"


def test_an_awareness_session_is_recorded_changed_and_put_aside(officer: User, bakery: Employer):
    app = open_page(officer, "employers/awareness.py", employer=bakery.key)
    press(app, "Save session")
    assert "There is a problem" in shown(app)
    app.date_input[0].set_value(today())
    type_into(app, "How many came", "12")
    press(app, "Save session")
    assert "12 people came" in shown(open_page(officer, "employers/record.py", id=bakery.key))
    app = open_page(officer, "employers/awareness.py", id=1)
    type_into(app, "Why is it put aside?", "Typed twice")
    press(app, "Archive session")
    assert "Typed twice" in shown(app)


def test_somebody_who_knows_an_employer_is_recorded_and_taken_off_again(bakery: Employer):
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH, name="Rosa Lindqvist")
        make_seeker(session, "Amara Nwosu", coach_id=coach.key)
    app = open_page(coach, "employers/door_opener.py", employer=bakery.key)
    choose(app, "A job seeker", 1)
    type_into(app, "How they know the employer", "Her sister works here")
    press(app, "Save door-opener")
    assert "There is a problem" in shown(app)
    app.date_input[0].set_value(today())
    type_into(app, "How they said yes, and to what", "We may say her name")
    press(app, "Save door-opener")
    page = shown(open_page(coach, "employers/record.py", id=bakery.key))
    assert "Amara Nwosu" in page
    assert "Her sister works here" in page
    press(open_page(coach, "employers/door_opener.py", id=1), "Take them off")
    assert "Amara Nwosu" not in shown(open_page(coach, "employers/record.py", id=bakery.key))


def test_the_stage_is_moved_by_itself_and_not_with_the_form(officer: User, bakery: Employer):
    app = open_page(officer, "employers/edit.py", id=bakery.key)
    assert "Relationship stage" not in [box.label for box in app.selectbox]
    assert "employer-move?id=1" in shown(app)
    added = open_page(officer, "employers/edit.py")
    type_into(added, "Name of the organisation", "Harbour Foods")
    press(added, "Save employer")
    with db.reading() as session:
        assert employers.find(session, 2, by=SYSTEM).stage is RelationshipStage.IDENTIFIED


@pytest.mark.parametrize(
    ("script", "button"),
    [("edit.py", "Save employer"), ("site.py", "Save site"), ("person.py", "Save person")],
)
def test_the_list_that_one_came_from_is_still_there_after_a_form(
    officer: User, bakery: Employer, script: str, button: str
):
    with db.transaction() as session:
        make_employer(session, "Fernside Cafe")
        make_site(session, bakery)
        make_person(session, bakery)
    came = shown(open_page(officer, "employers/record.py", id=bakery.key, within="words=fernside"))
    for address in ("employer-edit", "employer-move", "site-edit", "person-edit", "door-opener"):
        links = [link for link in came.split("href=") if f"{address}?" in link[: link.index(">")]]
        assert links
        assert all("within=words%3Dfernside" in link[: link.index(">")] for link in links), address
    app = open_page(officer, f"employers/{script}", id=1, within="words=fernside")
    press(app, button)
    assert "Next: Fernside Cafe" in shown(app)


def test_the_page_for_an_employer_holds_nothing_internal(officer: User, bakery: Employer):
    with db.transaction() as session:
        kept = session.get(Employer, bakery.key)
        make_active(session, kept, ends_on=today() + timedelta(days=40))
        make_decision(session, make_vacancy(session, bakery), make_seeker(session, "Amara Nwosu"))
        make_contact(session, bakery, summary="Their manager is difficult")
        given = AwarenessInput(held_on=today(), feedback="Too long")
        awareness.add(session, bakery.key, given, by=SYSTEM, today=today())
    page = shown(open_page(officer, "employers/sheet.py", id=bakery.key))
    assert "Guaranteed interview" in page
    assert "Ines Marlow" in page
    assert "Next date" in page
    for internal in ("Amara", "difficult", "Too long", "Identified", "Active"):
        assert internal not in page
