"""The screens of employers: recorded, found again, their sites and people, put aside and brought back."""

from datetime import date

import pytest
from sqlmodel import select

from crm import db
from crm.models.employers import Employer, EmployerPersonInput, EmployerSite, EmployerSiteInput
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services.employer_parts import PEOPLE, SITES
from tests.makers import make_service, make_user
from tests.makers_employers import make_active, make_employer, make_person
from tests.pages.opening import checked, open_page, press, shown, type_into


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, "Fernside <b>Bakery</b>", company_number="01234567")


def names_stored() -> list[str]:
    with db.reading() as session:
        return [employer.name for employer in session.exec(select(Employer))]


def test_an_employer_is_added_and_its_page_says_who_saved_it(officer: User):
    app = open_page(officer, "employers/edit.py")
    type_into(app, "Name of the organisation", "Harbour *Foods*")
    press(app, "Save employer")
    assert names_stored() == ["Harbour *Foods*"]
    page = shown(open_page(officer, "employers/record.py", id=1))
    assert "Last saved by Ines Marlow" in page
    assert r"Harbour \*Foods\*" in page


def test_a_missing_name_is_said_and_the_rest_is_kept_as_typed(officer: User):
    app = open_page(officer, "employers/edit.py")
    type_into(app, "Sector", "Food")
    press(app, "Save employer")
    assert "This cannot be left empty" in shown(app)
    assert next(box.value for box in app.text_input if box.label == "Sector") == "Food"
    assert names_stored() == []


def test_a_likely_duplicate_is_told_of_while_typing_and_never_in_the_way(officer: User, bakery: Employer):
    app = open_page(officer, "employers/edit.py")
    assert "This may already be here" not in shown(app)
    type_into(app, "Name of the organisation", "Fernside Bakery & Co Ltd")
    type_into(app, "Companies House number", "1234567")
    page = shown(checked(app.run()))
    assert "This may already be here" in page
    assert f'<a class="crm-beside" href="employer?id={bakery.key}" target="_blank"' in page
    assert "same company number" in page
    press(app, "Save employer")
    assert len(names_stored()) == 2


def test_somebody_who_is_here_already_is_told_of_while_typing(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_person(session, bakery, "Dana Holt", phone="0113 496 0000")
    app = open_page(officer, "employers/person.py", employer=bakery.key)
    type_into(app, "Name", "Dana Hollt")
    type_into(app, "Telephone", "0113 496 0000")
    assert "same telephone" in shown(checked(app.run()))


def test_a_site_and_a_person_are_added_and_shown(officer: User, bakery: Employer):
    app = open_page(officer, "employers/site.py", employer=bakery.key)
    type_into(app, "What the site is called", "Leeds depot")
    type_into(app, "Postcode", "nowhere")
    press(app, "Save site")
    assert "This does not look like a UK postcode" in shown(app)
    type_into(app, "Postcode", "ls14dy")
    press(app, "Save site")
    app = open_page(officer, "employers/person.py", employer=bakery.key)
    type_into(app, "Name", "Dana Holt")
    type_into(app, "Telephone", "0113 4960000")
    press(app, "Save person")
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "Leeds depot" in page
    assert "LS1 4DY" in page
    assert "Dana Holt" in page
    assert "0113 496 0000" in page


def test_a_person_who_left_is_said_to_have_left(officer: User, bakery: Employer):
    with db.transaction() as session:
        dana = EmployerPersonInput(name="Dana Holt", phone="+33 1 23 45 67 89", left_on=date(2026, 5, 1))
        PEOPLE.add(session, bakery.key, dana, by=SYSTEM)
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "Left on 1 May 2026" in page
    assert "+33 1 23 45 67 89" in page


def test_a_site_is_changed_archived_with_a_reason_and_brought_back(officer: User, bakery: Employer):
    with db.transaction() as session:
        site = SITES.add(session, bakery.key, EmployerSiteInput(label="Shop"), by=SYSTEM)
    app = open_page(officer, "employers/site.py", id=site.key)
    type_into(app, "What the site is called", "Corner shop")
    press(app, "Save site")
    app = open_page(officer, "employers/site.py", id=site.key)
    press(app, "Archive site")
    assert "Say in a few words why" in shown(app)
    type_into(app, "Why is it put aside?", "Closed down")
    press(app, "Archive site")
    assert "Closed down" in shown(app)
    assert not [button for button in app.button if button.label == "Save site"]
    press(app, "Bring this site back")
    with db.reading() as session:
        kept = session.exec(select(EmployerSite)).one()
    assert (kept.label, kept.archived_at) == ("Corner shop", None)


def test_an_archived_employer_is_read_not_changed_and_comes_back(officer: User, bakery: Employer):
    app = open_page(officer, "employers/record.py", id=bakery.key)
    type_into(app, "Why is it put aside?", "Went bust")
    press(app, "Archive employer")
    assert "Went bust" in shown(app)
    assert "Add a site" not in shown(app)
    assert "Fernside" not in shown(open_page(officer, "employers/list.py"))
    assert "Fernside" in shown(open_page(officer, "employers/list.py", archived="true"))
    press(app, "Bring this employer back")
    assert "Add a site" in shown(app)


def test_an_employer_shows_its_agreements_and_nothing_runs_as_markup(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_active(session, session.get(Employer, bakery.key))
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert "Guaranteed interview" in page
    assert "<b>Bakery" not in page.replace(r"\<b\>", "")


def test_somebody_who_only_reads_is_offered_no_change(bakery: Employer):
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
        SITES.add(session, bakery.key, EmployerSiteInput(label="Shop"), by=SYSTEM)
    app = open_page(auditor, "employers/record.py", id=bakery.key)
    assert "Shop" in shown(app)
    assert "Add a site" not in shown(app)
    assert "site-edit" not in shown(app)
    assert not app.button


@pytest.mark.parametrize("script", ["employers/site.py", "employers/person.py", "employers/record.py"])
def test_a_page_without_its_employer_says_where_to_look(officer: User, script: str):
    assert "open the record from its list" in shown(open_page(officer, script)).lower()


def test_the_list_is_empty_says_what_to_do_and_filters(officer: User):
    assert "import a list" in shown(open_page(officer, "employers/list.py"))
    with db.transaction() as session:
        make_employer(session, "Fernside Bakery")
        make_employer(session, "Harbour Foods")
    app = open_page(officer, "employers/list.py")
    app.text_input[0].set_value("harb")
    checked(app.run())
    assert "Harbour Foods" in shown(app)
    assert "Fernside" not in shown(app)
