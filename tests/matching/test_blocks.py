"""Many jobs at once, within everybody's reach: the same rows as one job at a time, whatever the map."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.blocks import cells, ranking
from matching.blocks.ragged import Ragged, together
from matching.blocks.ranking import AllPairs, Kept
from matching.blocks.travel import on_sphere
from matching.index import JobIndex, SeekerIndex
from matching.rank_reach import Reached, is_quicker
from matching.records import Job, Seeker
from matching.travel import EARTH_KM, MODES
from matching.weights import Weights
from tests.matching.dense import jobs, seekers, several
from tests.matching.makers import CONCEPTS, job, seeker

WEIGHTS = Weights(skills=30, hours=7.5, natural_supports=41, preference=3)
LEEDS, BRADFORD = {"lat": 53.8, "lon": -1.55}, {"lat": 53.79, "lon": -1.75}
PLACES = st.sampled_from((None, LEEDS, BRADFORD, {"lat": 53.8003, "lon": -1.5501}, {"lat": 51.5, "lon": 0.1}))
JOURNEYS = st.fixed_dictionaries(
    {
        "home": PLACES,
        "travel": st.fixed_dictionaries(
            {
                "mode": st.sampled_from((None, "bus", "walk", "car", "by balloon")),
                "max_minutes": st.sampled_from((None, 0, 5, 12, 12.5, 34, 60, 300)),
            }
        ),
    }
)


def living(person: Seeker, journey: dict[str, Any]) -> Seeker:
    there = Seeker.from_record({"id": person.id} | {key: value for key, value in journey.items() if value})
    return replace(person, home=there.home, travel=there.travel)


def lying(post: Job, place: dict[str, Any] | None) -> Job:
    return (
        replace(post, place=Job.from_record({"id": "j", "title": "A", "place": place}).place)
        if place
        else post
    )


people_somewhere = several(st.builds(living, seekers(), JOURNEYS), most=6)
posts_somewhere = several(st.builds(lying, jobs(), PLACES), most=6)


def sides(people: list[Seeker], posts: list[Job]) -> tuple[SeekerIndex, JobIndex]:
    index = SeekerIndex(people, vocabulary=CONCEPTS, weights=WEIGHTS)
    return index, JobIndex(posts, vocabulary=CONCEPTS, weights=WEIGHTS)


def kept_of(people: SeekerIndex, posts: JobIndex, count: int) -> list[Kept]:
    pairs = AllPairs(people, posts)
    return [kept for cell in pairs.cells() for kept in pairs.top(cell, count)]


@given(people_somewhere, posts_somewhere, st.integers(1, 7))
def test_every_job_shows_the_people_that_it_shows_by_itself(
    people: list[Seeker], posts: list[Job], count: int
):
    index, all_posts = sides(people, posts)
    reached = Reached(index, posts, count)
    for post in index.prepare(posts):
        beyond = index.is_beyond_limit(post)
        first = index.rank(post).first(count, ~beyond)
        assert reached.shown(post) == [index.ids[0][place] for place in first]
        assert reached.left_out(post) == np.count_nonzero(beyond)
    assert len(all_posts) == len(posts)


@given(people_somewhere, posts_somewhere)
def test_every_figure_of_a_kept_row_is_that_of_one_job_at_a_time(people: list[Seeker], posts: list[Job]):
    index, all_posts = sides(people, posts)
    by_row = index.prepare([next(p for p in posts if p.id == post) for post in all_posts.ids[0]])
    for kept in kept_of(index, all_posts, 4):
        for place, person in enumerate(kept.person):
            alone = index.rank(by_row[kept.jobs[kept.job_places[place]]])
            for name in ("low", "high", "middle", "group"):
                assert getattr(kept, name)[place] == getattr(alone, name)[person], name
            for name, ends in kept.components.items():
                for end, theirs in zip(ends, alone.components[name], strict=True):
                    assert end[place] == np.broadcast_to(theirs, len(people))[person], name
                score = alone.component_score(name)
                assert kept.component_score(name)[place] == pytest.approx(
                    score[person], abs=1e-9, nan_ok=True
                )


@given(people_somewhere, posts_somewhere)
def test_neither_the_size_of_cells_nor_of_tables_changes_a_row(people: list[Seeker], posts: list[Job]):
    index, all_posts = sides(people, posts)
    whole = Reached(index, posts, 3)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(cells, "MOST_JOBS", 1)
        changed.setattr(cells, "CELL_KM", 2_000.0)
        changed.setattr(ranking, "MOST_PAIRS", 1)
        parted = Reached(index, posts, 3)
    for post in index.prepare(posts):
        assert parted.shown(post) == whole.shown(post)
    assert len(all_posts) == len(posts)


def test_every_job_is_in_one_cell_and_within_its_circle():
    posts = [job(f"j{n}", place={"lat": 50 + n / 40, "lon": -3 + n / 30}) for n in range(90)]
    index, all_posts = sides([seeker()], [*posts, job("nowhere")])
    pairs = AllPairs(index, all_posts)
    found = list(pairs.cells())
    assert sorted(np.concatenate([cell.jobs for cell in found]).tolist()) == list(range(91))
    assert found[-1].middle is None
    points = on_sphere(all_posts.columns.travel.places)
    for cell in found[:-1]:
        assert cell.middle is not None
        chords = np.linalg.norm(points[:, cell.jobs] - cell.middle[:, None], axis=0)
        assert (EARTH_KM * chords <= cell.radius_km + 1e-6).all()


def test_whoever_lives_exactly_at_their_limit_is_asked_as_everywhere_else():
    person = seeker("s1", home=LEEDS, travel={"mode": "walk", "max_minutes": 0})
    index, all_posts = sides([person], [job("here", place=LEEDS), job("there", place=BRADFORD)])
    reached = Reached(index, [job("here", place=LEEDS), job("there", place=BRADFORD)], 5)
    here, there = index.prepare([job("here", place=LEEDS), job("there", place=BRADFORD)])
    assert (reached.shown(here), reached.shown(there)) == (["s1"], [])
    assert len(all_posts) == 2


def test_a_job_at_the_very_edge_of_somebodys_way_is_within_reach_or_not_just_as_everywhere_else():
    person = seeker("s1", home=LEEDS, travel={"mode": "walk", "max_minutes": 12})
    edge = math.degrees(12.5 / MODES["walk"].minutes_per_km / EARTH_KM)
    posts = [job(f"j{n}", place={"lat": 53.8 + edge + n * 1e-10, "lon": -1.55}) for n in range(-3, 4)]
    index, _ = sides([person], posts)
    reached = Reached(index, posts, 5)
    for post in index.prepare(posts):
        assert reached.shown(post) == ["s1"] * (not index.is_beyond_limit(post)[0])


@given(st.lists(st.integers(0, 5), max_size=20), st.lists(st.integers(0, 5), max_size=20))
def test_places_with_the_same_key_are_found_together(left: list[int], right: list[int]):
    ours, theirs = together(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), 6)
    found = sorted(zip(ours.tolist(), theirs.tolist(), strict=True))
    assert found == [(i, j) for i, key in enumerate(left) for j, other in enumerate(right) if key == other]


def test_many_rows_are_grouped_as_few_are():
    rows = np.arange(70_000)[::-1].copy()
    laid, order = Ragged.by(rows, 70_000)
    found, which = laid.of(np.array([3, 69_999]))
    assert (order[found].tolist(), which.tolist()) == ([69_996, 0], [0, 1])


def test_the_map_is_gone_through_only_where_most_journeys_are_known():
    known = seeker("s1", home=LEEDS, travel={"mode": "bus", "max_minutes": 30})
    here, nowhere = job("here", place=LEEDS), job("nowhere")
    index, _ = sides([known], [here])
    assert is_quicker(index, [here, here, here, nowhere])
    assert not is_quicker(index, [here, nowhere])
    without_limit, _ = sides([known, seeker("s2", home=LEEDS, travel={"mode": "bus"})], [here])
    assert not is_quicker(without_limit, [here])
    assert not is_quicker(index, [])
