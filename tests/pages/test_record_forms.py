"""Forms keep what was typed: over an error, over somebody else's save, and over a restart."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.employers import Employer, EmployerInput
from crm.models.users import Actor, FormDraft, User
from crm.policy import Role
from crm.services import employers
from tests.makers import make_service, make_sign_in, make_user
from tests.pages.opening import app_of, open_straight


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return employers.add(session, EmployerInput(name="Fernside", sector="Food"), by=officer.as_actor())


def form_of(user: User, employer: Employer | None = None) -> AppTest:
    with db.transaction() as session:
        digest = make_sign_in(session, user)
    parameters = {"id": employer.key} if employer else {}
    return open_straight(app_of(digest), "employers/edit.py", **parameters)


def typed(app: AppTest, label: str) -> str:
    return str(next(box for box in app.text_input if box.label == label).value)


def type_into(app: AppTest, label: str, text: str) -> AppTest:
    next(box for box in app.text_input if box.label == label).set_value(text)
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def shown(app: AppTest) -> str:
    return " ".join(str(getattr(element, "body", "")) for element in app.get("html"))


def drafts_kept() -> int:
    with db.reading() as session:
        return len(session.exec(select(FormDraft)).all())


def stored(employer: Employer) -> Employer:
    with db.reading() as session:
        return session.exec(select(Employer).where(Employer.id == employer.id)).one()


def change_meanwhile(employer: Employer, by: Actor, name: str) -> None:
    with db.transaction() as session:
        now = employers.find(session, employer.key, by=by)
        edit = EmployerInput(name=name, sector="Food")
        employers.change(session, employer.key, edit, version=now.version, by=by)


def test_a_refused_form_says_what_is_wrong_and_keeps_everything_typed(officer: User):
    app = type_into(form_of(officer), "Companies House number", "12-34")
    app = press(type_into(app, "Name of the organisation", "Fernside"), "Save employer")
    assert "There is a problem" in shown(app)
    assert "Companies House number: A Companies House number has eight letters" in shown(app)
    assert (typed(app, "Companies House number"), typed(app, "Name of the organisation")) == (
        "12-34",
        "Fernside",
    )


def test_what_was_typed_and_not_saved_is_there_again_after_a_restart(officer: User, bakery: Employer):
    type_into(form_of(officer, bakery), "Sector", "Bread")
    again = form_of(officer, bakery)
    assert typed(again, "Sector") == "Bread"
    assert any("did not save" in str(box.value) for box in again.info)


def test_what_was_typed_can_be_given_up_for_what_is_stored(officer: User, bakery: Employer):
    type_into(form_of(officer, bakery), "Sector", "Bread")
    app = press(form_of(officer, bakery), "Start again from what is stored")
    assert typed(app, "Sector") == "Food"
    assert drafts_kept() == 0


def test_a_save_leaves_no_draft_behind(officer: User, bakery: Employer):
    app = press(type_into(form_of(officer, bakery), "Sector", "Bread"), "Save employer")
    assert not app.exception
    assert stored(bakery).sector == "Bread"
    assert drafts_kept() == 0


def test_looking_at_a_form_keeps_no_draft(officer: User, bakery: Employer):
    form_of(officer, bakery).run()
    assert drafts_kept() == 0


def test_the_second_saver_sees_what_differs_and_keeps_what_they_typed(officer: User, bakery: Employer):
    app = type_into(form_of(officer, bakery), "Name of the organisation", "My name")
    change_meanwhile(bakery, officer.as_actor(), "Their name")
    app = press(app, "Save employer")
    assert "Ines Marlow saved this record after you opened the form" in shown(app)
    assert "Their name" in shown(app)
    assert typed(app, "Name of the organisation") == "My name"
    assert stored(bakery).name == "Their name"


def test_after_seeing_what_differs_the_second_saver_can_save(officer: User, bakery: Employer):
    app = type_into(form_of(officer, bakery), "Name of the organisation", "My name")
    change_meanwhile(bakery, officer.as_actor(), "Their name")
    press(press(app, "Save employer"), "Save employer")
    assert stored(bakery).name == "My name"


def test_a_draft_drawn_before_somebody_saved_is_still_stale_after_a_restart(officer: User, bakery: Employer):
    type_into(form_of(officer, bakery), "Name of the organisation", "My name")
    change_meanwhile(bakery, officer.as_actor(), "Their name")
    app = press(form_of(officer, bakery), "Save employer")
    assert "saved this record after you opened the form" in shown(app)


def test_a_date_that_was_typed_comes_back_from_the_draft(officer: User, bakery: Employer):
    app = form_of(officer, bakery)
    next(box for box in app.date_input if box.label == "Disability Confident until").set_value(
        date(2027, 3, 1)
    )
    app.run()
    again = form_of(officer, bakery)
    box = next(box for box in again.date_input if box.label == "Disability Confident until")
    assert box.value == date(2027, 3, 1)
