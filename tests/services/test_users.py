"""Colleagues: added, given roles, shut out and let in again."""

import pytest
from pydantic import SecretStr, ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.users import SYSTEM, ColleagueInput, NewUser, User
from crm.policy import Role
from crm.services import passwords, sessions, users
from tests.makers import PASSWORD, make_actor, make_sign_in, make_user


def newcomer(email: str = "Jo@Example.org") -> NewUser:
    return NewUser(
        name="Jo Marsh", email=email, roles=frozenset({Role.JOB_COACH}), password=SecretStr(PASSWORD)
    )


def edited(user: User, *roles: Role) -> ColleagueInput:
    return ColleagueInput(name=user.name, email=user.email, roles=frozenset(roles))


def test_an_administrator_adds_a_colleague(session: Session):
    user = users.add(session, newcomer(), by=make_actor(Role.ADMINISTRATOR))
    assert (user.email, user.roles) == ("jo@example.org", {Role.JOB_COACH})
    assert passwords.is_right(SecretStr(PASSWORD), user.password_hash)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_else_adds_colleagues(session: Session, role: Role):
    with pytest.raises(NotAllowedError, match="do not let you record or change colleagues"):
        users.add(session, newcomer(), by=make_actor(role))


def test_an_address_belongs_to_one_person(session: Session):
    users.add(session, newcomer(), by=SYSTEM)
    with pytest.raises(RuleBrokenError, match=r"Somebody with the e-mail address jo@example\.org") as refusal:
        users.add(session, newcomer("JO@example.org"), by=SYSTEM)
    assert refusal.value.field == "email"
    session.rollback()


def test_colleagues_are_found_by_address_and_listed_by_name(session: Session):
    make_user(session, name="Zoe", email="zoe@example.org")
    make_user(session, name="Ann", email="ann@example.org")
    reader = make_actor(Role.MANAGER)
    assert [user.name for user in users.everybody(session, by=reader)] == ["Ann", "Zoe"]
    assert users.one(session, "zoe@example.org", by=reader).name == "Zoe"
    with pytest.raises(NotFoundError, match="Nobody with the e-mail address"):
        users.one(session, "nobody@example.org", by=reader)


def test_a_colleague_shut_out_is_out_and_can_be_let_in_again(session: Session):
    user = make_user(session)
    digest = make_sign_in(session, user)
    users.disable(session, user.key, version=user.version, by=SYSTEM)
    assert sessions.in_force(session, digest) is None
    users.enable(session, user.key, version=user.version, by=SYSTEM)
    assert user.disabled_at is None


def test_roles_are_given_from_the_version_that_the_form_showed(session: Session):
    user = make_user(session, Role.JOB_COACH)
    drawn = user.version
    both = frozenset({Role.JOB_COACH, Role.MANAGER})
    users.change(session, user.key, edited(user, *both), version=drawn, by=SYSTEM)
    assert user.roles == both
    with pytest.raises(StaleFormError):
        users.change(session, user.key, edited(user, Role.AUDITOR), version=drawn, by=SYSTEM)


def test_the_last_administrator_stays_one(session: Session):
    last = make_user(session, Role.ADMINISTRATOR, name="Ada")
    with pytest.raises(RuleBrokenError, match="Ada is the only administrator"):
        users.disable(session, last.key, version=last.version, by=SYSTEM)
    with pytest.raises(RuleBrokenError, match="Ada is the only administrator"):
        users.change(session, last.key, edited(last, Role.MANAGER), version=last.version, by=SYSTEM)


def test_one_of_two_administrators_may_go(session: Session):
    make_user(session, Role.ADMINISTRATOR)
    going = make_user(session, Role.ADMINISTRATOR)
    users.disable(session, going.key, version=going.version, by=SYSTEM)
    assert going.disabled_at is not None
    users.change(session, going.key, edited(going, Role.AUDITOR), version=going.version, by=SYSTEM)
    assert going.roles == {Role.AUDITOR}


def test_a_changed_address_must_be_free(session: Session):
    taken, user = make_user(session), make_user(session)
    wanted = ColleagueInput(name="Jo", email=taken.email, roles=frozenset({Role.JOB_COACH}))
    with pytest.raises(RuleBrokenError, match="can sign in already") as refusal:
        users.change(session, user.key, wanted, version=user.version, by=SYSTEM)
    assert refusal.value.field == "email"
    session.rollback()


def test_a_colleague_without_a_role_is_refused():
    with pytest.raises(ValidationError, match="Tick at least one role"):
        ColleagueInput.model_validate({"name": "Jo", "email": "jo@example.org", "roles": {"manager": False}})
