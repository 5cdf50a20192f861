"""Sessions: begun, in force, run out, ended."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.models.base import utc_now
from crm.models.users import User
from crm.policy import Role
from crm.services import sessions
from tests.makers import make_sign_in, make_user


@pytest.fixture
def user(session: Session) -> User:
    return make_user(session, Role.JOB_COACH)


def test_a_new_session_is_in_force_for_its_owner(session: Session, user: User):
    found = sessions.in_force(session, make_sign_in(session, user))
    assert found is not None
    assert found.actor == user.as_actor()
    assert not found.is_note_due


def test_two_sessions_never_share_a_token(session: Session, user: User):
    tokens = {sessions.begin(session, user.key) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 43 for token in tokens)


def test_an_unknown_token_is_worth_nothing(session: Session):
    assert sessions.in_force(session, sessions.digest("unknown")) is None


@pytest.mark.parametrize(("minutes", "is_in_force"), [(119, True), (121, False)])
def test_a_session_that_is_not_used_runs_out(session: Session, user: User, minutes: int, is_in_force: bool):
    digest = make_sign_in(session, user)
    later = utc_now() + timedelta(minutes=minutes)
    assert (sessions.in_force(session, digest, now=later) is not None) == is_in_force


def test_noting_its_use_keeps_a_session_but_not_beyond_its_absolute_end(session: Session, user: User):
    digest = make_sign_in(session, user)
    for hours in (1.5, 3, 4.5, 6, 7.5, 9, 10.5, 11.9):
        moment = utc_now() + timedelta(hours=hours)
        found = sessions.in_force(session, digest, now=moment)
        assert found is not None
        assert found.is_note_due
        sessions.note_use(session, digest, now=moment)
    assert sessions.in_force(session, digest, now=utc_now() + timedelta(hours=12, minutes=1)) is None


def test_ending_one_session_leaves_the_others(session: Session, user: User):
    here, elsewhere = make_sign_in(session, user), make_sign_in(session, user)
    sessions.end(session, here)
    assert sessions.in_force(session, here) is None
    assert sessions.in_force(session, elsewhere) is not None


def test_an_ended_session_is_not_brought_back_by_its_use(session: Session, user: User):
    digest = make_sign_in(session, user)
    sessions.end_all(session, user.key)
    sessions.note_use(session, digest)
    assert sessions.in_force(session, digest) is None


def test_roles_are_those_of_this_moment(session: Session, user: User):
    digest = make_sign_in(session, user)
    user.role_names = Role.AUDITOR.value
    session.add(user)
    session.flush()
    found = sessions.in_force(session, digest)
    assert found is not None
    assert found.actor.roles == {Role.AUDITOR}


def test_only_sign_ins_in_force_are_counted(session: Session):
    user = make_user(session)
    kept, ended = sessions.begin(session, user.key), sessions.begin(session, user.key)
    sessions.end(session, sessions.digest(ended))
    assert sessions.count_in_force(session) == 1
    assert sessions.count_in_force(session, now=utc_now() + timedelta(hours=13)) == 0
    assert sessions.in_force(session, sessions.digest(kept)) is not None


def test_the_seconds_that_are_left_are_those_to_the_nearer_end(session: Session):
    token = sessions.digest(sessions.begin(session, make_user(session).key))
    begun = utc_now()
    assert sessions.seconds_left(session, token, now=begun + timedelta(minutes=30))[0] in range(5395, 5401)
    sessions.note_use(session, token, now=begun + timedelta(hours=11))
    session.expire_all()
    left, at_most = sessions.seconds_left(session, token, now=begun + timedelta(hours=11, minutes=30))
    assert left == at_most in range(1795, 1801)
    assert sessions.seconds_left(session, "unknown") == (0, 0)
