"""The rows behind a match: each skill, support and task beside what there is of it; gaps by their points."""

from typing import Any

import pytest
from hypothesis import given

from matching.compare import Comparison
from matching.profiles import SeekerProfile
from matching.records import Job, Seeker, WorkplaceSupport
from matching.supports import SupportRow
from tests.matching.dense import jobs, seekers
from tests.matching.makers import CONCEPTS, asks, days, job, matched, profiles, seeker, skill


def held(*rows: dict[str, Any]) -> Any:
    """What a profile holds of mopping floors, of which these rows tell."""
    return SeekerProfile.of(seeker(skills=list(rows)), CONCEPTS).skills["skill/mop floors"]


@given(seekers(), jobs())
def test_gaps_come_by_their_points_and_demands_after_them(person: Seeker, post: Job):
    match = matched(person, post)
    points = [gap.points for gap in match.gaps]
    assert points == sorted(points, reverse=True)
    demands = [gap.what for gap in match.gaps if "works for the person now" in gap.what]
    assert [gap.what for gap in match.gaps][len(match.gaps) - len(demands) :] == demands
    assert (match.seeker_id, match.job_id) == (person.id, post.id)


def test_a_row_of_a_skill_stands_beside_what_the_person_brings():
    match = matched(
        seeker(skills=[skill("mop floors", 3)]), job(criteria=[asks("use a till"), asks("mop floors", 2)])
    )
    mop, till = match.skill_rows
    assert mop.held is not None
    assert (mop.held.concept, mop.held.lowest, mop.asked.level) == ("skill/mop floors", 3, 2)
    assert till.held is None
    assert (mop.status, till.status) == ("met", "not_recorded")


@pytest.mark.parametrize(("level", "status"), [(1, "met_with_adjustment"), (2, "met"), (3, "met")])
def test_an_adjustment_is_named_only_below_the_level_that_is_asked(level: int, status: str):
    (row,) = matched(
        seeker(skills=[skill("mop floors", level)]), job(criteria=[asks("mop floors", 2, adjustable=True)])
    ).skill_rows
    assert row.status == status


def test_a_row_of_a_support_stands_beside_what_covers_it():
    person = seeker(support_needs=[{"kind": "routine", "personal_cover": True}, {"kind": "induction"}])
    match = matched(person, job(supports=[{"kind": "induction", "state": "exists", "who": "Mel"}]))
    assert match.support_rows == (
        SupportRow("induction", False, WorkplaceSupport("induction", "exists", who="Mel"), 10, 10),
        SupportRow("routine", True, None, 10, 10),
    )


def test_a_task_stands_skill_by_skill():
    person = seeker(skills=[skill("mop floors", 2), skill("clean windows", 0), skill("use a till", 0)])
    tasks = [
        {"id": "a", "name": "Halls", "skills": ["mop floors", "clean windows", "plant seedlings"]},
        {"id": "b", "name": "Windows", "skills": ["mop floors", "clean windows"]},
        {"id": "c", "name": "Till", "skills": ["use a till"]},
    ]
    asked = [asks("use a till", adjustable=True)]
    halls, windows, till = matched(person, job(tasks=tasks, criteria=asked)).task_rows
    assert (halls.task_id, halls.name, halls.status) == ("a", "Halls", "not_recorded")
    assert halls.skills == (
        ("mop floors", "met"),
        ("clean windows", "learnable"),
        ("plant seedlings", "not_recorded"),
    )
    assert (windows.task_id, windows.status) == ("b", "learnable")
    assert till.status == "learnable", "the employer can adjust it"
    assert matched(person, job(tasks=tasks)).task_rows[2].status == "gap"


def test_rows_of_skills_and_tasks_are_made_only_for_those_who_show_them():
    person, post = seeker(skills=[skill("mop floors", 2)]), job(criteria=[asks("mop floors")], tasks=[])
    short = Comparison().compare(*profiles(person, post), with_rows=False)
    assert (short.skill_rows, short.task_rows) == ((), ())
    tasks = [{"id": "a", "name": "Mop"}]
    assert Comparison().compare(*profiles(person, job(tasks=tasks)), with_rows=False).task_rows == ()
    assert len(matched(person, post).skill_rows) == 1


