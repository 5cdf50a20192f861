"""The best job for one person, others beside it, what blocks a better one; kept only as they were seen."""

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models import carves as rails
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveKind, CarveMade, CarveStage, CarveWish, JobCarve
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import analysis_rows, carve_building, carve_ground, carves
from crm.services.carve_building import ForOne
from matching.carve_model import GuardRails
from tests.makers import make_actor, make_service, make_user
from tests.makers_carves import MOVABLE, UNPLEASANT, UNPRICED, UNTIMED, make_agreed, make_kitchen, make_wish
from tests.makers_employers import make_employer, make_site
from tests.makers_jobs import TODAY, make_analysis, make_task
from tests.makers_people import make_profile, make_seeker


@pytest.fixture
def coach(session: Session) -> Actor:
    make_service(session)
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def bakery(session: Session, coach: Actor) -> Employer:
    return make_employer(session)


@pytest.fixture
def kitchen(session: Session, bakery: Employer) -> JobAnalysis:
    return make_kitchen(session, bakery)


@pytest.fixture
def amara(session: Session, coach: Actor) -> JobSeeker:
    return make_seeker(session, "Very Findable")


def build(session: Session, amara: JobSeeker, wish: CarveWish, by: Actor = SYSTEM) -> ForOne:
    return carve_building.for_one(session, 1, amara.key, wish, by=by, today=TODAY)


def keep(session: Session, found: ForOne, by: Actor, place: int = 0) -> JobCarve:
    return carve_building.keep(session, found.ground, found.jobs[place], by=by)


def test_the_figures_stand_apart_and_are_from_where_a_cost_is_not_recorded(
    session: Session, bakery: Employer, kitchen: JobAnalysis, amara: JobSeeker
):
    best = build(session, amara, make_wish(kitchen, goal=15)).jobs[0]
    carve = best.carve
    assert (carve.skilled_hours_freed, carve.cost_difference_week, carve.new_wage_week) == (15, 30, 195)
    assert not best.is_from
    other = make_analysis(session, bakery, "Shop floor", hours_week=60)
    for name in ("Fill shelves", "Turn labels"):
        make_task(session, other, name, **UNPRICED)
    assert build(session, amara, make_wish(other, goal=10)).jobs[0].is_from


def test_the_next_best_jobs_differ_from_the_best_and_say_by_how_much(
    session: Session, kitchen: JobAnalysis, amara: JobSeeker
):
    found = build(session, amara, make_wish(kitchen, goal=10))
    assert [job.carve.hours_week for job in found.jobs] == [10, 10, 10]
    chosen = [frozenset(task.name for task in job.carve.tasks) for job in found.jobs]
    assert len(set(chosen)) == 3
    assert found.alike == (1.0, 0.5, 0.5)


def test_what_blocks_a_better_one_is_said(session: Session, kitchen: JobAnalysis, amara: JobSeeker):
    make_profile(session, amara, hours_now_min=2, hours_now_max=5)
    found = build(session, amara, make_wish(kitchen, goal=15))
    assert found.jobs[0].carve.hours_short == 10
    assert found.blocks[0].what == "The person's most hours"


def test_guard_rails_can_be_made_stricter(session: Session, bakery: Employer, amara: JobSeeker):
    post = make_analysis(session, bakery, hours_week=60)
    make_task(session, post, "Greet guests", **MOVABLE)
    make_task(session, post, "Empty the bins", **UNPLEASANT)
    usual = build(session, amara, make_wish(post, goal=10)).jobs[0]
    strict = build(session, amara, make_wish(post, goal=10, hard_percent=20)).jobs[0]
    assert (usual.carve.hours_week, strict.carve.hours_week) == (10, 5)
    assert not build(session, amara, make_wish(post, goal=5, contact_hours=6)).jobs[0].carve.tasks


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("contact_hours", 1, "2 at least"),
        ("hard_percent", 60, "between 0 and 50 percent"),
        ("most_posts", 4, "between 1 and 3 posts"),
        ("goal", 0, "between 1 and 80"),
        ("goal", 81, "between 1 and 80"),
    ],
)
def test_no_guard_rail_can_be_made_looser_and_no_goal_leave_the_week(field: str, value: float, words: str):
    with pytest.raises(ValidationError, match=words):
        CarveWish.model_validate({"analysis_ids": [1], field: value})


def test_the_rails_that_are_said_are_those_that_the_engine_keeps():
    usual = GuardRails()
    assert (
        usual.contact_hours,
        usual.most_hard,
        usual.most_posts,
    ) == (rails.CONTACT_HOURS, rails.HARD_PERCENT / 100, rails.MOST_POSTS)


def test_a_bank_without_a_movable_task_says_so_and_nothing_is_kept(
    session: Session, bakery: Employer, amara: JobSeeker
):
    row = make_analysis(session, bakery)
    make_task(session, row, "Bake bread")
    found = build(session, amara, make_wish(row))
    assert found.jobs[0].carve.tasks == ()
    assert "No job can be built: there is no movable task with hours." in found.jobs[0].carve.warnings
    with pytest.raises(RuleBrokenError, match="nothing to keep"):
        keep(session, found, SYSTEM)


