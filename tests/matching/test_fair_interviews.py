"""Interviews of a period shared out at once: fewest chances first, proven best, and the same in any order."""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.fair_interviews import Proposal, Wish, propose

PEOPLE, VACANCIES = 4, 3
TABLE = st.lists(st.sampled_from((None, 0.0, 20.0, 40.4, 80.0)), min_size=12, max_size=12)
PLACES = st.lists(st.sampled_from((0, 1, 1, 2, None)), min_size=VACANCIES, max_size=VACANCIES)
CHANCES = st.lists(st.integers(0, 2), min_size=PEOPLE, max_size=PEOPLE)


def drawn(table: list[float | None], chances: list[int]) -> list[Wish]:
    return [
        Wish(at // VACANCIES, at % VACANCIES, points, chances[at // VACANCIES], at // VACANCIES + 1)
        for at, points in enumerate(table)
        if points is not None
    ]


def is_inside(met: tuple[Wish, ...], places: dict[int, int | None]) -> bool:
    taken = [wish.vacancy_id for wish in met]
    return all(most is None or taken.count(vacancy) <= most for vacancy, most in places.items())


def own_ones(met: tuple[Wish, ...], chances: int) -> tuple[int, float]:
    """How many people with so many chances have an interview, and how well their best ones suit them."""
    best: dict[int, int] = {}
    for wish in met:
        if wish.chances == chances:
            best[wish.seeker_id] = max(best.get(wish.seeker_id, 0), round(wish.points))
    return len(best), sum(best.values())


def worth(met: tuple[Wish, ...]) -> list[float]:
    """What the aims look at, in their order."""
    each = [own_ones(met, chances) for chances in range(3)]
    figures = [float(value) for pair in each for value in pair]
    waits = -sum(wish.wait_place for wish in met)
    return [*figures, len(met), sum(round(wish.points) for wish in met), waits]


@settings(max_examples=60, deadline=None)
@given(table=TABLE, places=PLACES, chances=CHANCES)
def test_no_other_way_to_share_out_the_interviews_is_better(
    table: list[float | None], places: list[int | None], chances: list[int]
):
    wishes, most = drawn(table, chances)[:9], dict(enumerate(places))
    found = propose(wishes, most)
    every = (met for size in range(len(wishes) + 1) for met in combinations(wishes, size))
    best = max(worth(met) for met in every if is_inside(met, most))
    assert found.optimal
    assert is_inside(found.met, most)
    assert worth(found.met) == best


@settings(max_examples=25, deadline=None)
@given(table=TABLE, places=PLACES, chances=CHANCES, seed=st.randoms())
def test_the_order_of_the_wishes_changes_nothing(
    table: list[float | None], places: list[int | None], chances: list[int], seed: object
):
    wishes, most = drawn(table, chances), dict(enumerate(places))
    shuffled = list(wishes)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(shuffled, most) == propose(wishes, most)


def test_of_forty_people_without_a_chance_as_many_as_can_be_get_one():
    draw = np.random.default_rng(7)
    wants = draw.random((40, 12)) < 0.15
    wishes = [
        Wish(person, vacancy, float(draw.integers(101)), 0, person + 1)
        for person, vacancy in np.argwhere(wants).tolist()
    ]
    found = propose(wishes, dict.fromkeys(range(12), 1))
    most = np.count_nonzero(maximum_bipartite_matching(sparse.csr_array(wants), perm_type="column") >= 0)
    assert len({wish.seeker_id for wish in found.met}) == most


def test_whoever_has_had_fewest_chances_gets_their_best_one_before_others():
    newcomer = [Wish(1, 1, 60, 0, 2), Wish(1, 2, 50, 0, 2)]
    often = [Wish(2, 1, 95, 3, 1)]
    assert propose(newcomer + often, {1: 1, 2: 1}).met == tuple(newcomer)


def test_interviews_that_are_left_over_go_to_those_whom_they_suit():
    first, second = Wish(1, 1, 60, 0, 1), Wish(1, 2, 50, 0, 1)
    assert propose([first, second], {1: None, 2: 1}).met == (first, second)


def test_among_equals_the_longest_wait_goes_first():
    late, early = Wish(1, 1, 60, 0, 2), Wish(2, 1, 60, 0, 1)
    assert propose([late, early], {1: 1}).met == (early,)


def test_nobody_who_wants_an_interview_is_no_fault():
    assert propose([], {}) == Proposal((), optimal=True)


@pytest.mark.parametrize("values", [None, np.array([1.0, 0.0])])
def test_what_was_not_proven_in_time_says_so(monkeypatch: pytest.MonkeyPatch, values: np.ndarray | None):
    out_of_time = SimpleNamespace(x=values, status=1)
    monkeypatch.setattr(optimize, "milp", lambda *_args, **_more: out_of_time)
    wish = Wish(1, 1, 60, 0, 1)
    expected = () if values is None else (wish,)
    assert propose([wish], {1: 1}) == Proposal(expected, optimal=False)
