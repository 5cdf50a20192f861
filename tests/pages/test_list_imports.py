"""Importing lists of every kind on the screen, and undoing an import from its page."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.employers import EmployerPerson
from crm.models.imports import ImportKind
from crm.models.users import User
from crm.policy import Role
from crm.services import list_imports
from crm.ui.import_words import list_links
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_person
from tests.pages.opening import checked, open_page, press, shown

PEOPLE = (
    b"Employer,Name,Phone,Job title\n"
    b"Fernside Bakery,Rosa <b>Vale</b>,0113 496 0000,Owner\n"
    b"Fernside Bakery,Dana Holt,0113 496 0111,Baker\n"
    b"Nobody Ltd,Eve Hart,,\n"
)


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session, seeker_word="participant", seeker_words="participants")
        make_person(session, make_employer(session), "Dana Holt", phone="0113 496 0999")
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def upload(user: User, content: bytes = PEOPLE) -> AppTest:
    app = open_page(user, "imports/rows.py", of="people")
    app.file_uploader[0].set_value(("people.csv", content, "text/csv"))
    return checked(app.run())


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_people_are_previewed_beside_what_is_recorded_taken_in_and_undone(officer: User):
    app = upload(officer)
    page = shown(app)
    assert "people.csv: 3 rows, 4 columns. Read as text in" in page
    assert "Rosa &lt;b&gt;Vale" in page
    assert "Stays as recorded" in page
    assert "Filled in" in page
    assert "No employer called “Nobody Ltd” is recorded" in page
    assert "guessed from their headings" in page
    press(app, "Import 3 rows")
    assert "import-undo?id=1" in shown(open_page(officer, "imports/batch.py", id=1))
    undoing = open_page(officer, "imports/undo.py", id=1)
    assert "gets its old values back" in shown(undoing)
    press(undoing, "Undo the import: archive 1 record and put 1 record back")
    with db.reading() as session:
        rosa, dana = sorted(session.exec(select(EmployerPerson)), key=lambda one: one.name, reverse=True)
    assert (rosa.archived_why, dana.job_title) == ("The import of people.csv was undone", None)
    assert "was undone by Ines Marlow" in shown(open_page(officer, "imports/batch.py", id=1)).replace(
        "\\", ""
    )
    again = shown(open_page(officer, "imports/undo.py", id=1))
    assert "This import was undone already" in again


def test_next_months_file_needs_no_choice_of_columns(officer: User):
    press(upload(officer), "Import 3 rows")
    app = upload(officer, PEOPLE.replace(b"Rosa", b"Tom"))
    assert "as they were chosen for the last list with the same headings" in shown(app)
    assert "Import 3 rows" in labels(app)


def test_what_was_changed_since_is_named_with_what_differs_before_anything_is_undone(officer: User):
    press(upload(officer), "Import 3 rows")
    with db.transaction() as session:
        dana = session.exec(select(EmployerPerson).where(EmployerPerson.name == "Dana Holt")).one()
        session.info["actor"] = officer.as_actor()
        dana.job_title = "Head baker"
        session.add(dana)
    app = open_page(officer, "imports/undo.py", id=1)
    page = shown(app)
    assert "1 record was changed by hand since; it stays as it is." in page
    assert "Changed: job title from “Baker” to “Head baker”" in page
    press(app, "Undo the import: archive 1 record")
    with db.reading() as session:
        dana = session.exec(select(EmployerPerson).where(EmployerPerson.name == "Dana Holt")).one()
    assert dana.job_title == "Head baker"


def test_each_list_is_offered_to_those_who_may_bring_it_in(officer: User):
    page = shown(open_page(officer, "imports/list.py"))
    assert "import-list?of=people" in page
    assert "import-list?of=seekers" not in page
    refused = open_page(officer, "imports/rows.py", of="seekers")
    assert refused.title[0].value == "This cannot be shown"
    with db.transaction() as session:
        manager = make_user(session, Role.MANAGER)
    assert [one.parameters for one in list_links(manager.as_actor())][1:] == [
        (("of", kind.value),) for kind in list_imports.LISTS if kind is not ImportKind.EMPLOYERS
    ]
    assert open_page(manager, "imports/rows.py", of="seekers").title[0].value == "Import participants"


def test_an_address_without_a_kind_offers_the_kinds(officer: User):
    assert "import-list?of=sites" in shown(open_page(officer, "imports/rows.py", of="nonsense"))


def test_rows_that_say_how_to_reach_people_are_not_shown_to_an_auditor(officer: User):
    press(upload(officer), "Import 3 rows")
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    page = shown(open_page(auditor, "imports/batch.py", id=1))
    assert "Eve Hart" not in page
    assert "files/refused" not in page
    assert "shown to those who may record such things" in page
