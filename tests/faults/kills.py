"""R1: processes killed (kill -9) in the middle of saves, on SQLite."""

import random
from collections.abc import Callable

from tests.faults.acting import Writer, check, kill_after_a_while
from tests.faults.outcome import Outcome

AT_ONCE = 2
_ROUNDS_PER_DATABASE = 10
"""All of the trail is read after each round: with a fresh database now and then, this does not take hours."""


def run(kills: int, fresh: Callable[[], None]) -> Outcome:
    """Kill so many writers, two at a time, and look at everything after each pair."""
    chance, total, lost, without_entry, bad = random.Random(20261103), 0, 0, 0, 0
    acknowledged: list[int] = []
    for number in range(kills // AT_ONCE):
        if number % _ROUNDS_PER_DATABASE == 0:
            fresh()
            acknowledged = []
        for one in kill_after_a_while([Writer() for _ in range(AT_ONCE)], chance):
            acknowledged += one.ids
            total += len(one.ids)
        found = check(acknowledged)
        lost += found.lost
        without_entry += found.without_entry
        bad += not found.is_good
    return Outcome(
        "R1 kill -9 during saves",
        f"{kills} kills, {total:,} saves acknowledged",
        f"{lost} lost, {without_entry} without their entry, {bad} rounds with anything amiss",
        is_met=not bad and total >= kills,
    )
