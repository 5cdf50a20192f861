"""What would have to be true, on the page that compares one person with one job."""

import pytest
from sqlmodel import col, select

from crm import db
from crm.models.tasks import Task, TaskInput
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import tasks, vacancies
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import WEEK, make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.pages.opening import choose, open_page, press, shown

PAGE = "vacancies/compare.py"
ALL = "Make all of the set tasks"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def vacancy(coach: User) -> Vacancy:
    """A vacancy that asks for two things, and a person who has one of them and needs a buddy."""
    with db.transaction() as session:
        row = make_vacancy(session, make_employer(session), guaranteed_hours=16, hours_negotiable="yes")
        make_criterion(session, row, level=3)
        make_criterion(session, row, "Greet customers <b>", could_move=True)
        amara = make_seeker(session, coach_id=coach.key)
        make_profile(session, amara)
        make_skill(session, amara)
        make_need(session, amara)
        return row


def open_tasks() -> list[Task]:
    with db.reading() as session:
        return list(session.exec(select(Task).where(col(Task.archived_at).is_(None))))


def test_a_set_is_told_with_points_and_made_tasks_in_one_click(coach: User, vacancy: Vacancy):
    app = open_page(coach, PAGE, vacancy=vacancy.key, seeker=1)
    page = shown(app)
    assert "3 changes would make this workable now" in page
    assert "Greet customers &lt;b&gt;" in page
    assert "Other ways" in [box.label for box in app.expander]
    app = press(app, ALL)
    assert "3 tasks made, with an owner and a date" in shown(app)
    assert "Rosa Lind, due" in shown(app)
    assert ALL not in [button.label for button in app.button]
    assert {task.owner_id for task in open_tasks()} == {coach.key}
    app = press(app, "Undo")
    assert "the tasks are put aside" in shown(app)
    assert open_tasks() == []
    assert ALL in [button.label for button in app.button]


def test_one_change_or_another_way_becomes_one_task(coach: User, vacancy: Vacancy):
    app = press(open_page(coach, PAGE, vacancy=vacancy.key, seeker=1), "Make 1 a task")
    assert "1 task made" in shown(app)
    choose(app, "Another way", "1b")
    app = press(app.run(), "Make this way a task")
    assert "2 tasks made" in shown(app)
    assert [task.title for task in open_tasks()] == [
        "Find out whether they can do: Greet customers <b>",
        "Agree an adjustment, with Access to Work where it costs: Greet customers <b>",
        "Teach on the job, step by step: Greet customers <b>",
    ]


def test_a_press_on_a_page_that_was_drawn_before_makes_nothing_twice(coach: User, vacancy: Vacancy):
    first = open_page(coach, PAGE, vacancy=vacancy.key, seeker=1)
    second = open_page(coach, PAGE, vacancy=vacancy.key, seeker=1)
    press(first, "Make 1 a task")
    assert "an open task already" in shown(press(second, "Make 1 a task"))
    assert len(open_tasks()) == 1


def test_a_vacancy_that_was_archived_meanwhile_is_said_and_nothing_is_made(coach: User, vacancy: Vacancy):
    app = open_page(coach, PAGE, vacancy=vacancy.key, seeker=1)
    with db.transaction() as session:
        vacancies.archive(session, vacancy.key, why="Twice", version=vacancy.version, by=SYSTEM)
    app = press(app, ALL)
    assert "no task is made for it" in shown(app)
    assert open_tasks() == []


def test_where_nothing_would_do_the_way_is_to_design_a_job(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        bare = make_vacancy(session, make_employer(session, "Mill"), guaranteed_hours=16)
    page = shown(open_page(coach, PAGE, vacancy=bare.key, seeker=1))
    assert "No set of changes that we know of would make this workable now" in page
    assert "Ask the employer what it really needs" in page
    assert f"carve?employer={bare.employer_id}" in page


def test_a_pair_that_is_workable_now_has_nothing_to_change(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        mill, pattern = make_employer(session, "Mill"), WEEK[:2]
        row = make_vacancy(session, mill, guaranteed_hours=16, pattern=pattern)
        make_criterion(session, row)
        ready = make_seeker(session, "Ready")
        make_profile(session, ready)
        make_skill(session, ready)
        bare = make_vacancy(session, mill, guaranteed_hours=16, pattern=pattern)
    app = open_page(coach, PAGE, vacancy=row.key, seeker=ready.key)
    assert "This is workable now: nothing would have to change." in shown(app)
    assert not any(button.label.startswith("Make") for button in app.button)
    page = shown(open_page(coach, PAGE, vacancy=bare.key, seeker=ready.key))
    assert "No change that we know of would make this workable now." in page


def test_a_task_that_was_changed_since_is_not_put_aside(coach: User, vacancy: Vacancy):
    app = press(open_page(coach, PAGE, vacancy=vacancy.key, seeker=1), "Make 1 a task")
    made = open_tasks()[0]
    with db.transaction() as session:
        edit = TaskInput(title="Another", owner_id=coach.key, seeker_id=1)
        tasks.change(session, made.key, edit, version=made.version, by=SYSTEM)
    assert "Undone" not in shown(press(app, "Undo"))
    assert [task.title for task in open_tasks()] == ["Another"]


def test_a_journey_that_is_too_long_is_beside_the_score(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        near = make_seeker(session, "Near", postcode="LS1 4DY")
        make_profile(session, near, travel_mode="walk", travel_minutes=10)
        make_skill(session, near)
        far = make_vacancy(session, make_employer(session, "Mill"), guaranteed_hours=16, postcode="BD1 1AA")
        make_criterion(session, far)
    app = open_page(coach, PAGE, vacancy=far.key, seeker=near.key)
    page = shown(app)
    assert "For the journey" in page
    assert "Plan travel training for this journey" in page
    assert [button.label for button in app.button if button.label.startswith("Make")][-2:] == [
        "Make 2 a task",
        "Make 3 a task",
    ]


def test_whoever_may_only_read_has_no_buttons(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, PAGE, vacancy=vacancy.key, seeker=1)
    assert "3 changes would make this workable now" in shown(app)
    assert not app.button
