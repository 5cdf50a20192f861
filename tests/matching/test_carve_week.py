"""Which sets of tasks fit one week, against a plain division of half hours, and their timetable."""

from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from matching.carve_bank import Bank, BankTask
from matching.carve_week import Sitting, Timetable, fits_week, timetable, week_rows
from matching.records import Job
from tests.matching.carve_worlds import has_time, runs
from tests.matching.makers import VOCABULARY
from tests.matching.test_carve import task

NINE_TO_ONE = [{"day": 0, "start": "09:00", "end": "13:00"}]


def bank_tasks(*records: dict[str, Any]) -> list[BankTask]:
    """The tasks as a bank has them."""
    job = Job.from_record({"id": "j1", "title": "Post", "tasks": list(records)})
    return list(Bank.of([job], VOCABULARY).tasks)


def timed(number: int, hours: float, *slots: tuple[int, str, str]) -> dict[str, Any]:
    times = [{"day": day, "start": start, "end": end} for day, start, end in slots]
    return task(f"t{number}", hours, slots=times)


def sittings(week: Timetable) -> list[tuple[str, int, int, int]]:
    return [(each.task_id, each.day, each.start, each.end) for each in week.placed]


@st.composite
def timed_tasks(draw: st.DrawFn) -> list[BankTask]:
    """Up to five tasks with a few times each, some over midnight and some in the night after Sunday."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 5))):
        slots = [
            (day, f"{hour:02}:00", f"{(hour + length) % 24:02}:{minute}")
            for day, hour, length, minute in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from((0, 1, 6)),
                        st.sampled_from((8, 9, 10, 22, 23)),
                        st.integers(1, 3),
                        st.sampled_from(("00", "30")),
                    ),
                    min_size=1,
                    max_size=3,
                )
            )
        ]
        found.append(timed(number, draw(st.sampled_from((0.5, 1.0, 1.25, 2.0, 2.5, 4.0))), *slots))
    return bank_tasks(*found)


def divides(tasks: list[BankTask]) -> bool:
    """Whether every part's hours can be divided over its half hours with none of them overfilled."""
    parts = [
        (each.hours * (end - start) / each.cells.bit_count(), range(start, end))
        for each in tasks
        if each.cells
        for start, end in runs(each.cells)
    ]
    pairs = [(part, bit) for part, (_, bits) in enumerate(parts) for bit in bits]
    whole = np.array([[float(part == own) for own, _ in pairs] for part in range(len(parts))])
    filled = np.array([[float(bit == own) for _, own in pairs] for bit in {bit for _, bit in pairs}])
    found = optimize.linprog(
        np.zeros(len(pairs)),
        A_ub=filled,
        b_ub=np.full(len(filled), 0.5 + 1e-9),
        A_eq=whole,
        b_eq=np.array([hours for hours, _ in parts]),
    )
    return found.status == 0


@given(timed_tasks())
@settings(max_examples=60)
def test_tasks_fit_the_week_when_their_hours_can_be_divided_over_their_half_hours(tasks: list[BankTask]):
    assert not tasks or fits_week(tasks) == divides(tasks)
    assert fits_week(tasks) == has_time(tasks)


@given(timed_tasks())
@settings(max_examples=80)
def test_all_hours_are_placed_exactly_when_the_tasks_fit(tasks: list[BankTask]):
    week = timetable(tasks)
    assert (week.unplaced == ()) == fits_week(tasks)
    minutes: defaultdict[str, int] = defaultdict(int)
    pieces: defaultdict[str, int] = defaultdict(int)
    for each in week.placed:
        minutes[each.task_id] += each.end - each.start
        pieces[each.task_id] += 1
    for each in tasks:
        if each not in week.unplaced:
            assert minutes[each.task_id] == pytest.approx(each.hours * 60, abs=pieces[each.task_id])


@given(timed_tasks())
@settings(max_examples=80)
def test_sittings_are_inside_the_times_and_never_two_at_once(tasks: list[BankTask]):
    cells = {each.task_id: each.cells or 0 for each in tasks}
    busy: set[int] = set()
    for each in timetable(tasks).placed:
        assert 0 <= each.start < each.end <= 24 * 60
        own = set(range(each.day * 1440 + each.start, each.day * 1440 + each.end))
        assert not busy & own
        assert all(cells[each.task_id] >> minute // 30 & 1 for minute in own)
        busy |= own


@given(timed_tasks(), st.randoms())
@settings(max_examples=40)
def test_the_order_of_tasks_does_not_decide_whether_they_fit(tasks: list[BankTask], chance: Any):
    turned = tasks[:]
    chance.shuffle(turned)
    assert fits_week(turned) == fits_week(tasks)


def test_a_short_task_gives_way_inside_the_time_of_a_long_one():
    tasks = bank_tasks(
        timed(1, 3.0, (0, "09:00", "13:00")),
        timed(2, 1.0, (0, "10:00", "11:00")),
    )
    assert sittings(timetable(tasks)) == [("t1", 0, 540, 600), ("t2", 0, 600, 660), ("t1", 0, 660, 780)]


def test_hours_are_divided_over_the_times_by_their_length():
    [only] = bank_tasks(timed(1, 3.0, (0, "09:00", "11:00"), (2, "09:00", "13:00")))
    assert sittings(timetable([only])) == [("t1", 0, 540, 600), ("t1", 2, 540, 660)]


def test_a_night_shift_is_one_time_cut_at_midnight_and_at_the_end_of_the_week():
    tasks = bank_tasks(timed(1, 4.0, (1, "22:00", "02:00")), timed(2, 4.0, (6, "22:00", "02:00")))
    assert sittings(timetable(tasks)) == [
        ("t2", 0, 0, 120),
        ("t1", 1, 1320, 1440),
        ("t1", 2, 0, 120),
        ("t2", 6, 1320, 1440),
    ]


def test_what_does_not_fit_is_said_and_what_has_no_times_is_left_to_agree():
    tasks = bank_tasks(task("a", 4.0, slots=NINE_TO_ONE), task("b", 1.0, slots=NINE_TO_ONE), task("c", 2.0))
    week = timetable(tasks)
    assert week.placed == (Sitting("a", "j1", 0, 540, 780),)
    assert [each.task_id for each in week.unplaced] == ["b"]
    assert [each.task_id for each in week.untimed] == ["c"]
    assert not fits_week(tasks)
    assert fits_week(tasks[1:])


def test_only_the_tightest_stretch_of_the_same_tasks_has_a_row():
    tasks = bank_tasks(*(timed(number, 2.0, (0, "09:00", "12:00")) for number in range(2)))
    next_to_it = bank_tasks(
        *(timed(number, 2.0, (0, "09:00", "12:00")) for number in range(2)),
        timed(2, 3.0, (0, "12:00", "15:00")),
    )
    assert list(week_rows(tasks)) == [({0: 2.0, 1: 2.0}, 3.0)]
    assert list(week_rows(next_to_it)) == [({0: 2.0, 1: 2.0}, 3.0)]
