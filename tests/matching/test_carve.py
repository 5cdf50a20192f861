"""The job that can be built for one person: figures, guard rails, warnings and bad banks."""

from typing import Any

import pytest

from matching.carve import carve_for
from matching.carve_bank import Bank
from matching.carve_fit import wished_hours
from matching.carve_model import Carve, GuardRails
from matching.records import Job, Seeker, SeekerHours
from tests.matching.makers import VOCABULARY

MORNINGS = [{"day": day, "start": "09:00", "end": "13:00"} for day in range(5)]


def task(task_id: str, hours: float | None = 4.0, **fields: Any) -> dict[str, Any]:
    """A movable task beside colleagues that costs £20 an hour now."""
    usual = {"essential": "could_move", "nature": "social", "current_hourly_cost": 20.0, "backlog": "done"}
    return {"id": task_id, "name": f"task {task_id}", "hours_week": hours} | usual | fields


def post(*tasks: dict[str, Any], job_id: str = "j1", **fields: Any) -> Job:
    """A full-time post at a going rate of £13."""
    usual = {"title": "Assistant", "employer": "E", "going_rate": 13.0, "hours": {"max": 37.5}}
    return Job.from_record({"id": job_id, "tasks": list(tasks)} | usual | fields)


def person(**fields: Any) -> Seeker:
    return Seeker.from_record({"id": "s1"} | fields)


def carved(*jobs: Job, who: Seeker | None = None, **options: Any) -> Carve:
    return carve_for(who or person(), Bank.of(jobs, VOCABULARY), **options)


def ids(result: Carve) -> list[str]:
    return [each.task_id for each in result.tasks]


def says(result: Carve, words: str) -> bool:
    return any(words in warning for warning in result.warnings)


def test_tasks_are_joined_up_to_the_goal_and_the_figures_stay_apart():
    tasks = [task(f"t{n}") for n in range(3)] + [task("undone", backlog="undone")]
    result = carved(post(*tasks))
    assert result.hours_week == 16.0
    assert (result.hours_short, result.score, result.optimal) == (0.0, 100.0, True)
    assert (result.skilled_hours_freed, result.undone_work_hours) == (12.0, 4.0)
    assert result.cost_difference_week == 12 * 7.0
    assert result.new_wage_week == 16 * 13.0


def test_a_goal_out_of_reach_says_how_many_hours_are_short():
    result = carved(post(task("a", 5.0)))
    assert (result.hours_week, result.hours_short, result.score) == (5.0, 11.0, 31.2)


def test_only_tasks_marked_as_could_move_are_taken():
    result = carved(post(task("a"), task("b", essential="essential"), task("c", essential=None)))
    assert ids(result) == ["a"]
    assert says(result, "For 1 task nobody recorded whether they could move")


def test_the_persons_own_goal_comes_before_the_usual_one():
    job = post(*(task(f"t{n}") for n in range(5)))
    assert carved(job, who=person(hours={"goal": 8})).hours_week == 8.0
    assert carved(job, goal=12).hours_week == 12.0


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (SeekerHours(), (16.0, 16.0)),
        (SeekerHours(goal=20.0), (20.0, 20.0)),
        (SeekerHours(now_max=10.0), (16.0, 10.0)),
        (SeekerHours(now_max=10.0, intent="prefers_fewer"), (10.0, 10.0)),
        (SeekerHours(now_max=6.0, intent="building_up"), (6.0, 6.0)),
        (SeekerHours(now_max=6.0, goal=16.0, intent="building_up"), (16.0, 6.0)),
        (SeekerHours(now_max=24.0, goal=16.0), (16.0, 24.0)),
    ],
)
def test_nobody_is_pushed_beyond_what_they_can_do_now(wish: SeekerHours, expected: tuple[float, float]):
    assert wished_hours(wish, 16.0) == expected


def test_hours_above_the_goal_are_only_taken_up_to_the_most_the_person_wishes():
    tasks = [task(f"t{n}", 5.0) for n in range(6)]
    assert carved(post(*tasks), who=person(hours={"goal": 12, "now_max": 18})).hours_week == 15.0


