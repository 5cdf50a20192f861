"""What holds a better job back: each limit alone, two where none alone helps, and what is not recorded."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from matching.carve import carve_for
from matching.carve_bank import Bank
from matching.carve_blocks import Block, what_blocks
from matching.carve_model import GuardRails
from matching.records import Job, Seeker
from tests.conftest import at_least
from tests.matching.carve_worlds import World, worlds
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import MORNINGS, person, post, task

NIGHT = [{"day": 0, "start": "20:00", "end": "24:00"}]
NINE = [{"day": 0, "start": "09:00", "end": "13:00"}]


def blocks(*jobs: Job, who: Seeker | None = None, **options: Any) -> tuple[Block, ...]:
    return what_blocks(who or person(), Bank.of(jobs, VOCABULARY), **options)


def only(*jobs: Job, who: Seeker | None = None, **options: Any) -> Block:
    [block] = blocks(*jobs, who=who, **options)
    return block


def wide(*tasks: dict[str, Any], job_id: str = "j1") -> Job:
    """A post that keeps its share whatever is taken."""
    return post(*tasks, job_id=job_id, hours={"max": 100})


def test_nothing_holds_back_a_job_that_reaches_the_goal():
    assert blocks(wide(*(task(f"t{n}") for n in range(4)))) == ()


def test_too_few_hours_now_are_asked_about():
    block = only(wide(task("a"), task("b")), who=person(hours={"now_max": 4}), goal=8)
    assert block == Block(
        "The person's most hours",
        8.0,
        "If the person could work more than 4 hours a week: 8 hours instead of 4 hours. "
        "Ask whether they want to build up their hours, and record what they say.",
        gained=4.0,
    )


def test_who_prefers_fewer_hours_is_not_asked_for_more():
    wish = {"now_max": 6, "goal": 8, "intent": "prefers_fewer"}
    assert [each.what for each in blocks(wide(task("a"), task("b")), who=person(hours=wish))] == [
        "The movable tasks"
    ]


def test_times_outside_the_week_name_the_tasks_to_ask_about():
    job = wide(task("late", slots=NIGHT, name="Sort post"), task("b"), task("c", slots=NIGHT, name="Iron"))
    block = only(job, who=person(availability=MORNINGS), goal=12)
    assert (block.what, block.hours_week, block.gained) == ("Times outside the person's week", 12.0, 8.0)
    assert block.sentence == (
        "If the times of 2 tasks could move into the person's week: 12 hours instead of 4 hours. "
        "Ask the employer whether they can be done at other times: Iron, Sort post."
    )


def test_no_more_tasks_are_asked_about_than_it_takes():
    job = wide(*(task(f"late{n}", slots=NIGHT) for n in range(3)), task("z"))
    assert "the times of 1 task could" in only(job, who=person(availability=MORNINGS), goal=8).sentence


def test_little_free_time_is_asked_about():
    block = only(wide(task("a"), task("b")), who=person(availability=MORNINGS[:1]), goal=8)
    assert block.sentence == (
        "If the person were free for more than 4 hours a week: 8 hours instead of 4 hours. "
        "Ask when else they are free, and record it."
    )


def test_tasks_at_the_same_time_are_named():
    job = wide(task("a", slots=NINE), task("b", slots=NINE), task("c", slots=MORNINGS[1:2]))
    block = only(job, goal=12)
    assert block.what == "Two tasks at the same time"
    assert block.sentence.endswith("which of these can be done at other times: task a, task b.")


def test_a_task_that_needs_another_is_named():
    wish = {"now_max": 4, "intent": "prefers_fewer"}
    block = only(wide(task("a", needs=["b"]), task("b", 8.0)), who=person(hours=wish), goal=4)
    assert block.sentence == (
        "If 1 task could be done without the tasks that they need: 4 hours instead of 0 hours. "
        "Ask the employer whether somebody else can do that part: task a."
    )


@pytest.mark.parametrize(
    ("job_fields", "who", "what"),
    [
        (
            {"skills": ["use a till"]},
            {"skills": [{"name": "use a till", "level": 0}]},
            "Skill gaps without a measure",
        ),
        ({"name": "feed the alpacas"}, {"avoid": ["alpacas"]}, "What the person wishes to avoid"),
        ({"demands": {"lifting": 3}}, {"abilities": {"lifting": 1}}, "Demands out of reach"),
    ],
)
def test_what_leaves_a_task_out_for_the_person_is_said(
    job_fields: dict[str, Any], who: dict[str, Any], what: str
):
    block = only(wide(task("a"), task("b", **job_fields)), who=person(**who), goal=8)
    assert (block.what, block.hours_week, block.gained, block.is_guard_rail) == (what, 8.0, 4.0, False)


@pytest.mark.parametrize(
    ("jobs", "rails", "what"),
    [
        ((wide(task("a", nature="neutral")),), GuardRails(), "hours beside colleagues"),
        (
            (wide(task("a"), task("b", nature="isolated"), task("c", nature="unpleasant")),),
            GuardRails(),
            "hard tasks",
        ),
        ((post(task("a"), task("b"), hours={}),), GuardRails(), "what every post keeps"),
        ((wide(task("a")), wide(task("b"), job_id="j2")), GuardRails(most_posts=1), "number of posts"),
    ],
)
def test_a_guard_rail_is_named_and_never_loosened(jobs: tuple[Job, ...], rails: GuardRails, what: str):
    block = only(*jobs, rails=rails, goal=12)
    assert block.what == f"Guard rail: {what}"
    assert block.is_guard_rail
    assert "This guard rail is never loosened: look for" in block.sentence
    assert carve_for(person(), Bank.of(jobs, VOCABULARY), rails=rails, goal=12).hours_week < block.hours_week


def test_where_the_goal_is_reached_more_wished_hours_count():
    job = wide(task("a"), task("b", name="feed the alpacas", slots=NIGHT))
    who = person(interests=["alpacas"], availability=MORNINGS)
    block = only(job, who=who, goal=4)
    assert block.gained == 4.0
    assert "4 hours in tasks they wish instead of 0 hours" in block.sentence


def test_two_limits_that_only_help_together_are_said_so():
    job = wide(task("a"), task("b", skills=["use a till"], slots=NIGHT))
    who = person(skills=[{"name": "use a till", "level": 0}], availability=MORNINGS)
    block = only(job, who=who, goal=8)
    assert block.what == "Times outside the person's week and skill gaps without a measure"
    assert block.sentence == (
        "No single change helps, but two together do. If the times of 1 task could move into the person's "
        "week, and if there were a measure for the skill gaps of 1 task: 8 hours instead of 4 hours. "
        "Ask the employer whether they can be done at other times: task b. "
        "Agree how it is taught or what support helps, and record it: task b."
    )


def test_three_limits_at_once_are_not_listed():
    job = wide(task("a"), task("b", name="alpaca till", skills=["use a till"], slots=NIGHT))
    who = person(skills=[{"name": "use a till", "level": 0}], availability=MORNINGS, avoid=["alpaca"])
    assert only(job, who=who, goal=8).what == "Several limits at once"


def test_a_bank_with_too_few_hours_says_to_ask_for_more_tasks():
    block = only(wide(task("a")), goal=8)
    assert (block.what, block.hours_week, block.gained) == ("The movable tasks", 4.0, 0.0)


def test_what_is_not_recorded_in_the_bank_is_listed():
    job = wide(task("a"), task("b", None), task("c", essential=None))
    unrecorded = [each.sentence for each in blocks(job, goal=4)]
    assert len(unrecorded) == 2
    assert "nobody recorded whether they could move" in unrecorded[0]
    assert "Hours are missing for 1 task" in unrecorded[1]


@pytest.mark.parametrize("most", [0, 2_000])
def test_a_bank_too_large_or_no_goal_asks_nothing_of_the_solver(monkeypatch: pytest.MonkeyPatch, most: int):
    monkeypatch.setattr("matching.carve_blocks.MOST_TASKS", most)
    who = person(hours={"goal": 0 if most else 8})
    assert [each.what for each in blocks(wide(task("a"), task("b", None)), who=who)] == ["Not recorded"]


def test_running_out_of_time_is_said():
    tasks = [task(f"t{n}", 1 + n / 7, current_hourly_cost=13 + n / 3) for n in range(40)]
    assert [each.what for each in blocks(wide(*tasks), time_limit=0.0)] == ["Time"]


def test_running_out_of_time_on_the_way_is_said_beside_what_was_found(monkeypatch: pytest.MonkeyPatch):
    ticks = iter([0.0])
    monkeypatch.setattr("matching.carve_lifting.monotonic", lambda: next(ticks, 1e9))
    tasks = [task(f"t{n}", 1 + n / 37, nature="neutral", slots=NIGHT) for n in range(40)]
    found = blocks(wide(task("a", 2.1), *tasks), who=person(availability=MORNINGS))
    assert found[-1].what == "Time"


def test_progress_is_told_up_to_the_end():
    told: list[tuple[int, int]] = []
    blocks(wide(task("a")), who=person(hours={"now_max": 2}), progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@given(worlds())
@settings(max_examples=at_least(25))
def test_without_a_limit_there_are_never_fewer_hours(world: World):
    found = what_blocks(world.seeker, world.bank, rails=world.rails)
    assert found == what_blocks(world.seeker, world.bank, rails=world.rails)
    before = carve_for(world.seeker, world.bank, rails=world.rails)
    assert bool(before.hours_short) <= bool(found)
    assert all(each.gained >= 0 for each in found)
    assert all(each.hours_week >= before.hours_week for each in found if before.hours_short)


@given(worlds())
@settings(max_examples=at_least(25))
def test_what_is_gained_is_what_the_record_changed_that_way_gives(world: World):
    before = reached(world)
    if before > world.own.goal - 0.02:
        return
    gained = {each.what: each.gained for each in what_blocks(world.seeker, world.bank, rails=world.rails)}
    for what, changed in {
        "What the person wishes to avoid": replace(world, seeker=replace(world.seeker, avoid=())),
        "Demands out of reach": replace(world, seeker=replace(world.seeker, abilities={})),
        "Guard rail: hours beside colleagues": with_rails(world, contact_hours=0.0),
        "Guard rail: what every post keeps": with_rails(world, keep=0.0),
        "Guard rail: number of posts": with_rails(world, most_posts=9),
    }.items():
        assert gained.get(what, 0.0) == pytest.approx(reached(changed) - before, abs=0.02)


def with_rails(world: World, **limit: float) -> World:
    return replace(world, rails=replace(world.rails, **limit))


def reached(world: World) -> float:
    """The hours that count of the best job, which never falls when a limit goes."""
    return min(world.own.goal, carve_for(world.seeker, world.bank, rails=world.rails).hours_week)
