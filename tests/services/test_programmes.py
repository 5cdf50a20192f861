"""Programmes: recorded with their law, live or dormant, and who is on them."""

from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.programmes import Programme, ProgrammeInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import programmes, seekers
from tests.makers import make_actor
from tests.makers_people import make_seeker

ADMINISTRATOR = make_actor(Role.ADMINISTRATOR)
COACH = make_actor(Role.JOB_COACH)


def make_programme(session: Session, name: str = "Connect to Work", **facts: object) -> Programme:
    return programmes.add(session, ProgrammeInput.model_validate({"name": name, **facts}), by=ADMINISTRATOR)


def sleep(session: Session, programme: Programme) -> None:
    edit = ProgrammeInput(name=programme.name, is_dormant=True)
    programmes.change(session, programme.key, edit, version=programme.version, by=ADMINISTRATOR)


def test_the_law_of_a_programme_is_what_the_service_says_it_is(session: Session):
    made = make_programme(
        session,
        lawful_basis="Public task",
        special_condition="Substantial public interest, paragraph 8",
        policy_document="https://example.org/apd",
    )
    found = programmes.find(session, made.key, by=COACH)
    assert (found.lawful_basis, found.policy_document) == ("Public task", "https://example.org/apd")
    assert programmes.name_of(session, made.key, by=COACH) == "Connect to Work"
    assert programmes.name_of(session, None, by=COACH) is None


def test_a_programme_says_how_many_are_on_it(session: Session):
    made = make_programme(session)
    make_programme(session, "Access")
    make_seeker(session, programme_id=made.key)
    gone = make_seeker(session, programme_id=made.key)
    seekers.archive(session, gone.key, why="Moved", version=1, by=SYSTEM)
    rows = programmes.listing(session, by=COACH)
    assert [(row.programme.name, row.people) for row in rows] == [("Access", 0), ("Connect to Work", 1)]


def test_a_dormant_programme_takes_nobody_new_and_keeps_who_is_on_it(session: Session):
    made = make_programme(session)
    person = make_seeker(session, programme_id=made.key)
    sleep(session, made)
    with pytest.raises(RuleBrokenError, match="takes people now") as refusal:
        make_seeker(session, programme_id=made.key)
    assert refusal.value.field == "programme_id"
    edit = JobSeekerInput(preferred_name="Amara", programme_id=made.key)
    assert seekers.change(session, person.key, edit, version=1, by=SYSTEM).programme_id == made.key
    assert programmes.names(session, by=COACH) == {}
    assert programmes.names(session, by=COACH, also=made.key) == {made.key: "Connect to Work (dormant)"}


def test_nobody_is_moved_to_a_programme_that_is_not_there(session: Session):
    person = make_seeker(session)
    edit = JobSeekerInput(preferred_name="Amara", programme_id=999)
    with pytest.raises(RuleBrokenError):
        seekers.change(session, person.key, edit, version=1, by=SYSTEM)


def test_no_two_programmes_have_one_name(session: Session):
    first, other = make_programme(session), make_programme(session, "Access")
    edit = ProgrammeInput(name=first.name)
    with pytest.raises(RuleBrokenError, match="is called Connect to Work already"):
        programmes.change(session, other.key, edit, version=1, by=ADMINISTRATOR)
    session.rollback()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}, "ends before it starts"),
        ({"policy_document": "on the shelf"}, "beginning with https://"),
        ({"policy_document": "javascript:alert(1)"}, "beginning with https://"),
    ],
)
def test_what_cannot_be_right_is_refused(facts: dict[str, object], words: str):
    with pytest.raises(ValidationError, match=words):
        ProgrammeInput.model_validate({"name": "A", **facts})


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_records_programmes(session: Session, role: Role):
    with pytest.raises(NotAllowedError):
        programmes.add(session, ProgrammeInput(name="Mine"), by=make_actor(role))