def test_among_equal_hours_the_persons_interests_come_first():
    job = post(task("a", 8.0), task("b", 8.0, name="feed the alpacas"), task("c", 8.0))
    assert "b" in ids(carved(job, who=person(interests=["alpacas"])))


def test_interests_come_before_money_and_money_before_undone_work():
    job = post(
        task("cheap", 8.0, current_hourly_cost=14.0, name="feed alpacas"),
        task("dear", 8.0, current_hourly_cost=30.0),
        task("undone", 8.0, backlog="undone"),
    )
    assert ids(carved(job, who=person(interests=["alpacas"]), goal=8)) == ["cheap"]
    assert ids(carved(job, goal=8)) == ["dear"]
    assert ids(carved(job, goal=16)) == ["cheap", "dear"]


def test_hours_come_before_everything_else():
    job = post(task("long", 9.0, current_hourly_cost=13.0), task("dear", 8.0, current_hourly_cost=90.0))
    assert ids(carved(job, goal=9)) == ["long"]


def test_equal_tasks_are_taken_in_order_of_id():
    assert ids(carved(post(*(task(f"t{n}") for n in (5, 3, 1, 4, 2))), goal=8)) == ["t1", "t2"]


def test_a_recorded_gap_without_a_measure_leaves_the_task_out():
    job = post(task("a", skills=["use a till"]), task("b"))
    result = carved(job, who=person(skills=[{"name": "use a till", "level": 0}]))
    assert ids(result) == ["b"]
    assert says(result, "skill gap that has no measure yet: 1 task.")


@pytest.mark.parametrize(
    ("skills", "readiness", "coach_hours"),
    [
        ([], "not_recorded", 0.0),
        ([{"name": "use a till"}], "now", 0.0),
        ([{"name": "use a till", "level": 2, "with_support": "a card with the steps"}], "with_support", 1.0),
        ([{"name": "use a till", "level": 0, "with_support": "a picture guide"}], "with_support", 1.0),
        ([{"name": "use a till", "level": 0}, {"name": "serve customers", "level": 1}], "with_support", 1.0),
    ],
)
def test_each_task_says_how_ready_the_person_is(
    skills: list[dict[str, Any]], readiness: str, coach_hours: float
):
    result = carved(post(task("a", skills=["use a till"])), who=person(skills=skills))
    assert [each.readiness for each in result.tasks] == [readiness]
    assert result.support_hours_week == coach_hours
    assert says(result, "not recorded for 1 of 1 tasks.") == (readiness == "not_recorded")


def test_what_the_person_wishes_to_avoid_is_left_out():
    result = carved(post(task("a", name="clean the toilets"), task("b")), who=person(avoid=["toilets"]))
    assert ids(result) == ["b"]
    assert says(result, "wishes to avoid it: 1 task.")


def test_tasks_outside_the_persons_week_are_left_out():
    late = [{"day": 0, "start": "12:00", "end": "16:00"}]
    result = carved(
        post(task("late", slots=late), task("b", slots=MORNINGS)), who=person(availability=MORNINGS)
    )
    assert ids(result) == ["b"]
    assert says(result, "outside the person's week: 1 task.")


def test_times_that_are_not_recorded_leave_nothing_out_and_are_said():
    nine = [{"day": 0, "start": "09:00", "end": "13:00"}]
    result = carved(post(task("a", slots=nine), task("b")))
    assert ids(result) == ["a", "b"]
    assert says(result, "Times are not recorded for 1 of 2 tasks")
    assert says(result, "the days were not compared")


def test_nobody_does_two_tasks_in_the_same_hour():
    nine = [{"day": 0, "start": "09:00", "end": "13:00"}]
    assert len(carved(post(task("a", slots=nine), task("b", slots=nine))).tasks) == 1
    assert len(carved(post(task("a", 2.0, slots=nine), task("b", 2.0, slots=nine))).tasks) == 2


def test_no_more_than_half_is_isolated_or_unpleasant():
    result = carved(post(task("nice", 4.0), *(task(f"hard{n}", 4.0, nature="unpleasant") for n in range(4))))
    assert sorted(ids(result)) == ["hard0", "nice"]


def test_dangerous_work_counts_like_isolated_and_unpleasant_work():
    tasks = [task("nice", 4.0), *(task(f"risky{n}", 4.0, dangerous=True) for n in range(2))]
    result = carved(post(*tasks, task("hard", 4.0, nature="unpleasant")))
    assert len(result.tasks) == 2
    assert "nice" in ids(result)


