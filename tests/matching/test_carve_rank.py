"""Everybody beside the job that each employer could build, in the page's order and from files."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.carve import fit_of
from matching.carve_bank import Bank
from matching.carve_files import carve_files
from matching.carve_model import GuardRails
from matching.carve_rank import Ranking, carve_rank
from matching.carve_reach import Reach
from matching.errors import SourceError
from matching.records import Job, Seeker
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import post, task

JOB = post(*(task(f"t{n}") for n in range(3)))
PEOPLE = [
    Seeker.from_record(record)
    for record in (
        {"id": "goal too far", "hours": {"goal": 30}, "waiting_since": "2020-01-01"},
        {"id": "no date", "hours": {"goal": 8}},
        {"id": "waits long", "hours": {"goal": 8}, "waiting_since": "2021-01-01"},
        {"id": "waits", "hours": {"goal": 4}, "waiting_since": "2024-01-01"},
        {"id": "also waits", "hours": {"goal": 4}, "waiting_since": "2024-01-01"},
        {"id": "nothing suits", "avoid": ["task"]},
    )
]
ORDER = ["waits long", "also waits", "waits", "no date", "goal too far", "nothing suits"]


def test_goal_reached_comes_first_then_the_longest_wait_then_the_id():
    result = carve_rank(PEOPLE, [JOB], vocabulary=VOCABULARY)
    assert [each.seeker_id for each in result] == ORDER
    assert [each.rank for each in result] == [1, 2, 3, 4, 5, 6]


def test_everybody_is_listed_for_every_employer():
    jobs = [
        JOB,
        post(task("a"), job_id="j2", employer="Another"),
        post(task("a"), job_id="j3", employer=None),
    ]
    result = carve_rank(PEOPLE, jobs, vocabulary=VOCABULARY)
    assert [each.employer for each in result] == ["Another"] * 6 + ["E"] * 6 + [None] * 6
    assert all(len({each.seeker_id for each in result[start : start + 6]}) == 6 for start in (0, 6, 12))


def test_the_order_of_people_changes_nothing():
    assert carve_rank(PEOPLE[::-1], [JOB], vocabulary=VOCABULARY) == carve_rank(
        PEOPLE, [JOB], vocabulary=VOCABULARY
    )


def test_a_persons_carve_does_not_depend_on_who_else_is_listed():
    together = {
        each.seeker_id: each.as_record() | {"rank": 1}
        for each in carve_rank(PEOPLE, [JOB], vocabulary=VOCABULARY)
    }
    for seeker in PEOPLE:
        [alone] = carve_rank([seeker], [JOB], vocabulary=VOCABULARY)
        assert alone.as_record() == together[seeker.id]


def test_the_first_few_are_the_first_of_all():
    told: list[tuple[int, int]] = []
    few = carve_rank(
        PEOPLE, [JOB], vocabulary=VOCABULARY, top=2, progress=lambda done, total: told.append((done, total))
    )
    assert few == carve_rank(PEOPLE, [JOB], vocabulary=VOCABULARY)[:2]
    assert told == [(1, 2), (2, 2)]


def test_a_page_in_the_middle_built_on_its_own_is_as_in_the_whole_list():
    told: list[tuple[int, int]] = []
    bank = Bank.of([JOB], VOCABULARY)
    listed = Ranking(PEOPLE, bank, employer="E", progress=lambda done, total: told.append((done, total)))
    whole = carve_rank(PEOPLE, [JOB], vocabulary=VOCABULARY)
    assert [each.id for each in listed.order] == [each.seeker_id for each in whole]
    assert [listed.carve(place) for place in (3, 4)] == whole[3:5]
    assert listed.reached == sum(each.hours_short < 1e-6 and bool(each.tasks) for each in whole)
    assert told[-1] == (6, 6)


def test_an_error_in_what_hears_of_the_progress_ends_the_ranking():
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ranking(PEOPLE, Bank.of([JOB], VOCABULARY), progress=stop)


def reach_of(*wishes: dict[str, Any], job: Job = JOB, seconds: float = 10.0) -> tuple[list[bool], int]:
    """Whether each wish can be reached, with three tasks of four hours, and how often it was solved."""
    bank = Bank.of([job], VOCABULARY)
    reach = Reach(bank, GuardRails(), seconds)
    people = [Seeker.from_record({"id": "s1"} | wish) for wish in wishes]
    return reach.can_reach([fit_of(each, bank, 16.0) for each in people]), reach.asked


def test_a_set_that_was_found_serves_everybody_whom_it_suits():
    wishes = {"hours": {"goal": 8}}, {"hours": {"goal": 7, "now_max": 8}}
    assert reach_of(*wishes) == ([True, True], 1)


def test_a_set_that_was_found_serves_nobody_who_may_not_choose_all_of_it():
    job = post(task("a", name="mop floors"), task("b", name="dust shelves", nature="isolated"))
    wishes = [{"avoid": [other], "hours": {"goal": 4}} for other in ("dust", "mop")]
    assert reach_of(*wishes, job=job) == ([True, False], 2)


def test_a_set_that_was_found_serves_nobody_whose_goal_is_higher():
    job = post(task("a", name="mop floors"), task("b", 6.0, name="dust shelves", nature="isolated"))
    wishes = [{"avoid": ["dust"], "hours": {"goal": 4}}, {"hours": {"goal": 5}}]
    assert reach_of(*wishes, job=job) == ([True, False], 2)


def test_a_list_of_work_that_nobody_does_is_not_held_to_the_share_of_a_post():
    job = post(*(task(f"t{n}") for n in range(4)), hours={})
    [posted] = carve_rank([PEOPLE[1]], [job], vocabulary=VOCABULARY, goal=16)
    wish = Seeker.from_record({"id": "s1", "hours": {"goal": 16}})
    [nobodys] = carve_rank([wish], [job], vocabulary=VOCABULARY, without_post={"j1"})
    assert (posted.hours_week, nobodys.hours_week) == (8.0, 16.0)
    bank = Bank.of([job], VOCABULARY, without_post={"j1"})
    assert Reach(bank, GuardRails(), 10.0).can_reach([fit_of(wish, bank, 16.0)]) == [True]


def test_a_set_that_was_found_serves_nobody_with_another_goal_or_fewer_hours():
    wishes = [{"goal": 8, "now_max": 8}, {"goal": 4, "now_max": 6}, {"goal": 8.5, "now_max": 13}]
    assert reach_of(*({"hours": wish} for wish in wishes)) == ([True, True, True], 3)


def test_what_is_impossible_is_not_asked_again_with_a_tighter_limit():
    wishes = [{"goal": 5, "now_max": 7}, {"goal": 5, "now_max": 6}, {"goal": 6, "now_max": 7}]
    answers, asked = reach_of(*({"hours": wish} for wish in wishes))
    assert answers == [False, False, False]
    assert asked == 2


def test_what_is_impossible_may_be_possible_with_a_wider_limit():
    wishes = [{"goal": 5, "now_max": 7}, {"goal": 5, "now_max": 8}]
    assert reach_of(*({"hours": wish} for wish in wishes)) == ([False, True], 2)


def test_what_ran_out_of_time_is_asked_again_with_a_tighter_limit():
    wishes = [{"goal": 5, "now_max": 7}, {"goal": 6, "now_max": 7}]
    answers, asked = reach_of(*({"hours": wish} for wish in wishes), seconds=0.0)
    assert (answers, asked) == ([False, False], 2)


def test_a_goal_beyond_what_the_posts_can_give_is_never_asked():
    assert reach_of({"hours": {"goal": 12.5}}, {"hours": {"goal": 0}}, {"avoid": ["task"]}) == (
        [False, False, False],
        0,
    )


def written(folder: Path, seekers: str, jobs: str) -> tuple[Path, Path, Path]:
    paths = folder / "s.jsonl", folder / "j.jsonl", folder / "c.jsonl"
    paths[0].write_text(seekers, encoding="utf-8")
    paths[1].write_text(jobs, encoding="utf-8")
    return paths


def job_line() -> str:
    tasks = [task(f"t{n}") for n in range(3)]
    return json.dumps(
        {"id": "j1", "title": "Café", "employer": "Café Ünal", "tasks": tasks, "going_rate": 13}
    )


def test_files_give_the_contracts_records_and_the_same_bytes_twice(tmp_path: Path):
    seekers, jobs, out = written(tmp_path, '{"id": "s1"}\n{"id": "s2", "hours": {"goal": 4}}\n', job_line())
    assert carve_files(seekers, jobs, out, vocabulary=VOCABULARY) == 2
    first = out.read_bytes()
    carve_files(seekers, jobs, out, vocabulary=VOCABULARY)
    assert out.read_bytes() == first
    records = [json.loads(line) for line in first.decode().splitlines()]
    assert set(records[0]) == {
        "employer", "seeker_id", "rank", "score", "tasks", "hours_week", "hours_short", "skilled_hours_freed",
        "cost_difference_week", "new_wage_week", "undone_work_hours", "support_hours_week", "warnings",
        "optimal",
    }  # fmt: skip
    assert records[0]["seeker_id"] == "s2"
    assert set(records[0]["tasks"][0]) == {"job_id", "task_id", "hours_week"}
    assert "Café Ünal".encode() in first


def test_a_bad_record_stops_before_anything_is_written(tmp_path: Path):
    seekers, jobs, out = written(tmp_path, '{"id": "s1", "Disability": "x"}\n', job_line())
    with pytest.raises(SourceError, match="line 1"):
        carve_files(seekers, jobs, out, vocabulary=VOCABULARY)
    assert not out.exists()


def test_the_solver_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    seekers, jobs, out = written(tmp_path, '{"id": "s1"}\n', job_line())
    carve_files(seekers, jobs, out, vocabulary=VOCABULARY)
    assert capfd.readouterr() == ("", "")
