"""The seals of the trail: whatever is done to the entries behind the product's back is found."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.audit_chain import START, Anchor, Verdict, seal, verify

KEY = b"a key of the tests"
OTHER_KEY = b"what a thief made up"
Line = dict[str, Any]
BEGUN = datetime(2026, 11, 3, 9, tzinfo=UTC)


def sealed(lines: list[Line], key: bytes = KEY) -> list[Line]:
    before = START
    for line in lines:
        before = line["seal"] = seal(key, before, line)
    return lines


def entry(number: int, **changes: Any) -> Line:
    line: Line = {
        "id": number,
        "at": BEGUN + timedelta(minutes=number),
        "actor_id": number % 3,
        "actor_name": f"Colleague {number % 3}",
        "action": "change",
        "record_kind": "Employer",
        "record_id": number * 7 % 5,
        "fields": "name",
        "digests": f"{number:032x}",
    }
    return line | changes


def trail(length: int = 40) -> list[Line]:
    return sealed([entry(number) for number in range(1, length + 1)])


def anchored(lines: list[Line]) -> list[Anchor]:
    """What an anchor noted half-way and one at the end would say."""
    half = len(lines) // 2
    return [Anchor(half, lines[half - 1]["seal"]), Anchor(len(lines), lines[-1]["seal"])]


def edit(lines: list[Line], chance: random.Random) -> list[Line]:
    name = chance.choice(["actor_id", "actor_name", "action", "record_id", "fields", "digests", "at"])
    line = chance.choice(lines)
    line[name] = line[name] + timedelta(days=1) if name == "at" else f"{line[name]}x"
    return lines


def delete(lines: list[Line], chance: random.Random) -> list[Line]:
    lines.pop(chance.randrange(len(lines) - 1))
    return lines


def insert(lines: list[Line], chance: random.Random) -> list[Line]:
    place = chance.randrange(len(lines))
    return [*lines[:place], dict(lines[place], action="archive"), *lines[place:]]


def swap(lines: list[Line], chance: random.Random) -> list[Line]:
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def truncate(lines: list[Line], chance: random.Random) -> list[Line]:
    return lines[: chance.randrange(len(lines))]


def rebuild(lines: list[Line], chance: random.Random) -> list[Line]:
    """With the key stolen: something is changed, and every seal from there on made anew."""
    chance.choice(lines)["record_id"] = 4_711
    return sealed(lines)


def rebuild_without_the_key(lines: list[Line], chance: random.Random) -> list[Line]:
    chance.choice(lines)["record_id"] = 4_711
    return sealed(lines, OTHER_KEY)


ATTACKS = [edit, delete, insert, swap, truncate, rebuild, rebuild_without_the_key]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_attack_on_the_trail_is_found_a_hundred_times_of_a_hundred(
    attack: Callable[[list[Line], random.Random], list[Line]],
):
    found = 0
    for number in range(100):
        lines = trail()
        anchors = anchored(lines)
        found += not verify(KEY, attack(lines, random.Random(number)), anchors).is_whole
    assert found == 100


def test_a_trail_as_it_was_written_is_whole_and_says_how_long_it_is():
    lines = trail()
    assert verify(KEY, lines, anchored(lines)) == Verdict(40, lines[-1]["seal"], 0, None, 0, False)


def test_an_empty_trail_is_whole():
    assert verify(KEY, [], []).is_whole


def test_the_first_entry_that_does_not_fit_is_named():
    lines = trail()
    lines[9]["fields"] = "name,phone"
    assert verify(KEY, lines, []).broken_at == 10


def test_entries_that_an_anchor_tells_of_are_counted_as_missing():
    lines = trail()
    assert verify(KEY, lines[:25], anchored(lines)).missing == 15


def test_entries_from_before_there_were_seals_are_counted_and_not_blamed():
    old = [entry(number, seal=None) for number in (1, 2)]
    new = sealed([entry(3), entry(4)])
    verdict = verify(KEY, [*old, *new], [])
    assert (verdict.is_whole, verdict.unsealed, verdict.count) == (True, 2, 2)


def test_an_entry_without_a_seal_after_the_first_sealed_one_breaks_the_trail():
    lines = trail()
    lines[5]["seal"] = None
    assert verify(KEY, lines, []).broken_at == 6


def test_the_same_moment_told_in_another_time_zone_has_the_same_seal():
    here = entry(1)
    there = entry(1, at=here["at"].astimezone(timezone(timedelta(hours=1))))
    assert seal(KEY, START, here) == seal(KEY, START, there)


texts = st.text(max_size=12)


@given(fields=st.tuples(texts, texts), others=st.tuples(texts, texts))
def test_two_different_entries_never_have_the_same_seal(fields: tuple[str, str], others: tuple[str, str]):
    one = entry(1, fields=fields[0], digests=fields[1])
    other = entry(1, fields=others[0], digests=others[1])
    assert (seal(KEY, START, one) == seal(KEY, START, other)) == (fields == others)
