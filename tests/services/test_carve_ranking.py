"""Everybody in the order of the job that can be built for each; a page built alone is as in the whole."""

import pytest
from sqlmodel import Session

from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveWish
from crm.models.employers import Employer
from crm.models.users import SYSTEM
from crm.services import carve_building, carve_ranking
from crm.services.carve_ranking import Ranked
from tests.makers import make_service
from tests.makers_carves import make_kitchen, make_wish
from tests.makers_employers import make_employer
from tests.makers_jobs import TODAY
from tests.makers_people import make_profile, make_seeker


@pytest.fixture
def bakery(session: Session) -> Employer:
    make_service(session)
    return make_employer(session)


@pytest.fixture
def kitchen(session: Session, bakery: Employer) -> JobAnalysis:
    for name, most, since in (("Long", 20, "2025-01-01"), ("New", 20, "2026-01-01"), ("Few", 4, None)):
        person = make_seeker(session, name, referred_on=since)
        make_profile(session, person, hours_now_min=2, hours_now_max=most)
    make_seeker(session, "Nothing recorded", referred_on="2024-01-01")
    make_seeker(session, "Left", status="exited")
    return make_kitchen(session, bakery)


def rank(session: Session, bakery: Employer, wish: CarveWish) -> Ranked:
    return carve_ranking.rank(session, bakery.key, wish, by=SYSTEM, today=TODAY)


def test_everybody_is_there_goal_reached_first_then_longest_wait(
    session: Session, bakery: Employer, kitchen: JobAnalysis
):
    found = rank(session, bakery, make_wish(kitchen, goal=15))
    rows = found.rows(0, 10)
    assert [one.name for one in rows] == ["Nothing recorded", "Long", "New", "Few"]
    assert [one.carve.hours_short for one in rows] == [0, 0, 0, 15]
    assert (found.total, found.reached) == (4, 3)


def test_a_page_is_as_in_the_whole_list_and_builds_no_more_than_its_rows(
    session: Session, bakery: Employer, kitchen: JobAnalysis
):
    whole = rank(session, bakery, make_wish(kitchen, goal=15)).rows(0, 10)
    paged, told = rank(session, bakery, make_wish(kitchen, goal=15)), list[tuple[int, int]]()
    assert not paged.is_built(2, 2)
    page = paged.rows(2, 2, progress=lambda done, total: told.append((done, total)))
    assert page == whole[2:]
    assert told == [(1, 2), (2, 2)]
    assert paged.rows(2, 2)[0] is page[0]
    assert (paged.is_built(2, 2), paged.is_built(1, 2)) == (True, False)
    assert paged.rows(4, 2) == []


def test_the_job_in_the_list_is_the_best_that_is_built_for_the_person_alone(
    session: Session, bakery: Employer, kitchen: JobAnalysis
):
    wish = make_wish(kitchen, goal=15, pay_hourly=5, hard_percent=30)
    for row in rank(session, bakery, wish).rows(0, 10):
        alone = carve_building.for_one(session, bakery.key, row.seeker_id, wish, by=SYSTEM, today=TODAY)
        seen, best = row.carve.as_record() | {"rank": 0}, alone.jobs[0].carve
        assert seen == best.as_record()


def test_a_row_of_the_list_can_be_kept(session: Session, bakery: Employer, kitchen: JobAnalysis):
    found = rank(session, bakery, make_wish(kitchen, goal=15))
    row = found.rows(1, 1)[0]
    kept = carve_building.keep(session, found.ground, row, by=SYSTEM)
    assert (kept.seeker_id, kept.hours_week) == (row.seeker_id, row.carve.hours_week)
