"""Every figure of a match is what the contract says of the pair, worked out a second time from its words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.finding import in_hours
from matching.ranking import GROUPS
from matching.records import Job, JobHours, Seeker, SupportNeed, WorkplaceSupport
from matching.weights import Weights
from tests.matching.contract import expected, weights_for
from tests.matching.dense import KINDS, jobs, seekers
from tests.matching.makers import days, matched, middle, seeker

NEAR = 2e-6
"""What is written has 6 decimals."""

WHOLE_WEEK = days(*range(7), start="00:00", end="24:00")
SHARES = st.integers(0, 50).map(float)
WEIGHTS = st.builds(Weights, SHARES, SHARES.map(lambda share: share + 1), SHARES, SHARES)


@given(seekers(), jobs(), WEIGHTS)
def test_a_match_is_what_the_contract_says(person: Seeker, post: Job, weights: Weights):
    match, wanted = matched(person, post, weights), expected(person, post)
    shares = weights_for(person, weights)
    low, high = wanted.total(shares, 0), wanted.total(shares, 1)
    assert (match.low, match.high) == pytest.approx((low, high), abs=NEAR)
    assert match.coverage == pytest.approx(1 - (high - low) / 100, abs=NEAR)
    assert match.score == (pytest.approx((low + high) / 2, abs=NEAR) if match.coverage else None)
    assert match.certainty == pytest.approx(wanted.certainty(shares), abs=NEAR)
    assert match.uses_strengths == pytest.approx(wanted.uses_strengths, abs=NEAR)
    assert (match.group, match.hours_status) == (wanted.group, wanted.hours_status)
    assert match.hours_missing == pytest.approx(wanted.hours_missing, abs=NEAR)


@given(seekers(), jobs())
def test_each_component_is_what_the_contract_says(person: Seeker, post: Job):
    match, wanted = matched(person, post), expected(person, post)
    for part in match.components:
        low, high = wanted.components[part.name]
        assert (part.low, part.high) == pytest.approx((low, high), abs=1e-12), part.name
        if part.weight:
            assert part.coverage == pytest.approx(1 - (high - low), abs=NEAR), part.name
            score = low / (1 - (high - low)) if part.coverage else None
            assert part.score == pytest.approx(score, abs=NEAR), part.name
        else:
            assert (part.coverage, part.score) == (1.0, None), part.name


@given(seekers(), jobs())
def test_skills_that_are_listed_twice_count_at_their_best(person: Seeker, post: Job):
    twice = replace(person, skills=(*person.skills, *(replace(row, level=2) for row in person.skills)))
    wanted = expected(twice, post).components["skills"]
    assert (matched(twice, post).components[0].low, matched(twice, post).components[0].high) == pytest.approx(
        wanted, abs=1e-12
    )


@given(seekers(), jobs())
def test_the_points_of_all_gaps_are_never_more_than_what_is_missing(person: Seeker, post: Job):
    match = matched(person, post)
    missing = 100 - middle(match)
    assert sum(gap.points for gap in match.gaps) <= missing + 1e-4


@given(seekers(), jobs(), st.lists(st.sampled_from(KINDS), unique=True), st.integers(0, 4))
def test_more_needs_that_are_all_covered_are_not_below_fewer_whoever_covers_them(
    person: Seeker, post: Job, kinds: list[str], first: int
):
    at_work = tuple(WorkplaceSupport(kind, "exists") for kind in kinds[:first])
    needs = tuple(SupportNeed(kind, personal_cover=place >= first) for place, kind in enumerate(kinds))
    covering = replace(post, supports=at_work)
    more = matched(replace(person, support_needs=needs), covering)
    for count in range(len(needs)):
        fewer = matched(replace(person, support_needs=needs[:count]), covering)
        assert middle(more) >= middle(fewer) - NEAR
        assert GROUPS.index(more.group) <= GROUPS.index(fewer.group)


@given(jobs(), st.sampled_from(("prefers_fewer", "building_up")), st.integers(1, 15), st.integers(0, 15))
def test_hours_inside_the_own_range_cost_nothing_to_who_wishes_fewer_or_builds_up(
    post: Job, intent: str, least: int, more: int
):
    wish = {"now_min": least, "now_max": least + more, "goal": 16, "intent": intent}
    offer = JobHours(min=least, max=least + more, guaranteed=least)
    match = matched(seeker(hours=wish, availability=WHOLE_WEEK), replace(post, hours=offer))
    hours = match.components[1]
    assert hours.high == 1.0
    assert hours.low == (1.0 if post.pattern else 0.0)
    assert match.hours_missing == 0
    assert not [gap for gap in match.gaps if "a week short" in gap.what]


@given(jobs(), st.sampled_from((None, "aims_for_16")), st.integers(0, 31), st.sampled_from((None, 8, 16, 20)))
def test_a_job_below_the_aim_of_somebody_aiming_at_16_says_how_many_hours_are_missing(
    post: Job, intent: str | None, halves: int, goal: int | None
):
    wish = {"now_max": 40, "goal": goal, "intent": intent}
    below = replace(post, hours=JobHours(guaranteed=halves / 2), pattern=())
    match = matched(seeker(hours=wish), below)
    short = max(16, goal or 0) - halves / 2
    assert (match.hours_status, match.hours_missing) == ("below_16_gap", short)
    assert f"{in_hours(short)} a week short" in [gap.what for gap in match.gaps]
