"""The page of whom an agreement covers: employers, sites, the panel and the contact, each with an undo."""

from datetime import date

import pytest

from crm import db
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import agreement_members
from tests.makers import make_service, make_user
from tests.makers_employers import make_agreement, make_employer, make_person, make_site
from tests.pages.opening import choose, open_page, press, shown

PAGE = "agreements/covers.py"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        employer = make_employer(session)
        make_site(session, employer, "Mill Lane")
        make_person(session, employer)
        return employer


@pytest.fixture
def agreement(bakery: Employer) -> Agreement:
    with db.transaction() as session:
        return make_agreement(session, make_employer(session, "Bakers Federation"))


def covered(agreement: Agreement) -> list[tuple[str, bool]]:
    with db.reading() as session:
        found = agreement_members.of(session, agreement.key, by=SYSTEM)
        return [(row.employer, row.member.archived_at is None) for row in found]


def test_another_employer_is_found_covered_taken_off_and_put_back(
    officer: User, bakery: Employer, agreement: Agreement
):
    page = shown(open_page(officer, PAGE, id=agreement.key))
    assert f"agreement-covers?id={agreement.key}&amp;employer={bakery.key}" in page.replace(
        "&employer", "&amp;employer"
    )
    app = open_page(officer, PAGE, id=agreement.key, employer=bakery.key)
    press(app, "Save")
    assert covered(agreement) == [("Fernside Bakery", True)]
    app = open_page(officer, PAGE, id=agreement.key)
    assert "The beginning" in shown(app)
    assert "2 employers" in shown(open_page(officer, "agreements/record.py", id=agreement.key))
    assert "signed by Bakers Federation" in shown(open_page(officer, "employers/record.py", id=bakery.key))
    press(app, "Take Fernside Bakery off")
    assert covered(agreement) == [("Fernside Bakery", False)]
    press(app, "Put Fernside Bakery back")
    assert covered(agreement) == [("Fernside Bakery", True)]


def test_the_days_of_an_employer_are_changed(officer: User, bakery: Employer, agreement: Agreement):
    with db.transaction() as session:
        days = agreement_members.AgreementMemberInput()
        member = agreement_members.add(session, agreement.key, bakery.key, days, by=SYSTEM)
    app = open_page(officer, PAGE, id=agreement.key, member=member.key)
    next(box for box in app.date_input if box.label == "Covered from").set_value(date(2026, 5, 1))
    press(app, "Save")
    assert "1 May 2026" in shown(open_page(officer, PAGE, id=agreement.key))


def test_a_site_and_the_panel_are_added_taken_off_and_put_back(
    officer: User, bakery: Employer, agreement: Agreement
):
    with db.transaction() as session:
        days = agreement_members.AgreementMemberInput()
        agreement_members.add(session, agreement.key, bakery.key, days, by=SYSTEM)
    app = open_page(officer, PAGE, id=agreement.key)
    assert "it holds at every site" in shown(app)
    for called, name in (("site", "Mill Lane"), ("person", "Dana Holt")):
        box = next(one for one in app.selectbox if one.label == f"Add a {called}")
        box.select_index(1)
        app.run()
        press(app, f"Add this {called}")
        assert f"{name}, Fernside Bakery is in the agreement" in shown(app)
        press(app, f"Take {name} off")
        assert f"{name} is taken off" in shown(app)
        press(app, f"Put {name} back")
        assert f"{name} is in the agreement" in shown(app)
    assert "it holds at every site" not in shown(app)


def test_the_one_contact_is_named_and_a_coach_only_reads_it(
    officer: User, bakery: Employer, agreement: Agreement
):
    with db.transaction() as session:
        boss = make_person(session, session.get_one(Employer, agreement.employer_id), "Sam Birch")
        coach = make_user(session, Role.JOB_COACH)
    nobody = shown(open_page(coach, PAGE, id=agreement.key))
    assert "Nobody is named yet." in nobody
    app = open_page(officer, PAGE, id=agreement.key)
    choose(app, "Whom we ask about this agreement", boss.key)
    press(app, "Save contact")
    assert "The contact is saved" in shown(app)
    read = open_page(coach, PAGE, id=agreement.key, employer=bakery.key)
    assert "Sam Birch" in shown(read)
    assert not read.button
    assert not read.selectbox
