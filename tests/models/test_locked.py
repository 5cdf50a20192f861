"""What is encrypted at rest: never plain in the database, and of no use anywhere but in its own place."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from crm import db, locks
from crm.errors import SecretsError
from crm.models.restricted import RestrictedFacts, WhyUnder16
from crm.policy import Role
from tests.makers import make_user
from tests.makers_people import make_seeker
from tests.makers_restricted import make_restricted

FACTS = {
    "date_of_birth": "1990-03-04",
    "disability": "Dyspraxia",
    "health": "Asthma",
    "why_under_16": "health",
}


@pytest.fixture
def two_people(database: str) -> None:
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH).as_actor()
        first = make_seeker(session, "First")
        make_restricted(session, first, coach, **FACTS)
        make_restricted(
            session, make_seeker(session, "Second"), coach, disability="Low vision", health="Gout"
        )


def read_all() -> list[RestrictedFacts]:
    with db.reading() as session:
        return list(session.exec(select(RestrictedFacts).order_by("id")))


def test_values_come_back_as_what_they_were(two_people: None):
    first = read_all()[0]
    assert (first.date_of_birth, first.disability, first.benefits, first.why_under_16) == (
        date(1990, 3, 4),
        "Dyspraxia",
        None,
        WhyUnder16.HEALTH,
    )


def test_the_database_holds_none_of_them_plain(two_people: None):
    with db.engine().connect() as connection:
        stored = str(connection.execute(sa.text("SELECT * FROM restricted_facts")).all())
    for fact in ("1990", "Dyspraxia", "Asthma", "'health'"):
        assert fact not in stored
    assert stored.count(f"{locks.known_keys()[0].name}:") == 9


MOVED = (
    "health = (SELECT health FROM restricted_facts WHERE id = 2)",
    "health = disability",
    "health = NULL",
    "seeker_id = 3",
    "seal = ''",
    "seal = (SELECT seal FROM restricted_facts WHERE id = 2)",
    "health = 'plain'",
    "health = substr(health, 1, 30)",
)
"""What somebody may do to the first row who can write into the database and has no key."""


def test_a_value_that_was_moved_or_taken_away_is_refused(two_people: None):
    with db.transaction() as session:
        make_seeker(session, "Third")
    for change in MOVED:
        with db.reading() as session:
            behind = sa.text(f"UPDATE restricted_facts SET {change} WHERE id = 1")
            session.connection().execute(behind)
            with pytest.raises(SecretsError, match="Tell an administrator"):
                session.exec(select(RestrictedFacts)).all()
    assert len(read_all()) == 2


def test_what_is_locked_twice_looks_different_each_time():
    assert locks.lock("Asthma", "health") != locks.lock("Asthma", "health")


def test_what_was_locked_for_one_place_does_not_open_at_another():
    kept = locks.lock("Asthma", "health")
    assert locks.unlock(kept, "health") == "Asthma"
    with pytest.raises(SecretsError, match="moved or changed"):
        locks.unlock(kept, "benefits")
