"""Rows of a shortlist at a glance, those further away, a pair in full, and all work for a person."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.employers import Employer
from crm.models.profiles import QualificationInput
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import profile_rows
from tests.makers import make_service, make_sign_in, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import (
    make_criterion,
    make_decision,
    make_need,
    make_profile,
    make_seeker,
    make_skill,
)
from tests.pages.opening import app_of, checked, open_page, open_straight, press, shown

MORNINGS = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(4)]


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
    """Mornings in Leeds, with driving; one task is known of it."""
    with db.transaction() as session:
        row = make_vacancy(
            session,
            bakery,
            "Packer <b>",
            guaranteed_hours=16,
            hours_min=16,
            hours_max=16,
            pattern=MORNINGS,
            postcode="LS1 4DY",
            needs_driving="yes",
        )
        make_criterion(session, row)
        analysis = make_analysis(session, bakery, "Packer", vacancy_id=row.key)
        make_task(session, analysis, "Fold boxes <i>", skills="Fold boxes")
        make_task(session, analysis, "Use a till", skills="Work on a till", need="could_move")
        return row


@pytest.fixture
def amara(coach: User, vacancy: Vacancy) -> JobSeeker:
    """Somebody of the coach's own, who can fold boxes with pictures, drives, and is keen."""
    with db.transaction() as session:
        one = make_seeker(session, "Amara <Nwosu>", coach_id=coach.id, status="in_work", wants_more="yes")
        make_profile(session, one)
        make_skill(session, one, with_support="pictures")
        make_need(session, one)
        licence = {"kind": "licence", "name": "Driving licence", "expires_on": date(2019, 5, 3)}
        new = QualificationInput.model_validate(licence)
        profile_rows.add(session, profile_rows.QUALIFICATIONS, one.key, new, by=SYSTEM)
        make_decision(session, vacancy, one)
        return one


def cards(app: AppTest) -> int:
    return sum(str(getattr(part, "body", "")).count('class="crm-card"') for part in app.get("html"))


def test_a_row_says_one_reason_and_one_missing_fact_before_its_figures(
    coach: User, vacancy: Vacancy, amara: JobSeeker
):
    page = shown(open_page(coach, "vacancies/shortlist.py", id=vacancy.key))
    card = page[page.index('class="crm-card"') :]
    order = [
        "Amara &lt;Nwosu&gt;",
        "One of my people",
        "In work, wants more hours or a next step",
        "For it",
        "Can do Fold boxes.",
        "To find out",
        "% known",
        "Skills",
        "Hours against 16",
        "Natural supports",
        "Their view",
        "Keen, 20 November 2026",
        "Decided",
        "Driving licence: ran out on 3 May 2019",
        "<details",
        "Fold boxes &lt;i&gt;: <strong>Met with an adjustment</strong>",
        "Use a till: <strong>Not recorded</strong>",
    ]
    at = [card.index(words) for words in order]
    assert at == sorted(at)


def test_whoever_lives_further_away_follows_below_in_the_same_groups(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        for number in range(7):
            one = make_seeker(session, f"Far {number}", postcode="YO1 7HH")
            make_profile(session, one, travel_mode="bus", travel_minutes=30)
        make_seeker(session, "Unknown way")
    app = open_page(coach, "vacancies/shortlist.py", id=vacancy.key)
    assert [head.value for head in app.header][-2:] == [
        "Let’s design a job: 0",
        "Further than they wish to travel: 7",
    ]
    assert [head.value for head in app.subheader] == [
        "Workable now: 0",
        "Workable with these measures: 7",
        "Let’s design a job: 0",
    ]
    page = shown(app)
    assert page.index("Unknown way") < page.index("Far 0")
    more = next(button.label for button in app.button if button.label.startswith("Show 2 more of 2"))
    assert "further than they wish to travel" in more
    assert cards(press(app, more)) == 8


def reopened(app: AppTest, script: str, **ids: int) -> AppTest:
    """Another page of the same visit, to which one goes as by a link."""
    app.query_params.clear()
    return checked(open_straight(app, script, **ids))


def test_how_many_rows_are_shown_and_in_which_order_outlasts_a_look_at_somebody(
    coach: User, vacancy: Vacancy
):
    with db.transaction() as session:
        for number in range(9):
            make_seeker(session, f"Person {number}")
        digest = make_sign_in(session, coach)
    app = checked(open_straight(app_of(digest), "vacancies/shortlist.py", id=vacancy.key))
    app.checkbox(key=f"mine-{vacancy.key}").set_value(False)
    press(app, next(button.label for button in app.button if button.label.startswith("Show 4 more")))
    reopened(app, "vacancies/compare.py", vacancy=vacancy.key, seeker=1)
    back = reopened(app, "vacancies/shortlist.py", id=vacancy.key)
    assert cards(back) == 9
    assert back.checkbox(key=f"mine-{vacancy.key}").value is False


def test_a_pair_is_told_in_words_for_an_employer_and_drawn_task_by_task_and_day_by_day(
    coach: User, vacancy: Vacancy, amara: JobSeeker
):
    app = open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=amara.key)
    page = shown(app)
    for words in (
        "Their own view: keen, 20 November 2026",
        "Amara &lt;Nwosu&gt; does this with an adjustment: fold boxes &lt;i&gt; (with pictures).",
        "We will find out with Amara &lt;Nwosu&gt; how it goes with this: use a till.",
        "The hours suit Amara &lt;Nwosu&gt;, on Monday, Tuesday, Wednesday and Thursday.",
        "Is there, or could there be: named buddy?",
        "Driving licence: ran out on 3 May 2019 (Driving licence)",
        "Whether a DBS check is needed is not recorded",
        "In common: 16 hours of the week.",
        "Job 09:00–13:00, free 09:00–17:00, both 09:00–13:00",
        "Of 10 hours a week: 5 hours with an adjustment, 5 hours not recorded yet.",
        "Of 1 support that they need: 1 not recorded.",
    ):
        assert words in page, words
    drawn = [one.proto.alt for one in app.get("plotly_chart")]
    assert any("Fold boxes <i>: met with an adjustment; Use a till: not recorded" in alt for alt in drawn)


