"""Before somebody gets in touch they are told who else is there, whom to go through, when to keep quiet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.users import Actor
from crm.policy import Role
from crm.services import collisions
from tests.makers import make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import TODAY, make_employer

Person = Callable[[str], Actor]


@pytest.fixture
def person(session: Session) -> Person:
    return lambda name: make_user(session, Role.ENGAGEMENT_OFFICER, name=name).as_actor()


def test_others_of_the_last_two_weeks_are_told_with_what_about(session: Session, person: Person):
    ines, sam = person("Ines"), person("Sam")
    employer = make_employer(session)
    for days, by in ((15, ines), (14, ines), (0, sam)):
        day = TODAY - timedelta(days=days)
        make_contact(session, employer, by=by, held_on=day, summary="word " * 60, purpose="vacancy")
    told = collisions.of(session, employer.key, by=sam, today=TODAY)
    assert [(one.who, one.held_on, one.purpose) for one in told.spoke] == [
        ("Ines", TODAY - timedelta(days=14), "vacancy")
    ]
    assert told.spoke[0].words.endswith("word …")
    assert len(told.spoke[0].words) <= 122


def test_next_steps_of_others_that_are_due_or_soon_are_told(session: Session, person: Person):
    ines, sam = person("Ines"), person("Sam")
    employer = make_employer(session)
    for days in (-3, 14, 15):
        day = TODAY + timedelta(days=days)
        make_task(session, f"In {days}", by=ines, employer_id=employer.key, due_on=day)
    make_task(session, "Mine", by=sam, employer_id=employer.key, due_on=TODAY)
    told = collisions.of(session, employer.key, by=sam, today=TODAY)
    assert [(one.who, one.title) for one in told.planned] == [("Ines", "In -3"), ("Ines", "In 14")]


def test_quiet_days_owners_and_whom_to_go_through_are_told(session: Session, person: Person):
    ines, sam = person("Ines"), person("Sam")
    employer = make_employer(
        session,
        owner_id=ines.id,
        second_owner_id=sam.id,
        single_contact_id=ines.id,
        quiet_until=TODAY,
        quiet_why="An inspection",
    )
    told = collisions.of(session, employer.key, by=sam, today=TODAY)
    assert (told.owner, told.second_owner, told.single_contact) == ("Ines", "Sam", "Ines")
    assert (told.quiet_until, told.quiet_why) == (TODAY, "An inspection")
    later = collisions.of(session, employer.key, by=ines, today=TODAY + timedelta(days=1))
    assert (later.single_contact, later.quiet_until) == (None, None)


def test_it_takes_three_questions_at_most_and_changes_nothing(session: Session, person: Person):
    sam, employer = person("Sam"), make_employer(session)
    session.flush()
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *said: asked.append(str(said[2])))
    collisions.of(session, employer.key, by=sam, today=TODAY)
    assert 0 < len(asked) <= 3
    assert all(statement.startswith("SELECT") for statement in asked)


def test_whoever_asks_to_join_leaves_the_owner_one_task(session: Session, person: Person):
    ines, sam = person("Ines"), person("Sam")
    employer = make_employer(session, owner_id=ines.id)
    first = collisions.ask_to_join(session, employer.key, by=sam)
    assert first.owner_id == ines.id
    assert first.title.startswith("Sam asks to join")
    assert collisions.ask_to_join(session, employer.key, by=sam).id == first.id
    with pytest.raises(RuleBrokenError, match="nobody to ask"):
        collisions.ask_to_join(session, employer.key, by=ines)
    with pytest.raises(RuleBrokenError, match="Nobody owns"):
        collisions.ask_to_join(session, make_employer(session, "B").key, by=sam)


def test_an_administrator_is_told_nothing_and_what_is_not_there_is_not_found(
    session: Session, person: Person
):
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        collisions.of(session, make_employer(session).key, by=administrator, today=TODAY)
    with pytest.raises(NotFoundError):
        collisions.of(session, 999, by=person("Sam"), today=TODAY)
