"""One person beside very many jobs: the ranking of all jobs, those beyond their limit left out, and edits."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import MatchingError
from matching.index import JobIndex
from matching.nearby import bands
from matching.nearby.bands import Bands
from matching.nearby.index import NearbyJobs
from matching.ranking import Ranking
from matching.records import Job, Seeker
from matching.travel import EARTH_KM
from matching.weights import Weights
from tests.matching.dense import jobs, seekers, several
from tests.matching.makers import CONCEPTS, job, matched, middle, seeker
from tests.matching.test_blocks import BRADFORD, JOURNEYS, LEEDS, PLACES, living, lying

WEIGHTS = Weights(skills=30, hours=7.5, natural_supports=41, preference=3)
posts_somewhere = several(st.builds(lying, jobs(), PLACES), most=6)
person_somewhere = st.builds(living, seekers(), JOURNEYS)


def nearby(posts: list[Job]) -> NearbyJobs:
    return NearbyJobs(iter(posts), vocabulary=CONCEPTS, weights=WEIGHTS)


def assert_within_reach_of_all(found: Ranking, posts: list[Job], person: Seeker) -> None:
    """The same jobs in the same order with the same figures as all jobs give, the ones too far left out."""
    index = JobIndex(posts, vocabulary=CONCEPTS, weights=WEIGHTS)
    whole, is_within = index.rank(person), ~index.is_beyond_limit(person)
    expected = whole.first(None, is_within)
    order = found.order
    assert [found.ids[place] for place in order] == [whole.ids[place] for place in expected]
    for name in ("low", "high", "middle", "score", "coverage", "uses_strengths", "group"):
        ours, theirs = getattr(found, name)[order], getattr(whole, name)[expected]
        assert ours == pytest.approx(theirs, abs=1e-9, nan_ok=True), name
    for name in whole.components:
        for ours, theirs in zip(found.components[name], whole.components[name], strict=True):
            assert ours[order] == pytest.approx(np.asarray(theirs)[expected], abs=1e-9), name


@given(posts_somewhere, person_somewhere)
def test_jobs_within_reach_are_ranked_as_among_all_jobs(posts: list[Job], person: Seeker):
    assert_within_reach_of_all(nearby(posts).rank(person), posts, person)


@given(posts_somewhere, st.builds(lying, jobs(), PLACES), person_somewhere, st.integers(0, 5))
def test_an_edited_map_ranks_as_a_new_one(posts: list[Job], edited: Job, person: Seeker, at: int):
    index = nearby(posts)
    gone, changed = posts[at % len(posts)], replace(edited, id=posts[-1].id)
    index.replace(changed)
    index.remove(gone.id)
    index.replace(replace(edited, id="b9"))
    left = {post.id: post for post in (*posts, changed, replace(edited, id="b9")) if post.id != gone.id}
    assert_within_reach_of_all(index.rank(person), list(left.values()), person)
    assert (len(index), gone.id in index, "b9" in index) == (len(left), False, True)
    assert index.edited <= 2


@given(posts_somewhere, person_somewhere)
def test_figures_are_those_of_the_readable_comparison(posts: list[Job], person: Seeker):
    found = nearby(posts).rank(person)
    by_id = {post.id: post for post in posts}
    for place, job_id in enumerate(found.ids):
        match = matched(person, by_id[job_id], WEIGHTS)
        figures = (found.low[place], found.high[place], found.middle[place])
        assert figures == pytest.approx((match.low, match.high, middle(match)), abs=1e-9)


def walker(minutes: float, **fields: Any) -> Seeker:
    return seeker(home=LEEDS, travel={"mode": "walk", "max_minutes": minutes}, **fields)


def test_a_job_without_a_place_is_within_everybodys_reach():
    index = nearby([job("far", place=BRADFORD), job("nowhere")])
    assert index.rank(walker(5)).ids == ("nowhere",)
    assert set(index.rank(seeker(home=LEEDS)).ids) == {"far", "nowhere"}


def test_an_id_that_is_not_there_is_named():
    with pytest.raises(MatchingError, match='"x" is not in this index'):
        nearby([]).remove("x")


def test_a_map_of_no_jobs_ranks_none_and_takes_what_comes():
    index = nearby([])
    (ready,) = index.prepare([walker(5)])
    assert index.rank(ready).order.size == 0
    index.replace(job("here", place=LEEDS))
    assert index.rank(ready).ids == ("here",)
    index.remove("here")
    assert index.rank(ready).ids == ()


def test_wishes_in_words_that_no_job_holds_are_not_mentioned():
    index = nearby([job("j", description="Quiet work", tasks=[{"id": "t", "name": "Sort"}], place=LEEDS)])
    for person in (walker(5, interests=["zebras"]), walker(5, must=["quiet", "zebras in stables"])):
        assert_within_reach_of_all(index.rank(person), [job("j", description="Quiet work", place=LEEDS,
                                   tasks=[{"id": "t", "name": "Sort"}])], person)  # fmt: skip


ANYWHERE = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(ANYWHERE, min_size=1, max_size=30), ANYWHERE, st.floats(0, 20_100))
def test_the_runs_of_an_area_hold_every_place_in_it(
    places: list[tuple[float, float]], home: tuple[float, float], km: float
):
    degrees = np.array(places).T
    laid = Bands(degrees)
    found = {place for first, last in laid.around(home, km) for place in laid.order[first:last].tolist()}
    lat, lon = np.radians(degrees)
    home_lat, home_lon = np.radians(home)
    half = np.sin((lat - home_lat) / 2) ** 2
    half += np.cos(lat) * np.cos(home_lat) * np.sin((lon - home_lon) / 2) ** 2
    near = np.flatnonzero(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))) <= km)
    assert found >= set(near.tolist())


def test_an_area_gathers_little_in_vain():
    lats, lons = np.meshgrid(np.linspace(50, 58, 161), np.linspace(-6, 2, 161))
    laid = Bands(np.array([lats.ravel(), lons.ravel()]))
    gathered = sum(last - first for first, last in laid.around((53.8, -1.55), 30.0))
    assert 0 < gathered <= 1.6 * np.pi * 30**2 / (8 / 160 * 111.2) ** 2 / np.cos(np.radians(53.8))


def test_nobody_is_gathered_whose_limit_is_below_the_fixed_time_of_a_journey():
    laid = Bands(np.array([[53.8, np.nan], [-1.55, np.nan]]))
    assert laid.around((53.8, -1.55), -1.0) == [(1, 2)]
    assert laid.everywhere() == [(0, 2)]
    assert bands.BAND_KM > 0
