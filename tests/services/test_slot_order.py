"""Who gets an interview when more want one than there are: by the agreement's rule, the same for all."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.models.agreement_choices import Oversubscription
from crm.services.slot_order import Wanting, in_order, left, lot

FIRST = date(2026, 1, 1)
NOBODY_KNOWS = Wanting(9, None, 0)

people = st.lists(
    st.builds(
        Wanting,
        seeker_id=st.integers(1, 500),
        since=st.none() | st.dates(FIRST, FIRST + timedelta(days=300)),
        chances=st.integers(0, 4),
    ),
    unique_by=lambda one: one.seeker_id,
    max_size=12,
)


def ids(order: list[Wanting]) -> list[int]:
    return [one.seeker_id for one in order]


def waiting(seeker_id: int, days: int, chances: int = 0) -> Wanting:
    return Wanting(seeker_id, FIRST - timedelta(days=days), chances)


@pytest.mark.parametrize("rule", [Oversubscription.LONGEST_WAIT, Oversubscription.UNKNOWN])
def test_the_longest_wait_goes_first_and_a_wait_that_is_not_known_last(rule: Oversubscription):
    order = in_order([waiting(1, 10), NOBODY_KNOWS, waiting(2, 90), waiting(3, 40)], rule, vacancy_id=1)
    assert ids(order) == [2, 3, 1, 9]


def test_those_with_fewest_chances_go_first_and_among_them_the_longest_wait():
    wanting = [waiting(1, 200, 2), waiting(2, 10), waiting(3, 60)]
    assert ids(in_order(wanting, Oversubscription.FEWEST_CHANCES, vacancy_id=1)) == [3, 2, 1]


def test_lots_differ_from_vacancy_to_vacancy():
    drawn = {
        tuple(ids(in_order([waiting(n, 1) for n in range(6)], Oversubscription.DRAW, vacancy_id=vacancy)))
        for vacancy in range(20)
    }
    assert len(drawn) > 10


@given(people, st.sampled_from(Oversubscription), st.randoms())
def test_the_order_is_the_same_however_the_wishes_came_in(
    wanting: list[Wanting], rule: Oversubscription, shuffle: Random
):
    mixed = list(wanting)
    shuffle.shuffle(mixed)
    order = in_order(wanting, rule, vacancy_id=7)
    assert in_order(mixed, rule, vacancy_id=7) == order
    assert sorted(ids(order)) == sorted(ids(wanting))


@given(people, st.builds(Wanting, st.just(999), st.just(FIRST), st.integers(0, 4)))
def test_nobody_changes_anothers_lot_by_wanting_one_too(wanting: list[Wanting], another: Wanting):
    without = ids(in_order(wanting, Oversubscription.DRAW, vacancy_id=7))
    joined = ids(in_order([*wanting, another], Oversubscription.DRAW, vacancy_id=7))
    assert [one for one in joined if one != another.seeker_id] == without


def test_a_lot_can_be_worked_out_again_by_whoever_doubts_it():
    assert lot(3, 12) == lot(3, 12)
    assert len(lot(3, 12)) == 4


@pytest.mark.parametrize(("most", "taken", "expected"), [(None, 4, None), (3, 1, 2), (3, 3, 0), (3, 5, 0)])
def test_interviews_are_left_until_as_many_were_taken_as_agreed(
    most: int | None, taken: int, expected: int | None
):
    assert left(most, taken) == expected