def test_no_job_is_built_without_company_and_the_reason_is_said():
    result = carved(post(task("a", nature="neutral"), task("b", nature="isolated")))
    assert result.tasks == ()
    assert result.hours_short == 16.0
    assert result.optimal
    assert says(result, "keeps the guard rails: 2 hours a week beside colleagues")


def test_work_of_unrecorded_nature_may_be_company_and_is_marked():
    result = carved(post(task("a", nature=None)))
    assert ids(result) == ["a"]
    assert says(result, "not recorded for 1 of 1 tasks: check that the job is beside colleagues")


def test_every_post_keeps_its_share():
    assert carved(post(*(task(f"t{n}") for n in range(4)), hours={})).hours_week == 8.0
    assert (
        carved(post(*(task(f"t{n}") for n in range(4)), hours={}), rails=GuardRails(keep=0)).hours_week
        == 16.0
    )


def test_tasks_come_from_few_posts():
    jobs = [post(task("a", 2.0), job_id=f"j{n}") for n in range(8)]
    assert carved(*jobs).hours_week == 6.0
    assert carved(*jobs, rails=GuardRails(most_posts=5)).hours_week == 10.0


def test_a_cost_that_is_not_recorded_makes_the_difference_a_from():
    result = carved(post(task("a"), task("b", current_hourly_cost=None)))
    assert result.cost_difference_week == 4 * 7.0
    assert says(result, "not recorded for 1 of 2 tasks")


@pytest.mark.parametrize("cost", [None, 0.0])
def test_a_cost_that_is_recorded_nowhere_gives_no_difference(cost: float | None):
    result = carved(post(task("a", current_hourly_cost=cost)))
    assert result.cost_difference_week is None
    assert result.new_wage_week == 52.0


def test_a_missing_cost_counts_as_its_posts_mean_in_the_aim():
    tasks = [
        task("a", current_hourly_cost=14.0),
        task("b", current_hourly_cost=30.0),
        task("c", current_hourly_cost=None),
    ]
    assert ids(carved(post(*tasks), goal=8)) == ["b", "c"]


def test_without_a_going_rate_no_money_is_named():
    result = carved(post(task("a"), going_rate=None))
    assert (result.new_wage_week, result.cost_difference_week) == (None, None)
    assert says(result, "agree the pay")


def test_the_pay_is_the_highest_going_rate_unless_given():
    jobs = post(task("a")), post(task("b"), job_id="j2", going_rate=14.0)
    assert carved(*jobs).new_wage_week == 8 * 14.0
    assert carved(*jobs, pay=15.0).new_wage_week == 8 * 15.0


def test_pay_below_the_law_or_below_the_going_rate_is_said():
    low = carved(post(task("a")), pay=9.0, minimum_wage=12.71)
    assert says(low, "£9.00 an hour is below the minimum wage of £12.71")
    assert says(low, "below the going rate of £13.00")
    assert not says(carved(post(task("a")), minimum_wage=12.71), "below")


def test_fewer_hours_than_the_person_needs_are_said():
    assert says(carved(post(task("a")), who=person(hours={"now_min": 6})), "least: 6 hours.")


def test_running_out_of_time_is_said_plainly():
    tasks = [task(f"t{n}", 1 + n / 7, current_hourly_cost=13 + n / 3) for n in range(40)]
    result = carved(post(*tasks), time_limit=0.0)
    assert not result.optimal
    assert says(result, "a better job may exist")


def test_what_was_found_before_the_time_ran_out_is_kept(monkeypatch: pytest.MonkeyPatch):
    tasks = [task(f"t{n}", 4.0, current_hourly_cost=13.0 + n) for n in range(12)]
    ticks = iter([0.0])
    monkeypatch.setattr("matching.in_turn.monotonic", lambda: next(ticks, 1e9))
    result = carved(post(*tasks), time_limit=30.0)
    assert result.tasks
    assert not result.optimal


def test_work_that_nobody_does_now_needs_no_cost():
    assert not says(carved(post(task("a", backlog="undone", current_hourly_cost=None))), "cost")
