"""What may be chosen for a person: tasks that need others, demands, free hours, and lists without a post."""

from typing import Any

import pytest

from matching.carve import carve_for
from matching.carve_bank import Bank
from matching.carve_model import Carve
from matching.records import Job
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import MORNINGS, carved, ids, person, post, says, task


def readiness(result: Carve) -> dict[str, str]:
    return {each.task_id: each.readiness for each in result.tasks}


def test_a_task_comes_with_the_tasks_that_it_needs():
    job = post(task("a", 2.0, current_hourly_cost=90.0, needs=["b"]), task("b", 8.0), task("c", 4.0))
    assert ids(carved(job, goal=4)) == ["c"]
    assert ids(carved(job, goal=10)) == ["a", "b"]


def test_a_task_may_name_itself_as_needed():
    assert ids(carved(post(task("a", needs=["a"])))) == ["a"]


def test_needed_means_in_the_same_job():
    other = post(task("b"), job_id="j2")
    assert ids(carved(post(task("a", needs=["b"])), other)) == ["b"]


def test_what_needs_a_task_that_is_left_out_for_the_person_is_left_out_too():
    job = post(task("a", needs=["b"]), task("b", needs=["toilets"]), task("toilets", name="clean toilets"))
    assert ids(carved(job)) == ["a", "b", "toilets"]
    picky = carved(job, who=person(avoid=["toilets"]))
    assert ids(picky) == []
    assert says(picky, "wishes to avoid it: 1 task.")
    assert says(picky, "Left out because they need a task that was left out: 2 tasks.")


def test_what_needs_a_task_that_cannot_move_is_left_out_one_after_the_other():
    job = post(
        task("a", needs=["b"]), task("b", needs=["c"]), task("c", needs=["d"]), task("d", None), task("e")
    )
    result = carved(job)
    assert ids(result) == ["e"]
    assert says(result, "a task that they need is not in the bank: 3 tasks.")


def test_a_task_that_is_left_out_for_two_reasons_is_counted_once():
    result = carved(post(task("a", needs=["b", "c"]), task("b", None), task("c", None), task("d")))
    assert ids(result) == ["d"]
    assert says(result, "a task that they need is not in the bank: 1 task.")


def test_a_demand_beyond_what_works_for_the_person_leaves_the_task_out():
    job = post(task("a", demands={"lifting": 3}), task("b", demands={"lifting": 1}))
    result = carved(job, who=person(abilities={"lifting": 2}))
    assert ids(result) == ["b"]
    assert says(result, "asking more than works for the person, with no support named: 1 task.")


def test_a_demand_is_within_reach_with_a_support_that_is_named():
    job = post(task("a", demands={"lifting": 3, "noise": 1}), task("b", demands={"noise": 4}))
    who = person(abilities={"lifting": 2, "noise": 2}, ability_supports=["lifting"])
    result = carved(job, who=who)
    assert readiness(result) == {"a": "with_support"}
    assert result.support_hours_week == 1.0


@pytest.mark.parametrize("abilities", [{}, {"noise": 0}])
def test_an_ability_that_is_not_recorded_leaves_nothing_out(abilities: dict[str, int]):
    result = carved(post(task("a", demands={"lifting": 4})), who=person(abilities=abilities))
    assert readiness(result) == {"a": "not_recorded"}


def test_demands_of_the_whole_job_are_not_compared_with_the_task_and_that_is_said():
    job = post(task("a"), task("b", demands={"lifting": 1}), demands={"lifting": 4})
    result = carved(job, who=person(abilities={"lifting": 2}))
    assert ids(result) == ["a", "b"]
    assert says(result, "known of the whole job only for 1 of 2 tasks, so it was not compared")
    assert not says(carved(post(task("a"))), "known of the whole job")


def test_the_job_is_no_longer_than_the_persons_free_time():
    two_mornings = MORNINGS[:2]
    tasks = [task(f"t{n}", 3.0) for n in range(6)]
    assert carved(post(*tasks), who=person(availability=two_mornings)).hours_week == 6.0
    result = carved(post(*tasks), who=person(availability=two_mornings, hours={"goal": 6, "now_max": 20}))
    assert (result.hours_week, result.hours_short) == (6.0, 0.0)


def unposted(**options: Any) -> Carve:
    """Four times four hours that nobody does, and one task of each of three posts."""
    nobodys = Job.from_record(
        {"id": "j9", "title": "Undone", "tasks": [task(f"u{n}", backlog="late") for n in range(4)]}
    )
    jobs = [nobodys, *(post(task("a", 2.0), job_id=f"j{n}") for n in range(3))]
    return carve_for(person(), Bank.of(jobs, VOCABULARY, without_post=frozenset({"j9"})), **options)


def test_work_that_nobody_does_may_all_move_and_is_no_post():
    result = unposted(goal=22)
    assert result.hours_week == 22.0
    assert (result.undone_work_hours, result.skilled_hours_freed) == (16.0, 6.0)
