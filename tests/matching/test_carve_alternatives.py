"""The best job and the next best ones that really differ: exact, and inside every guard rail."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings

from matching.carve import carve_for
from matching.carve_alternatives import MOST_IN_COMMON, alternatives, in_common
from matching.carve_bank import Bank, BankTask
from matching.carve_model import Carve
from matching.carve_solve import Choice, choose
from matching.records import Job
from tests.conftest import at_least
from tests.matching.carve_worlds import World, keeps_the_rails, worlds, worth
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import ids, person, post, task


def bank_of(*jobs: Job) -> Bank:
    return Bank.of(jobs, VOCABULARY)


def test_each_job_has_a_quarter_of_its_hours_outside_every_earlier_one():
    bank = bank_of(post(*(task(f"t{n}") for n in range(4)), hours={"max": 60}))
    first, second, third = alternatives(person(), bank, goal=12)
    assert ids(first) == ["t0", "t1", "t2"]
    assert ids(second) == ["t0", "t1", "t3"]
    assert ids(third) == ["t0", "t2", "t3"]


def test_it_ends_when_there_is_no_further_job():
    assert [ids(each) for each in alternatives(person(), bank_of(post(task("a"))), count=5)] == [["a"]]


def test_without_any_job_the_reason_is_said_once():
    [only] = alternatives(person(), bank_of(post()))
    assert only == carve_for(person(), bank_of(post()))


def test_no_more_are_built_than_asked_for():
    bank = bank_of(post(*(task(f"t{n}") for n in range(4))))
    assert len(alternatives(person(), bank, goal=8, count=2)) == 2


def test_progress_is_told_for_each_job_and_at_the_end():
    told: list[tuple[int, int]] = []
    alternatives(
        person(), bank_of(post(task("a"))), progress=lambda done, total: told.append((done, total)), count=4
    )
    assert told == [(1, 4), (4, 4)]


def test_running_out_of_time_for_a_further_job_is_said(monkeypatch: pytest.MonkeyPatch):
    bank = bank_of(post(*(task(f"t{n}") for n in range(4))))

    def choose_once(*given: Any) -> Choice:
        return Choice((), optimal=False) if given[-1] else choose(*given)

    monkeypatch.setattr("matching.carve.choose", choose_once)
    first, second = alternatives(person(), bank, goal=8)
    assert first.optimal
    assert first.tasks
    assert not second.optimal
    assert not second.tasks
    assert "time for the calculation ran out" in second.warnings[0]


@given(worlds())
@settings(max_examples=at_least(25))
def test_the_first_is_the_best_and_each_next_is_the_best_that_differs(world: World):
    found = alternatives(world.seeker, world.bank, rails=world.rails)
    assert found[0] == carve_for(world.seeker, world.bank, rails=world.rails)
    every = [
        [each for each, is_in in zip(world.own.tasks, picks, strict=True) if is_in]
        for picks in product((False, True), repeat=len(world.own.tasks))
    ]
    allowed = [each for each in every if each and keeps_the_rails(each, world)]
    for place in range(1, 4):
        left = [each for each in allowed if all(differs(each, earlier) for earlier in found[:place])]
        if place == len(found):
            assert place == 3 or not left
            return
        assert worth(tasks_of(found[place], world.own.tasks), world) == max(
            worth(each, world) for each in left
        )
        assert all(in_common(found[place], earlier) <= MOST_IN_COMMON + 1e-6 for earlier in found[:place])


def tasks_of(carve: Carve, tasks: tuple[BankTask, ...]) -> list[BankTask]:
    keys = {(each.job_id, each.task_id) for each in carve.tasks}
    return [each for each in tasks if (each.job_id, each.task_id) in keys]


def differs(chosen: list[BankTask], earlier: Carve) -> bool:
    keys = {(each.job_id, each.task_id) for each in earlier.tasks}
    shared = sum(each.hours for each in chosen if (each.job_id, each.task_id) in keys)
    return shared <= MOST_IN_COMMON * sum(each.hours for each in chosen) + 1e-6
