"""What a choice by hand comes to, and that it is said to break a rail exactly when the solver's rows do."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.carve import carve_for
from matching.carve_bank import Bank
from matching.carve_fit import Fit
from matching.carve_measure import Key, Measured, measure
from matching.carve_model import GuardRails
from matching.carve_rows import Places, rows_of
from matching.records import Job
from tests.matching.carve_worlds import World, worlds
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import MORNINGS, person, post, task

MONDAY = [{"day": 0, "start": "09:00", "end": "13:00"}]


def measured(*jobs: Job, only: tuple[str, ...] | None = None, **options: Any) -> Measured:
    """All tasks of these posts measured, or only those with these ids."""
    bank = Bank.of(jobs, VOCABULARY, without_post=options.pop("without_post", ()))
    chosen = {(one.job_id, one.task_id) for one in bank.tasks if only is None or one.task_id in only}
    return measure(bank, chosen, options.pop("who", None), **options)


def is_allowed(chosen: set[Key], world: World) -> bool:
    """Whether the tasks may be chosen for the person and every row of the solver holds for them."""
    own = world.own
    picked = [(one.job_id, one.task_id) in chosen for one in own.tasks]
    places = Places.of(own.tasks)
    values = values_of(own, picked, places)
    rows = rows_of(own, world.bank.post_hours, world.rails, places)
    return sum(picked) == len(chosen) and all(
        sum(factor * values[at] for at, factor in row.items()) <= limit + 1e-6 for row, limit in rows
    )


def values_of(own: Fit, picked: list[bool], places: Places) -> list[float]:
    chosen = [one for one, is_in in zip(own.tasks, picked, strict=True) if is_in]
    posts = {one.job_id for one in chosen}
    hours = sum(one.hours for one in chosen)
    values = [*map(float, picked), *(float(job_id in posts) for job_id in places.posts)]
    return [*values, float(bool(chosen)), min(own.goal, hours)]


@given(worlds(), st.data())
@settings(max_examples=100)
def test_something_is_said_exactly_when_the_solver_may_not_choose_the_set(world: World, draw: st.DataObject):
    keys = [(one.job_id, one.task_id) for one in world.bank.tasks]
    chosen = {key for key in keys if draw.draw(st.booleans())}
    found = measure(world.bank, chosen, world.seeker, rails=world.rails)
    assert (not found.broken and not found.against) == is_allowed(chosen, world)


@given(worlds())
@settings(max_examples=25)
def test_nothing_is_said_of_what_the_solver_chooses_and_the_figures_are_the_same(world: World):
    best = carve_for(world.seeker, world.bank, rails=world.rails)
    keys = {(one.job_id, one.task_id) for one in best.tasks}
    found = measure(world.bank, keys, world.seeker, rate=world.bank.going_rate, rails=world.rails)
    assert (found.broken, found.against) == ((), ())
    assert (found.hours, found.short) == (best.hours_week, best.hours_short)
    assert (found.freed, found.undone) == (best.skilled_hours_freed, best.undone_work_hours)
    assert (found.cost_difference, found.support_hours) == (
        best.cost_difference_week,
        best.support_hours_week,
    )


def test_nothing_chosen_comes_to_nothing_and_breaks_nothing():
    found = measured(post(task("a")), only=())
    assert (found.hours, found.short, found.posts, found.broken) == (0.0, 16.0, (), ())
    assert (found.support_hours, found.dangerous_share, found.shares) == (0.0, 0.0, {})


def test_what_is_left_of_each_post_is_told_against_the_share_that_has_to_stay():
    job = post(task("a", 6.0), task("b", 2.0), hours={"max": 10})
    found = measured(job, titles={"j1": "Packer"})
    (left,) = found.posts
    assert (left.title, left.left, left.share, left.too_many) == ("Packer", 2.0, 0.2, 3.0)
    assert found.broken == (
        "Packer would keep 20% of its hours and has to keep 50%: leave 3 hours more with it.",
    )
    kept = measured(job, only=("b",)).posts[0]
    assert (kept.title, kept.share, kept.too_many) == ("j1", 0.8, 0.0)


def test_what_a_post_gave_before_does_not_stay_either():
    job = post(task("a", 2.0), hours={"max": 6})
    (left,) = measured(job, given={"j1": 2.0}).posts
    assert (left.hours, left.given, left.taken, left.left, left.share) == (10.0, 2.0, 2.0, 6.0, 0.6)


def test_a_list_of_unmet_needs_is_no_post_and_nobody_has_to_keep_any_of_it():
    found = measured(post(task("a", 8.0), hours={"max": 8}), without_post={"j1"})
    assert (found.posts, found.broken, found.undone) == ((), (), 8.0)


def test_the_mix_is_told_in_shares_and_what_would_mend_it():
    job = post(
        task("a", 3.0, nature="unpleasant"),
        task("b", 1.0, dangerous=True),
        task("c", 1.0, nature=None),
    )
    found = measured(job, rails=GuardRails(contact_hours=3.0))
    assert found.shares == {"": 0.2, "social": 0.2, "unpleasant": 0.6}
    assert (found.sums.contact, found.sums.hard, found.dangerous_share) == (2.0, 4.0, 0.2)
    assert found.broken == (
        "It has 2 hours a week beside colleagues, and 3 hours are the least: "
        "add a task that is done in company or in sight.",
        "80% of the hours are isolated, unpleasant or dangerous, and 50% is the most: "
        "add work that is none of these, or take such a task out.",
    )


def test_tasks_out_of_too_many_posts_are_said():
    jobs = [post(task("a"), job_id=f"j{at}") for at in range(4)]
    assert measured(*jobs).broken == ("It takes tasks out of 4 posts, and 3 are the most: leave one out.",)


@pytest.mark.parametrize(("needs", "words"), [(["b"], "a task"), (["b", "c"], "2 tasks")])
def test_a_task_that_makes_sense_only_with_others_says_so(needs: list[str], words: str):
    job = post(task("a", needs=needs), task("b"), task("c"))
    assert measured(job, only=("a",)).broken == (
        f"task a makes sense only together with {words} of its post: choose both, or neither.",
    )
    assert measured(job).broken == ()


def test_tasks_at_the_same_time_are_named_once_the_smallest_set_first():
    longer = [{"day": 0, "start": "09:00", "end": "15:00"}]
    job = post(task("a", 3.0, slots=MONDAY), task("b", 3.0, slots=MONDAY), task("c", 3.0, slots=longer))
    (said,) = measured(job, only=("a", "b")).broken
    assert said.startswith("There is no time for all of these at their times: task a and task b.")
    assert len(measured(job).broken) == 1


def test_the_week_is_a_timetable_with_what_has_no_times_beside_it():
    week = measured(post(task("a", 2.0, slots=MONDAY), task("b"))).week
    assert [(one.task_id, one.day, one.start, one.end) for one in week.placed] == [("a", 0, 540, 660)]
    assert [one.task_id for one in week.untimed] == ["b"]


def test_without_a_person_nothing_is_asked_of_anybody():
    found = measured(post(*(task(f"t{at}", 6.0) for at in range(3)), hours={"max": 40}))
    assert (found.hours, found.goal, found.short, found.against) == (18.0, 16.0, 0.0, ())
    assert set(found.ready) == {"not_recorded"}


def test_what_speaks_against_it_for_the_person_is_said_with_what_to_do():
    job = post(
        task("a", skills=["use a till"]),
        task("b", name="clean toilets"),
        task("c", slots=MORNINGS),
        task("d", demands={"lifting": 3}),
        task("e", skills=["mop floors"]),
    )
    who = person(
        hours={"now_max": 12},
        skills=[
            {"name": "use a till", "level": 0},
            {"name": "mop floors", "level": 2, "with_support": "a list"},
        ],
        avoid=["toilets"],
        abilities={"lifting": 1},
        availability=[{"day": 0, "start": "08:00", "end": "22:00"}],
    )
    found = measured(job, who=who)
    assert found.against == (
        "It is 20 hours a week, and 12 hours are the most that suit them now: take out 8 hours.",
        "It asks more than works for them, and no support is named, so name one first: task d.",
        "It takes a skill that is a gap without a measure yet, so name a support first: task a.",
        "They wish to avoid it, so ask them: clean toilets.",
        "The times are outside their free time, so ask whether others would do: task c.",
    )
    assert found.support_hours == 1.0


def test_money_stands_apart_and_is_from_where_a_cost_is_not_recorded():
    job = post(task("a"), task("b", current_hourly_cost=None), task("c", backlog="undone"))
    found = measured(job, rate=13.0)
    assert (found.freed, found.undone, found.cost_difference, found.wage) == (8.0, 4.0, 28.0, 156.0)
    assert found.is_from
    assert measured(job).wage is None
