"""Composing a job by hand: each tick answers at once, every step goes back, and nothing chosen is lost."""

from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.carves import CarveKind, CarveMade, JobCarve
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.policy import Answer, Role
from crm.services import analysis_rows, composing_people
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task
from tests.makers_people import make_need, make_profile, make_seeker
from tests.pages.opening import checked, choose, open_page, press, shown, type_into
from tests.services.test_task_bank import make_carve

PAGE = "carves/by_hand.py"
MOVABLE: dict[str, Any] = {"need": "could_move", "nature": "social", "current_hourly_cost": 15}
MORNING = [{"day": 0, "start": "09:00", "end": "14:00"}]


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def bakery(coach: User) -> Employer:
    """A bakery with two tasks that could move, one of them timed, and a person who needs a buddy."""
    with db.transaction() as session:
        employer = make_employer(session)
        row = make_analysis(session, employer, going_rate=13, hours_week=30, demands={"noise": 3})
        make_task(session, row, "Fold boxes", slots=MORNING, **MOVABLE)
        make_task(session, row, "Label trays", **MOVABLE)
        make_task(session, row, "Sort waste", need="could_move", nature="unpleasant")
        make_task(session, row, "Bake bread")
        amara = make_seeker(session, coach_id=coach.key)
        make_profile(session, amara, hours_goal=10, build_up_plan="8 now, 10 by May", abilities={"noise": 1})
        make_need(session, amara)
        return employer


def tick(app: AppTest, name: str) -> AppTest:
    next(box for box in app.checkbox if box.label.startswith(name)).check()
    return checked(app.run())


def ticked(app: AppTest) -> list[str]:
    return [box.label.partition("\\")[0] for box in app.checkbox if box.value]


def test_a_tick_is_answered_at_once_with_hours_posts_and_figures(coach: User, bakery: Employer):
    app = open_page(coach, PAGE, employer=bakery.key, person=1)
    assert "Tick tasks to see the week" in shown(app)
    assert "Not offered: 1 task that nobody said could move" in shown(app)
    page = shown(tick(app, "Fold boxes"))
    assert "1 task chosen, 5 hours of 10: 5 hours short of the goal. Every guard rail is kept." in page
    assert "Build-up plan: 8 now, 10 by May" in page
    assert "Monday: 09:00–14:00 Fold boxes; free 09:00–17:00" in page
    assert "Still a job" in page
    assert "Out of reach without a measure" in page
    assert "Named buddy" in page
    assert "The minimum wage is £12.71 an hour for people of 21 and over" in page


def test_steps_go_back_and_forth_and_clearing_is_one_of_them(coach: User, bakery: Employer):
    app = open_page(coach, PAGE, employer=bakery.key)
    app = tick(tick(app, "Fold boxes"), "Label trays")
    assert ticked(press(app, "Clear all")) == []
    assert ticked(press(app, "Undo")) == ["Fold boxes", "Label trays"]
    assert ticked(press(app, "Undo")) == ["Fold boxes"]
    assert ticked(press(app, "Redo")) == ["Fold boxes", "Label trays"]


def test_what_is_chosen_is_there_again_after_a_reload_with_its_way_back(coach: User, bakery: Employer):
    app = open_page(coach, PAGE, employer=bakery.key)
    type_into(app, "Pay in £ an hour", "a lot")
    app = tick(checked(app.run()), "Fold boxes")
    assert "This is not a number" in shown(app)
    again = open_page(coach, PAGE, employer=bakery.key)
    assert ticked(again) == ["Fold boxes"]
    assert [box.value for box in again.text_input if box.label.startswith("Pay")] == ["a lot"]
    assert ticked(press(again, "Undo")) == []


def test_a_broken_rail_is_said_with_what_mends_it_and_kept_with_the_idea(coach: User, bakery: Employer):
    app = tick(open_page(coach, PAGE, employer=bakery.key), "Sort waste")
    page = shown(app)
    assert "cannot go beyond “needs confirmed”" in page
    assert "100% of the hours are isolated, unpleasant or dangerous" in page
    press(app, "Keep as an idea")
    with db.reading() as session:
        kept = session.exec(select(JobCarve)).one()
    assert (kept.made, kept.kind, kept.seeker_id) == (CarveMade.BY_HAND, CarveKind.CARVED, None)
    assert "isolated, unpleasant" in kept.warnings[1]
    assert ticked(open_page(coach, PAGE, employer=bakery.key)) == []


