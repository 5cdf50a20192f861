"""Who knows an employer: recorded with their own yes, shown to those who may see them, taken off at once."""

from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.base import utc_now
from crm.models.door_openers import DoorOpenerInput
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import door_openers, merging
from crm.services.merging import MergeWanted
from tests.makers import make_user
from tests.makers_employers import TODAY, make_door_opener, make_employer
from tests.makers_people import make_seeker
from tests.makers_teams import make_team


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lindqvist").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


def names(session: Session, employer: Employer, by: Actor) -> list[str | None]:
    return [row.name for row in door_openers.of(session, employer.key, by=by)]


def test_a_job_seeker_and_somebody_else_stand_on_the_account_who_agreed_last_first(
    session: Session, bakery: Employer, coach: Actor
):
    seeker = make_seeker(session, "Amara Nwosu", coach_id=coach.id)
    make_door_opener(session, bakery, by=coach, agreed_on=TODAY - timedelta(days=9))
    make_door_opener(session, bakery, by=coach, seeker_id=seeker.key)
    make_door_opener(session, make_employer(session, "Other"))
    assert names(session, bakery, coach) == ["Amara Nwosu", "Joan Ackroyd"]


@pytest.mark.parametrize(
    "facts",
    [{}, {"name": "Joan", "seeker_id": 1}, {"name": "Joan", "agreed_how": " "}, {"name": "Joan", "tie": ""}],
)
def test_nobody_or_two_at_once_or_without_tie_and_yes_is_refused(facts: dict[str, object]):
    usual: dict[str, object] = {"tie": "A cousin", "agreed_on": TODAY, "agreed_how": "In person"}
    with pytest.raises(ValidationError):
        DoorOpenerInput.model_validate(usual | facts)


def test_a_yes_of_tomorrow_is_refused(session: Session, bakery: Employer, coach: Actor):
    with pytest.raises(RuleBrokenError, match="once it is given"):
        make_door_opener(session, bakery, by=coach, agreed_on=TODAY + timedelta(days=1))


def test_the_yes_of_a_job_seeker_is_recorded_by_those_who_record_their_consents(
    session: Session, bakery: Employer, coach: Actor
):
    officer = make_user(session, Role.ENGAGEMENT_OFFICER)
    far = make_user(session, Role.JOB_COACH, name="Olga Other")
    make_team(session, "South", far)
    mine, theirs = make_seeker(session, "Amara", coach_id=coach.id), make_seeker(session, coach_id=far.key)
    assert door_openers.seekers_to_name(session, by=coach) == {mine.key: "Amara"}
    assert door_openers.seekers_to_name(session, by=officer.as_actor()) == {}
    for by, seeker in ((officer.as_actor(), mine), (coach, theirs)):
        with pytest.raises(NotAllowedError):
            make_door_opener(session, bakery, by=by, seeker_id=seeker.key)
    make_door_opener(session, bakery, by=officer.as_actor())
    assert names(session, bakery, officer.as_actor()) == ["Joan Ackroyd"]


def test_who_is_taken_off_is_shown_no_more_and_no_reason_is_asked(
    session: Session, bakery: Employer, coach: Actor
):
    opener = make_door_opener(session, bakery)
    assert door_openers.find(session, opener.key, by=coach).name == "Joan Ackroyd"
    door_openers.take_off(session, opener.key, version=1, by=coach)
    assert names(session, bakery, coach) == []
    with pytest.raises(NotFoundError):
        door_openers.find(session, opener.key, by=coach)
    with pytest.raises(NotAllowedError):
        door_openers.take_off(session, opener.key, version=2, by=coach)


def test_nothing_is_done_with_the_yes_of_a_job_seeker_who_is_archived(
    session: Session, bakery: Employer, coach: Actor
):
    seeker = make_seeker(session, coach_id=coach.id)
    make_door_opener(session, bakery, by=coach, seeker_id=seeker.key)
    assert door_openers.opened(session) == {bakery.key: 1}
    seeker.archived_at = utc_now()
    session.add(seeker)
    session.flush()
    assert names(session, bakery, coach) == []
    assert door_openers.opened(session) == {}


def test_an_auditor_sees_employers_but_not_who_knows_them(session: Session, bakery: Employer):
    opener = make_door_opener(session, bakery)
    auditor = make_user(session, Role.AUDITOR).as_actor()
    assert not door_openers.are_shown(session, bakery, by=auditor)
    assert names(session, bakery, auditor) == []
    with pytest.raises(NotFoundError):
        door_openers.find(session, opener.key, by=auditor)
    with pytest.raises(NotAllowedError):
        make_door_opener(session, bakery, by=auditor)


def test_they_move_over_when_two_employers_are_merged(session: Session, bakery: Employer):
    other = make_employer(session, "Fernside Bakery Ltd")
    make_door_opener(session, other)
    wanted = MergeWanted(bakery.key, other.key, bakery.version, other.version, {}, "The same")
    merging.merge(session, wanted, by=SYSTEM, today=TODAY)
    assert names(session, bakery, SYSTEM) == ["Joan Ackroyd"]
