"""Two people who share one vacancy: hours as a flow, strengths of either, everybody beside everybody."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from matching.job_share import SharedJob, split
from matching.profiles import JobProfile, SeekerProfile
from matching.records import Job, Seeker
from matching.week import cells, hours_in, slots_of
from tests.matching.makers import CONCEPTS, asks, days, job, seeker, skill

MORNINGS, AFTERNOONS = days(0, 1, 2, 3, 4), days(0, 1, 2, 3, 4, start="13:00", end="17:00")
WHOLE = days(0, 1, 2, 3, 4, start="09:00", end="17:00")


def shared(post: Job, *people: Seeker) -> SharedJob:
    return SharedJob(JobProfile.of(post, CONCEPTS), [SeekerProfile.of(each, CONCEPTS) for each in people])


def wants(least: float, most: float, **others: Any) -> dict[str, Any]:
    return {"now_min": least, "now_max": most} | others


def test_a_morning_and_an_afternoon_person_fill_a_full_week_together():
    post = job(pattern=WHOLE, hours={"guaranteed": 40})
    found = shared(
        post,
        seeker("morning", availability=MORNINGS, hours=wants(10, 20)),
        seeker("afternoon", availability=AFTERNOONS, hours=wants(10, 20)),
        seeker("also morning", availability=MORNINGS, hours=wants(10, 20)),
    )
    best, other = found.partners(0)
    assert (best.partner, best.hours_low, best.hours_high, best.has_both_least) == (1, 40, 40, True)
    assert (other.partner, other.hours_low, other.has_both_least) == (2, 20, True)


def test_what_either_can_do_is_covered():
    post = job(hours={"guaranteed": 30}, criteria=[asks("mop floors"), asks("use a till")])
    found = shared(
        post,
        seeker("mops", skills=[skill("mop floors", 3), skill("use a till", 0)]),
        seeker("sells", skills=[skill("use a till", 3), skill("mop floors", 0)]),
        seeker("mops too", skills=[skill("mop floors", 3), skill("use a till", 0)]),
    )
    scores = {each.partner: each.score for each in found.partners(0)}
    assert scores[1] > scores[2]


def test_nobody_is_left_out_as_a_partner():
    people = [seeker(f"s{at}", availability=days(6)) for at in range(5)]
    found = shared(job(pattern=MORNINGS), *people)
    assert sorted(each.partner for each in found.partners(2)) == [0, 1, 3, 4]


def test_what_is_not_recorded_counts_half():
    found = shared(job(), seeker("a"), seeker("b"))
    [pair] = found.partners(0)
    assert (pair.score, pair.hours_low, pair.hours_high, pair.has_both_least) == (50, 0, 0, True)
    known = shared(job(hours={"guaranteed": 20}), seeker("a"), seeker("b")).partners(0)[0]
    assert (known.score, known.hours_low, known.hours_high) == (50, 0, 20)


def test_a_job_too_small_for_the_least_of_both_comes_last_and_says_so():
    post = job(hours={"guaranteed": 20})
    found = shared(
        post,
        seeker("a", hours=wants(12, 16)),
        seeker("b", hours=wants(12, 16)),
        seeker("c", hours=wants(4, 8)),
    )
    assert [(each.partner, each.has_both_least) for each in found.partners(0)] == [(2, True), (1, False)]


def test_inside_five_points_the_longest_wait_comes_first_then_the_id():
    people = [
        seeker("a"),
        seeker("d"),
        seeker("c"),
        seeker("b", waiting_since="2024-01-01"),
    ]
    found = shared(job(hours={"guaranteed": 20}), *people)
    assert [each.partner for each in found.partners(0)] == [3, 2, 1]


def test_alone_there_is_no_partner():
    assert shared(job(), seeker("a")).partners(0) == []
    assert SharedJob(JobProfile.of(job(), CONCEPTS), []).sides.rows == ()


def test_hours_are_divided_by_goal_and_each_takes_times_they_are_free():
    post = job(pattern=WHOLE, hours={"guaranteed": 40})
    found = shared(
        post,
        seeker("a", availability=MORNINGS, hours=wants(8, 16, goal=16)),
        seeker("b", availability=WHOLE, hours=wants(8, 24, goal=24)),
    )
    made = split(found.sides, 0, 1)
    assert made.hours == (16, 24)
    assert [hours_in(each) for each in made.cells] == [16, 24]
    assert made.cells[0] & made.cells[1] == 0
    assert made.open_cells == 0


def test_times_that_neither_is_free_for_stay_open():
    found = shared(
        job(pattern=WHOLE),
        seeker("a", availability=days(0), hours=wants(1, 40)),
        seeker("b", availability=days(0), hours=wants(1, 40)),
    )
    assert hours_in(split(found.sides, 0, 1).open_cells) == 36


HOURS = st.sampled_from([None, 2.0, 4.0, 8.0, 12.0])
DAYS = st.sets(st.integers(0, 2))


@st.composite
def people(draw: st.DrawFn) -> Seeker:
    least, most, goal = draw(HOURS), draw(HOURS), draw(HOURS)
    if least is not None and most is not None:
        least, most = min(least, most), max(least, most)
    return seeker(
        draw(st.sampled_from("abc")),
        hours={"now_min": least, "now_max": most, "goal": goal},
        availability=days(*sorted(draw(DAYS))) + days(*sorted(draw(DAYS)), start="13:00", end="15:00"),
        skills=[skill(name, draw(st.integers(0, 4))) for name in draw(st.sets(st.just("mop floors")))],
    )


POSTS = st.builds(
    lambda hours, morning, has_criteria: job(
        pattern=days(*sorted(morning), end="15:00"),
        hours={"guaranteed": hours},
        criteria=[asks("mop floors", 2)] if has_criteria else [],
    ),
    HOURS,
    DAYS,
    st.booleans(),
)


def most_hours(found: SharedJob, *, is_low: bool) -> float:
    """The most hours that two people fill, by a linear programme over every half hour of the job."""
    sides = found.sides
    free = sides.free_low if is_low else sides.free_high
    caps = sides.cap_low if is_low else sides.cap_high
    bits = [at for at in range(336) if sides.pattern >> at & 1]
    mine = [[int(free[at // 64, who]) >> (at % 64) & 1 for at in bits] for who in (0, 1)]
    open_hours = sides.any_time
    width = len(bits) + 1
    rows = [[0.0] * (2 * width) for _ in range(width + 2)]
    limits = [0.5] * len(bits) + [open_hours, float(caps[0]), float(caps[1])]
    for at in range(width):
        rows[at][at] = rows[at][width + at] = 1.0
        rows[width][at] = rows[width + 1][width + at] = 1.0
    bounds = [
        (0.0, 0.5 * mine[who][at] if at < len(bits) else open_hours) for who in (0, 1) for at in range(width)
    ]
    made = optimize.linprog([-1.0] * (2 * width), A_ub=rows, b_ub=limits, bounds=bounds)
    return min(sides.hours, -float(made.fun or 0.0))


@given(POSTS, people(), people(), st.booleans())
@settings(max_examples=60)
def test_the_hours_that_two_fill_are_the_most_there_can_be(post: Job, one: Seeker, two: Seeker, is_low: bool):
    found = shared(post, one, two)
    [pair] = found.partners(0)
    filled = pair.hours_low if is_low else pair.hours_high
    assert abs(filled - most_hours(found, is_low=is_low)) < 1e-6


@given(POSTS, people(), people())
@settings(max_examples=60)
def test_a_pair_is_the_same_seen_from_either_side_and_whoever_else_is_there(
    post: Job, one: Seeker, two: Seeker
):
    found = shared(post, one, two)
    ours, theirs = found.partners(0)[0], found.partners(1)[0]
    assert (ours.score, ours.hours_low, ours.has_both_least) == (
        theirs.score, theirs.hours_low, theirs.has_both_least,
    )  # fmt: skip
    beside = shared(post, one, two, seeker("another")).partners(0)
    assert ours in beside


@given(POSTS, people(), people())
@settings(max_examples=60)
def test_a_split_adds_up_and_gives_nobody_a_time_they_are_not_free(post: Job, one: Seeker, two: Seeker):
    found = shared(post, one, two)
    sides, made = found.sides, split(found.sides, 0, 1)
    [pair] = found.partners(0)
    assert np.isclose(sum(made.hours), pair.hours_high)
    for who in (0, 1):
        assert made.cells[who] & ~sides.cells[who] == 0
        assert hours_in(made.cells[who]) <= made.hours[who] + 0.5
        assert made.hours[who] <= float(sides.cap_high[who]) + 1e-9
        if pair.has_both_least and sides.hours:
            assert made.hours[who] >= float(sides.least[who]) - 0.5
    assert made.cells[0] & made.cells[1] == 0


@given(st.integers(0, (1 << 336) - 1))
def test_half_hours_become_times_and_the_same_half_hours_again(filled: int):
    assert cells(slots_of(filled)) == filled
