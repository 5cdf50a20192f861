"""The order of a list, figure by figure, and the first of it however few are wanted; weeks in bits."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking import LAST_DAY, Ranking, job_keys, seeker_keys
from matching.records import Slot
from matching.totals import rounded
from matching.week import as_words, cells, common_hours

NOBODY: Any = None


def order(keys: Any) -> list[int]:
    """Positions from first to last."""
    return np.argsort(keys, kind="stable").tolist()


def test_a_step_begins_at_every_fifth_point_and_a_hair_below_it():
    middles = np.array([64.999_998, 65.0, 64.999_999, 69.9, 100.0, 0.0])
    waits = np.array([1.0, 5.0, 4.0, 3.0, 9.0, 0.0])
    assert order(job_keys(middles, waits)) == [4, 3, 2, 1, 0, 5]


def test_inside_a_step_the_longest_wait_comes_first_and_a_missing_one_last():
    middles = np.array([66.0, 67.0, 68.0, 68.5])
    waits = np.array([700_000, 700_001, LAST_DAY, 700_001])
    assert order(job_keys(middles, waits)) == [0, 3, 1, 2]


def test_a_millionth_of_a_point_orders_people_who_waited_as_long():
    middles = np.array([66.000_001, 66.000_002, 66.0])
    assert order(job_keys(middles, np.full(3, 700_000))) == [1, 0, 2]


def test_jobs_are_lifted_by_the_strengths_they_use_and_then_come_by_score():
    middles = np.array([60.0, 41.0, 40.0, 60.000_001, 50.0, 100.0])
    uses = np.array([0.0, 0.95, 1.0, np.nan, np.nan, 1.0])
    assert order(seeker_keys(middles, uses)) == [5, 3, 0, 1, 2, 4]


def test_keys_keep_every_figure_apart():
    assert job_keys(np.array([100.0]), np.array([0.0])).tolist() == [0]
    assert job_keys(np.array([0.0]), np.array([0.0])).tolist() == [(20 << 49) | 100_000_000]
    assert seeker_keys(np.array([100.0]), np.array([1.0])).tolist() == [0]
    assert seeker_keys(np.array([0.0]), np.array([0.0])).tolist() == [(120_000_000 << 27) | 100_000_000]


def ranking(keys: list[int]) -> Ranking:
    """A ranking of which only the order matters; ids come the other way round than places."""
    places = np.arange(len(keys))[::-1].copy()
    return Ranking(NOBODY, places, NOBODY, NOBODY, NOBODY, {}, np.array(keys, dtype=np.int64), NOBODY)


@given(st.lists(st.integers(0, 3), max_size=7), st.one_of(st.none(), st.integers(0, 8)), st.data())
def test_the_first_are_the_first_of_the_whole_order(keys: list[int], count: int | None, data: st.DataObject):
    whole = sorted(range(len(keys)), key=lambda place: (keys[place], -place))
    assert ranking(keys).order.tolist() == whole
    assert ranking(keys).first(count).tolist() == whole[:count]
    among = data.draw(st.lists(st.booleans(), min_size=len(keys), max_size=len(keys)))
    chosen = [place for place in whole if among[place]]
    assert ranking(keys).first(count, np.array(among, dtype=bool)).tolist() == chosen[:count]


def test_few_are_found_without_sorting_everybody():
    long = ranking([3, 1, 2, 1])
    assert long.first(2).tolist() == [3, 1]
    assert "order" not in vars(long)


SLOTS = st.lists(
    st.builds(
        lambda day, start, length: Slot(day, start * 30, (start + length) * 30),
        st.integers(0, 6),
        st.integers(0, 47),
        st.integers(1, 48),
    ),
    max_size=4,
)


@given(st.lists(SLOTS, max_size=3), SLOTS)
def test_common_hours_are_counted_word_by_word(weeks: list[list[Slot]], wanted: list[Slot]):
    asked = cells(wanted)
    words = np.array([as_words(cells(week)) for week in weeks], dtype=np.uint64).reshape(len(weeks), 6).T
    expected = [(cells(week) & asked).bit_count() / 2 for week in weeks]
    assert common_hours(words, asked).tolist() == expected


def test_a_quarter_past_goes_up_and_a_minute_before_it_goes_down():
    assert cells([Slot(0, 9 * 60 + 14, 10 * 60 + 15)]) == cells([Slot(0, 9 * 60, 10 * 60 + 30)])
    assert cells([Slot(0, 9 * 60 + 15, 10 * 60 + 14)]) == cells([Slot(0, 9 * 60 + 30, 10 * 60)])


def test_a_whole_week_in_common_is_168_hours():
    week = (1 << 336) - 1
    assert common_hours(as_words(week)[:, None], week).tolist() == [168.0]


def test_figures_have_six_decimals_and_ties_go_to_even():
    assert (rounded(0.123_456_7), rounded(2.000_000_4)) == (0.123457, 2.0)
    assert (rounded(0.5e-6), rounded(1.5e-6)) == (0.0, 2e-6)
