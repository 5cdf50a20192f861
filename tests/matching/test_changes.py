"""What would have to be true: the smallest set of changes, held against every subset of all changes."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings

from matching.change import Change, ChangeKind, Limits, cost, goes_together
from matching.change_edits import applied
from matching.change_words import change_saying, change_words, way_words
from matching.changes import Changes, are_enough, blockers, find_changes
from matching.records import SUPPORT_KINDS, Job, Seeker
from matching.totals import Group
from matching.week import cells, hours_in
from tests.conftest import at_least
from tests.matching.dense import jobs, seekers
from tests.matching.makers import (
    CONCEPTS,
    OWN_WORDS,
    WORKABLE_JOB,
    WORKABLE_SEEKER,
    asks,
    days,
    job,
    matched,
    middle,
    profiles,
    seeker,
    skill,
)
from tests.matching.pairs import JOBS, SEEKERS

FEW = Limits(steps=1, shifts=2)
K = ChangeKind


def found(person: Seeker, post: Job) -> Changes:
    return find_changes(person, post, vocabulary=CONCEPTS)


def person(**changes: Any) -> Seeker:
    return seeker(**(WORKABLE_SEEKER | changes))


def post(**changes: Any) -> Job:
    return job(**(WORKABLE_JOB | changes))


def kinds(one: Seeker, other: Job) -> list[ChangeKind]:
    return [step.change.kind for step in found(one, other).steps]


def words(one: Seeker, other: Job) -> list[str]:
    return [change_words(step.change) for step in found(one, other).steps]


def others(one: Seeker, other: Job) -> list[list[ChangeKind]]:
    return [[change.kind for change in way] for each in found(one, other).others for way in each.others]


def works(one: Seeker, other: Job, way: Iterable[Change]) -> bool:
    return are_enough(one, other, way, vocabulary=CONCEPTS)


def loses_no_hours(other: Job, way: Iterable[Change]) -> bool:
    """Does no shift run into another one?"""
    shifts = [change for change in way if change.kind in (K.SHIFT_ALL, K.SHIFT_ONE)]
    _, moved = applied(shifts, seeker(), other, CONCEPTS)
    return hours_in(cells(moved.pattern)) == hours_in(cells(other.pattern))


def assert_holds(one: Seeker, other: Job) -> None:
    """The engine itself says the same of the changed records, and the points add up to the whole."""
    answer = found(one, other)
    assert answer.is_workable_now == (matched(one, other).group is Group.WORKABLE_NOW)
    assert works(one, other, [step.change for step in answer.steps]) != bool(answer.blocked)
    assert answer.before + sum(step.points for step in answer.steps) == pytest.approx(answer.after)
    assert found(one, other) == answer


@given(seekers(), jobs())
def test_the_set_makes_a_dense_pair_workable_now_by_the_readable_engine(one: Seeker, other: Job):
    assert_holds(one, other)


@given(SEEKERS, JOBS)
def test_the_set_makes_a_pair_workable_now_by_the_readable_engine(one: Seeker, other: Job):
    assert_holds(one, other)


@given(SEEKERS, JOBS)
@settings(max_examples=at_least(40))
def test_no_subset_of_all_changes_is_smaller_or_takes_less_effort(one: Seeker, other: Job):
    answer = find_changes(one, other, vocabulary=CONCEPTS, limits=FEW)
    whole = [change for each in blockers(*profiles(one, other), FEW) for change in each.changes]
    chosen = [step.change for step in answer.steps]
    assume(not answer.blocked and len(chosen) <= 4)
    enough = [
        way
        for size in range(len(chosen) + 1)
        for way in combinations(whole, size)
        if cost(way) <= cost(chosen) and goes_together(way, FEW) and loses_no_hours(other, way)
        if works(one, other, way)
    ]
    assert min(map(cost, enough)) == cost(chosen)
    points = [middle(matched(*applied(way, one, other, CONCEPTS))) for way in enough]
    assert max(points) == pytest.approx(answer.after)


@given(SEEKERS, JOBS)
@settings(max_examples=at_least(15))
def test_where_no_set_is_found_no_few_changes_are_enough(one: Seeker, other: Job):
    answer = find_changes(one, other, vocabulary=CONCEPTS, limits=FEW)
    assume(answer.blocked)
    whole = [change for each in blockers(*profiles(one, other), FEW) for change in each.changes]
    few = [way for size in range(4) for way in combinations(whole, size)]
    assert not any(works(one, other, way) for way in few if loses_no_hours(other, way))


@given(SEEKERS, JOBS)
def test_every_other_way_does_as_well_as_the_one_that_was_chosen(one: Seeker, other: Job):
    answer = found(one, other)
    assume(not answer.blocked)
    chosen = [step.change for step in answer.steps]
    for each in answer.others:
        for way in each.others:
            instead = [change for change in chosen if change not in each.chosen]
            assert works(one, other, (*instead, *way))


@given(SEEKERS, JOBS)
def test_nobody_is_talked_into_fewer_hours_than_they_want(one: Seeker, other: Job):
    for step in found(one, other).steps:
        if step.change.kind in (K.OFFER_HOURS, K.FIND_HOURS):
            assert step.change.hours >= (one.hours.now_min or 0.0)
        if step.change.kind in (K.BUILD_UP, K.FIND_AIM):
            assert one.hours.now_max is not None
            assert one.hours.now_max < max(16.0, one.hours.goal or 0.0)


@given(SEEKERS, JOBS)
def test_every_change_is_said_in_words_that_fit_a_task(one: Seeker, other: Job):
    for each in blockers(*profiles(one, other)):
        assert each.ways or each.why
        for change in each.changes:
            assert 10 < len(change_words(change)) <= 200
            assert change_saying(change).startswith("“")


def test_a_pair_that_is_workable_now_needs_nothing():
    answer = found(person(), post())
    assert answer.is_workable_now
    assert (answer.steps, answer.others, answer.beside) == ((), (), ())
    assert answer.before == answer.after


def test_what_is_not_recorded_is_found_out_before_anything_is_changed():
    bare = person(skills=[skill("use a till", 2)], support_needs=None)
    assert words(bare, post()) == [
        "Find out whether they can do at level 2 or better: mop floors",
        "Ask what support helps them at work: none, or only what is in place",
    ]
    assert others(bare, post()) == [[K.MOVE], [K.ADJUST, K.TEACH]]


def test_a_skill_below_the_level_is_taught_else_adjusted_else_moved():
    lower = person(skills=[skill("mop floors", 1), skill("use a till", 2)])
    assert words(lower, post()) == ["Teach on the job, step by step, to level 2: mop floors"]
    assert others(lower, post()) == [[K.ADJUST], [K.MOVE]]


def test_where_the_employer_adjusts_already_a_first_step_of_the_skill_is_enough():
    adjustable = post(criteria=[asks("mop floors", 3, adjustable=True), asks("use a till", essential=False)])
    gap = person(skills=[skill("mop floors", 0)])
    assert words(gap, adjustable) == ["Teach on the job, step by step: mop floors"]
    assert words(person(skills=[]), adjustable) == ["Find out whether they can do: mop floors"]


def test_a_gap_is_moved_where_it_can_move_and_the_employer_is_asked_where_that_is_not_known():
    gap = person(skills=[skill("mop floors", 0)])
    criteria = [asks("mop floors"), asks("use a till", essential=False)]
    assert words(gap, post(criteria=criteria)) == [
        "Ask the employer whether a colleague could take on: mop floors (not asked yet whether it can move)"
    ]
    assert words(gap, post(criteria=[asks("mop floors", could_move=True), criteria[1]])) == [
        "Ask the employer whether a colleague could take on: mop floors"
    ]


def test_the_last_thing_that_is_asked_is_never_moved_away():
    gap = person(skills=[skill("mop floors", 0), skill("use a till", 0)])
    only = post(criteria=[asks("mop floors", could_move=True)])
    assert kinds(gap, only) == [K.ADJUST, K.TEACH]
    two = post(criteria=[asks("mop floors", could_move=True), asks("use a till", could_move=True)])
    assert kinds(gap, two) == [K.MOVE, K.ADJUST, K.TEACH]
    assert_holds(gap, two)


def test_a_check_is_applied_for_and_a_licence_is_learnt_where_driving_cannot_be_shared():
    gap = person(skills=[skill("DBS check", 0), skill("driving licence", 0)])
    check = post(criteria=[asks("DBS check", could_move=True), *WORKABLE_JOB["criteria"][1:]])
    assert words(gap, check) == ["Apply for the DBS check with the employer before the start date: DBS check"]
    assert others(gap, check) == []
    driving = post(criteria=[asks("driving licence")])
    assert kinds(gap, driving) == [K.OBTAIN]
    assert [one.change.effort for one in found(gap, driving).steps] == [6]


@pytest.mark.parametrize(
    ("state", "kind"),
    [("could_be_facilitated", K.ARRANGE), ("not_available", K.STAND_IN), ("unknown", K.FIND_SUPPORT)],
)
def test_the_workplace_is_asked_for_a_support_before_anybody_is_paid_for_it(state: str, kind: ChangeKind):
    assert kinds(person(), post(supports=[{"kind": "named_buddy", "state": state}])) == [kind]


@pytest.mark.parametrize("kind", SUPPORT_KINDS)
def test_every_kind_of_support_can_be_seen_to(kind: str):
    needs = person(support_needs=[{"kind": kind}])
    for state in ("could_be_facilitated", "not_available", "unknown"):
        assert_holds(needs, post(supports=[{"kind": kind, "state": state}]))
    own = ("written_or_visual_cue", "technology", "family_or_community")
    refused = post(supports=[{"kind": kind, "state": "not_available"}])
    assert kinds(needs, refused) == [K.PROVIDE if kind in own else K.STAND_IN]
    assert all(len(line) > 20 for line in words(needs, refused))


def test_the_smallest_move_of_one_shift_that_gives_the_hours_is_found():
    late = post(pattern=[*days(0, 1, 2), *days(3, start="12:00", end="16:00")])
    one = person(availability=[*days(0, 1, 2), *days(3, start="09:00", end="15:00")])
    assert words(one, late) == [
        "Ask the employer whether the shift on Thursday 12:00–16:00 could be moved 1 hour earlier"
    ]


def test_a_shift_moves_within_its_day_before_it_moves_to_another_and_alone_before_with_others():
    late = post(pattern=[*days(0, 1, 2), *days(3, start="12:00", end="16:00")])
    one = person(
        availability=[
            *days(0, 1, 2, end="16:00"),
            *days(3, start="09:00", end="15:00"),
            *days(4, start="12:00", end="16:00"),
        ]
    )
    first, (other,) = found(one, late).steps[0].change, found(one, late).others
    assert (change_words(first).rpartition(" ")[2], first.size) == ("earlier", 2)
    assert [[(change.slots[0].day, change.size) for change in way] for way in other.others] == [[(4, 48)]]


def test_all_shifts_move_together_where_one_would_not_do():
    early = post(pattern=days(0, 1, 2, 3, start="08:30", end="12:30"))
    assert words(person(), early) == ["Ask the employer whether all shifts could be 30 minutes later"]


def test_no_set_moves_a_shift_twice_or_leaves_out_what_comes_first():
    early = post(pattern=days(0, 1, 2, 3, start="08:30", end="12:30"))
    (days_off,) = blockers(*profiles(person(), early), FEW)
    whole = next(change for change in days_off.changes if change.kind is K.SHIFT_ALL)
    one, same, other, third = (
        next(change for change in days_off.changes if (change.at, change.size) == wanted)
        for wanted in ((0, 1), (0, 48), (1, 1), (2, 1))
    )
    assert goes_together([whole], FEW)
    assert goes_together([one, other], FEW)
    assert not any(goes_together(way, FEW) for way in ([whole, one], [one, same], [one, other, third]))
    gap = found(person(skills=[skill("mop floors", 0)]), post(criteria=[asks("mop floors")]))
    adjust, teach = [step.change for step in gap.steps]
    assert goes_together([teach, adjust], FEW)
    assert not goes_together([teach], FEW)


def test_two_shifts_move_to_other_days_where_one_is_too_few_and_three_are_another_job():
    two = post(pattern=days(0, 1, 5, 6))
    assert kinds(person(availability=days(0, 1, 2, 3)), two) == [K.SHIFT_ONE, K.SHIFT_ONE]
    answer = found(person(availability=days(0, 1, 2, 3)), post(pattern=days(3, 4, 5, 6)))
    assert answer.blocked == (
        "They are free for 16 hours a week in all, at times that no small move of shifts fits.",
    )


def test_a_shift_runs_past_midnight_only_where_it_does_already():
    night = post(pattern=days(0, 1, 2, 3, start="20:30", end="00:30"))
    assert kinds(person(availability=days(0, 1, 2, 3, start="21:00", end="03:00")), night) == [K.SHIFT_ALL]
    evening = post(pattern=days(0, 1, 2, 3, start="20:00", end="23:30"), hours={"guaranteed": 14})
    answer = found(
        person(
            availability=days(0, 1, 2, 3, start="21:30", end="03:00"),
            hours={"now_min": 14, "now_max": 20, "intent": "prefers_fewer"},
        ),
        evening,
    )
    assert len(answer.blocked) == 1


def test_hours_that_are_not_negotiable_block_and_are_named():
    fixed = {"min": 8, "max": 8, "guaranteed": 8, "negotiable": False}
    answer = found(person(support_needs=None), post(hours=fixed))
    assert answer.blocked == (
        "The hours are 8 hours a week and not negotiable, and 16 hours a week would be right.",
    )
    assert [step.change.kind for step in answer.steps] == [K.FIND_NEEDS]
    assert answer.after > answer.before
    few_days = found(person(), post(hours=fixed, pattern=days(0, 1)))
    assert few_days.blocked == answer.blocked
    unsaid = found(person(), post(hours={"max": 8, "negotiable": False}))
    assert unsaid.blocked[0].startswith("The hours are not recorded and not negotiable")
    days_too = {"guaranteed": 16, "negotiable": False}
    assert found(person(), post(hours=days_too, pattern=days(5, 6))).blocked == (
        "The days and times do not fit, and the hours are recorded as not negotiable.",
    )


def test_without_criteria_the_way_is_to_ask_what_the_job_needs():
    assert found(person(), post(criteria=[])).blocked == (
        "Nothing is recorded of what the job asks. Ask the employer what it really needs.",
    )


def test_a_plan_for_building_up_is_offered_only_where_the_person_wants_fewer_now():
    hours = {"now_min": 8, "now_max": 12}
    assert kinds(person(hours=hours | {"intent": "aims_for_16"}), post()) == [K.BUILD_UP, K.OFFER_HOURS]
    assert kinds(person(hours=hours), post(hours={"guaranteed": 12})) == [K.FIND_AIM]
    short = post(hours={"guaranteed": 8, "negotiable": True})
    assert words(person(), short) == ["Ask the employer for 16 hours a week, guaranteed"]


def test_the_fewest_hours_that_are_asked_about_are_those_that_the_days_allow():
    wish = {"now_max": 20, "intent": "prefers_fewer"}
    assert words(person(hours=wish, availability=days(0, 1, 2)), post()) == [
        "Ask how many hours they want at least: 12 hours or fewer"
    ]


def test_hours_of_the_person_that_contradict_each_other_are_asked_about():
    wish = {"now_min": 20, "now_max": 12, "intent": "prefers_fewer"}
    assert found(person(hours=wish), post()).blocked == (
        "They want 12 hours a week at most, and 20 hours at least. Ask which is right.",
    )


def test_a_job_of_more_hours_than_the_person_wants_is_asked_for_fewer_and_never_below_their_wish():
    full = post(hours={"min": 35, "max": 40, "guaranteed": 35}, pattern=[])
    answer = found(person(), full)
    assert ("offer_hours", 20.0) in [(step.change.kind, step.change.hours) for step in answer.steps]


def test_days_are_found_out_where_either_side_is_not_recorded():
    assert kinds(person(availability=[]), post()) == [K.FIND_FREE_TIMES]
    assert kinds(person(), post(pattern=[])) == [K.FIND_TIMES]
    assert kinds(person(availability=[]), post(pattern=[])) == [K.FIND_FREE_TIMES, K.FIND_TIMES]
    assert found(person(availability=days(0)), post(pattern=[])).blocked == (
        "They are free for 4 hours a week in all, fewer than 16 hours.",
    )


def test_times_too_short_to_compare_are_said():
    wish = {"now_min": 0, "now_max": 4, "intent": "prefers_fewer"}
    short = days(0, start="09:00", end="09:10")
    answer = found(person(hours=wish, availability=[]), post(hours={"guaranteed": 0}, pattern=short))
    assert answer.blocked == ("The times that are recorded are too short to be compared.",)


def test_long_names_and_many_times_are_cut_to_fit_a_task():
    long = post(criteria=[asks("juggle " * 40), asks("use a till")], pattern=days(0, 1, 2, 3, 4))
    told = words(person(availability=[]), long)
    assert any(line.endswith("…") for line in told)
    assert any("Thursday 9:00–13:00 and 1 more" in line for line in told)


def test_paid_support_stands_in_for_a_colleague_and_travel_training_for_a_lift():
    assert [
        words(
            person(support_needs=[{"kind": kind}]), post(supports=[{"kind": kind, "state": "not_available"}])
        )
        for kind in ("named_buddy", "transport_share")
    ] == [
        ["Stand in for a named buddy: coach time first, then a support worker through Access to Work"],
        ["Plan travel training, and ask Access to Work about travel to work"],
    ]


def test_ways_of_several_changes_are_one_text():
    answer = found(person(skills=[skill("mop floors", 0)]), post(criteria=[asks("mop floors")]))
    assert way_words([step.change for step in answer.steps]) == (
        "Agree an adjustment, with Access to Work where it costs: mop floors, and then: "
        "Teach on the job, step by step: mop floors"
    )


def test_a_journey_beyond_the_limit_is_beside_the_score():
    far = person(home={"postcode": "LS1 4"}, travel={"mode": "walk", "max_minutes": 10})
    answer = found(far, post(place={"postcode": "BD1 1"}))
    assert answer.is_workable_now
    assert [change.kind for change in answer.beside] == [K.TRAVEL_TRAINING, K.SHARE_LIFT]
    assert [change.is_with_employer for change in answer.beside] == [False, True]
    assert change_words(answer.beside[0]) == "Plan travel training for this journey"
    assert change_words(answer.beside[1]) == "Ask the employer who could share the journey to work"
    assert applied(answer.beside, far, post(), CONCEPTS) == (far, post())
    near = replace(far, travel=replace(far.travel, max_minutes=None))
    assert found(near, post(place={"postcode": "BD1 1"})).beside == ()


def test_words_of_ones_own_are_closed_like_any_other():
    assert_holds(person(skills=[skill(OWN_WORDS, 0)]), post(criteria=[asks(OWN_WORDS), asks("use a till")]))
