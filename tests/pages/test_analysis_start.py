"""Starting a job analysis on site: a role found, tasks ticked, what is usual never counted, nothing lost."""

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.analyses import JobAnalysis, JobTask, SupportKind, SupportState, TaskNeed, WorkplaceSupport
from crm.models.employers import Employer
from crm.models.users import FormDraft, User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.pages.opening import checked, open_page, press, shown, type_into

SCRIPT = "analyses/start.py"
TASK = "Fill shelves from cages"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH)


@pytest.fixture
def shop(coach: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, "Fernside Stores")


@pytest.fixture
def page(coach: User, shop: Employer) -> AppTest:
    return open_page(coach, SCRIPT, employer=shop.key, role="shelf-filler")


def tick(app: AppTest, label: str) -> AppTest:
    next(box for box in app.checkbox if box.label == label).check()
    return checked(app.run())


def set_steps(app: AppTest, label: str, value: float) -> AppTest:
    next(box for box in app.number_input if box.label == label).set_value(value)
    return checked(app.run())


def tap(app: AppTest, label: str, value: SupportState) -> None:
    next(box for box in app.pills if box.label == label).set_value(value.value)


def stored_tasks() -> list[JobTask]:
    with db.reading() as session:
        return list(session.exec(select(JobTask).order_by(col(JobTask.id))))


def test_a_role_is_found_by_another_name_of_it_and_links_to_its_tasks(coach: User, shop: Employer):
    app = open_page(coach, SCRIPT, employer=shop.key)
    type_into(app, "Which role is nearest?", "shelf staker")
    assert f"analysis-start?role=shelf-filler&employer={shop.key}" in shown(checked(app.run()))
    type_into(app, "Which role is nearest?", "qqq")
    assert "No role of the library is called so" in shown(checked(app.run()))


def test_only_what_is_done_there_is_asked_about(page: AppTest):
    assert not [box for box in page.number_input if TASK in box.label]
    page = tick(page, TASK)
    assert [box.value for box in page.number_input if TASK in box.label] == [5, 120]
    assert "5 times a week, 120 minutes each time is usual" in shown(page)


def test_what_is_usual_is_said_and_not_counted_until_it_is_confirmed(page: AppTest):
    type_into(page, "Hours of the post a week", "16")
    page = tick(page, TASK)
    assert "The timed tasks take 0 hours a week" in shown(page)
    assert "1 task not timed (10 hours would be usual, not counted)" in shown(page)
    page = tick(page, f"Timed or confirmed here: {TASK}")
    assert "take 10 hours a week; the post has 16 hours, 6 hours more than the tasks explain" in shown(page)


def test_whoever_changes_a_usual_time_has_seen_it_here(page: AppTest):
    page = set_steps(tick(page, TASK), f"Minutes each time: {TASK}", 90)
    assert "The timed tasks take 7.5 hours a week" in shown(page)


def test_an_analysis_is_saved_with_its_tasks_and_the_supports_that_were_seen(page: AppTest, coach: User):
    page = set_steps(tick(page, TASK), f"Minutes each time: {TASK}", 90)
    page = tick(page, "Report gaps")
    page = tick(page, "Could move to another job: Report gaps")
    type_into(page, "Another task 1", "Greet the milkman")
    type_into(checked(page.run()), "Done now by: another task 1", "Night shift")
    tap(page, "Named buddy", SupportState.EXISTS)
    tap(page, "Transport share", SupportState.NOT_AVAILABLE)
    press(page, "Save job analysis")
    filled, gaps, own = stored_tasks()
    assert (filled.hours_week, filled.usual_hours, filled.need) == (7.5, 10, TaskNeed.ESSENTIAL)
    assert filled.concept_ids[0] == "retail.stock-shelves"
    assert (gaps.hours_week, gaps.usual_hours, gaps.need) == (None, 1.25, TaskNeed.COULD_MOVE)
    assert (own.name, own.hours_week, own.done_by) == ("Greet the milkman", None, "Night shift")
    with db.reading() as session:
        analysis = session.exec(select(JobAnalysis)).one()
        seen = {row.kind: row.state for row in session.exec(select(WorkplaceSupport))}
        assert not session.exec(select(FormDraft)).all()
    assert (analysis.title, analysis.analyst_id) == ("Shelf filler", coach.id)
    assert seen == {
        SupportKind.NAMED_BUDDY: SupportState.EXISTS,
        SupportKind.TRANSPORT_SHARE: SupportState.NOT_AVAILABLE,
    }


def test_nothing_ticked_is_refused_in_words(page: AppTest):
    assert "Tick at least one task that is done here" in shown(press(page, "Save job analysis"))


def test_what_was_begun_is_offered_again_and_holds_all_that_was_entered(
    page: AppTest, coach: User, shop: Employer
):
    set_steps(tick(page, TASK), f"Times a week: {TASK}", 3)
    begun = shown(open_page(coach, SCRIPT, employer=shop.key))
    assert "Go on with what you began" in begun
    assert "at Fernside Stores" in begun
    again = open_page(coach, SCRIPT, employer=shop.key, role="shelf-filler")
    assert [box.value for box in again.number_input if TASK in box.label] == [3, 120]


def test_what_was_entered_for_a_task_stays_while_it_is_not_ticked(page: AppTest):
    page = set_steps(tick(page, TASK), f"Times a week: {TASK}", 3)
    next(box for box in page.checkbox if box.label == TASK).uncheck()
    page = tick(checked(page.run()), TASK)
    assert [box.value for box in page.number_input if TASK in box.label] == [3, 120]


def test_an_analysis_of_a_vacancy_names_it(coach: User, shop: Employer):
    with db.transaction() as session:
        post = make_vacancy(session, shop)
    app = open_page(coach, SCRIPT, employer=shop.key, role="own", vacancy=post.key)
    type_into(app, "Job", "Porter")
    type_into(app, "Another task 1", "Carry chairs")
    press(app, "Save job analysis")
    with db.reading() as session:
        assert session.exec(select(JobAnalysis)).one().vacancy_id == post.key


def test_a_usual_time_is_confirmed_later_with_one_press(page: AppTest, coach: User):
    press(tick(page, TASK), "Save job analysis")
    (task,) = stored_tasks()
    record = shown(open_page(coach, "analyses/record.py", id=task.analysis_id))
    assert "Not confirmed (10 hours is usual)" in record
    press(open_page(coach, "analyses/task.py", id=task.key), "That is so here: count it")
    assert stored_tasks()[0].hours_week == 10
