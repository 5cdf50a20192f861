"""The warning that the easiest to place crowd out the rest: neither raised by chance, nor left out."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.services.crowding import FEWEST, Crowding, crowding
from crm.services.shortlist_cells import Share

PEOPLE = st.integers(FEWEST, 400)


def chance(people: int, chosen: int, share: float) -> float:
    """How likely it is that exactly so many are chosen, each with this chance."""
    return comb(people, chosen) * share**chosen * (1 - share) ** (people - chosen)


@given(st.integers(0, 20), st.integers(1, 20), PEOPLE, PEOPLE)
def test_equal_shares_never_warn(part: int, whole: int, some: int, others: int):
    part = min(part, whole)
    least, most = Share(whole * some, part * some), Share(whole * others, part * others)
    assert crowding(least, most) is Crowding.NO_SIGN


@given(PEOPLE, PEOPLE, st.data())
def test_those_with_the_most_needs_are_never_said_to_be_crowded_out_where_their_share_is_higher(
    some: int, others: int, data: st.DataObject
):
    chosen = data.draw(st.integers(0, some))
    fair = -(-chosen * others // some)
    assert crowding(Share(some, chosen), Share(others, fair)) is Crowding.NO_SIGN


@given(st.integers(0, FEWEST - 1), PEOPLE)
def test_fewer_than_ten_people_in_a_group_tell_nothing(few: int, many: int):
    for least, most in ((Share(few, few), Share(many, 0)), (Share(many, many), Share(few, 0))):
        assert crowding(least, most) is Crowding.NOT_TOLD


@pytest.mark.parametrize("people", [10, 20, 40])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_by_chance_alone_it_warns_less_than_once_in_twenty_times(people: int, share: float):
    chances = [chance(people, chosen, share) for chosen in range(people + 1)]
    alarms = sum(
        chances[one] * chances[other]
        for one in range(people + 1)
        for other in range(one)
        if crowding(Share(people, one), Share(people, other)) is Crowding.CROWDED_OUT
    )
    assert alarms < 0.05


@pytest.mark.parametrize(
    ("least", "most"),
    [
        (Share(10, 6), Share(10, 0)),
        (Share(30, 15), Share(30, 6)),
        (Share(40, 24), Share(60, 18)),
        (Share(400, 120), Share(400, 90)),
    ],
)
def test_it_warns_where_the_difference_is_plain(least: Share, most: Share):
    assert crowding(least, most) is Crowding.CROWDED_OUT


def test_exactly_four_fifths_are_no_sign_however_many_people_there_are():
    assert crowding(Share(10_000, 5_000), Share(10_000, 4_000)) is Crowding.NO_SIGN
    assert crowding(Share(10_000, 5_000), Share(10_000, 3_999)) is Crowding.CROWDED_OUT


def test_a_difference_that_chance_explains_is_no_sign():
    assert crowding(Share(12, 6), Share(12, 4)) is Crowding.NO_SIGN
