"""Counts of fewer than five people are not shown, and cannot be worked out from what is."""

from collections import defaultdict
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from crm.services.small_cells import LEAST, shown

COUNTS = st.dictionaries(st.text(st.sampled_from("ABCDEFGH"), min_size=1, max_size=2), st.integers(0, 30))


@given(COUNTS)
def test_what_is_shown_is_as_it_is_and_never_fewer_than_five(counts: dict[str, int]):
    found = shown(counts)
    assert all(number >= LEAST and counts[name] == number for name, number in found.items())


def test_where_nobody_is_left_out_everything_is_shown():
    assert shown({"BD": 5, "HX": 0, "LS": 12}) == {"BD": 5, "LS": 12}


def test_a_small_count_by_itself_takes_a_large_one_with_it_by_name_and_not_by_size():
    assert shown({"BD": 40, "HX": 3, "LS": 12, "WF": 5}) == {"LS": 12, "WF": 5}


def test_several_small_counts_can_hide_among_themselves():
    assert shown({"BD": 3, "HX": 2, "LS": 12}) == {"LS": 12}


def test_small_counts_that_their_sum_would_tell_take_a_large_one_with_them():
    assert shown({"BD": 4, "HX": 4, "LS": 12, "WF": 9}) == {"WF": 9}


def test_nothing_is_shown_where_nothing_could_hide_the_small_count():
    assert shown({"BD": 1, "HX": 5, "LS": 5}) == {}


def test_nobody_who_knows_the_rule_and_the_sum_can_work_a_small_count_out():
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(11), repeat=4):
        found = shown(dict(zip("ABCD", numbers, strict=True)))
        left_out = sum(numbers) - sum(found.values())
        if left_out < 11:
            alike[left_out, tuple(sorted(found.items()))].append(numbers)
    for worlds in alike.values():
        for cell in range(4):
            values = {numbers[cell] for numbers in worlds}
            assert len(values) > 1 or not 0 < min(values) < LEAST
