"""Laws of carving on random banks: exact, inside every guard rail, never worse than taking tasks greedily."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.carve import carve_for, carve_of, fit_of
from matching.carve_bank import BankTask
from matching.carve_model import Carve, GuardRails
from matching.carve_rank import carve_rank
from matching.carve_reach import Reach
from matching.carve_solve import Programme, choose
from matching.errors import RecordError
from matching.records import Job, Seeker
from tests.conftest import at_least
from tests.matching.carve_worlds import (
    SCALES,
    World,
    chosen_of,
    keeps_the_rails,
    people,
    worlds,
    worth,
)
from tests.matching.makers import VOCABULARY


def built(world: World) -> Carve:
    return carve_for(world.seeker, world.bank, rails=world.rails)


def chosen_by_engine(world: World) -> list[BankTask]:
    choice = choose(world.own, world.bank.post_hours, world.bank.going_rate, world.rails, 10.0)
    assert choice.optimal
    return chosen_of(world.own, choice.chosen)


@given(worlds())
@settings(max_examples=at_least(50))
def test_a_carve_keeps_every_guard_rail_and_nothing_better_does(world: World):
    chosen = chosen_by_engine(world)
    assert keeps_the_rails(chosen, world)
    every = (
        [each for each, is_in in zip(world.own.tasks, picks, strict=True) if is_in]
        for picks in product((False, True), repeat=len(world.own.tasks))
    )
    best = max(worth(each, world) for each in every if keeps_the_rails(each, world))
    assert worth(chosen, world) == best


@given(worlds(8))
@settings(max_examples=at_least(25))
def test_taking_the_most_gainful_tasks_first_is_never_better_in_the_order_of_aims(world: World):
    best = worth(chosen_by_engine(world), world)
    for aim in range(4):
        greedy: list[BankTask] = []
        first = sorted(world.own.tasks, key=lambda each: worth([each], world)[aim:], reverse=True)
        for each in first:
            if keeps_the_rails([*greedy, each], world):
                greedy.append(each)
        assert worth(greedy, world) <= best


@given(worlds(8), st.data())
@settings(max_examples=at_least(40))
def test_no_weights_break_a_guard_rail(world: World, data: st.DataObject):
    programme = Programme(world.own, world.bank.post_hours, world.rails)
    weights = st.lists(st.floats(-1e6, 1e6), min_size=programme.size, max_size=programme.size)
    aims = [np.array(each) for each in data.draw(st.lists(weights, min_size=1, max_size=3))]
    assert keeps_the_rails(chosen_of(world.own, programme.solve(aims, 10.0).chosen), world)


@pytest.mark.parametrize("weight", [float("nan"), float("inf")])
def test_an_aim_is_weighed_by_numbers_only(weight: float):
    job = Job.from_record({"id": "j1", "title": "Post", "tasks": [TASK]})
    world = World([job], Seeker.from_record({"id": "s1"}), GuardRails())
    with pytest.raises(RecordError, match="numbers only"):
        carve_for(world.seeker, world.bank, pay=weight)


TASK = {"id": "t1", "name": "mop", "hours_week": 4, "essential": "could_move", "current_hourly_cost": 20}


@pytest.mark.parametrize(
    "limit",
    [
        {"keep": 0.6},
        {"keep": -0.1},
        {"most_hard": 0.9},
        {"most_hard": float("nan")},
        {"contact_hours": -1},
        {"contact_hours": float("nan")},
        {"contact_hours": float("inf")},
        {"most_posts": 0},
    ],
)
def test_guard_rails_cannot_be_loosened_away(limit: dict[str, Any]):
    with pytest.raises(RecordError):
        GuardRails(**limit)


@given(worlds())
@settings(max_examples=at_least(40))
def test_a_task_is_only_chosen_within_reach_or_with_a_named_support(world: World):
    abilities, supports = world.seeker.abilities, world.seeker.ability_supports
    demands = {(job.id, task.id): task.demands for job in world.jobs for task in job.tasks}
    for each in built(world).tasks:
        beyond = {
            key
            for key, asked in demands[each.job_id, each.task_id].items()
            if key in abilities and abilities[key] < asked
        }
        assert beyond <= set(supports)
        assert not beyond or each.readiness == "with_support"


@given(worlds())
@settings(max_examples=at_least(25))
def test_demands_that_are_within_reach_make_no_points(world: World):
    able = replace(world, seeker=replace(world.seeker, abilities=dict.fromkeys(SCALES, 4)))
    undemanding = replace(
        able,
        jobs=[
            replace(job, tasks=tuple(replace(task, demands={}) for task in job.tasks)) for job in world.jobs
        ],
    )
    assert built(able) == built(undemanding)


@given(worlds())
@settings(max_examples=at_least(20))
def test_the_order_of_jobs_and_tasks_changes_nothing(world: World):
    turned = [replace(job, tasks=job.tasks[::-1]) for job in reversed(world.jobs)]
    assert built(replace(world, jobs=turned)) == built(world)


@given(worlds(6))
@settings(max_examples=at_least(15))
def test_the_same_question_has_the_same_answer(world: World):
    assert built(world) == built(world)


@given(worlds(4), st.lists(people(), min_size=6, max_size=12))
@settings(max_examples=at_least(25))
def test_goals_are_answered_for_many_as_for_each_alone(world: World, others: list[Seeker]):
    fits = [fit_of(each, world.bank, 16.0) for each in others]
    alone = [
        bool(Programme(own, world.bank.post_hours, world.rails).way_to_goal(10.0).chosen) for own in fits
    ]
    assert Reach(world.bank, world.rails, 10.0).can_reach(fits) == alone


@given(worlds(4), st.lists(people(), min_size=2, max_size=8))
@settings(max_examples=at_least(12))
def test_the_ranking_is_that_of_all_jobs_solved_one_by_one(world: World, others: list[Seeker]):
    seekers = [replace(each, id=f"s{at}") for at, each in enumerate(others)]
    waits = {each.id: (each.waiting_since is None, each.waiting_since) for each in seekers}
    alone = [carve_rank([each], world.jobs, vocabulary=VOCABULARY, rails=world.rails)[0] for each in seekers]
    expected = sorted(
        alone, key=lambda each: (each.hours_short > 0, str(waits[each.seeker_id]), each.seeker_id)
    )
    ranked = carve_rank(seekers, world.jobs, vocabulary=VOCABULARY, rails=world.rails)
    assert [replace(each, rank=1) for each in ranked] == expected


def test_figures_of_a_choice_do_not_depend_on_how_it_was_found():
    job = Job.from_record({"id": "j1", "title": "Post", "tasks": [TASK]})
    world = World([job], Seeker.from_record({"id": "s1"}), GuardRails())
    choice = choose(world.own, world.bank.post_hours, None, world.rails, 10.0)
    by_hand = carve_of(
        world.seeker,
        world.bank,
        world.own,
        choice,
        rate=None,
        minimum_wage=None,
        rails=world.rails,
        employer=None,
    )
    assert by_hand == built(world)
