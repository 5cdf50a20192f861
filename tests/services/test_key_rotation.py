"""Changing the key: all is locked again with the new one, and being stopped in the middle loses nothing."""

from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from crm import config, db, locks, secret_check, secret_store
from crm.config import settings
from crm.errors import NotAllowedError, SecretsError
from crm.models.restricted import RestrictedFacts
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import drafts, history, key_rotation
from crm.services.drafts import Draft
from tests.makers import make_actor, make_user
from tests.makers_people import make_seeker
from tests.makers_restricted import make_restricted

PLACES = (
    ("restricted_facts", "health"),
    ("restricted_facts", "seal"),
    ("restricted_opening", "words"),
    ("form_draft", "values_locked"),
    ("audit_key", "encrypted"),
)


@pytest.fixture
def coach(tmp_path: Path, database: str) -> Generator[Actor]:
    """A coach with three people's restricted facts and a draft, in a service with secrets of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_SECRETS_DIR", str(tmp_path / "secrets"))
        config.settings.cache_clear()
        with db.transaction() as session:
            made = make_user(session, Role.JOB_COACH).as_actor()
            for number in range(3):
                seeker = make_seeker(session, f"Person {number}")
                make_restricted(session, seeker, made, health=f"Ill {number}")
            drafts.keep(session, "restricted", "1", Draft({"health": "typed"}, 1), by=made)
        yield made
    config.settings.cache_clear()


def locked_with() -> dict[str, set[str]]:
    """By table, the names of the keys that something in it is locked with."""
    found: dict[str, set[str]] = {}
    with db.engine().connect() as connection:
        for table, column in PLACES:
            held = connection.execute(sa.text(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"))
            found.setdefault(table, set()).update(kept.partition(":")[0] for kept in held.scalars())
    return {table: names for table, names in found.items() if names}


def all_readable(session: Session, by: Actor) -> bool:
    facts = session.exec(select(RestrictedFacts).order_by("id")).all()
    draft = drafts.find(session, "restricted", "1", by=by)
    assert history.history(session, "seeker", 1, offset=0, limit=9, by=SYSTEM).rows
    return [one.health for one in facts] == ["Ill 0", "Ill 1", "Ill 2"] and draft is not None


def test_everything_is_locked_again_and_stays_readable(coach: Actor):
    old = locks.known_keys()[0].name
    done = key_rotation.rotate(by=SYSTEM)
    new = locks.known_keys()[0].name
    assert (done.is_new, new != old) == (True, True)
    assert done.locked_again["people’s restricted facts"] == 3
    assert all(names == {new} for names in locked_with().values())
    (settings().secrets_dir / "values.key").unlink()
    with db.reading() as session:
        assert all_readable(session, coach)
    secret_check.ensure_fit(settings().database_url)


class PowerCutError(BaseException):
    """Ends the process in the middle of something."""


def test_one_that_was_stopped_loses_nothing_and_is_finished_by_the_next(
    coach: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(key_rotation, "_AT_A_TIME", 1)
    calls: list[str] = []

    def stop_in_the_middle(text: str, place: str) -> str:
        calls.append(place)
        if calls.count("restricted_facts.health") == 2:
            raise PowerCutError
        return lock(text, place)

    lock = locks.lock
    with monkeypatch.context() as patch:
        patch.setattr(locks, "lock", stop_in_the_middle)
        with pytest.raises(PowerCutError):
            key_rotation.rotate(by=SYSTEM)
    assert len(locked_with()["restricted_facts"]) == 2
    with db.transaction() as session:
        assert all_readable(session, coach)
    number = len(secret_store.values_keys())
    done = key_rotation.rotate(by=SYSTEM)
    assert (done.is_new, len(secret_store.values_keys())) == (False, number)
    assert all(len(names) == 1 for names in locked_with().values())


def test_a_moved_value_stops_it_rather_than_being_sealed_anew(coach: Actor):
    with db.engine().execution_options(is_write=True).begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE restricted_facts SET health = (SELECT health FROM restricted_facts WHERE id = 2)"
                " WHERE id = 1"
            )
        )
    with pytest.raises(SecretsError, match="moved or changed"):
        key_rotation.rotate(by=SYSTEM)


def test_a_key_from_the_environment_is_put_there_by_the_operator(
    coach: Actor, monkeypatch: pytest.MonkeyPatch
):
    old = secret_store.values_keys()[0].decode()
    monkeypatch.setenv("CRM_VALUES_KEY", old)
    config.settings.cache_clear()
    with pytest.raises(SecretsError, match="Put a new one before the others there"):
        key_rotation.rotate(by=SYSTEM)
    monkeypatch.setenv("CRM_VALUES_KEY", f"a new key of 32 signs or even more, {old}")
    config.settings.cache_clear()
    assert key_rotation.rotate(by=SYSTEM).is_new is False
    with db.reading() as session:
        assert all_readable(session, coach)


def test_only_those_who_look_after_the_service_change_its_keys(coach: Actor):
    with pytest.raises(NotAllowedError):
        key_rotation.rotate(by=make_actor(Role.MANAGER))
