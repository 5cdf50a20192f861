"""What holds of files that `rank` writes: nobody is missing, and neither order nor workers change a row."""

import gc
import json
import multiprocessing.dummy
import os
import runpy
from collections.abc import Generator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.rank_files import By, RankOptions, RankSummary, _kept, rank_to_file
from matching.records import Job, Seeker
from matching.uncollected import uncollected
from tests.conftest import at_least
from tests.matching.dense import jobs, seekers, several
from tests.matching.makers import VOCABULARY, job, matched, seeker

HERE, AFAR = {"lat": 53.8, "lon": -1.55}, {"lat": 50.4, "lon": -4.1}
SIDES = pytest.mark.parametrize("by", ["job", "seeker"])


def ranked(
    folder: Path, people: list[Seeker], posts: list[Job], options: RankOptions
) -> tuple[bytes, RankSummary]:
    """What is written, and what is said of it."""
    out = folder / "out.jsonl"
    summary = rank_to_file(people, posts, out, vocabulary=VOCABULARY, options=options)
    return out.read_bytes(), summary


@SIDES
@settings(max_examples=at_least(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=several(seekers()), posts=several(jobs()), seed=st.integers(0, 99))
def test_every_pair_is_written_once_whatever_the_order_of_the_input(
    tmp_path: Path, by: By, people: list[Seeker], posts: list[Job], seed: int
):
    options = RankOptions(by=by)
    text, summary = ranked(tmp_path, people, posts, options)
    assert ranked(tmp_path, people, posts, options)[0] == text
    rows = [json.loads(line) for line in text.splitlines()]
    pairs = [(row["seeker_id"], row["job_id"]) for row in rows]
    assert sorted(pairs) == sorted((person.id, post.id) for person in people for post in posts)
    assert summary.rows == len(pairs)
    Random(seed).shuffle(people)
    Random(seed).shuffle(posts)
    assert sorted(ranked(tmp_path, people, posts, options)[0].splitlines()) == sorted(text.splitlines())


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Workers are threads of this process, which is left as it was."""
    monkeypatch.setattr("matching.rank_files.CHUNK", 2)
    monkeypatch.setattr("multiprocessing.get_context", lambda method: multiprocessing.dummy)
    yield
    gc.enable()
    _kept.clear()


@SIDES
def test_more_workers_than_one_write_the_same_rows(tmp_path: Path, workers: None, by: By):
    people = [seeker(f"s{number}", hours={"now_max": number}) for number in range(7)]
    posts = [job(f"j{number}", hours={"guaranteed": number}) for number in range(7)]
    one, two = (ranked(tmp_path, people, posts, RankOptions(by=by, processes=count))[0] for count in (1, 2))
    assert one == two
    assert one.count(b"\n") == 49


def test_within_reach_and_among_few_the_map_leaves_the_rows_as_they_are(tmp_path: Path):
    travel = {"mode": "bus", "max_minutes": 60}
    people = [seeker(f"s{number}", home=HERE, travel=travel) for number in range(3)]
    posts = [job("near", place=HERE), job("far", place=AFAR)]
    few, summary = ranked(tmp_path, people, posts, RankOptions(travel_limit=True, top=2))
    everybody, _ = ranked(tmp_path, people, posts, RankOptions(travel_limit=True))
    assert few.splitlines() == everybody.splitlines()[:2]
    assert (summary.rows, dict(summary.left_out)) == (2, {"near": 0, "far": 3})


def test_a_process_of_the_command_counts_with_one_thread_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    runpy.run_module("matching.__main__", run_name="looked at")
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    runpy.run_module("matching.__main__", run_name="looked at")
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_of_cycles_is_afterwards_as_it_was_before(is_on: bool):
    (gc.enable if is_on else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == is_on
    finally:
        gc.enable()


def test_what_is_written_is_the_readable_comparison(tmp_path: Path):
    person, post = seeker(hours={"now_max": 10}), job(hours={"guaranteed": 9})
    (line,) = ranked(tmp_path, [person], [post], RankOptions())[0].splitlines()
    assert json.loads(line) == json.loads(json.dumps(matched(person, post).record(1)))
