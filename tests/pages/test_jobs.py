"""The screens of vacancies and job analyses: filled, empty, refused, with what was typed kept."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.analyses import JobAnalysis, JobTask, WorkplaceSupport
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyCriterionInput
from crm.policy import Role
from crm.services import criteria, role_imports
from crm.services.role_imports import RoleFile, UnitGroup
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.pages.opening import checked, open_page


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER)


@pytest.fixture
def bakery(manager: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, "Fernside <b>Bakery</b>")


def shown(app: AppTest) -> str:
    elements = [*app.get("html"), *app.info, *app.success, *app.warning]
    return " ".join(str(getattr(one, "body", "")) + str(getattr(one, "value", "")) for one in elements)


def type_into(app: AppTest, label: str, text: str) -> None:
    next(box for box in app.text_input if box.label == label).set_value(text)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return checked(app.run())


def only(table: type) -> object:
    with db.reading() as session:
        return session.exec(select(table)).one()


def test_a_vacancy_is_added_for_an_employer_and_its_page_opens(manager: User, bakery: Employer):
    app = open_page(manager, "vacancies/edit.py", employer=bakery.key)
    type_into(app, "Title", "Kitchen *assistant*")
    type_into(app, "Hours a week, least", "16")
    type_into(app, "Work: Monday", "9-1pm")
    press(app, "Save vacancy")
    stored = only(Vacancy)
    assert isinstance(stored, Vacancy)
    assert (stored.title, stored.hours_min, stored.pay_hourly) == ("Kitchen *assistant*", 16, None)
    page = shown(open_page(manager, "vacancies/record.py", id=stored.key))
    assert "16 or more" in page
    assert "Monday 09:00-13:00" in page
    assert "Recorded by hand" in page
    assert "&lt;b&gt;Bakery" in page


def test_hours_in_the_wrong_order_are_refused_and_kept_as_typed(manager: User, bakery: Employer):
    app = open_page(manager, "vacancies/edit.py", employer=bakery.key)
    type_into(app, "Title", "Porter")
    type_into(app, "Hours a week, least", "20")
    type_into(app, "Hours a week, most", "16")
    press(app, "Save vacancy")
    assert "fewer than the least" in shown(app)
    assert next(box for box in app.text_input if box.label == "Title").value == "Porter"


def test_a_vacancy_that_is_known_offers_likely_soc_codes(manager: User, bakery: Employer):
    groups = (UnitGroup("soc-9111", "Bakers (SOC 9111)", ("Bakers",), ("Kneads dough",)),)
    with db.transaction() as session:
        role_imports.take_in(session, RoleFile(groups, "soc.xlsx", "0"), by=SYSTEM)
        post = make_vacancy(session, bakery, "Somebody to knead dough")
    app = open_page(manager, "vacancies/edit.py", id=post.key)
    code = next(box for box in app.text_input if box.label == "SOC 2020 code")
    assert code.help == r"Likely, by what is done: Bakers \(SOC 9111\)."


def test_without_an_employer_one_is_searched_for_first(manager: User, bakery: Employer):
    for script in ("vacancies/edit.py", "analyses/edit.py"):
        app = open_page(manager, script)
        assert f"employer={bakery.key}" in shown(app)
        next(box for box in app.text_input if box.label.startswith("Which")).set_value("zzz")
        assert "No employer of this name" in shown(checked(app.run()))


def test_the_list_of_vacancies_says_what_to_do_when_nothing_fits(manager: User, bakery: Employer):
    with db.transaction() as session:
        make_vacancy(session, bakery, "Porter", hours_min=12, hours_max=16)
    app = open_page(manager, "vacancies/list.py", employer=bakery.key)
    assert "12 to 16" in shown(app)
    next(box for box in app.checkbox if box.label == "Archived").check()
    assert "No vacancy fits" in shown(checked(app.run()))


def test_a_criterion_is_added_given_another_meaning_archived_and_brought_back(
    manager: User, bakery: Employer
):
    with db.transaction() as session:
        post = make_vacancy(session, bakery)
    app = open_page(manager, "vacancies/criterion.py", vacancy=post.key)
    type_into(app, "What is asked for", "Cleaning of kennels every day")
    press(app, "Save what is asked")
    row = only(VacancyCriterion)
    assert isinstance(row, VacancyCriterion)
    app = open_page(manager, "vacancies/criterion.py", id=row.key)
    app.toggle[0].set_value(True)
    checked(app.run())
    wanted = "animals.clean-kennels-and-cages"
    next(box for box in app.radio if wanted in str(box.options) or box.label == "It means").set_value(wanted)
    press(app, "Use this meaning")
    assert "Clean kennels and cages" in shown(app)
    type_into(app, "Why is it put aside?", "Not needed")
    press(app, "Archive criterion")
    assert "Reason: Not needed" in shown(app)
    press(app, "Bring this criterion back")
    assert "is back" in shown(app)


def test_archiving_without_a_reason_is_refused_in_words(manager: User, bakery: Employer):
    with db.transaction() as session:
        post = make_vacancy(session, bakery)
    app = open_page(manager, "vacancies/record.py", id=post.key)
    press(app, "Archive vacancy")
    assert "few words" in shown(app)


def test_a_vacancy_shows_what_it_asks_and_the_analyses_of_its_job(manager: User, bakery: Employer):
    with db.transaction() as session:
        post = make_vacancy(session, bakery)
        criteria.add(session, post.key, VacancyCriterionInput(text="kennel cleaning"), by=SYSTEM)
        make_analysis(session, bakery, "Seen job", vacancy_id=post.key)
    page = shown(open_page(manager, "vacancies/record.py", id=post.key))
    assert "Clean kennels and cages" in page
    assert "Seen job" in page


def test_a_coach_reads_a_vacancy_and_is_offered_no_change(manager: User, bakery: Employer):
    with db.transaction() as session:
        post = make_vacancy(session, bakery)
        coach = make_user(session, Role.JOB_COACH)
    app = open_page(coach, "vacancies/record.py", id=post.key)
    assert "vacancy-edit" not in shown(app)
    assert "Shortlist" in shown(app)
    assert "Archive vacancy" not in [button.label for button in app.button]


def test_an_analysis_is_recorded_with_a_task_and_a_support_and_adds_up_its_hours(
    manager: User, bakery: Employer
):
    app = open_page(manager, "analyses/edit.py", employer=bakery.key)
    type_into(app, "Job", "Baker’s assistant")
    type_into(app, "Hours of the post a week", "16")
    press(app, "Save job analysis")
    analysis = only(JobAnalysis)
    assert isinstance(analysis, JobAnalysis)
    assert "No task is recorded yet" in shown(open_page(manager, "analyses/record.py", id=analysis.key))
    app = open_page(manager, "analyses/task.py", analysis=analysis.key)
    type_into(app, "Task", "Fold boxes")
    type_into(app, "Times a week", "5")
    type_into(app, "Minutes each time", "120")
    press(app, "Save task")
    app = open_page(manager, "analyses/support.py", analysis=analysis.key)
    press(app, "Save support")
    page = shown(open_page(manager, "analyses/record.py", id=analysis.key))
    assert "The timed tasks take 10 hours a week; the post has 16 hours, 6 hours more" in page
    assert "Fold boxes" in page
    assert "Induction" in page


def test_an_old_analysis_says_so_and_its_rows_can_be_put_aside(manager: User, bakery: Employer):
    with db.transaction() as session:
        analysis = make_analysis(session, bakery, analysed_on="2020-05-01", hours_week=5, demands={"pace": 3})
        task = make_task(session, analysis)
    page = shown(open_page(manager, "analyses/record.py", id=analysis.key))
    assert "older than 12 months" in page
    assert "they agree" in page
    assert "3: Keeping up with other people." in page
    app = open_page(manager, "analyses/task.py", id=task.key)
    type_into(app, "Why is it put aside?", "A machine does it")
    press(app, "Archive task")
    page = shown(open_page(manager, "analyses/record.py", id=analysis.key))
    assert "Archived tasks" in page
    assert "Fold boxes" in page


def test_a_workplace_support_is_changed_and_put_aside(manager: User, bakery: Employer):
    with db.transaction() as session:
        analysis = make_analysis(session, bakery)
    press(open_page(manager, "analyses/support.py", analysis=analysis.key), "Save support")
    row = only(WorkplaceSupport)
    assert isinstance(row, WorkplaceSupport)
    app = open_page(manager, "analyses/support.py", id=row.key)
    app.checkbox[0].check()
    press(app, "Save support")
    assert "Say what the employer confirmed" in shown(app)
    type_into(app, "Why is it put aside?", "She left")
    press(app, "Archive support")
    assert "Reason: She left" in shown(app)
    assert "Archived supports" in shown(open_page(manager, "analyses/record.py", id=analysis.key))


def test_the_list_of_analyses_is_searched_and_says_what_to_do_when_nothing_fits(
    manager: User, bakery: Employer
):
    with db.transaction() as session:
        make_task(session, make_analysis(session, bakery, "Porter"))
    app = open_page(manager, "analyses/list.py", employer=bakery.key)
    assert "Porter" in shown(app)
    app.text_input[0].set_value("zzz")
    assert "No job analysis fits" in shown(checked(app.run()))
    assert isinstance(only(JobTask), JobTask)
