"""Which rows are one task, recorded twice: never across sites, roles or times that are known and differ."""

from datetime import date
from typing import Any

import pytest

from crm.services.task_joining import Recorded, is_same, joined

FIRST: dict[str, Any] = {
    "analysed_on": date(2026, 3, 1),
    "posts": frozenset({"post packer"}),
    "site_id": 1,
    "role": "packers",
}


def row(row_id: int, name: str = "fold boxes", analysis: int = 1, **told: Any) -> Recorded:
    return Recorded(id=row_id, analysis_id=analysis, name=name, **{**FIRST, **told})


def test_the_same_name_for_the_same_post_in_two_visits_is_one_task():
    assert is_same(row(1), row(2, analysis=2))
    assert is_same(row(1, role=None), row(2, analysis=2, role=None))


def test_the_same_name_for_two_posts_is_one_task_only_where_the_same_role_does_it():
    elsewhere = frozenset({"post porter"})
    assert is_same(row(1), row(2, analysis=2, posts=elsewhere))
    assert not is_same(row(1, role=None), row(2, analysis=2, posts=elsewhere))
    assert not is_same(row(1), row(2, analysis=2, posts=elsewhere, role=None))


@pytest.mark.parametrize(
    ("told", "untold"),
    [
        ({"site_id": 2}, {"site_id": None}),
        ({"role": "drivers"}, {"role": None}),
        ({"times": frozenset({(0, "14:00", "16:00")})}, {"times": frozenset()}),
    ],
)
def test_what_is_recorded_of_both_and_differs_keeps_them_apart(told: dict[str, Any], untold: dict[str, Any]):
    early = row(1, times=frozenset({(0, "06:00", "09:00")}))
    assert not is_same(early, row(2, analysis=2, **told))
    assert is_same(early, row(2, analysis=2, **untold))


def test_times_that_share_a_moment_are_no_reason_to_keep_rows_apart():
    early = row(1, times=frozenset({(0, "06:00", "09:00"), (1, "06:00", "09:00")}))
    assert is_same(early, row(2, analysis=2, times=frozenset({(1, "08:00", "12:00")})))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fold boxes", "fold the boxes"),
        ("fold boxes", "folding boxes"),
        ("wash trays and baskets", "wash baskets, trays"),
    ],
)
def test_nearly_the_same_name_is_one_task_where_site_and_role_are_known_and_equal(one: str, other: str):
    assert is_same(row(1, one), row(2, other, analysis=2))
    assert not is_same(row(1, one), row(2, other, analysis=2, site_id=None))
    assert not is_same(row(1, one, role=None), row(2, other, analysis=2, role=None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("load the van", "unload the van"),
        ("open the shop", "close the shop"),
        ("clean room 101", "clean room 102"),
        ("wash pots", "wash pans"),
        ("clean", "clean the kitchen floor"),
        ("switch the lights on", "switch the lights off"),
    ],
)
def test_names_that_say_something_else_are_two_tasks(one: str, other: str):
    assert not is_same(row(1, one), row(2, other, analysis=2))


def test_rows_of_one_analysis_are_one_task_only_under_the_same_name():
    assert is_same(row(1), row(2))
    assert not is_same(row(1), row(2, "fold the boxes"))


def test_the_latest_row_counts_and_the_later_one_of_a_day():
    rows = [
        row(1),
        row(2, analysis=2, analysed_on=date(2026, 9, 1)),
        row(3, analysis=3, analysed_on=date(2025, 1, 1)),
    ]
    assert joined(rows) == {1: 2, 3: 2}
    assert joined(reversed(rows)) == {1: 2, 3: 2}
    assert joined([row(5), row(6, analysis=2)]) == {5: 6}


def test_no_chain_leads_from_one_site_to_another():
    here, anywhere, there = (
        row(3, analysis=3, site_id=1),
        row(2, analysis=2, site_id=None),
        row(1, analysis=1, site_id=2),
    )
    assert joined([here, anywhere, there]) == {2: 3}


def test_a_name_of_little_words_is_compared_as_it_is():
    assert joined([row(1, "all at"), row(2, "with the", analysis=2)]) == {}
