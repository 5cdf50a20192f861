"""The screens of the task bank, of a task with what goes with it, and of work that nobody does yet."""

from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.analyses import JobAnalysis, JobTask
from crm.models.employers import Employer
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import make_analysis, make_task
from tests.pages.opening import checked, choose, open_page, pick, press, shown, type_into


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER)


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, unmet_needs="Labels are printed late")


@pytest.fixture
def packing(bakery: Employer) -> JobAnalysis:
    """A post that was looked at twice, with a guess, a danger, demands and tasks that belong together."""
    with db.transaction() as session:
        site = make_site(session, bakery, "Main bakery")
        earlier: dict[str, Any] = {"site_id": site.key, "analysed_on": "2020-05-01"}
        make_task(session, make_analysis(session, bakery, "Packer", **earlier), done_by="Packers")
        row = make_analysis(session, bakery, "Packer", site_id=site.key)
        fold = make_task(
            session,
            row,
            done_by="Packers",
            need="could_move",
            minutes_most=90,
            current_hourly_cost=12,
            hourly_cost_most=14,
            demands={"lifting": 3, "noise": 2},
            slots=[{"day": day, "start": "07:00", "end": "12:00"} for day in range(5)],
        )
        make_task(session, row, "Press lids", dangerous="yes", needs_task_ids=[fold.key])
        return row


def last_task() -> JobTask:
    with db.reading() as session:
        return session.exec(select(JobTask).order_by(col(JobTask.id).desc()).limit(1)).one()


def bank(officer: User, bakery: Employer) -> AppTest:
    return open_page(officer, "carves/bank.py", employer=bakery.key)


def test_the_bank_shows_each_task_once_with_all_that_is_known(
    officer: User, bakery: Employer, packing: JobAnalysis
):
    page = shown(bank(officer, bakery))
    for words in (
        "2 tasks in all",
        "1 task was recorded more than once",
        "Recorded 2 times: before as “Fold boxes” in Packer, 1 May 2020",
        "5 to 7.5 hours",
        "£12 to £14 an hour",
        "Monday to Friday morning",
        "Lifting and carrying: much; Noise: some",
        "Neutral; dangerous",
        "Main bakery",
        "Labels are printed late",
        "analysis-edit?employer",
    ):
        assert words in page, words


def test_the_bank_is_narrowed_on_screen(officer: User, bakery: Employer, packing: JobAnalysis):
    app = bank(officer, bakery)
    choose(app, "In this job it is", "could_move")
    assert "Press lids" not in shown(checked(app.run()))
    choose(app, "Done now by", "not-said")
    assert "No task fits" in shown(checked(app.run()))


def test_an_empty_bank_says_what_to_do(officer: User, bakery: Employer):
    assert "No task fits" in shown(bank(officer, bakery))


def test_an_old_analysis_and_untimed_tasks_are_told_in_the_bank(officer: User, bakery: Employer):
    with db.transaction() as session:
        old = make_analysis(session, bakery, "Porter", analysed_on="2020-05-01")
        make_task(session, old, times_a_week=None)
    page = shown(bank(officer, bakery))
    assert "1 May 2020, older than 12 months" in page
    assert "No hours are recorded of these tasks" in page


def test_a_task_is_saved_with_its_range_its_danger_and_what_it_needs(officer: User, packing: JobAnalysis):
    app = open_page(officer, "analyses/task.py", analysis=packing.key)
    type_into(app, "Task", "Stack pallets")
    type_into(app, "Times a week", "5")
    type_into(app, "Minutes each time", "12")
    type_into(app, "Minutes up to, if it is a guess", "6")
    pick(app, "Could somebody get hurt doing it?", "yes")
    app.multiselect[0].set_value(app.multiselect[0].options and [last_task().key])
    page = shown(press(app, "Save task"))
    assert "is the upper end of a guess" in page
    type_into(app, "Minutes up to, if it is a guess", "18")
    press(app, "Save task")
    saved = last_task()
    assert (saved.name, saved.hours_most, saved.dangerous) == ("Stack pallets", 1.5, "yes")
    record = shown(open_page(officer, "analyses/record.py", id=packing.key))
    assert "1 to 1.5 hours" in record
    assert "Press lids" in record


def test_whoever_archives_a_task_is_told_which_tasks_need_it(officer: User, packing: JobAnalysis):
    needed = last_task().needs_task_ids[0]
    page = shown(open_page(officer, "analyses/task.py", id=needed))
    assert "Only together with this task: “Press lids”" in page


def test_unmet_needs_are_written_down_and_their_tasks_are_nobodys(officer: User, bakery: Employer):
    app = open_page(officer, "analyses/edit.py", employer=bakery.key, work="unmet")
    assert "Labels are printed late" in shown(app)
    press(app, "Save unmet needs")
    with db.reading() as session:
        unmet = session.exec(select(JobAnalysis)).one()
    assert (unmet.title, unmet.is_unmet_needs) == ("Work nobody does yet", True)
    task = open_page(officer, "analyses/task.py", analysis=unmet.key)
    type_into(task, "Task", "Water the baskets")
    press(task, "Save task")
    assert (last_task().need, last_task().backlog) == ("could_move", "undone")
    record = shown(open_page(officer, "analyses/record.py", id=unmet.key))
    assert "This is no post" in record
    assert "Nobody does it yet" in record
    assert "analysis-beside" not in record
    assert "Nobody does it yet" in shown(bank(officer, bakery))
    edit = open_page(officer, "analyses/edit.py", id=unmet.key)
    type_into(edit, "What to call it", "Baskets")
    press(edit, "Save unmet needs")
    assert "Baskets" in shown(open_page(officer, "analyses/record.py", id=unmet.key))


def test_the_ways_into_the_bank_stand_where_people_look(
    officer: User, bakery: Employer, packing: JobAnalysis
):
    for script, parameters in [
        ("employers/record.py", {"id": bakery.key}),
        ("analyses/record.py", {"id": packing.key}),
        ("carves/compose.py", {"employer": bakery.key}),
    ]:
        assert f"carve-bank?employer={bakery.key}" in shown(open_page(officer, script, **parameters)), script
