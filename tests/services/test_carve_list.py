"""The list of carved jobs: by stage, narrowed, counted and cut into pages by the database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.carves import CarveKind, CarveStage, JobCarve
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Role
from crm.services import carve_list, carves
from crm.services.carve_list import CarveFilter
from crm.services.employers import archive
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY
from tests.makers_people import make_seeker
from tests.makers_stages import make_bank, make_carve, move_carve


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, coach: Actor) -> Employer:
    return make_employer(session)


def titles(session: Session, by: Actor, **wanted: object) -> list[str]:
    asked = CarveFilter(**wanted)  # pyright: ignore[reportArgumentType]
    page = carve_list.listing(session, asked, offset=0, limit=25, by=by, today=TODAY)
    assert page.total == len(page.rows)
    assert sum(carve_list.stages(session, asked, by=by).values()) == page.total
    return [row.title for row in page.rows]


def idea(session: Session, employer: Employer, title: str, **facts: Any) -> JobCarve:
    return make_carve(session, make_bank(session, employer), title=title, **facts)


def test_carved_jobs_are_listed_by_stage_those_longest_in_it_first(
    session: Session, bakery: Employer, coach: Actor
):
    idea(session, bakery, "New", stage_since=TODAY - timedelta(days=2))
    idea(session, bakery, "Old", stage_since=TODAY - timedelta(days=40))
    move_carve(session, idea(session, bakery, "Further"), CarveStage.NEEDS_CONFIRMED)
    page = carve_list.listing(session, CarveFilter(), offset=0, limit=2, by=coach, today=TODAY)
    assert [(row.title, row.days_in_stage) for row in page.rows] == [("Old", 40), ("New", 2)]
    assert page.total == 3
    after = carve_list.listing(session, CarveFilter(), offset=2, limit=2, by=coach, today=TODAY)
    assert [(row.title, row.days_in_stage) for row in after.rows] == [("Further", 0)]
    assert carve_list.stages(session, CarveFilter(), by=coach) == {
        CarveStage.IDEA: 2,
        CarveStage.NEEDS_CONFIRMED: 1,
    }


def test_a_list_is_narrowed_by_words_stage_kind_employer_and_person(
    session: Session, bakery: Employer, coach: Actor
):
    other, seeker = make_employer(session, "Éclair House"), make_seeker(session, "Zoë Pike")
    idea(session, bakery, "Labels")
    idea(session, other, "Trays", seeker_id=seeker.key, kind=CarveKind.CREATED)
    move_carve(session, idea(session, bakery, "Vans"), CarveStage.NEEDS_CONFIRMED)
    assert titles(session, coach, words="eclair") == ["Trays"]
    assert titles(session, coach, words="zoe") == ["Trays"]
    assert titles(session, coach, words="LABEL") == ["Labels"]
    assert titles(session, coach, words="%") == []
    assert titles(session, coach, stage="needs_confirmed") == ["Vans"]
    assert titles(session, coach, kind="created") == ["Trays"]
    assert titles(session, coach, employer_id=bakery.key) == ["Labels", "Vans"]
    assert titles(session, coach, seeker_id=seeker.key) == ["Trays"]


def test_mine_are_those_that_i_made_and_those_for_my_people(session: Session, bakery: Employer, coach: Actor):
    mine = make_seeker(session, "Mine", coach_id=coach.id)
    idea(session, bakery, "Somebody else’s")
    idea(session, bakery, "For mine", seeker_id=mine.key)
    idea(session, bakery, "By me", by=coach)
    assert titles(session, coach, mine_of=coach.id) == ["For mine", "By me"]


def test_archived_ones_are_a_list_of_their_own_and_an_archived_employer_keeps_its_own(
    session: Session, bakery: Employer, coach: Actor
):
    gone = idea(session, bakery, "Gone")
    idea(session, bakery, "Here")
    carves.archive(session, gone.key, why="They left", version=gone.version, by=coach)
    archive(session, bakery.key, why="Closed", version=bakery.version, by=make_actor(Role.MANAGER))
    assert titles(session, coach) == ["Here"]
    assert titles(session, coach, is_archived=True) == ["Gone"]


def test_the_list_is_not_for_everybody(session: Session):
    nobody = make_actor(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        carve_list.listing(session, CarveFilter(), offset=0, limit=1, by=nobody, today=TODAY)
    with pytest.raises(NotAllowedError):
        carve_list.stages(session, CarveFilter(), by=nobody)
