"""The screens of shortlists, comparisons, jobs for a person and carving."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.employers import Employer
from crm.models.matches import MatchDecision
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import employers
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_criterion, make_need, make_profile, make_seeker, make_skill
from tests.pages.opening import checked, choose, open_page, press, shown, type_into


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def bakery(coach: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session)


@pytest.fixture
def vacancy(bakery: Employer) -> Vacancy:
    """A vacancy with all that a comparison looks at, and seven people of whom little is known."""
    with db.transaction() as session:
        row = make_vacancy(
            session,
            bakery,
            "Packer <b>",
            hours_min=16,
            needs_driving="yes",
            needs_dbs="yes",
            qualifications="NVQ",
        )
        make_criterion(session, row)
        analysis = make_analysis(session, bakery, vacancy_id=row.key, hours_week=60, going_rate=13)
        for name in ("Fold boxes", "Label trays", "Greet drivers"):
            make_task(session, analysis, name, skills=name, need="could_move", nature="social")
        for number in range(7):
            make_seeker(session, f"Person {number} <i>", status="referred")
        known = make_seeker(session, "Amara Nwosu", referred_on="2026-01-01")
        make_profile(session, known, interests="boxes")
        make_skill(session, known, with_support="pictures")
        make_need(session, known)
        return row


def cards(app: AppTest) -> int:
    return sum(str(getattr(part, "body", "")).count('class="crm-card"') for part in app.get("html"))


def test_a_shortlist_without_anybody_says_what_to_do_first(coach: User, bakery: Employer):
    with db.transaction() as session:
        row = make_vacancy(session, bakery)
    assert "Nobody looks for work yet" in shown(open_page(coach, "vacancies/shortlist.py", id=row.key))


def test_a_shortlist_shows_three_groups_and_more_on_request(coach: User, vacancy: Vacancy):
    app = open_page(coach, "vacancies/shortlist.py", id=vacancy.key)
    page = shown(app)
    assert "8 job seekers compared, nobody left out" in page
    assert "Workable now: 0" in page
    assert cards(app) == 5
    assert "Person 0 &lt;i&gt;" in page
    more = next(button.label for button in app.button if button.label.startswith("Show 3 more of 3"))
    assert cards(press(app, more)) == 8


def test_longest_wait_first_is_one_click(coach: User, vacancy: Vacancy):
    app = open_page(coach, "vacancies/shortlist.py", id=vacancy.key)
    next(box for box in app.checkbox if box.label == "Longest wait first").set_value(True)
    page = shown(app.run())
    assert page.index("Amara Nwosu") < page.index("Person 0")


def test_a_comparison_explains_itself_and_what_is_still_to_settle(coach: User, vacancy: Vacancy):
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=8))
    for words in (
        "Task by task",
        "Label trays: not recorded",
        "Named buddy",
        "with pictures",
        "Driving licence: not recorded whether they have it",
        "DBS check: not recorded whether they have it",
        "Qualification “NVQ”: not recorded whether they have it",
    ):
        assert words in page


def test_a_comparison_lays_the_person_over_the_job_scale_by_scale(coach: User, vacancy: Vacancy):
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=8))
    assert "Neither what works for the person nor what the job asks is recorded" in page
    with db.transaction() as session:
        known = make_seeker(session, "Ben Ackroyd")
        make_profile(session, known, abilities={"noise": 1, "pace": 3}, ability_supports={"pace": "A timer"})
        employer = employers.find(session, vacancy.employer_id, by=SYSTEM)
        seen = make_analysis(session, employer, vacancy_id=vacancy.key, demands={"noise": 3, "pace": 3})
    app = open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=known.key)
    page = shown(app)
    for words in (
        "1 of 24 scales need a measure",
        "3: Machines or a loud kitchen.",
        "1: You are fine with soft voices or music.",
        "Ask for ear protection or a quieter place",
        "Works with support",
        "With: A timer.",
    ):
        assert words in page
    drawn = next(one.proto.alt for one in app.get("plotly_chart") if "Noise" in one.proto.alt)
    assert "Noise: the job asks 3, 1 works: needs a measure" in drawn
    beside = shown(open_page(coach, "analyses/beside.py", analysis=seen.key, seeker=known.key))
    assert "Ask for ear protection or a quieter place" in beside


def test_an_analysed_job_is_laid_beside_somebody_whom_one_looks_for(coach: User, bakery: Employer):
    with db.transaction() as session:
        seen, amara = make_analysis(session, bakery), make_seeker(session)
    assert "analysis-beside?analysis=" in shown(open_page(coach, "analyses/record.py", id=seen.key))
    app = open_page(coach, "analyses/beside.py", analysis=seen.key)
    assert f"analysis-beside?analysis={seen.key}&amp;seeker={amara.key}" in shown(app).replace(
        "&amp;", "&"
    ).replace("&", "&amp;")
    type_into(app, "Who is it about?", "zzz")
    assert "Nobody of this name" in shown(checked(app.run()))


def test_a_decision_is_made_shown_and_linked_from_the_person(coach: User, vacancy: Vacancy):
    app = open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=8)
    choose(app, "Decision", "not_yet")
    app = press(app, "Save decision")
    assert "nobody is left without a next step" in shown(app)
    choose(app, "Decision", "shortlist")
    choose(app, "Their own view", "keen")
    press(app, "Save decision")
    with db.reading() as session:
        assert session.exec(select(MatchDecision)).one().seeker_view == "keen"
    again = shown(open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=8))
    assert "Decisions so far" in again
    assert "Packer &lt;b&gt;" in shown(open_page(coach, "seekers/record.py", id=8))
    assert "Shortlist, " in shown(open_page(coach, "vacancies/shortlist.py", id=vacancy.key))


def test_an_auditor_sees_a_comparison_without_a_form(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, "vacancies/compare.py", vacancy=vacancy.key, seeker=8)
    assert "but not decide on it" in shown(app)
    assert not app.button


def test_somebody_who_does_not_look_for_work_can_be_compared_but_not_decided_on(
    coach: User, vacancy: Vacancy
):
    with db.transaction() as session:
        gone = make_seeker(session, "Gone", status="exited")
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=gone.key))
    assert "nothing can be decided" in page
    assert "Nothing is recorded of what the job asks" not in page


def test_a_comparison_of_bare_records_says_what_is_missing(coach: User, bakery: Employer):
    with db.transaction() as session:
        row, seeker = make_vacancy(session, bakery), make_seeker(session)
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=row.key, seeker=seeker.key))
    assert "No task of this job is recorded" in page
    assert "Nothing is recorded of what the job asks" in page


@pytest.mark.parametrize(
    "ids", [{}, {"vacancy": 1}, {"vacancy": 99, "seeker": 1}, {"vacancy": 1, "seeker": 99}]
)
def test_an_address_that_names_nothing_is_refused_politely(
    coach: User, vacancy: Vacancy, ids: dict[str, int]
):
    app = open_page(coach, "vacancies/compare.py", **ids)
    assert [title.value for title in app.title] == ["This cannot be shown"]


def test_jobs_for_a_person_are_listed_with_more_on_request(coach: User, bakery: Employer, vacancy: Vacancy):
    with db.transaction() as session:
        for number in range(11):
            make_vacancy(session, bakery, f"Job {number}")
    app = open_page(coach, "seekers/jobs.py", id=8)
    assert "12 open vacancies compared, none left out" in shown(app)
    known_roles = 5
    assert cards(app) == 10 + known_roles
    assert cards(press(app, "Show 2 more of 2")) == 12 + known_roles


def test_without_an_open_vacancy_the_page_says_so(coach: User):
    with db.transaction() as session:
        seeker = make_seeker(session)
    assert "No vacancy is open" in shown(open_page(coach, "seekers/jobs.py", id=seeker.key))


def test_carving_starts_with_an_employer_whose_tasks_are_known(coach: User, vacancy: Vacancy):
    app = open_page(coach, "carves/compose.py")
    assert "Fernside Bakery" in shown(app)
    next(box for box in app.text_input if box.label.startswith("Search")).set_value("no such")
    assert "No employer with a job analysis fits" in shown(app.run())


def test_an_employer_without_an_analysis_says_what_to_do_first(coach: User, bakery: Employer):
    page = shown(open_page(coach, "carves/compose.py", employer=bakery.key))
    assert "analysis-start?employer" in page


def test_no_carved_job_says_how_to_begin(coach: User):
    assert "No carved job is kept here" in shown(open_page(coach, "carves/list.py"))
