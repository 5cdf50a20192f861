"""Whom to call next: what can only add, what the order of things changes, and the table of trades."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calls import (
    UNSAID_KM,
    Fit,
    Journey,
    Looking,
    Work,
    best_fit,
    fit,
    journey,
    shortest,
    usual_works,
    worth,
)
from matching.postcodes import locate
from matching.trades import Trades, folded_words, phrases, read_roles
from matching.travel import MODES
from matching.vocabulary import Vocabulary

DATA = Path("data")
TRADES = Trades.from_csv(DATA)
WEIGHTS = {"a": 0.5, "b": 1.0, "c": 2.0}
SKILLS = st.frozensets(st.sampled_from(["a", "b", "c", "d"]))
WISHES = st.lists(st.sampled_from(["baking", "plants", "packing bread"]), max_size=2, unique=True)


def looking(skills: frozenset[str] = frozenset(), wishes: Sequence[str] = (), avoid: Sequence[str] = ()):
    return Looking(1, skills, phrases(wishes), frozenset(), phrases(avoid))


@st.composite
def works(draw: st.DrawFn) -> Work:
    title = draw(st.sampled_from(["Baking", "Packing bread", "Growing plants", "Cleaning"]))
    return Work(title, draw(SKILLS), folded_words(title), is_own=draw(st.booleans()))


people = st.builds(looking, SKILLS, WISHES, WISHES)


def total(everybody: Sequence[Looking], had: Sequence[Work], warm: int = 0) -> float:
    found = [best_fit(person, had, WEIGHTS) for person in everybody]
    return worth(fsum(each.strength for each in found if each is not None), warm)


@given(st.lists(people, max_size=3), people, SKILLS, st.lists(works(), max_size=4))
def test_another_skill_never_lowers_an_employer(
    others: list[Looking], person: Looking, more: frozenset[str], had: list[Work]
):
    able = replace(person, concepts=person.concepts | more)
    assert total([*others, able], had) >= total([*others, person], had)


@given(st.lists(people, max_size=4), st.lists(works(), max_size=4), st.data())
def test_neither_the_order_of_people_nor_that_of_work_changes_anything(
    everybody: list[Looking], had: list[Work], data: st.DataObject
):
    again = data.draw(st.permutations(everybody)), data.draw(st.permutations(had))
    assert total(*again) == total(everybody, had)


@given(st.lists(people, max_size=3), st.lists(works(), max_size=3), st.integers(0, 2))
def test_a_warm_link_never_lowers_an_employer_and_never_makes_up_for_nobody(
    everybody: list[Looking], had: list[Work], warm: int
):
    assert total(everybody, had, warm + 1) >= total(everybody, had, warm)
    assert worth(0.0, warm) == 0


def test_work_that_is_not_wanted_is_not_proposed_however_able_somebody_is():
    bakery = Work("Baking", frozenset("abc"), folded_words("Baking"))
    assert fit(looking(frozenset("abc"), avoid=["baking"]), bakery, WEIGHTS) is None


def test_work_that_the_employer_has_had_counts_more_than_what_is_usual_in_its_trade():
    usual = Work("Baking", frozenset("a"), folded_words("Baking"))
    own = replace(usual, is_own=True)
    found = best_fit(looking(frozenset("a")), [usual, own], WEIGHTS)
    assert found is not None
    assert found.work is own


def test_a_fit_says_the_most_telling_skill_first_and_the_wish_as_it_was_written():
    bakery = Work("Packing bread", frozenset("abc"), folded_words("Packing bread"))
    found = fit(looking(frozenset("abcd"), ["Packing"]), bakery, WEIGHTS)
    assert isinstance(found, Fit)
    assert (found.held, found.wish) == (("c", "b", "a"), "Packing")


def test_what_somebody_hopes_for_in_free_text_means_a_trade():
    (retail,) = TRADES.of("47110", None)
    hopeful = Looking(1, hopes=folded_words("I would love to work in a Garden Centre one day"))
    found = best_fit(hopeful, usual_works(retail), {})
    assert found is not None
    assert found.wish == "garden centre"


def test_somebody_of_whom_nothing_is_told_gives_nothing_to_go_by():
    assert not looking().is_told
    assert looking(frozenset("a")).is_told
    assert looking(wishes=["baking"]).is_told
    assert replace(looking(), hopes=frozenset({"bread"})).is_told


def test_a_place_is_within_reach_by_the_persons_own_minutes_and_a_place_not_known_always_is():
    home, near, far = (locate(code) for code in ("LS1 4", "LS2 7", "BD1 1"))
    walker = Looking(1, home=home, mode=MODES["walk"], most_minutes=30)
    assert journey(walker, near).is_within
    assert not journey(walker, far).is_within
    assert journey(walker, None) == Journey(None, None, is_within=True)
    assert journey(Looking(1), near).is_within


def test_without_a_mode_of_travel_the_way_itself_counts():
    person = Looking(1, home=(53.8, -1.55))
    assert journey(person, (53.8 + UNSAID_KM / 120, -1.55)).is_within
    assert not journey(person, (53.8 + UNSAID_KM / 100, -1.55)).is_within


def test_of_several_sites_the_nearest_within_reach_is_told():
    near, far = Journey(10, 2.0, is_within=True), Journey(50, 9.0, is_within=True)
    beyond, unknown = Journey(None, None, is_within=False), Journey(None, None, is_within=True)
    assert shortest([beyond, unknown, far, near]) == near
    assert shortest([beyond, unknown]) == unknown


@pytest.mark.parametrize(
    ("codes", "sector", "divisions"),
    [
        ("47110", None, ["47"]),
        ("56101 - Licensed restaurants; 47.11", "Social care", ["47", "56"]),
        ("56.10/1", None, ["56"]),
        (None, "Horticulture and retail", ["01", "47"]),
        (None, "Social care", ["87", "88"]),
        ("none 123456", None, []),
        (None, None, []),
    ],
)
def test_the_trade_is_read_from_sic_codes_and_else_from_the_sector(
    codes: str | None, sector: str | None, divisions: list[str]
):
    assert [trade.division for trade in TRADES.of(codes, sector)] == divisions


def test_every_division_of_sic_2007_is_there_once_in_its_section():
    with (DATA / "sic_roles.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ranges = {
        "A": (1, 3),
        "B": (5, 9),
        "C": (10, 33),
        "D": (35, 35),
        "E": (36, 39),
        "F": (41, 43),
        "G": (45, 47),
        "H": (49, 53),
        "I": (55, 56),
        "J": (58, 63),
        "K": (64, 66),
        "L": (68, 68),
        "M": (69, 75),
        "N": (77, 82),
        "O": (84, 84),
        "P": (85, 85),
        "Q": (86, 88),
        "R": (90, 93),
        "S": (94, 96),
        "T": (97, 98),
        "U": (99, 99),
    }
    wanted = [(letter, f"{n:02}") for letter, (low, high) in ranges.items() for n in range(low, high + 1)]
    assert [(row["section"], row["division"]) for row in rows] == wanted


def test_every_typical_role_is_usual_somewhere_and_asks_for_skills_of_the_vocabulary():
    roles = read_roles(DATA / "roles.csv")
    assert {role.role_id for trade in TRADES for role in trade.roles} == set(roles)
    known = set(Vocabulary.from_csv(DATA / "skills.csv"))
    assert all(role.concepts <= known for role in roles.values())
