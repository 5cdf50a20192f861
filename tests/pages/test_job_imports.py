"""Importing adverts and a vocabulary on the screen: upload, look, choose, import."""

import zipfile
from io import BytesIO

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.imports import ImportBatch
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import advert, json_lines
from tests.pages.opening import checked, open_page


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER)


def upload(app: AppTest, name: str, content: bytes, mime: str) -> AppTest:
    app.file_uploader[0].set_value((name, content, mime))
    return checked(app.run())


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return checked(app.run())


def shown(app: AppTest) -> str:
    elements = [*app.get("html"), *app.info, *app.success]
    return " ".join(str(getattr(one, "body", "")) + str(getattr(one, "value", "")) for one in elements)


def stored() -> list[Vacancy]:
    with db.reading() as session:
        return list(session.exec(select(Vacancy)))


def test_adverts_are_looked_at_first_and_come_in_when_somebody_says_so(manager: User):
    with db.transaction() as session:
        bakery = make_employer(session, "Fernside Bakerys")
    app = open_page(manager, "imports/vacancies.py")
    upload(app, "ads.jsonl", json_lines(advert(1), advert(2, title=None)), "application/json")
    press(app, "Read the adverts")
    assert "2 adverts in ads.jsonl" in shown(app)
    assert "The advert has no title" in shown(app)
    assert stored() == []
    app.selectbox[0].set_value(bakery.key)
    press(app, "Import 1 vacancy")
    assert [post.employer_id for post in stored()] == [bakery.key]
    with db.reading() as session:
        assert session.exec(select(ImportBatch)).one().rows_refused == 1


def test_an_upload_can_be_put_back_and_one_without_adverts_is_refused_in_words(manager: User):
    app = open_page(manager, "imports/vacancies.py")
    upload(app, "ads.json", json_lines(advert(1)), "application/json")
    press(app, "Read the adverts")
    press(app, "Upload something else")
    assert "You see what would come in" in shown(app)
    upload(app, "none.json", b"[]", "application/json")
    press(app, "Read the adverts")
    assert stored() == []


def test_the_same_upload_again_is_told_and_doubles_nothing(manager: User):
    for label in ("Import 1 vacancy", "Keep the figures of this upload"):
        app = open_page(manager, "imports/vacancies.py")
        upload(app, "ads.json", json_lines(advert(1)), "application/json")
        press(app, "Read the adverts")
        press(app, label)
    assert len(stored()) == 1


def test_many_uncertain_employers_are_asked_about_up_to_a_limit(
    manager: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("crm.ui.advert_preview._MOST_ASKED", 1)
    with db.transaction() as session:
        for name in ("Fernside Bakerys", "Oakhill Laundrys"):
            make_employer(session, name)
    lines = json_lines(advert(1), advert(2, hiringOrganization={"name": "Oakhill Laundry"}))
    app = upload(open_page(manager, "imports/vacancies.py"), "ads.jsonl", lines, "application/json")
    press(app, "Read the adverts")
    assert "1 more employer with fewer adverts" in shown(app)


def test_a_zip_that_is_not_escos_is_refused_in_words(manager: User):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    app = open_page(manager, "imports/vocabulary.py")
    assert "Imported beside them" in shown(app)
    upload(app, "other.zip", packed.getvalue(), "application/zip")
    press(app, "Import the vocabulary")
    assert "There is a problem" in shown(app)
