"""The employers that a job can be carved at, the analyses it is carved from, and the carved jobs kept."""

import pytest
from sqlmodel import Session

from crm.errors import NotFoundError
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveStage
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import carve_building, carve_list, carves, employers
from crm.services.carve_list import CarveFilter
from tests.makers import make_service, make_user
from tests.makers_carves import make_kitchen, make_wish
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY, make_analysis, make_vacancy
from tests.makers_people import make_seeker


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, coach: Actor) -> Employer:
    return make_employer(session)


@pytest.fixture
def analysis(session: Session, bakery: Employer) -> JobAnalysis:
    return make_kitchen(session, bakery)


def test_employers_are_offered_by_their_movable_tasks_and_found_by_name(
    session: Session, bakery: Employer, analysis: JobAnalysis, coach: Actor
):
    other = make_employer(session, "Éclair House")
    make_analysis(session, other)
    make_employer(session, "Nothing analysed")
    found = carves.banks(session, "", by=coach)
    assert [(row.name, row.analyses, row.movable) for row in found] == [
        ("Fernside Bakery", 1, 4),
        ("Éclair House", 1, 0),
    ]
    assert [row.name for row in carves.banks(session, "eclair", by=coach)] == ["Éclair House"]


def test_the_analyses_to_carve_from_are_those_of_a_live_employer(
    session: Session, bakery: Employer, analysis: JobAnalysis, coach: Actor
):
    employer, sources = carves.sources(session, bakery.key, by=coach)
    assert (employer.key, [(one.title, one.movable, one.going_rate) for one in sources]) == (
        bakery.key,
        [("Kitchen assistant", 4, 13)],
    )
    employers.archive(session, bakery.key, why="Closed", version=bakery.version, by=SYSTEM)
    with pytest.raises(NotFoundError, match="archived"):
        carves.sources(session, bakery.key, by=coach)


def listed(session: Session, by: Actor, *, is_archived: bool = False) -> list[int]:
    wanted = CarveFilter(is_archived=is_archived)
    page = carve_list.listing(session, wanted, offset=0, limit=9, by=by, today=TODAY)
    return [row.id for row in page.rows]


def test_kept_carves_are_listed_by_stage_and_can_be_put_aside(
    session: Session, bakery: Employer, analysis: JobAnalysis, coach: Actor
):
    person = make_seeker(session)
    found = carve_building.for_one(
        session, bakery.key, person.key, make_wish(analysis), by=coach, today=TODAY
    )
    first, second = (carve_building.keep(session, found.ground, found.jobs[0], by=coach) for _ in range(2))
    second.stage = CarveStage.PROPOSAL
    session.add(second)
    session.flush()
    assert listed(session, coach) == [first.key, second.key]
    carves.archive(session, first.key, why="They left", version=first.version, by=coach)
    assert listed(session, coach, is_archived=True) == [first.key]
    carves.bring_back(session, first.key, version=first.version, by=coach)
    assert len(listed(session, coach)) == 2


def test_a_vacancy_alone_gives_no_bank(session: Session, bakery: Employer, coach: Actor):
    make_vacancy(session, bakery)
    assert carves.banks(session, "", by=coach) == []
