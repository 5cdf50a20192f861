"""What the trail tells of signing in and out, of wrong passwords, and of what was refused."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import col, select

from crm import audit_values, db
from crm.errors import NotAllowedError, NotSignedInError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.users import FailedSignIn, User
from crm.policy import Role
from crm.services import colleagues, employers, refusals, sessions, signin, trail
from tests.makers import PASSWORD, make_actor, make_sign_in, make_user

Told = list[tuple[str, str, str, int]]


@pytest.fixture
def jo(database: str) -> User:
    with db.transaction() as session:
        return make_user(session, name="Jo Marsh", email="jo@example.org", can_sign_in=True)


def told(*actions: str) -> Told:
    """The entries of these kinds, in their order."""
    with db.reading() as session:
        query = select(AuditEntry).where(col(AuditEntry.action).in_(actions)).order_by(col(AuditEntry.id))
        return [(one.action, one.actor_name, one.record_kind, one.record_id) for one in session.exec(query)]


def try_password(email: str = "jo@example.org", password: str = "wrong") -> str | None:
    try:
        return signin.sign_in(email, SecretStr(password), address="127.0.0.1")
    except (NotSignedInError, NotAllowedError):
        return None


def test_signing_in_and_out_are_entries_of_their_own(jo: User):
    token = try_password(password=PASSWORD)
    assert token is not None
    with db.transaction() as session:
        signin.sign_out(session, token)
        signin.sign_out(session, token)
    assert told("sign_in", "sign_out") == [
        ("sign_in", "Jo Marsh", "User", jo.key),
        ("sign_out", "Jo Marsh", "User", jo.key),
    ]
    with db.reading() as session:
        assert sessions.in_force(session, sessions.digest(token)) is None


def test_whoever_ends_somebody_elses_sign_in_is_named(jo: User):
    with db.transaction() as session:
        make_sign_in(session, jo)
        ada = make_actor(Role.ADMINISTRATOR, name="Ada Quill")
        (kept,) = colleagues.signed_in(session, jo.key, by=ada)
        colleagues.sign_out(session, kept.id, by=ada)
    assert told("sign_out") == [("sign_out", "Ada Quill", "User", jo.key)]


def test_wrong_passwords_are_told_once_and_once_more_when_they_are_held_off(jo: User):
    for _ in range(signin.MOST_FAILURES + 3):
        try_password()
    stranger = signin.STRANGER.name
    assert told("wrong_password", "held_off") == [
        ("wrong_password", stranger, "User", jo.key),
        ("held_off", stranger, "User", jo.key),
    ]


def test_the_next_five_minutes_are_told_again(jo: User):
    try_password()
    with db.transaction() as session:
        for one in session.exec(select(FailedSignIn)):
            one.at = signin._window_of(utc_now()) - timedelta(seconds=1)
            session.add(one)
    try_password()
    assert len(told("wrong_password")) == 2


def test_signing_in_says_how_many_wrong_passwords_came_before(jo: User):
    try_password()
    try_password()
    assert try_password(password=PASSWORD)
    with db.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "sign_in")).one()
        assert entry.id is not None
        assert audit_values.read(session, [entry.id])[entry.id] == {"wrong_passwords_before": (None, 2)}


def test_accounts_that_nobody_has_are_told_once_without_what_was_typed(jo: User):
    for email in ("a@example.org", "b@example.org", "my own password"):
        try_password(email)
    assert told("wrong_password") == [("wrong_password", signin.STRANGER.name, "User", 0)]


def test_the_trail_stays_whole(jo: User):
    try_password()
    try_password(password=PASSWORD)
    with db.reading() as session:
        assert trail.verify(session, by=make_actor(Role.AUDITOR)).is_whole


def refuse(times: int = 1) -> None:
    for _ in range(times):
        with db.reading() as session, pytest.raises(NotAllowedError):
            employers.find(session, 1, by=make_actor(Role.ADMINISTRATOR, name="Ada Quill"))


def test_what_was_refused_is_told_once_when_the_page_is_drawn(database: str):
    refuse(times=3)
    assert told("refused") == []
    refusals.write()
    refuse()
    refusals.write()
    assert told("refused") == [("refused", "Ada Quill", "Service", 0)]
    with db.reading() as session:
        entry = session.exec(select(AuditEntry)).one()
        assert entry.id is not None
        assert audit_values.read(session, [entry.id])[entry.id] == {"action": (None, "employers.read")}


def test_after_five_minutes_the_same_refusal_is_told_again(database: str):
    with db.reading() as session:
        for minutes in (0, 4, 6):
            now = utc_now() + timedelta(minutes=minutes)
            refusals.remember(session, make_actor(), "employers.read", now=now)
    refusals.write()
    assert len(told("refused")) == 2
