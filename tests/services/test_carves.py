"""Jobs carved from what really could move: for everybody, in order, and kept only as they were seen."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveStage, CarveWish
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analysis_rows, carve_building, carve_list, carves, employers
from crm.services.carve_building import Built
from crm.services.carve_list import CarveFilter
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_profile, make_seeker

TODAY = date(2026, 11, 23)
MOVABLE: dict[str, Any] = {"need": "could_move", "nature": "social", "current_hourly_cost": 15}
UNPRICED: dict[str, Any] = {**MOVABLE, "current_hourly_cost": None}
UNTIMED: dict[str, Any] = {**MOVABLE, "times_a_week": None}


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, coach: Actor) -> Employer:
    return make_employer(session)


@pytest.fixture
def analysis(session: Session, bakery: Employer) -> JobAnalysis:
    row = make_analysis(session, bakery, going_rate=13, hours_week=60)
    for name in ("Fold boxes", "Label trays", "Greet drivers", "Water plants"):
        make_task(session, row, name, **MOVABLE)
    make_task(session, row, "Bake bread", need="essential")
    return row


def wish(*analyses: JobAnalysis, **facts: object) -> CarveWish:
    ids = [row.key for row in analyses]
    return CarveWish.model_validate({"analysis_ids": ids, "pay_hourly": 13, **facts})


def build(session: Session, bakery: Employer, wanted: CarveWish, by: Actor = SYSTEM) -> list[Built]:
    return carve_building.build(session, bakery.key, wanted, by=by, today=TODAY)


def test_a_job_is_built_for_everybody_goal_reached_first_then_longest_wait(
    session: Session, bakery: Employer, analysis: JobAnalysis
):
    for name, most, since in (("Long", 20, "2025-01-01"), ("New", 20, "2026-01-01"), ("Few", 4, None)):
        make_profile(
            session, make_seeker(session, name, referred_on=since), hours_now_min=2, hours_now_max=most
        )
    make_seeker(session, "Nothing recorded", referred_on="2024-01-01")
    found = build(session, bakery, wish(analysis, goal=15))
    assert [one.name for one in found] == ["Nothing recorded", "Long", "New", "Few"]
    assert [one.carve.hours_short for one in found] == [0, 0, 0, 15]


def test_the_figures_stand_apart_and_are_from_where_a_cost_is_not_recorded(
    session: Session, bakery: Employer, analysis: JobAnalysis
):
    make_seeker(session)
    carve = build(session, bakery, wish(analysis, goal=15))[0].carve
    assert (carve.skilled_hours_freed, carve.cost_difference_week, carve.new_wage_week) == (15, 30, 195)
    other = make_analysis(session, bakery, "Shop floor", hours_week=60)
    for name in ("Fill shelves", "Turn labels"):
        make_task(session, other, name, **UNPRICED)
    assert not build(session, bakery, wish(analysis, goal=15))[0].is_from
    assert build(session, bakery, wish(other, goal=10))[0].is_from


def test_a_bank_without_a_movable_task_says_so(session: Session, bakery: Employer):
    row = make_analysis(session, bakery)
    make_task(session, row, "Bake bread")
    make_seeker(session)
    built = build(session, bakery, wish(row))[0]
    assert built.carve.tasks == ()
    assert "No job can be built: there is no movable task with hours." in built.carve.warnings
    with pytest.raises(RuleBrokenError, match="nothing to keep"):
        carve_building.keep(session, bakery.key, wish(row), built, by=SYSTEM, today=TODAY)


def test_movable_tasks_without_hours_are_said_to_be_left_out(session: Session, bakery: Employer):
    row = make_analysis(session, bakery)
    make_task(session, row, **UNTIMED)
    make_seeker(session)
    warnings = " ".join(build(session, bakery, wish(row))[0].carve.warnings)
    assert "Hours are missing" in warnings


@pytest.mark.parametrize("goal", [0, 81])
def test_a_goal_outside_a_working_week_is_refused(goal: float):
    with pytest.raises(ValidationError, match="between 1 and 80"):
        CarveWish(analysis_ids=[1], goal=goal)


def test_only_this_employers_analyses_can_be_named(session: Session, bakery: Employer, analysis: JobAnalysis):
    foreign = make_analysis(session, make_employer(session, "Other"))
    with pytest.raises(RuleBrokenError, match="not this employer’s"):
        build(session, bakery, wish(analysis, foreign))
    with pytest.raises(RuleBrokenError, match="Choose at least one"):
        build(session, bakery, wish())


def test_a_kept_carve_is_an_idea_with_its_tasks_and_no_name(
    session: Session, bakery: Employer, analysis: JobAnalysis, coach: Actor
):
    make_seeker(session, "Very Findable")
    wanted = wish(analysis, goal=15)
    built = build(session, bakery, wanted)[0]
    kept = carve_building.keep(session, bakery.key, wanted, built, by=coach, today=TODAY)
    assert (kept.stage, kept.hours_week, kept.is_optimal) == (CarveStage.IDEA, 15, True)
    assert "Findable" not in kept.title + repr(kept.carve_seen)
    tasks = carves.tasks(session, kept.key, by=coach)
    assert [share for _, _, share in tasks] == [5, 5, 5]
    assert {post.title for _, post, _ in tasks} == {"Kitchen assistant"}
    assert kept.title.endswith("and 1 more")


def test_a_carve_is_not_kept_when_its_records_have_changed_since(
    session: Session, bakery: Employer, analysis: JobAnalysis, coach: Actor
):
    make_seeker(session)
    wanted = wish(analysis, goal=15)
    built = build(session, bakery, wanted)[0]
    for task in analysis_rows.tasks(session, analysis.key, by=coach)[:2]:
        analysis_rows.archive_task(session, task.key, why="Gone", version=task.version, by=coach)
    with pytest.raises(RuleBrokenError, match="Build the jobs again"):
        carve_building.keep(session, bakery.key, wanted, built, by=coach, today=TODAY)


def test_no_job_is_built_for_one_who_does_not_look_for_work(
    session: Session, bakery: Employer, analysis: JobAnalysis
):
    gone = make_seeker(session, status="exited")
    with pytest.raises(NotFoundError, match="does not look for work"):
        carve_building.build(session, bakery.key, wish(analysis), by=SYSTEM, today=TODAY, only=gone.key)


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
    make_seeker(session)
    wanted = wish(analysis)
    built = build(session, bakery, wanted)[0]
    first, second = (
        carve_building.keep(session, bakery.key, wanted, built, by=coach, today=TODAY) for _ in range(2)
    )
    second.stage = CarveStage.PROPOSAL
    session.add(second)
    session.flush()
    assert listed(session, coach) == [first.key, second.key]
    carves.archive(session, first.key, why="They left", version=first.version, by=coach)
    assert listed(session, coach, is_archived=True) == [first.key]
    carves.bring_back(session, first.key, version=first.version, by=coach)
    assert len(listed(session, coach)) == 2


def test_an_auditor_looks_and_keeps_nothing(session: Session, bakery: Employer, analysis: JobAnalysis):
    make_seeker(session)
    auditor, wanted = make_actor(Role.AUDITOR), wish(analysis)
    built = build(session, bakery, wanted, auditor)[0]
    with pytest.raises(NotAllowedError):
        carve_building.keep(session, bakery.key, wanted, built, by=auditor, today=TODAY)


def test_a_vacancy_alone_gives_no_bank(session: Session, bakery: Employer, coach: Actor):
    make_vacancy(session, bakery)
    assert carves.banks(session, "", by=coach) == []
