"""The fast path: the same figures as the readable one, and indexes that one edit does not rebuild."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import MatchingError
from matching.index import JobIndex, SeekerIndex
from matching.match import Match
from matching.ranking import GROUPS, Ranking
from matching.records import Job, Seeker, SeekerSkill
from matching.weights import Weights
from tests.matching.dense import jobs, seekers, several
from tests.matching.makers import CONCEPTS, UNRELATED, job, matched, middle, seeker

WEIGHTS = Weights(skills=30, hours=7.5, natural_supports=41, preference=3)


def seeker_index(people: list[Seeker]) -> SeekerIndex:
    return SeekerIndex(people, vocabulary=CONCEPTS, weights=WEIGHTS)


def job_index(posts: list[Job]) -> JobIndex:
    return JobIndex(posts, vocabulary=CONCEPTS, weights=WEIGHTS)


def assert_same(ranking: Ranking, place: int, match: Match) -> None:
    """Every figure of the arrays is the readable one to 1e-9."""
    fast: dict[str, Any] = {
        "low": ranking.low[place],
        "high": ranking.high[place],
        "score": ranking.score[place],
        "coverage": ranking.coverage[place],
        "uses_strengths": ranking.uses_strengths[place],
    }
    for name, value in fast.items():
        readable = getattr(match, name)
        assert float("nan" if readable is None else readable) == pytest.approx(
            value, abs=1e-9, nan_ok=True
        ), name
    assert GROUPS[ranking.group[place]] == match.group
    for component in match.components:
        low, high = ranking.components[component.name]
        assert (low[place], high[place]) == pytest.approx((component.low, component.high), abs=1e-9)
        score = ranking.component_score(component.name)[place]
        if component.weight:
            assert (component.score is None) == bool(np.isnan(score))
            assert component.score is None or component.score == pytest.approx(score, abs=1e-9)


@given(several(seekers()), jobs())
def test_everybody_for_a_job_is_ranked_with_the_readable_figures(people: list[Seeker], post: Job):
    ranking = seeker_index(people).rank(post)
    assert sorted(ranking.ids) == sorted(person.id for person in people)
    for place, person in enumerate(people):
        assert_same(ranking, place, matched(person, post, WEIGHTS))


@given(several(jobs()), seekers())
def test_every_job_for_a_person_is_ranked_with_the_readable_figures(posts: list[Job], person: Seeker):
    ranking = job_index(posts).rank(person)
    for place, post in enumerate(posts):
        assert_same(ranking, place, matched(person, post, WEIGHTS))


def job_order(person: Seeker, post: Job) -> tuple[float, bool, str, float, str]:
    score = middle(matched(person, post, WEIGHTS))
    since = person.waiting_since
    return -((score + 1e-6) // 5), since is None, str(since), -score, person.id


@given(several(seekers()), jobs(), st.integers(1, 6))
def test_people_come_by_steps_of_five_points_then_longest_wait_then_score_then_id(
    people: list[Seeker], post: Job, count: int
):
    ranking = seeker_index(people).rank(post)
    expected = [person.id for person in sorted(people, key=lambda person: job_order(person, post))]
    assert [ranking.ids[place] for place in ranking.order] == expected
    assert [ranking.ids[place] for place in ranking.first(count)] == expected[:count]
    among = np.array([person.waiting_since is None for person in people])
    kept = {person.id for person in people if person.waiting_since is None}
    assert [ranking.ids[place] for place in ranking.first(count, among)] == [
        person for person in expected if person in kept
    ][:count]


@given(several(jobs()), seekers())
def test_jobs_come_by_score_lifted_by_the_strengths_they_use(posts: list[Job], person: Seeker):
    def order(post: Job) -> tuple[float, float, str]:
        match = matched(person, post, WEIGHTS)
        return -round(middle(match) + 20 * (match.uses_strengths or 0), 6), -middle(match), post.id

    ranking = job_index(posts).rank(person)
    assert [ranking.ids[place] for place in ranking.order] == [post.id for post in sorted(posts, key=order)]


@given(several(seekers()), jobs(), st.integers(0, 99))
def test_neither_company_nor_order_changes_a_figure(people: list[Seeker], post: Job, seed: int):
    whole = seeker_index(people).rank(post)
    some = people[: len(people) // 2 + 1]
    Random(seed).shuffle(some)
    part = seeker_index(some).rank(post)
    figures = {name: (whole.low[place], whole.high[place]) for place, name in enumerate(whole.ids)}
    assert all(figures[name] == (part.low[place], part.high[place]) for place, name in enumerate(part.ids))
    kept = set(part.ids)
    in_whole = [name for name in (whole.ids[place] for place in whole.order) if name in kept]
    assert [part.ids[place] for place in part.order] == in_whole


@given(several(seekers()), jobs(), st.integers(0, 4))
def test_skills_that_a_job_does_not_ask_for_change_nobodys_place(people: list[Seeker], post: Job, level: int):
    also = SeekerSkill(UNRELATED, level)
    more = [replace(person, skills=(*person.skills, also)) for person in people[::2]]
    assert_equal_rankings(seeker_index([*people, *more]).rank(post), seeker_index(people).rank(post))


@given(several(seekers()), seekers("edited"), jobs(), st.integers(0, 5))
def test_an_edited_index_of_people_equals_a_new_one(people: list[Seeker], edited: Seeker, post: Job, at: int):
    index = seeker_index(people)
    index.rank(post)
    gone, changed = people[at % len(people)], replace(edited, id=people[-1].id)
    index.replace(changed)
    index.remove(gone.id)
    index.replace(edited)
    left = {person.id: person for person in (*people, changed, edited) if person.id != gone.id}
    assert_equal_rankings(index.rank(post), seeker_index(list(left.values())).rank(post))
    assert len(index) == len(left)
    assert gone.id not in index


@given(several(jobs()), jobs("edited"), seekers(), st.integers(0, 5))
def test_an_edited_index_of_jobs_equals_a_new_one(posts: list[Job], edited: Job, person: Seeker, at: int):
    index = job_index(posts)
    gone, changed = posts[at % len(posts)], replace(edited, id=posts[-1].id)
    index.replace(changed)
    index.remove(gone.id)
    index.replace(edited)
    left = {post.id: post for post in (*posts, changed, edited) if post.id != gone.id}
    assert_equal_rankings(index.rank(person), job_index(list(left.values())).rank(person))
    assert len(index) == len(left)
    assert gone.id not in index


def assert_equal_rankings(one: Ranking, other: Ranking) -> None:
    assert [one.ids[place] for place in one.order] == [other.ids[place] for place in other.order]
    assert np.array_equal(one.low[one.order], other.low[other.order])
    assert np.array_equal(one.high[one.order], other.high[other.order])


def test_more_people_than_there_was_room_for_are_all_ranked():
    people = [seeker(f"s{number:03}", hours={"now_max": number % 40}) for number in range(150)]
    index = seeker_index(people)
    post = job(hours={"guaranteed": 16})
    assert len(index.rank(post).order) == 150
    assert index.match("s016", post) == matched(people[16], post, WEIGHTS)


def test_a_match_of_a_job_index_is_the_readable_one():
    person, post = seeker(), job()
    assert job_index([post]).match("j1", person) == matched(person, post, WEIGHTS)


def test_an_index_of_nobody_ranks_nobody():
    assert seeker_index([]).rank(job()).order.size == 0
    assert job_index([]).rank(seeker()).order.size == 0


@pytest.mark.parametrize("index", [seeker_index([]), job_index([])])
def test_an_id_that_is_not_there_is_named(index: SeekerIndex | JobIndex):
    with pytest.raises(MatchingError, match='"x" is not in this index'):
        index.remove("x")
    with pytest.raises(MatchingError, match='"x" is not in this index'):
        index.match("x", job() if isinstance(index, SeekerIndex) else seeker())  # pyright: ignore[reportArgumentType]


def test_journeys_are_known_for_those_who_say_where_and_how():
    home, near, far = {"lat": 53.8, "lon": -1.55}, {"lat": 53.81, "lon": -1.55}, {"postcode": "PL1 1"}
    person = seeker("a", home=home, travel={"mode": "walk", "max_minutes": 30})
    quiet = seeker("b", home=home)
    posts = [job("near", place=near), job("far", place=far), job("nowhere")]
    index, jobs_index = seeker_index([person, quiet]), job_index(posts)
    assert [index.is_beyond_limit(post).tolist() for post in posts] == [
        [False, False],
        [True, False],
        [False, False],
    ]
    assert jobs_index.is_beyond_limit(person).tolist() == [False, True, False]
    for place, post in enumerate(posts):
        minutes = matched(person, post).travel_minutes
        expected = float("nan" if minutes is None else minutes)
        assert index.travel_minutes(post)[0] == pytest.approx(expected, nan_ok=True)
        assert jobs_index.travel_minutes(person)[place] == pytest.approx(expected, nan_ok=True)
    assert np.isnan(jobs_index.travel_minutes(quiet)).all()
