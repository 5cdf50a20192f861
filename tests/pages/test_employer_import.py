"""Importing a list of employers on the screen: upload, columns, preview, import, batch, refused rows."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import ROOT
from crm.models.employers import Employer
from crm.models.users import User
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.pages.opening import checked, choose, open_page, press, shown

CONTENT = b"Company,Town,Post code\nFernside <b>Bakery</b>,Leeds,LS1 4DY\nHarbour,Hull,NOWHERE\n"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return checked(app.run())


def stored() -> list[str]:
    with db.reading() as session:
        return [employer.name for employer in session.exec(select(Employer))]


def test_a_list_is_previewed_then_taken_in_and_its_refused_rows_are_kept(officer: User):
    app = upload(open_page(officer, "imports/employers.py"), "list.csv", CONTENT)
    assert "list.csv: 2 rows, 3 columns" in shown(app)
    assert "&lt;b&gt;Bakery" in shown(app)
    assert "This does not look like a UK postcode" in shown(app)
    assert stored() == []
    press(app, "Import 2 rows")
    assert stored() == ["Fernside <b>Bakery</b>"]
    page = shown(open_page(officer, "imports/batch.py", id=1))
    assert "files/refused/1.csv" in page
    assert "row 3" in page
    assert "list.csv" in shown(open_page(officer, "imports/list.py"))


def test_a_wrong_choice_of_columns_is_said_and_the_choice_is_kept(officer: User):
    app = upload(open_page(officer, "imports/employers.py"), "list.csv", CONTENT)
    choose(app, "Sector", "Town")
    choose(app, "Name of the organisation", "Not in this file")
    checked(app.run())
    assert "Choose the column that holds the name" in shown(app)
    assert next(box.value for box in app.selectbox if box.label == "Sector") == "Town"
    assert not [button for button in app.button if button.label.startswith("Import")]
    choose(app, "Name of the organisation", "Company")
    checked(app.run())
    assert "The first new employers" in shown(app)


def test_the_file_is_kept_while_somebody_looks_at_another_page(officer: User):
    app = upload(open_page(officer, "imports/employers.py"), "list.csv", CONTENT)
    app.switch_page(str(ROOT / "pages/employers/list.py"))
    checked(app.run())
    app.switch_page(str(ROOT / "pages/imports/employers.py"))
    checked(app.run())
    assert "list.csv: 2 rows" in shown(app)
    press(app, "Upload something else")
    assert app.file_uploader


def test_a_file_that_is_no_table_is_refused_in_words(officer: User):
    app = upload(open_page(officer, "imports/employers.py"), "list.csv", b"%PDF-1.7 x")
    assert "is not a table but a PDF document" in shown(app)


def test_the_same_file_again_is_told_before_it_comes_in(officer: User):
    seen = ""
    for _ in range(2):
        app = upload(open_page(officer, "imports/employers.py"), "list.csv", CONTENT)
        seen = shown(app)
        press(app, "Import 2 rows")
    assert "has come in before" in seen
    assert len(stored()) == 1


def test_an_empty_list_of_imports_says_how_to_start(officer: User):
    assert "Nothing has been imported yet" in shown(open_page(officer, "imports/list.py"))


def test_an_auditor_sees_imports_and_is_offered_none(officer: User):
    press(upload(open_page(officer, "imports/employers.py"), "list.csv", CONTENT), "Import 2 rows")
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    page = shown(open_page(auditor, "imports/list.py"))
    assert "list.csv" in page
    assert "import-employers" not in page
