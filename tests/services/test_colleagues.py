"""Colleagues as administrators see them, and where they are signed in."""

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.users import SYSTEM
from crm.policy import Action, Role
from crm.services import colleagues, sessions, users
from crm.services.colleagues import Access
from crm.services.permissions import permissions
from tests.makers import make_actor, make_sign_in, make_user

ADMINISTRATOR = make_actor(Role.ADMINISTRATOR)


def names(session: Session, words: str) -> list[str]:
    return [row.name for row in colleagues.listing(session, words, offset=0, limit=9, by=ADMINISTRATOR).rows]


def test_colleagues_are_found_by_name_and_by_address(session: Session):
    make_user(session, name="Zoe Abara", email="zoe@example.org")
    make_user(session, name="Ann Lee", email="ann.l@example.com")
    assert names(session, "") == ["Ann Lee", "Zoe Abara"]
    assert names(session, "ABARA") == ["Zoe Abara"]
    assert names(session, "example.com") == ["Ann Lee"]


def test_the_list_says_who_can_sign_in(session: Session):
    make_user(session, name="A", can_sign_in=True)
    make_user(session, name="B")
    out = make_user(session, name="C", can_sign_in=True)
    users.disable(session, out.key, version=out.version, by=SYSTEM)
    rows = colleagues.listing(session, "", offset=0, limit=9, by=ADMINISTRATOR).rows
    assert [row.access for row in rows] == [Access.CAN_SIGN_IN, Access.NO_PASSWORD_YET, Access.SHUT_OUT]


def test_one_sees_and_ends_ones_own_sign_ins(session: Session):
    user = make_user(session)
    make_sign_in(session, user)
    (kept,) = colleagues.signed_in(session, user.key, by=user.as_actor())
    colleagues.sign_out(session, kept.id, by=user.as_actor())
    assert colleagues.signed_in(session, user.key, by=user.as_actor()) == []


def test_nobody_but_an_administrator_sees_or_ends_the_sign_ins_of_others(session: Session):
    user, other = make_user(session), make_user(session, Role.MANAGER).as_actor()
    digest = make_sign_in(session, user)
    (kept,) = colleagues.signed_in(session, user.key, by=ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        colleagues.signed_in(session, user.key, by=other)
    with pytest.raises(NotAllowedError):
        colleagues.sign_out(session, kept.id, by=other)
    assert sessions.in_force(session, digest) is not None


def test_a_sign_in_that_never_was_is_said_to_have_ended(session: Session):
    with pytest.raises(NotFoundError, match="has ended already"):
        colleagues.sign_out(session, 999, by=ADMINISTRATOR)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_the_list_is_for_administrators(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        colleagues.listing(session, "", offset=0, limit=9, by=make_actor(role))


def test_what_one_may_do_names_the_roles_that_give_it(session: Session):
    said = {one.what: one for one in permissions(session, by=make_actor(Role.ENGAGEMENT_OFFICER))}
    assert len(said) == len(Action)
    assert said["See employers"].is_allowed
    assert said["See employers"].why == "As engagement officer"
    restricted = said["See restricted facts (health, benefits)"]
    assert (restricted.is_allowed, restricted.why) == (False, "Only as job coach, manager")
