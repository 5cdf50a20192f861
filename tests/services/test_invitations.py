"""Links to choose a password with: once, for one person, for three days."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import Session

from crm import db
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.base import utc_now
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import invitations, passwords, sessions, users
from tests.makers import make_actor, make_sign_in, make_user

CHOSEN = SecretStr("violet harbour cinema")


@pytest.fixture
def jo(database: str) -> User:
    with db.transaction() as session:
        return make_user(session, name="Jo Marsh", email="jo@example.org")


def link_for(user: User) -> str:
    with db.transaction() as session:
        return invitations.invite(session, user.key, by=SYSTEM)


def stored(user: User) -> User:
    with db.reading() as session:
        return session.get_one(User, user.key)


def test_the_link_lets_its_owner_choose_a_password(jo: User):
    invitations.accept(link_for(jo), CHOSEN)
    assert passwords.is_right(CHOSEN, stored(jo).password_hash)


def test_a_link_works_once(jo: User):
    token = link_for(jo)
    invitations.accept(token, CHOSEN)
    with pytest.raises(NotFoundError, match="has been used"):
        invitations.accept(token, SecretStr("another violet harbour"))


def test_a_new_link_takes_the_place_of_the_one_before(jo: User):
    first = link_for(jo)
    link_for(jo)
    with db.reading() as session, pytest.raises(NotFoundError):
        invitations.invited(session, first)


def test_a_link_runs_out_after_three_days(jo: User):
    token = link_for(jo)
    with pytest.raises(NotFoundError, match="has run out"):
        invitations.accept(token, CHOSEN, now=utc_now() + timedelta(days=3, minutes=1))


def test_a_weak_password_is_refused_and_the_link_stays_good(jo: User):
    token = link_for(jo)
    with pytest.raises(RuleBrokenError, match="easy to guess"):
        invitations.accept(token, SecretStr("jo marsh jo marsh"))
    invitations.accept(token, CHOSEN)


def test_choosing_a_password_signs_out_everywhere_else(jo: User):
    with db.transaction() as session:
        digest = make_sign_in(session, jo)
    invitations.accept(link_for(jo), CHOSEN)
    with db.reading() as session:
        assert sessions.in_force(session, digest) is None


def test_a_link_of_somebody_shut_out_does_not_work(jo: User):
    token = link_for(jo)
    with db.transaction() as session:
        users.disable(session, jo.key, version=jo.version, by=SYSTEM)
    with pytest.raises(NotFoundError):
        invitations.accept(token, CHOSEN)


def test_the_database_holds_no_link_that_could_be_used(jo: User):
    token = link_for(jo)
    with db.engine().connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM invitation").one()
    assert token not in map(str, kept)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_administrators_make_links(session: Session, role: Role):
    user = make_user(session)
    with pytest.raises(NotAllowedError):
        invitations.invite(session, user.key, by=make_actor(role))