def test_no_word_of_health_that_was_typed_gets_into_what_could_be_said(coach: User, vacancy: Vacancy):
    with db.transaction() as session:
        one = make_seeker(session, "Sam")
        make_skill(session, one, with_support="breaks for her epilepsy")
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=vacancy.key, seeker=one.key))
    said = page[page.index('class="crm-say"') :]
    assert "epilepsy" not in said[: said.index("</ul>")]
    assert "Sam does this with an adjustment: fold boxes &lt;i&gt;." in page


def test_a_person_is_shown_known_roles_and_employers_without_a_vacancy(
    coach: User, amara: JobSeeker, bakery: Employer
):
    with db.transaction() as session:
        quiet = make_employer(session, "Quiet Press")
        seen = make_analysis(session, quiet, "Print finisher", analysed_on=date(2026, 11, 2))
        make_task(session, seen, "Fold leaflets", skills="Fold boxes")
        make_analysis(session, quiet, "Driver")
        make_analysis(session, bakery, "Baker")
    app = open_page(coach, "seekers/jobs.py", id=amara.key)
    heads = [head.value for head in app.header]
    assert heads[0] == "Open vacancies: 1"
    assert heads[1].startswith("Known roles: ")
    assert heads[2] == "Employers without an open vacancy: 1"
    page = shown(app)
    for words in (
        "Typical role",
        "Quiet Press",
        "Also there",
        f"analysis-beside?analysis={seen.key}&seeker={amara.key}",
        f"carve?employer={quiet.key}",
        f"log-contact?of=analysis&id={seen.key}",
    ):
        assert words in page, words
    more = next(button.label for button in app.button if "in “Known roles”" in button.label)
    assert shown(press(app, more)).count("Typical role") > page.count("Typical role")


def test_without_an_analysis_the_page_says_why_no_employer_is_listed(coach: User):
    with db.transaction() as session:
        one = make_seeker(session)
    page = shown(open_page(coach, "seekers/jobs.py", id=one.key))
    assert "nobody has analysed a job yet" in page


HALF_KNOWN: list[tuple[dict[str, object], dict[str, object], list[str]]] = [
    (
        {"pattern": MORNINGS},
        {"availability": []},
        ["When they are free is not recorded: ask the person.", "Which hours are sure, and on which days?"],
    ),
    (
        {"guaranteed_hours": 8, "hours_negotiable": "yes"},
        {"hours_goal": 20},
        [
            "The days of the job are not recorded: ask the employer.",
            "The job: hours not recorded, 8 guaranteed, open to talk.",
            "Sam would like 12 hours a week more than this: could tasks be added?",
        ],
    ),
    (
        {"hours_min": 30, "hours_negotiable": "no"},
        {"hours_now_max": 12},
        ["30 or more hours a week, fixed.", "As they are, the hours do not suit Sam."],
    ),
]


@pytest.mark.parametrize(("job", "wishes", "told"), HALF_KNOWN)
def test_what_is_known_on_one_side_only_says_whom_to_ask(
    coach: User,
    bakery: Employer,
    job: dict[str, Any],
    wishes: dict[str, object],
    told: list[str],
):
    with db.transaction() as session:
        row = make_vacancy(session, bakery, "Porter", **job)
        one = make_seeker(session, "Sam")
        make_profile(session, one, **wishes)
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=row.key, seeker=one.key))
    assert [words for words in told if words not in page] == []


def test_with_all_that_is_asked_in_place_nothing_is_short(coach: User, bakery: Employer):
    with db.transaction() as session:
        facts: dict[str, Any] = {"guaranteed_hours": 16, "hours_min": 16, "pattern": MORNINGS}
        needs: dict[str, Any] = {"needs_driving": "yes", "needs_dbs": "no"}
        row = make_vacancy(session, bakery, "Porter", description="Carry boxes", **facts, **needs)
        make_criterion(session, row)
        make_task(session, make_analysis(session, bakery, vacancy_id=row.key), "Boxes", skills="Fold boxes")
        one = make_seeker(session, "Sam")
        make_profile(session, one, interests="boxes")
        make_skill(session, one)
        new = QualificationInput.model_validate({"kind": "licence", "name": "Driving licence"})
        profile_rows.add(session, profile_rows.QUALIFICATIONS, one.key, new, by=SYSTEM)
    page = shown(open_page(coach, "vacancies/compare.py", vacancy=row.key, seeker=one.key))
    assert "Nothing is short and nothing is unknown." in page
    assert "Driving licence: has it (Driving licence)." in page
    card = shown(open_page(coach, "vacancies/shortlist.py", id=row.key))
    assert "Nothing: all that is compared is known." in card