def test_rows_of_one_skill_are_joined_at_their_best():
    best = held(
        skill("mop floors", 3, evidence="certificate", with_support="tea"),
        skill("Mop floors", 3, evidence="observed", with_support="a card"),
        skill("mop  floors", 1, evidence="self"),
    )
    assert (best.concept, best.name, best.lowest, best.highest) == ("skill/mop floors", "mop floors", 3, 3)
    assert (best.evidence, best.is_shown, best.with_support) == ("observed", True, "a card")
    assert best.units == 400_000_000
    mine = held(skill("mop floors", evidence="self"), skill("Mop floors", 2))
    assert (mine.name, mine.lowest, mine.highest, mine.evidence, mine.is_shown) == (
        *("Mop floors", 2, 4),
        *("self", False),
    )


def test_a_title_that_is_all_a_person_wishes_mentions_it():
    post = Job.from_record({"id": "j1", "title": "Cooking"})
    wanted = matched(seeker(interests=["cooking"], must=["cooking"]), post).components[3]
    assert (wanted.low, wanted.high) == (0.75, 1.0)
    avoided = matched(seeker(avoid=["cooking"]), post).components[3]
    assert (avoided.low, avoided.high) == (0.0, 0.75)


def test_hours_below_the_least_of_a_short_job_miss_nothing():
    match = matched(seeker(hours={"now_max": 0}), job(hours={"min": 0.5, "max": 0.5}))
    assert (match.hours_status, match.hours_missing) == ("no_overlap", 0.0)


@pytest.mark.parametrize("free", [[], days(0)])
def test_days_that_only_one_side_has_recorded_block_nobody(free: list[Any]):
    wish, offer = {"now_min": 8, "now_max": 20}, {"guaranteed": 16}
    pattern = [] if free else days(1)
    match = matched(seeker(hours=wish, availability=free), job(hours=offer, pattern=pattern))
    assert (match.hours_status, match.components[1].low, match.components[1].high) == ("meets_16", 0.0, 1.0)


def test_what_a_job_asks_for_twice_is_named_as_where_it_asks_most():
    asked = [asks("mop floors", 2), asks("Mop floors", 3), asks("MOP floors", 1), asks("Mop  floors", 3)]
    (row,) = matched(seeker(), job(criteria=asked)).skill_rows
    assert (row.asked.name, row.asked.level) == ("Mop  floors", 3)
    for first, second in ((1, None), (None, 1)):
        equal = [asks("mop floors", first), asks("Mop floors", second)]
        (row,) = matched(seeker(), job(criteria=equal)).skill_rows
        assert (row.asked.name, row.asked.level) == ("Mop floors", 1)


@pytest.mark.parametrize("order", [1, -1])
def test_a_need_listed_twice_is_covered_if_either_is(order: int):
    needs = [{"kind": "routine", "personal_cover": True}, {"kind": "routine"}][::order]
    assert [row.is_personal for row in matched(seeker(support_needs=needs), job()).support_rows] == [True]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"state": "exists"}, {"state": "could_be_facilitated", "confirmed": True}),
        ({"state": "could_be_facilitated"}, {"state": "unknown"}),
        ({"state": "unknown"}, {"state": "not_available", "confirmed": True}),
        ({"state": "exists", "confirmed": True, "who": "Zoe"}, {"state": "exists", "who": "Ali"}),
        ({"state": "exists", "who": "Ali"}, {"state": "exists", "who": "Zoe"}),
        ({"state": "exists"}, {"state": "exists", "who": "Ali"}),
    ],
)
def test_of_a_support_that_is_told_twice_the_best_counts(
    better: dict[str, Any], worse: dict[str, Any], order: int
):
    told = [{"kind": "routine", **each} for each in (better, worse)][::order]
    (row,) = matched(seeker(support_needs=[{"kind": "routine"}]), job(supports=told)).support_rows
    found = row.support
    assert found is not None
    assert (found.state, found.confirmed, found.who) == (
        better["state"],
        better.get("confirmed", False),
        better.get("who"),
    )
