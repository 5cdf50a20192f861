"""The screens for colleagues, and one's own account."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.users import Invitation, User
from crm.policy import Role
from tests.makers import make_service, make_sign_in, make_user
from tests.pages.opening import open_page, press, shown, type_into


@pytest.fixture
def administrator(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ADMINISTRATOR, name="Ada Quill")


@pytest.fixture
def jo(administrator: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.JOB_COACH, name="Jo <i>Marsh</i>", email="jo@example.org")


def test_a_colleague_is_added_with_the_roles_ticked(administrator: User):
    app = open_page(administrator, "colleagues/edit.py")
    type_into(app, "Name", "Bea Holt")
    type_into(app, "E-mail address", "bea@example.org")
    next(box for box in app.checkbox if box.label.startswith("Job coach")).check()
    press(app, "Save colleague")
    with db.reading() as session:
        bea = session.exec(select(User).where(User.email == "bea@example.org")).one()
    assert bea.roles == {Role.JOB_COACH}


def test_a_colleague_without_a_role_is_refused_and_kept(administrator: User):
    app = open_page(administrator, "colleagues/edit.py")
    type_into(app, "Name", "Bea Holt")
    type_into(app, "E-mail address", "bea@example.org")
    press(app, "Save colleague")
    assert "Tick at least one role" in shown(app)
    assert next(box for box in app.text_input if box.label == "Name").value == "Bea Holt"


def test_a_link_is_shown_once_and_works(administrator: User, jo: User):
    app = press(
        open_page(administrator, "colleagues/record.py", id=jo.key), "Make a link to choose a password with"
    )
    assert "/password/" in app.code[0].value
    with db.reading() as session:
        assert session.exec(select(Invitation)).one().user_id == jo.key
    assert len(app.run().code) == 0


def test_a_colleague_is_shut_out_and_let_in_again(administrator: User, jo: User):
    app = press(open_page(administrator, "colleagues/record.py", id=jo.key), "Shut out")
    assert "Shut out since" in shown(app)
    app = press(app, "Let them in again")
    assert "They can sign in again" in shown(app)


def test_the_only_administrator_cannot_shut_themselves_out(administrator: User):
    app = press(open_page(administrator, "colleagues/record.py", id=administrator.key), "Shut out")
    assert "is the only administrator" in shown(app)


def test_the_list_shows_names_as_typed(administrator: User, jo: User):
    assert "Jo &lt;i&gt;Marsh&lt;/i&gt;" in shown(open_page(administrator, "colleagues/list.py"))


def test_ones_own_account_says_what_one_may_do_and_ends_other_sign_ins(jo: User):
    with db.transaction() as session:
        make_sign_in(session, jo)
    app = open_page(jo, "account/account.py")
    assert "Record or change job seekers" in shown(app)
    assert len([button for button in app.button if button.label.startswith("Sign out browser")]) == 2
    app = press(app, "Sign out browser 2")
    assert "That browser is signed out" in shown(app)
