"""The screens of jobs that people started: from the offer to the page of the person, and on to 13 weeks."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.models.agreement_choices import UseResult
from crm.models.agreement_uses import AgreementUse
from crm.models.placements import Placement
from crm.models.seekers import JobSeeker, SeekerStatus
from crm.models.users import User
from crm.policy import Role
from crm.ui.placement_parts import lasted_words
from crm.ui.words import day, today
from tests.makers import make_service, make_user
from tests.makers_employers import make_active, make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_placements import make_start
from tests.makers_promises import kept, make_use
from tests.makers_teams import make_team
from tests.pages.opening import open_page, press, shown, type_into

AGO = timedelta(days=91)


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Noor Ali")


@pytest.fixture
def offered(coach: User) -> AgreementUse:
    """A job offered to somebody of this coach, after an interview for a vacancy of 16 hours."""
    with db.transaction() as session:
        employer = make_employer(session)
        agreement = make_active(session, employer)
        vacancy = make_vacancy(session, employer, hours_min=16, hours_max=16)
        seeker = make_seeker(session, coach_id=coach.key)
        facts = {"vacancy_id": vacancy.key, "result": UseResult.OFFERED}
        return make_use(session, agreement, seeker, **kept(), **facts)


def stored() -> Placement:
    with db.reading() as session:
        return session.exec(select(Placement)).one()


def test_an_offer_becomes_a_job_with_what_the_vacancy_says(coach: User, offered: AgreementUse):
    page = shown(open_page(coach, "seekers/record.py", id=offered.seeker_id))
    assert f"placement-edit?seeker={offered.seeker_id}" in page
    page = shown(open_page(coach, "placements/edit.py", seeker=offered.seeker_id))
    assert f"placement-edit?use={offered.key}" in page
    assert f"seeker={offered.seeker_id}&employer={offered.employer_id}" in page
    app = open_page(coach, "placements/edit.py", use=offered.key)
    press(app, "Save job")
    assert "First day" in shown(app)
    app.date_input[0].set_value(today())
    press(app, "Save job")
    row = stored()
    assert (row.use_id, row.hours_week, row.starts_on) == (offered.key, 16, today())


def test_the_page_of_the_person_offers_to_say_that_they_are_in_work(coach: User, offered: AgreementUse):
    with db.transaction() as session:
        make_start(session, offered, starts_on=today() - AGO)
    app = open_page(coach, "seekers/record.py", id=offered.seeker_id)
    assert "nobody has looked since" in shown(app)
    press(app, "They are in work now")
    with db.reading() as session:
        assert session.get_one(JobSeeker, offered.seeker_id).status is SeekerStatus.IN_WORK
    assert "They are in work now" not in [button.label for button in app.button]


def test_today_asks_a_coach_about_13_weeks_until_somebody_has_looked(coach: User, offered: AgreementUse):
    with db.transaction() as session:
        key = make_start(session, offered, starts_on=today() - AGO).key
        other = make_use(session, make_active(session), make_seeker(session, "Zoe Else"))
        make_start(session, other, starts_on=today() - AGO)
    page = shown(open_page(coach, "home/home.py"))
    assert "Is Amara Nwosu still in work?</a>" in page
    assert "Zoe Else still" not in page
    assert f"It was 13 weeks on {day(today())}, Fernside Bakery" in page
    app = open_page(coach, "placements/edit.py", id=key)
    press(app, "Still in work today")
    assert "Amara Nwosu was still in work today" in shown(app)
    assert "still in work?</a>" not in shown(open_page(coach, "home/home.py"))


def test_a_job_ends_with_a_day_and_a_reason(coach: User, offered: AgreementUse):
    with db.transaction() as session:
        key = make_start(session, offered, starts_on=today() - AGO).key
    app = open_page(coach, "placements/edit.py", id=key)
    app.date_input[2].set_value(today())
    press(app, "Save job")
    assert "Say why the job ended" in shown(app)
    type_into(app, "Why it ended", "It was too far")
    press(app, "Save job")
    assert lasted_words(stored(), today()).endswith("It was too far")


def test_the_employers_page_lists_who_started_there(coach: User, offered: AgreementUse):
    assert "Started work here" not in shown(open_page(coach, "employers/record.py", id=offered.employer_id))
    with db.transaction() as session:
        make_start(session, offered, starts_on=today() + AGO)
    page = shown(open_page(coach, "employers/record.py", id=offered.employer_id))
    assert f"Amara Nwosu · starts on {day(today() + AGO)}" in page
    assert "started work here: Shelf filler" in page


def test_an_auditor_sees_no_form_for_jobs_started(coach: User, offered: AgreementUse):
    with db.transaction() as session:
        make_start(session, offered)
        auditor = make_user(session, Role.AUDITOR)
    page = shown(open_page(auditor, "seekers/record.py", id=offered.seeker_id))
    assert "Shelf filler" in page
    assert "placement-edit" not in page


def test_a_coach_of_another_team_is_told_before_anything_is_typed(coach: User, offered: AgreementUse):
    with db.transaction() as session:
        stranger = make_user(session, Role.JOB_COACH)
        make_team(session, "North", coach)
        make_team(session, "South", stranger)
    app = open_page(stranger, "placements/edit.py", use=offered.key)
    assert "is not in your caseload" in shown(app)
    assert not app.button
