"""Banks from which no job, or not the whole job, can be built: each says what to record or change."""

import pytest

from matching.carve_rank import carve_rank
from matching.records import Job, Seeker
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import MORNINGS, carved, ids, person, post, says, task

NINE_TO_ONE = MORNINGS[:1]


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (post(), "No tasks are recorded for this employer: start with a job analysis."),
        (post(task("a", essential="essential")), "No task is marked as could move: ask the employer"),
        (post(task("a", None)), "Hours are missing for 1 task that could move: record times a week"),
        (post(task("a", 0.0), task("b", None)), "Hours are missing for 2 tasks"),
        (
            post(task("a", 9.0, slots=MORNINGS[:2])),
            "The times given are shorter than the hours of 1 task: correct either.",
        ),
        (post(task("a", needs=["gone"])), "not in the same job is named as needed by 1 task: correct it."),
        (
            post(task("a", needs=["b"]), task("b", essential="essential")),
            "Left out because a task that they need is not in the bank: 1 task. Record whether",
        ),
    ],
)
def test_a_bad_bank_ends_in_a_sentence_that_says_what_to_record(job: Job, said: str):
    result = carved(job)
    assert result.tasks == ()
    assert says(result, "No job can be built")
    assert says(result, said)


def test_tasks_that_want_the_same_time_are_said_when_the_goal_is_not_reached():
    job = post(task("a", slots=NINE_TO_ONE), task("b", slots=NINE_TO_ONE), task("c"))
    words = "2 of the tasks want the same times, so one person cannot do them all: ask whether"
    assert says(carved(job), words)
    assert not says(carved(job, goal=8), "want the same times")
    assert not says(carved(job, who=person(hours={"now_max": 8})), "want the same times")


def test_tasks_that_need_each_other_at_the_same_time_build_no_job_and_say_why():
    result = carved(
        post(task("a", slots=NINE_TO_ONE, needs=["b"]), task("b", slots=NINE_TO_ONE, needs=["a"]))
    )
    assert result.tasks == ()
    assert says(result, "No job can be built that keeps the guard rails")
    assert says(result, "2 of the tasks want the same times")


def test_a_cost_of_nothing_is_a_cost_to_record():
    result = carved(post(task("a", current_hourly_cost=0.0)))
    assert result.cost_difference_week is None
    assert says(result, "is not recorded for 1 of 1 tasks")
    assert says(result, "record it, as £0 counts as not recorded")


def test_a_bank_that_is_too_large_says_what_to_do():
    result = carved(post(*(task(f"t{n}") for n in range(5_000))))
    assert not result.optimal
    assert says(result, "5,000 movable tasks are too many to choose from at once: pick at most 2,000")


def test_a_bank_that_is_too_large_still_lists_everybody():
    job = post(*(task(f"t{n}") for n in range(2_001)))
    people = [Seeker.from_record({"id": f"s{n}"}) for n in range(2)]
    result = carve_rank(people, [job], vocabulary=VOCABULARY)
    assert [each.seeker_id for each in result] == ["s0", "s1"]
    assert all(each.tasks == () and says(each, "2,001 movable tasks") for each in result)


def test_a_person_whom_no_task_suits_is_told_so():
    assert says(carved(post(task("a")), who=person(avoid=["task"])), "none of the movable tasks suits")


def test_a_goal_of_no_hours_builds_no_job():
    result = carved(post(task("a")), who=person(hours={"goal": 0}))
    assert says(result, "goal is 0 hours. Record the hours that they wish to reach.")


def test_a_person_without_hours_is_told_what_stands_in_the_way():
    result = carved(post(task("a")), who=person(hours={"now_max": 0}))
    assert result.tasks == ()
    assert says(result, "at most 0 hours for this person. Ask whether more tasks could move, or correct")


def test_tasks_that_need_each_other_in_a_circle_come_together_or_not_at_all():
    job = post(task("a", needs=["b"]), task("b", needs=["c"]), task("c", needs=["a"]), task("d"))
    assert ids(carved(job, goal=4)) == ["d"]
    assert ids(carved(job, goal=12)) == ["a", "b", "c"]