def test_a_bank_that_changed_meanwhile_is_refused_with_what_changed(coach: User, bakery: Employer):
    app = tick(open_page(coach, PAGE, employer=bakery.key), "Fold boxes")
    with db.transaction() as session:
        row = analysis_rows.tasks(session, 1, by=coach.as_actor())[0]
        row.minutes_each = 30
        session.add(row)
    app = press(app, "Keep as an idea")
    assert "Fold boxes takes 2.5 hours a week now, not 5 hours." in shown(app)
    assert ticked(app) == ["Fold boxes"]
    press(app, "Keep as an idea")
    with db.reading() as session:
        assert session.exec(select(JobCarve)).one().hours_week == 2.5


def test_a_kept_idea_is_composed_further(coach: User, bakery: Employer):
    app = tick(open_page(coach, PAGE, employer=bakery.key), "Fold boxes")
    press(app, "Keep as an idea")
    app = open_page(coach, PAGE, carve=1)
    assert ticked(app) == ["Fold boxes"]
    choose(app, "For whom", 1)
    app = press(tick(checked(app.run()), "Label trays"), "Save the idea")
    with db.reading() as session:
        kept = session.exec(select(JobCarve)).one()
        assert (kept.hours_week, kept.seeker_id, kept.version) == (10, 1, 2)


def test_an_idea_that_somebody_else_saved_is_not_overwritten_unseen(coach: User, bakery: Employer):
    press(tick(open_page(coach, PAGE, employer=bakery.key), "Fold boxes"), "Keep as an idea")
    with db.transaction() as session:
        other = make_user(session, Role.JOB_COACH)
    mine = tick(open_page(coach, PAGE, carve=1), "Label trays")
    press(tick(open_page(other, PAGE, carve=1), "Sort waste"), "Save the idea")
    mine = press(mine, "Save the idea")
    assert "saved this record after you opened the form" in shown(mine)
    assert ticked(mine) == ["Fold boxes", "Label trays"]
    assert ticked(press(mine, "Start again from what is stored")) == ["Fold boxes", "Sort waste"]


def test_what_another_carved_job_has_taken_and_what_somebody_hides_is_said(
    coach: User, bakery: Employer, monkeypatch: pytest.MonkeyPatch
):
    with db.transaction() as session:
        task = analysis_rows.tasks(session, 1, by=SYSTEM)[0]
        make_carve(session, bakery, task)
        make_seeker(session, "Gone Away", status="exited")
    app = open_page(coach, PAGE, employer=bakery.key, person=2)
    assert "Taken: Fold boxes, 5 hours, belongs to" in shown(app)
    assert "does not look for work now" in shown(app)
    monkeypatch.setattr(composing_people, "hidden_fields", lambda *_, **__: {"abilities": Answer.DENY})
    choose(app, "For whom", 1)
    page = shown(tick(checked(app.run()), "Label trays"))
    for words in ("Their hours are not shown", "What works for this person is", "What support they need is"):
        assert words in page


def test_what_is_not_recorded_and_what_does_not_fit_is_said(coach: User, bakery: Employer):
    with db.transaction() as session:
        needs = make_analysis(session, bakery, "Left undone", is_unmet_needs=True)
        make_task(session, needs, "Sort stock", dangerous="yes", slots=MORNING, **MOVABLE)
        make_seeker(session, "Zoë Kerr")
    app = open_page(coach, PAGE, employer=bakery.key, person=2)
    app = tick(app, "Sort stock")
    page = shown(app)
    for words in (
        "Hours now: Not recorded, their goal is not recorded",
        "of all of it dangerous 100%",
        "taken from nobody",
        "not recorded: ask at the workplace",
        "No support is recorded where these tasks come from",
        "What support they need at work is not recorded",
        "When they are free is not recorded: ask the person",
    ):
        assert words in page
    type_into(app, "Hours a week to reach", "8")
    page = shown(tick(tick(checked(app.run()), "Fold boxes"), "Label trays"))
    assert "15 hours of 8: the goal and 7 hours more" in page
    assert "at the same time as others, and not all of their hours fit: " in page
    assert "No times are recorded, so agree when: Label trays, 5 hours" in page


def test_tasks_are_narrowed_by_words_and_by_post(coach: User, bakery: Employer):
    with db.transaction() as session:
        make_task(session, make_analysis(session, bakery, "Driver"), "Wash van", **MOVABLE)
    app = open_page(coach, PAGE, employer=bakery.key)
    type_into(app, "Filter tasks by words", "kitchen fold")
    assert [box.label[:10] for box in checked(app.run()).checkbox] == ["Fold boxes"]
    type_into(app, "Filter tasks by words", "")
    choose(app, "Post", 2)
    assert [box.label[:8] for box in checked(app.run()).checkbox] == ["Wash van"]
