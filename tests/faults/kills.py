"""R1: processes killed (kill -9) in the middle of saves, on SQLite."""

import random

from tests.faults.acting import Writer, check, kill_after_a_while
from tests.faults.outcome import Outcome

AT_ONCE = 2


def run(kills: int) -> Outcome:
    """Kill so many writers, two at a time, and look at everything after each pair."""
    chance, acknowledged, bad = random.Random(20261103), list[int](), 0
    for _ in range(kills // AT_ONCE):
        for one in kill_after_a_while([Writer() for _ in range(AT_ONCE)], chance):
            acknowledged += one.ids
        bad += not check(acknowledged).is_good
    last = check(acknowledged)
    return Outcome(
        "R1 kill -9 during saves",
        f"{kills} kills, {len(acknowledged):,} saves acknowledged",
        f"{last.lost} lost, {last.without_entry} without their entry, {bad} rounds with anything amiss",
        is_met=not bad and len(acknowledged) >= kills,
    )
