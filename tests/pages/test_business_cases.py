"""The business case on screen: typed in, shown with its rows, and what a proposal still needs."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.carve_cases import CarveCase, CarveCaseInput
from crm.models.carves import JobCarve
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import carve_cases, carves
from crm.ui.carve_case_words import short
from tests.makers import make_service, make_user
from tests.makers_cases import TASKS, TODAY, make_carve
from tests.pages.opening import open_page, press, shown, type_into

PAGE, FORM = "carves/record.py", "carves/case.py"
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def coach() -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH)


@pytest.fixture
def carve(coach: User) -> JobCarve:
    with db.transaction() as session:
        return make_carve(session, *TASKS)


def save_case(carve: JobCarve, *, version: int = 0, **values: object) -> None:
    typed = CarveCaseInput.model_validate(values)
    with db.transaction() as session:
        carve_cases.save(session, carve.key, typed, version=version, by=SYSTEM, today=TODAY)


def stored() -> CarveCase:
    with db.reading() as session:
        return session.exec(select(CarveCase)).one()


def write(app: AppTest, label: str, words: str) -> None:
    next(box for box in app.text_area if box.label == label).set_value(words)


def test_a_case_is_filled_in_and_shown_with_ranges(coach: User, carve: JobCarve):
    app = open_page(coach, FORM, id=carve.key)
    write(app, "What the employer needs, in their own words", "Boxes pile up.")
    type_into(app, "On-costs in percent of the wage, from", "10")
    type_into(app, "On-costs in percent of the wage, up to", "20")
    type_into(app, "Who of them was consulted", "The packers")
    press(app, "Save business case")
    kept = stored()
    assert (kept.need, kept.on_costs_percent, kept.on_costs_percent_most) == ("Boxes pile up.", 10, 20)
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "£152.54 to £179.40 a week" in page
    assert "The packers, day not recorded" in page
    assert "Change the business case" in page


def test_figures_stand_apart_each_with_the_rows_it_rests_on(coach: User, carve: JobCarve):
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "never added up to a saving" in page
    assert "8.67 to 9.5 hours a week" in page
    assert "from £87.83 a week" in page
    assert "1 task is not counted, as its cost is not recorded: Greet drivers." in page
    assert "5 times × 20 to 30 minutes × £15.50 an hour" in page
    assert "In all" in page
    assert "New wage, with on-costs</dt><dd>Not recorded" in page
    assert "£0" not in page


def test_the_same_is_said_once(coach: User, carve: JobCarve):
    app = open_page(coach, PAGE, id=carve.key)
    assert [header.value for header in app.header].count("Business case") == 1
    assert "What it frees and what it costs" not in [header.value for header in app.header]
    page = "".join(str(getattr(part, "body", "")) for part in app.get("html"))
    terms = [term.partition("</dt>")[0] for term in page.split("<dt>")[1:]]
    assert terms
    assert len(terms) == len(set(terms))


def test_what_a_proposal_still_needs_is_listed_until_it_is_recorded(coach: User, carve: JobCarve):
    assert "Write down the risks" in shown(open_page(coach, PAGE, id=carve.key))
    save_case(carve, risks="None found")
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "Write down the risks" not in page
    assert "Name who supervises the job." in page


def test_access_to_work_is_a_question_and_no_promise(coach: User, carve: JobCarve):
    assert "Could Access to Work pay" in shown(open_page(coach, PAGE, id=carve.key))
    save_case(carve, access_to_work="to_ask")
    assert "Put it down as a task" in shown(open_page(coach, PAGE, id=carve.key))


def test_without_a_colleagues_time_freed_nothing_is_said_to_cost_nothing(coach: User):
    with db.transaction() as session:
        carve = make_carve(session, {"name": "Wash baskets", "backlog": "undone"})
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "No time of colleagues is freed" in page
    assert "£0" not in page


def test_a_slip_is_named_and_nothing_typed_is_lost(coach: User, carve: JobCarve):
    app = open_page(coach, FORM, id=carve.key)
    type_into(app, "Overtime avoided in hours a week, from", "4")
    type_into(app, "Overtime avoided in hours a week, up to", "2")
    type_into(app, "Costs that arise once in £, from", "plenty")
    app = press(app, "Save business case")
    assert "Costs that arise once in £, from: " in shown(app)
    type_into(app, "Costs that arise once in £, from", "60")
    app = press(app, "Save business case")
    assert "“Up to” is the upper end of a guess" in shown(app)
    type_into(app, "Overtime avoided in hours a week, up to", "5")
    press(app, "Save business case")
    assert (stored().overtime_hours, stored().overtime_hours_most, stored().once_cost) == (4, 5, 60)


def test_who_begins_a_case_that_somebody_else_began_meanwhile_loses_nothing(coach: User, carve: JobCarve):
    app = open_page(coach, FORM, id=carve.key)
    write(app, "What the employer needs, in their own words", "Mine")
    save_case(carve, need="Theirs")
    app = press(app, "Save business case")
    page = shown(app)
    assert "Nothing you typed is lost" in page
    assert "Theirs" in page
    press(app, "Save business case")
    assert stored().need == "Mine"


def test_an_auditor_reads_a_case_and_is_not_led_to_its_form(coach: User, carve: JobCarve):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    page = shown(open_page(auditor, PAGE, id=carve.key))
    assert "8.67 to 9.5 hours a week" in page
    assert "carve-case" not in page


def test_the_case_of_an_archived_carved_job_says_what_to_do(coach: User, carve: JobCarve):
    with db.transaction() as session:
        carves.archive(session, carve.key, why="No", version=1, by=SYSTEM)
    assert "Bring it back" in shown(open_page(coach, FORM, id=carve.key))


def test_names_beside_bars_are_short_no_markup_and_each_its_own():
    names = ["Team that packs in the morning", "Team that packs at night", "<b>Chef</b>"]
    said = short(names)
    assert len(set(said)) == 3
    assert said[0] == "Team that packs…"
    assert said[2].startswith("&lt;b&gt;Chef")