def test_movable_tasks_without_hours_are_said_to_be_left_out(
    session: Session, bakery: Employer, amara: JobSeeker
):
    row = make_analysis(session, bakery)
    make_task(session, row, **UNTIMED)
    assert "Hours are missing" in " ".join(build(session, amara, make_wish(row)).jobs[0].carve.warnings)


def test_pay_below_the_minimum_wage_is_said(session: Session, kitchen: JobAnalysis, amara: JobSeeker):
    found = build(session, amara, make_wish(kitchen, pay_hourly=5))
    assert "below the minimum wage" in " ".join(found.jobs[0].carve.warnings)


def test_a_kept_carve_is_an_idea_with_its_tasks_and_no_name(
    session: Session, bakery: Employer, amara: JobSeeker, coach: Actor
):
    mill = make_site(session, bakery, "Mill")
    kitchen = make_kitchen(session, bakery)
    kitchen.site_id = mill.key
    kept = keep(session, build(session, amara, make_wish(kitchen, goal=15)), coach)
    assert (kept.stage, kept.made, kept.kind) == (CarveStage.IDEA, CarveMade.BY_SOLVER, CarveKind.CARVED)
    assert (kept.hours_week, kept.is_optimal) == (15, True)
    assert (kept.site_id, kept.going_rate, kept.pay_hourly) == (mill.key, 13, 13)
    assert "Findable" not in kept.title + repr(kept.carve_seen)
    tasks = carves.tasks(session, kept.key, by=coach)
    assert [share for _, _, share in tasks] == [5, 5, 5]
    assert {post.title for _, post, _ in tasks} == {"Kitchen assistant"}
    assert kept.title.endswith("and 1 more")


def test_an_alternative_can_be_kept_too(
    session: Session, kitchen: JobAnalysis, amara: JobSeeker, coach: Actor
):
    found = build(session, amara, make_wish(kitchen, goal=10))
    kept = keep(session, found, coach, place=1)
    names = {task.name for task, _, _ in carves.tasks(session, kept.key, by=coach)}
    assert names == {task.name for task in found.jobs[1].carve.tasks}


def test_without_a_pay_the_going_rate_is_what_is_kept(
    session: Session, kitchen: JobAnalysis, amara: JobSeeker, coach: Actor
):
    assert keep(session, build(session, amara, make_wish(kitchen, pay_hourly=None)), coach).pay_hourly == 13


def test_work_that_nobody_does_makes_a_created_job(
    session: Session, bakery: Employer, amara: JobSeeker, coach: Actor
):
    needs = make_analysis(session, bakery, "What nobody gets to", is_unmet_needs=True)
    make_task(session, needs, "Sort the store", **MOVABLE)
    kept = keep(session, build(session, amara, make_wish(needs, goal=5)), coach)
    assert (kept.kind, kept.undone_work_hours) == (CarveKind.CREATED, 5)


def test_a_carve_is_not_kept_when_a_task_of_the_bank_has_gone_since(
    session: Session, kitchen: JobAnalysis, amara: JobSeeker, coach: Actor
):
    found = build(session, amara, make_wish(kitchen, goal=15))
    task = analysis_rows.tasks(session, kitchen.key, by=coach)[0]
    analysis_rows.archive_task(session, task.key, why="Gone", version=task.version, by=coach)
    with pytest.raises(RuleBrokenError, match="Build the jobs again"):
        keep(session, found, coach)


def test_a_carve_is_not_kept_when_the_person_has_said_something_else_since(
    session: Session, kitchen: JobAnalysis, amara: JobSeeker, coach: Actor
):
    found = build(session, amara, make_wish(kitchen, goal=15))
    make_profile(session, amara, hours_now_min=2, hours_now_max=5)
    with pytest.raises(RuleBrokenError, match="Build the jobs again"):
        keep(session, found, coach)


def test_a_carve_is_not_kept_when_another_has_taken_its_tasks(
    session: Session, bakery: Employer, kitchen: JobAnalysis, amara: JobSeeker, coach: Actor
):
    found = build(session, amara, make_wish(kitchen, goal=15))
    make_agreed(session, bakery, *analysis_rows.tasks(session, kitchen.key, by=coach)[:1])
    with pytest.raises(RuleBrokenError, match="Build the jobs again"):
        keep(session, found, coach)


def test_no_job_is_built_for_one_who_does_not_look_for_work(session: Session, kitchen: JobAnalysis):
    with pytest.raises(NotFoundError, match="does not look for work"):
        build(session, make_seeker(session, status="exited"), make_wish(kitchen))


def test_an_auditor_looks_and_keeps_nothing(session: Session, kitchen: JobAnalysis, amara: JobSeeker):
    auditor = make_actor(Role.AUDITOR)
    found = build(session, amara, make_wish(kitchen), auditor)
    with pytest.raises(NotAllowedError):
        keep(session, found, auditor)


def test_a_bank_of_thousands_of_tasks_asks_for_fewer(session: Session, kitchen: JobAnalysis):
    with pytest.raises(RuleBrokenError, match=r"4 movable tasks are too many .* choose fewer job analyses"):
        carve_ground.lay(session, 1, make_wish(kitchen), by=SYSTEM, today=TODAY, most_tasks=3)
