"""Several jobs at once: no shared task, everybody's guard rails, and nothing better for all of them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.carve import carve_for
from matching.carve_bank import Bank, BankTask
from matching.carve_fit import Fit
from matching.carve_model import AIMS, TEAM_AIMS
from matching.carve_solve import by_task
from matching.carve_team import MOST_PEOPLE, MOST_SECONDS, Team, carve_team
from matching.errors import RecordError
from matching.records import Job, Seeker
from tests.conftest import at_least
from tests.matching.carve_worlds import NEAR, NOBODYS, World, keeps_the_rails, people, worlds, worth
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import ids, post, says, task

Jobs = tuple[list[BankTask], ...]


def person(seeker_id: str, **fields: Any) -> Seeker:
    return Seeker.from_record({"id": seeker_id, "hours": {"goal": 8}} | fields)


def team(job: Job, *seekers: Seeker, **options: Any) -> Team:
    return carve_team(seekers, Bank.of([job], VOCABULARY), **options)


def wide(*tasks: dict[str, Any]) -> Job:
    return post(*tasks, hours={"max": 100})


def test_no_task_is_in_two_jobs():
    result = team(wide(*(task(f"t{n}") for n in range(4))), person("a"), person("b"))
    assert sorted(ids(result.carves[0]) + ids(result.carves[1])) == ["t0", "t1", "t2", "t3"]
    assert result.optimal


def test_as_many_as_can_reach_their_goal_before_anybody_has_more_hours():
    job = wide(task("t0", 8.0), task("t1", 9.0))
    first, second = team(job, person("a", hours={"goal": 17}), person("b")).carves
    assert (ids(first), ids(second)) == (["t1"], ["t0"])


def test_who_wishes_a_task_has_it():
    job = wide(task("t0", 8.0), task("t1", 8.0, name="feed the alpacas"))
    first, second = team(job, person("a", interests=["alpacas"]), person("b")).carves
    assert (ids(first), ids(second)) == (["t1"], ["t0"])


def test_every_post_keeps_its_share_over_all_jobs_together():
    result = team(post(*(task(f"t{n}") for n in range(4)), hours={}), person("a"), person("b"))
    assert sum(each.hours_week for each in result.carves) == 8.0


def test_who_is_left_without_a_job_is_told_that_it_is_for_the_others():
    first, second = team(wide(task("t0", 8.0)), person("a"), person("b")).carves
    empty = second if first.tasks else first
    assert empty.optimal
    assert says(empty, "Beside the jobs of the others, no job can be built for this person")


def test_a_goal_of_no_hours_takes_nothing_and_nothing_away():
    job = wide(task("t0", 8.0, name="feed the alpacas"))
    first, second = team(job, person("a", hours={"goal": 0}, interests=["alpacas"]), person("b")).carves
    assert (ids(first), ids(second)) == ([], ["t0"])
    assert says(first, "goal is 0 hours")


def test_progress_is_told_aim_by_aim():
    told: list[tuple[int, int]] = []
    team(wide(task("t0")), person("a"), person("b"), progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert told[-1] == (6, 6)


def test_the_aims_are_named_in_the_order_in_which_they_count():
    assert len(AIMS) == 1 + len(by_task(Fit((), (), (), 16.0, 16.0, ()), None))
    assert TEAM_AIMS[2:] == AIMS[1:]


@pytest.mark.parametrize(
    ("seekers", "options", "said"),
    [
        ([], {}, "people are 0: choose from 1 to 8 at once."),
        ([person(f"s{n}") for n in range(MOST_PEOPLE + 1)], {}, "people are 9: choose from 1 to 8 at once."),
        ([person("a"), person("a")], {}, "people name somebody twice: choose each person once."),
        ([person("a")], {"time_limit": MOST_SECONDS + 1}, "time limit is 301 seconds: it must be from 0 to"),
        ([person("a")], {"time_limit": float("nan")}, "time limit is nan seconds"),
    ],
)
def test_what_is_too_much_is_refused_with_a_sentence(
    seekers: list[Seeker], options: dict[str, Any], said: str
):
    with pytest.raises(RecordError, match=said):
        team(wide(task("t0")), *seekers, **options)


def test_too_many_tasks_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matching.carve_team.MOST_TEAM_TASKS", 1)
    with pytest.raises(RecordError, match=r"tasks that could move are 2: .* pick at most 1"):
        team(wide(task("t0"), task("t1")), person("a"), person("b"))


HARD = wide(*(task(f"t{n}", 1 + n / 7, current_hourly_cost=13 + n / 3) for n in range(40)))


def test_without_time_there_is_a_feasible_answer_that_says_so():
    result = team(HARD, person("a"), person("b"), time_limit=0.0)
    assert not result.optimal
    assert all(says(each, "time for the calculation ran out") for each in result.carves)


def test_when_the_time_runs_out_one_job_after_the_other_is_the_least(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("matching.in_turn.monotonic", lambda: 1e9)
    monkeypatch.setattr("matching.carve_solve.monotonic", lambda: 2e9)
    result = team(HARD, person("a"), person("b"), time_limit=30.0)
    assert not result.optimal
    assert [each.hours_short for each in result.carves] == [0.0, 0.0]


def test_what_was_found_for_all_before_the_time_ran_out_is_kept(monkeypatch: pytest.MonkeyPatch):
    ticks = iter([0.0] * 6)
    monkeypatch.setattr("matching.in_turn.monotonic", lambda: next(ticks, 1e9))
    result = team(HARD, person("a"), person("b"), time_limit=30.0)
    assert not result.optimal
    assert [each.hours_short for each in result.carves] == [0.0, 0.0]


@st.composite
def teams(draw: st.DrawFn, most: int, count: int) -> list[World]:
    """The same posts and guard rails for several people."""
    world = draw(worlds(most))
    return [replace(world, seeker=draw(people(f"s{at}"))) for at in range(count)]


def built(members: list[World]) -> Team:
    return carve_team([each.seeker for each in members], members[0].bank, rails=members[0].rails)


def jobs_of(result: Team, members: list[World]) -> Jobs:
    return tuple(
        [
            each
            for each in world.own.tasks
            if (each.job_id, each.task_id) in {(task.job_id, task.task_id) for task in carve.tasks}
        ]
        for carve, world in zip(result.carves, members, strict=True)
    )


def keeps_together(jobs: Jobs, members: list[World]) -> bool:
    """Whether each job keeps the rails, no task is in two of them, and every post keeps its share."""
    tasks = [each for job in jobs for each in job]
    bank, keep = members[0].bank, members[0].rails.keep
    return (
        len({(each.job_id, each.task_id) for each in tasks}) == len(tasks)
        and all(
            sum(each.hours for each in tasks if each.job_id == job_id) <= (1 - keep) * hours + NEAR
            for job_id, hours in bank.post_hours.items()
            if job_id != NOBODYS
        )
        and all(keeps_the_rails(job, world) for job, world in zip(jobs, members, strict=True))
    )


def worth_together(jobs: Jobs, members: list[World]) -> tuple[float, ...]:
    """The aims in their order, each as a number to maximise, written down apart from the engine."""
    each = [worth(job, world)[:4] for job, world in zip(jobs, members, strict=True)]
    reached = sum(hours[0] >= world.own.goal - NEAR for hours, world in zip(each, members, strict=True))
    place = {(task.job_id, task.task_id): at for at, task in enumerate(members[0].bank.tasks, start=1)}
    listed = sum(place[task.job_id, task.task_id] for job in jobs for task in job)
    return (reached, *(round(sum(aim), 3) for aim in zip(*each, strict=True)), -listed)


def every_way(members: list[World]) -> Iterator[Jobs]:
    """Every way to give each task to one person who may do it, or to nobody."""
    tasks = members[0].bank.tasks
    allowed = [[None, *(at for at, world in enumerate(members) if task in world.own.tasks)] for task in tasks]
    for owners in product(*allowed):
        yield tuple(
            [task for task, owner in zip(tasks, owners, strict=True) if owner == at]
            for at in range(len(members))
        )


@given(teams(2, 2))
@settings(max_examples=at_least(25))
def test_nothing_is_better_for_two_people(members: list[World]):
    result = built(members)
    jobs = jobs_of(result, members)
    assert result.optimal
    assert keeps_together(jobs, members)
    best = max(worth_together(each, members) for each in every_way(members) if keeps_together(each, members))
    assert worth_together(jobs, members) == best


@given(teams(1, 3))
@settings(max_examples=at_least(15))
def test_nothing_is_better_for_three_people(members: list[World]):
    jobs = jobs_of(built(members), members)
    best = max(worth_together(each, members) for each in every_way(members) if keeps_together(each, members))
    assert worth_together(jobs, members) == best


@given(teams(4, 3))
@settings(max_examples=at_least(20))
def test_larger_teams_keep_every_rail_and_their_order_changes_nothing(members: list[World]):
    result = built(members)
    assert keeps_together(jobs_of(result, members), members)
    assert built(members[::-1]) == result


@given(worlds(6))
@settings(max_examples=at_least(20))
def test_a_team_of_one_has_the_one_best_job(world: World):
    [alone] = built([world]).carves
    assert alone == carve_for(world.seeker, world.bank, rails=world.rails)


@given(teams(4, 2))
@settings(max_examples=at_least(15))
def test_a_team_is_never_worse_than_one_job_after_the_other(members: list[World]):
    first, second = members
    alone = carve_for(first.seeker, first.bank, rails=first.rails)
    taken = {(each.job_id, each.task_id) for each in alone.tasks}
    left = tuple(each for each in second.bank.tasks if (each.job_id, each.task_id) not in taken)
    rest = carve_for(second.seeker, replace(second.bank, tasks=left), rails=second.rails)
    one_by_one = jobs_of(Team((alone, rest), optimal=True), members)
    together = jobs_of(built(members), members)
    if keeps_together(one_by_one, members):
        assert worth_together(together, members) >= worth_together(one_by_one, members)
