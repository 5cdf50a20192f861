"""The screens of pages for employers, as a coach makes, prints and recalls one with the person."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.sharing import ShareSheet
from crm.models.tasks import Task
from crm.models.users import User
from crm.policy import Role
from crm.services import seeker_words
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_profile, make_seeker
from tests.makers_restricted import make_consent
from tests.makers_sharing import make_sheet
from tests.pages.opening import open_page, press, shown, type_into

MAKE, GIVEN = "seekers/share.py", "seekers/shared.py"
ODD = "Counts <b>well</b> *twice*"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        amara = make_seeker(session, coach_id=coach.key)
        make_profile(session, amara, strengths=ODD, words_not_to_use="brave", own_description="I am brave.")
        return amara


@pytest.fixture
def bakery(coach: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, stage="partner")


def agree(amara: JobSeeker, bakery: Employer, *facts: str) -> None:
    with db.transaction() as session:
        told = {"employer_id": bakery.key, "facts": list(facts)}
        make_consent(session, amara, "share_facts", today=today(), **told)  # pyright: ignore[reportArgumentType]


def sheet_of(amara: JobSeeker, bakery: Employer) -> ShareSheet:
    with db.transaction() as session:
        return make_sheet(session, amara, bakery, "skills", today=today())


def test_without_a_consent_there_is_nobody_to_make_a_page_for(coach: User, amara: JobSeeker):
    assert "No employer may be told anything yet" in shown(open_page(coach, MAKE, seeker=amara.key))


def test_a_page_is_read_in_easy_read_given_and_kept_word_for_word(
    coach: User, amara: JobSeeker, bakery: Employer
):
    agree(amara, bakery, "name", "skills")
    assert f"employer={bakery.key}" in shown(open_page(coach, MAKE, seeker=amara.key))
    app = open_page(coach, MAKE, seeker=amara.key, employer=bakery.key, style="Easy Read")
    page = shown(app)
    assert "has not agreed to be put forward to Fernside Bakery" in page
    assert seeker_words.SHEET_IS_NOT_A_YES[0] in page
    assert "pictograms/strength.svg" in page
    assert "Counts &lt;b&gt;well&lt;/b&gt; *twice*" in page
    press(app, "Record that it is given")
    assert "Who at the employer gets it" in shown(app)
    type_into(app, "Who at the employer gets it", "Gemma Hart")
    press(app, "Record that it is given")
    with db.reading() as session:
        given = session.exec(select(ShareSheet)).one()
    assert given.words.startswith(f"About me\nMy name is Amara Nwosu.\n\nWhat I am good at\n{ODD}\n\n")
    assert "Holds until" in shown(open_page(coach, "seekers/record.py", id=amara.key))


def test_the_words_that_stop_a_page_are_said_before_it_is_given(
    coach: User, amara: JobSeeker, bakery: Employer
):
    agree(amara, bakery, "own_description")
    page = shown(open_page(coach, MAKE, seeker=amara.key, employer=bakery.key))
    assert "“brave” in “How they describe themselves”" in page


def test_a_page_without_the_name_is_printed_without_it(coach: User, amara: JobSeeker, bakery: Employer):
    agree(amara, bakery, "skills")
    app = open_page(coach, GIVEN, id=sheet_of(amara, bakery).key)
    assert "A page for Fernside Bakery" in app.title[0].value
    (printed,) = [str(one.proto.body) for one in app.get("html") if "crm-reading" in str(one.proto.body)]
    assert ODD.split("<")[0] in printed
    assert "Amara" not in printed


def test_a_recalled_page_is_none_any_more_and_says_whom_to_tell(
    coach: User, amara: JobSeeker, bakery: Employer
):
    agree(amara, bakery, "skills")
    given = sheet_of(amara, bakery)
    press(open_page(coach, GIVEN, id=given.key), "Recall this page")
    page = shown(open_page(coach, GIVEN, id=given.key))
    assert "Ask Gemma Hart at Fernside Bakery to put it away" in page
    assert "Not yet: see the tasks" in page
    with db.reading() as session:
        assert session.exec(select(Task.employer_id)).all() == [bakery.key]


def test_whoever_withdraws_a_consent_is_told_who_still_has_the_page(
    coach: User, amara: JobSeeker, bakery: Employer
):
    agree(amara, bakery, "skills")
    given = sheet_of(amara, bakery)
    app = press(open_page(coach, "seekers/consent.py", id=1), "Withdraw")
    assert "Recall the page that Gemma Hart at Fernside Bakery has" in shown(app)
    page = shown(open_page(coach, GIVEN, id=given.key))
    assert "Consent withdrawn or ended" in page
    assert "This page is for no employer any more" in page
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    assert not open_page(auditor, GIVEN, id=given.key).button
