"""The screen of a proposal: read, given for good, read again, and told of a person only as they agreed."""

from typing import Any

import pytest
from sqlmodel import select

from crm import db
from crm.models.carve_stages import CarveProposal
from crm.models.carves import JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.papers import pdf
from crm.policy import Role
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_person
from tests.makers_people import make_profile, make_seeker
from tests.makers_proposals import NEED, make_proposable
from tests.makers_restricted import make_consent
from tests.pages.opening import choose, open_page, press, shown

PAGE = "carves/proposal.py"
ODD = "Counts <b>well</b> *twice*"


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
def gemma(bakery: Employer) -> int:
    with db.transaction() as session:
        return make_person(session, bakery, "Gemma Hart").key


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        amara = make_seeker(session, coach_id=coach.key)
        make_profile(session, amara, strengths=ODD)
        return amara


@pytest.fixture
def carve(bakery: Employer, amara: JobSeeker) -> JobCarve:
    with db.transaction() as session:
        return make_proposable(session, bakery, amara)


def agree(amara: JobSeeker, bakery: Employer, *purposes: str) -> None:
    with db.transaction() as session:
        for purpose in purposes:
            facts: dict[str, Any] = {"facts": ["skills"]} if purpose == "share_facts" else {}
            make_consent(session, amara, purpose, today=today(), employer_id=bakery.key, **facts)


def test_a_proposal_is_read_given_and_found_again_on_the_carved_job(coach: User, carve: JobCarve, gemma: int):
    app = open_page(coach, PAGE, id=carve.key)
    page = shown(app)
    assert NEED in page
    assert "data:image/svg+xml;base64," in page
    assert f"files/proposal/{carve.key}/draft/large-print.docx" in page
    assert "Amara" not in page.partition(NEED)[2]
    assert "Choose who at the employer is given it" in shown(press(app, "Record that it is given"))
    choose(app, "Who at the employer gets it", gemma)
    press(app, "Record that it is given")
    with db.reading() as session:
        given = session.exec(select(CarveProposal)).one()
    assert (given.number, given.given_to_id, given.share_sheet_id) == (1, gemma, None)
    again = shown(open_page(coach, PAGE, id=carve.key, number=1))
    assert f"Proposal 1, {today().day} " in again
    assert NEED in again
    record = shown(open_page(coach, "carves/record.py", id=carve.key))
    assert f"carve-proposal?id={carve.key}&number=1" in record
    assert "Gemma Hart" in record


def test_without_consents_it_says_which_to_ask_for_and_offers_nothing_of_the_person(
    coach: User, carve: JobCarve, bakery: Employer, amara: JobSeeker, gemma: int
):
    app = open_page(coach, PAGE, id=carve.key)
    page = shown(app)
    assert (
        "They have not agreed to be put forward to Fernside Bakery and to Fernside Bakery being told" in page
    )
    assert f"seeker={amara.key}&employer={bakery.key}&purpose=put_forward" in page
    assert not app.checkbox
    agree(amara, bakery, "share_facts")
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "purpose=put_forward" in page
    assert "purpose=share_facts" not in page


def test_with_both_consents_what_is_ticked_is_shown_before_it_is_given(
    coach: User, carve: JobCarve, bakery: Employer, amara: JobSeeker, gemma: int
):
    agree(amara, bakery, "share_facts", "put_forward")
    app = open_page(coach, PAGE, id=carve.key)
    assert "has agreed to be put forward to Fernside Bakery" in shown(app)
    assert "Counts" not in shown(app)
    app.checkbox[0].check()
    assert "Counts &lt;b&gt;well&lt;/b&gt; *twice*" in shown(app.run())
    choose(app, "Who at the employer gets it", gemma)
    press(app, "Record that it is given")
    assert "Counts &lt;b&gt;well" in shown(open_page(coach, PAGE, id=carve.key, number=1))
    assert "Gemma Hart" in shown(open_page(coach, "seekers/record.py", id=amara.key))


def test_what_is_missing_and_what_names_somebody_is_said(coach: User, bakery: Employer, amara: JobSeeker):
    with db.transaction() as session:
        carve = make_proposable(session, bakery, amara, pay_hourly=None, title="For Amara")
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "Record what the job pays an hour" in page
    assert "“Amara” in “Title”" in page
    assert "Nobody at this employer is recorded" in page


def test_without_pdf_it_says_what_to_take_and_before_the_first_one_none_was_given(
    coach: User, carve: JobCarve, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    page = shown(open_page(coach, PAGE, id=carve.key))
    assert "PDF files cannot be made on this machine" in page
    assert "full.pdf" not in page
    assert "None was given yet." in shown(open_page(coach, "carves/record.py", id=carve.key))


def test_days_out_of_order_are_said_beside_the_field(coach: User, carve: JobCarve, gemma: int):
    app = open_page(coach, PAGE, id=carve.key)
    later, earlier = app.date_input[0], app.date_input[1]
    later.set_value(today().replace(year=2098))
    earlier.set_value(today())
    app = press(app, "Record that it is given")
    assert "before the step that comes first" in shown(app)


def test_a_proposal_that_is_not_there_is_said_to_be_so(coach: User, carve: JobCarve):
    assert "There is no such proposal" in shown(open_page(coach, PAGE, id=carve.key, number=7))


def test_who_only_reads_sees_the_draft_without_a_button(coach: User, carve: JobCarve):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR, name="Ada Ridley")
    app = open_page(auditor, PAGE, id=carve.key)
    assert NEED in shown(app)
    assert not [button for button in app.button if "given" in button.label]
