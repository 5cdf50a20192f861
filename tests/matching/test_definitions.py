"""The exact definitions of the components, figure by figure."""

from typing import Any

import pytest

from matching.compare import compare
from matching.concepts import Concepts
from matching.match import Match
from matching.records import Slot
from matching.week import cells, hours_in
from tests.matching.makers import (
    VOCABULARY,
    WORKABLE_JOB,
    WORKABLE_SEEKER,
    asks,
    days,
    job,
    matched,
    seeker,
    skill,
)

MOP = "mop floors"
RELATED = skill("clean windows", 1)


def ends(match: Match, name: str) -> tuple[float, float]:
    """Both ends of a component."""
    return next((part.low, part.high) for part in match.components if part.name == name)


@pytest.mark.parametrize(
    ("held", "asked", "expected"),
    [
        ([skill(MOP, 3)], asks(MOP, 3), (1, 1)),
        ([skill(MOP, 2)], asks(MOP, 3), (0.6, 0.6)),
        ([skill(MOP, 2), RELATED], asks(MOP, 3), (0.7, 0.7)),
        ([skill(MOP, 0)], asks(MOP, 3), (0, 0)),
        ([skill(MOP, 0), RELATED], asks(MOP, 3), (0.4, 0.4)),
        ([], asks(MOP, 3), (0, 1)),
        ([RELATED], asks(MOP, 3), (0.4, 1)),
        ([skill("clean windows", 0)], asks(MOP, 3), (0, 1)),
        ([skill(MOP)], asks(MOP), (1, 1)),
        ([skill(MOP)], asks(MOP, 2), (0.6, 1)),
        ([skill(MOP, 1)], asks(MOP, 0), (1, 1)),
        ([skill(MOP, 1)], asks(MOP, 4, adjustable=True), (1, 1)),
        ([skill(MOP, 0)], asks(MOP, 4, adjustable=True), (0.6, 0.6)),
        ([], asks(MOP, 4, adjustable=True), (0.6, 1)),
        ([skill(MOP, 1), skill(MOP, 4)], asks(MOP, 3), (1, 1)),
    ],
)
def test_credit_for_an_asked_skill(held: list[Any], asked: dict[str, Any], expected: tuple[float, float]):
    assert ends(matched(seeker(skills=held), job(criteria=[asked])), "skills") == expected


def test_essential_criteria_weigh_three_times_as_much_times_how_telling_they_are():
    post = job(criteria=[asks("mop floors"), asks("clean windows", essential=False)])
    person = seeker(skills=[skill("mop floors", 1), skill("clean windows", 0)])
    credit = 3 * 0.4 + 1.3 * 0.4
    assert ends(matched(person, post), "skills")[0] == pytest.approx(credit / (3 * 0.4 + 1.3), abs=1e-12)


def test_rows_of_one_concept_are_joined_at_the_highest_level_asked():
    post = job(criteria=[asks("mop floors", 1, essential=False), asks("mop floors", 3)])
    (row,) = matched(seeker(skills=[skill("mop floors", 2)]), post).skill_rows
    assert (row.asked.level, row.asked.is_essential, row.low) == (3, True, 6)


def test_strengths_used_are_weighed_and_count_only_skills_the_person_has():
    person = seeker(skills=[skill("mop floors", 1), skill("clean windows", 2), skill("use a till", 0)])
    match = matched(person, job(criteria=[asks("clean windows"), asks("use a till")]))
    assert match.uses_strengths == pytest.approx(1.3 / (0.4 + 1.3 + 1.1), abs=1e-6)
    assert matched(seeker(), job()).uses_strengths is None


AIMS = {"now_min": 8, "now_max": 30, "goal": 20, "intent": "aims_for_16"}


@pytest.mark.parametrize(
    ("wish", "offer", "band", "status", "missing"),
    [
        (AIMS, {"guaranteed": 20}, (0, 1), "meets_16", 0),
        (AIMS, {"guaranteed": 10}, (0, 0.5), "below_16_gap", 10),
        (AIMS, {"min": 16}, (0, 0.8), "meets_16", 4),
        ({"now_max": 30}, {"guaranteed": 12}, (0, 0.75), "below_16_gap", 4),
        (AIMS | {"intent": "prefers_fewer"}, {"guaranteed": 8}, (0, 1), "below_16_by_choice", 0),
        (AIMS | {"intent": "building_up"}, {"guaranteed": 8}, (0, 1), "build_up_to_16", 0),
        (AIMS | {"intent": "building_up"}, {"guaranteed": 4}, (0, 0.5), "below_16_gap", 4),
        (
            {"now_min": 0, "now_max": 9, "intent": "prefers_fewer"},
            {"guaranteed": 0},
            (0, 1),
            "below_16_by_choice",
            0,
        ),
        (AIMS, {"max": 6, "guaranteed": 6}, (0, 0), "no_overlap", 2),
        (AIMS | {"now_max": 10}, {"min": 16}, (0, 0), "no_overlap", 0),
        (AIMS, {}, (0, 1), "unknown", None),
        ({}, {"guaranteed": 10}, (0, 1), "unknown", None),
    ],
)
def test_hours_by_their_amounts_when_days_are_not_recorded(
    wish: dict[str, Any], offer: dict[str, Any], band: tuple[float, float], status: str, missing: float | None
):
    match = matched(seeker(hours=wish), job(hours=offer))
    assert (ends(match, "hours"), match.hours_status, match.hours_missing) == (band, status, missing)


def test_hours_outside_the_pattern_may_fall_on_any_day():
    person = seeker(hours=AIMS, availability=days(0, 1))
    match = matched(person, job(hours={"guaranteed": 16}, pattern=days(1, 2)))
    assert ends(match, "hours") == (12 / 20, 12 / 20)


@pytest.mark.parametrize(("wish", "missing"), [(AIMS, 8), ({"now_max": 20}, 16)])
def test_days_that_never_meet_block_and_say_so(wish: dict[str, Any], missing: float):
    person = seeker(hours=wish, availability=days(5, 6))
    match = matched(person, job(hours={"guaranteed": 8}, pattern=days(1, 2)))
    assert (match.hours_status, match.hours_missing, ends(match, "hours")) == ("no_overlap", missing, (0, 0))
    assert "days and times are all outside" in match.components[1].reasons[0]


def test_days_not_recorded_are_said():
    match = matched(seeker(hours=AIMS), job(hours={"guaranteed": 20}))
    assert any("days not compared" in reason for reason in match.components[1].reasons)


def test_times_move_to_the_nearest_half_hour_and_nights_run_into_monday():
    assert hours_in(cells([Slot(0, 9 * 60 + 10, 13 * 60 + 20)])) == 4.5
    sunday_night = cells([Slot(6, 22 * 60, 30 * 60)])
    assert hours_in(sunday_night) == 8
    assert hours_in(sunday_night & cells([Slot(0, 0, 6 * 60)])) == 6


@pytest.mark.parametrize(
    ("need", "state", "expected"),
    [
        ({}, "exists", (1, 1)),
        ({}, "could_be_facilitated", (0.6, 0.6)),
        ({}, "not_available", (0, 0)),
        ({}, "unknown", (0, 1)),
        ({"personal_cover": True}, "not_available", (1, 1)),
    ],
)
def test_credit_for_a_support_need(need: dict[str, Any], state: str, expected: tuple[float, float]):
    person = seeker(support_needs=[{"kind": "routine"} | need])
    post = job(supports=[{"kind": "routine", "state": state, "who": "Mel"}])
    assert ends(matched(person, post), "natural_supports") == expected


def test_no_needs_leave_natural_supports_out_and_the_rest_share_the_total():
    match = matched(seeker(**WORKABLE_SEEKER | {"support_needs": []}), job(**WORKABLE_JOB))
    supports = match.components[2]
    assert (supports.weight, supports.score, supports.coverage) == (0.0, None, 1.0)
    low = sum(part.weight * part.low for part in match.components) / 80
    assert match.low == pytest.approx(100 * low, abs=1e-6)


DESCRIBED = {"description": "Cooking for a quiet team", "tasks": [{"id": "t1", "name": "Chop vegetables"}]}


@pytest.mark.parametrize(
    ("wishes", "post", "expected"),
    [
        ({}, DESCRIBED, (0, 1)),
        ({"interests": ["cook", "trains"]}, DESCRIBED, (0.5, 1)),
        ({"interests": ["trains"]}, DESCRIBED, (0, 0.5)),
        ({"interests": ["trains"]}, {}, (0, 1)),
        ({"must": ["a quiet place", "quiet team"]}, DESCRIBED, (0.125, 0.875)),
        ({"avoid": ["chopping vegetables"]}, DESCRIBED, (0, 0.75)),
        ({"avoid": ["nights"]}, DESCRIBED, (0.25, 1)),
        ({"avoid": ["nights"]}, {}, (0, 1)),
        ({"interests": ["🙂"]}, DESCRIBED, (0, 1)),
    ],
)
def test_preference_reads_the_words_of_the_job(
    wishes: dict[str, Any], post: dict[str, Any], expected: tuple[float, float]
):
    assert ends(matched(seeker(**wishes), job(**post)), "preference") == expected


def test_everything_met_is_workable_now():
    match = matched(seeker(**WORKABLE_SEEKER), job(**WORKABLE_JOB))
    assert match.group == "workable_now"
    assert match.hours_status == "meets_16"
    assert match.certainty > 0


@pytest.mark.parametrize(
    ("person", "post"),
    [
        ({"skills": []}, {}),
        ({"support_needs": None}, {}),
        ({"availability": []}, {}),
        ({}, {"criteria": []}),
        ({}, {"hours": {"guaranteed": 12}}),
        ({}, {"supports": []}),
    ],
)
def test_anything_open_is_workable_with_measures(person: dict[str, Any], post: dict[str, Any]):
    match = matched(seeker(**WORKABLE_SEEKER | person), job(**WORKABLE_JOB | post))
    assert match.group == "with_measures"
    assert match.gaps


@pytest.mark.parametrize(
    ("change", "group"),
    [({}, "design_a_job"), ({"could_move": True}, "with_measures"), ({"adjustable": True}, "with_measures")],
)
def test_gaps_without_a_measure_in_half_the_essential_weight_mean_design(change: dict[str, Any], group: str):
    person = seeker(**WORKABLE_SEEKER | {"skills": [skill("use a till", 0), skill("plant seedlings", 2)]})
    post = job(**WORKABLE_JOB | {"criteria": [asks("use a till", 1, **change), asks("plant seedlings", 1)]})
    assert matched(person, post).group == group


@pytest.mark.parametrize(
    ("negotiable", "group"), [(False, "design_a_job"), (True, "with_measures"), (None, "with_measures")]
)
def test_hours_that_never_meet_mean_design_only_if_not_negotiable(negotiable: bool | None, group: str):
    offer = {"max": 4, "guaranteed": 4, "negotiable": negotiable}
    assert matched(seeker(**WORKABLE_SEEKER), job(**WORKABLE_JOB | {"hours": offer})).group == group


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Full driving licence", "driving is needed"),
        ("Enhanced DBS", "DBS check"),
        ("NVQ level 2", "experience counts"),
        ("use a till", "really needs"),
    ],
)
def test_a_gap_nobody_can_close_alone_still_has_a_measure(text: str, measure: str):
    concepts = Concepts(VOCABULARY)
    concepts.settle(text, f"own:{text}")
    match = compare(seeker(skills=[skill(text, 0)]), job(criteria=[asks(text)]), vocabulary=concepts)
    assert any(measure in gap.measure for gap in match.gaps)


def test_measures_name_the_way_to_close_each_gap():
    held = [skill("mop floors", 0), skill("clean windows", 1), skill("use a till", 0)]
    asked = [asks("mop floors"), asks("clean windows", 3), asks("use a till", could_move=True)]
    measures = {gap.measure for gap in matched(seeker(skills=held), job(criteria=asked)).gaps}
    assert "Build on a related skill with step-by-step instruction" in measures
    assert "Teach it on the job, step by step" in measures
    assert "Ask whether a colleague could take this on" in measures


def test_points_of_a_gap_are_what_closing_it_adds_to_the_score():
    person, post = seeker(**WORKABLE_SEEKER), job(**WORKABLE_JOB | {"supports": []})
    before, after = matched(person, post), matched(person, job(**WORKABLE_JOB))
    (gap,) = [gap for gap in before.gaps if "named buddy" in gap.what]
    assert after.score is not None
    assert before.score is not None
    assert gap.points == pytest.approx(after.score - before.score, abs=1e-5)


def test_demands_beyond_the_abilities_name_a_measure_for_nothing():
    match = matched(
        seeker(abilities={"noise": 1, "pace": 3}), job(demands={"noise": 3, "pace": 3, "smell": 2})
    )
    assert [(gap.what, gap.points) for gap in match.gaps if not gap.points] == [
        ("Noise: the job asks 3, 1 works for the person now", 0.0)
    ]


def test_tasks_stand_as_their_weakest_skill_does():
    person = seeker(skills=[skill("mop floors", 2), skill("use a till", 0), skill("clean windows", 0)])
    tasks = [
        {"id": "a", "name": "Mop", "skills": ["mop floors"]},
        {"id": "b", "name": "Sell", "skills": ["mop floors", "use a till"]},
        {"id": "c", "name": "Windows", "skills": ["clean windows"]},
        {"id": "d", "name": "Plant", "skills": ["plant seedlings"]},
        {"id": "e", "name": "Talk"},
    ]
    rows = matched(person, job(tasks=tasks)).task_rows
    assert [row.status for row in rows] == ["met", "gap", "learnable", "not_recorded", "not_recorded"]


def test_a_task_tells_apart_what_is_done_as_it_is_with_a_support_and_what_is_still_to_be_learnt():
    person = seeker(
        skills=[skill("mop floors", 2, with_support="a photo guide"), skill("use a till", 1), skill("sew", 2)]
    )
    tasks = [
        {"id": "a", "name": "Mop", "skills": ["mop floors"], "hours_week": 6},
        {"id": "b", "name": "Sell", "skills": ["use a till"]},
        {"id": "c", "name": "Sew", "skills": ["sew"]},
        {"id": "d", "name": "All", "skills": ["mop floors", "sew", "use a till"]},
    ]
    rows = matched(person, job(tasks=tasks, criteria=[{"text": "use a till", "level": 3}])).task_rows
    assert [row.status for row in rows] == ["met_with_adjustment", "learnable", "met", "learnable"]
    assert [(row.hours_week, row.supports) for row in rows[:2]] == [(6, ("a photo guide",)), (None, ())]


def test_a_task_and_what_the_job_asks_say_the_same_of_one_skill():
    person = seeker(skills=[skill("use a till", 1), skill("mop floors", None), skill("sew", 0)])
    asked = [
        {"text": "use a till", "level": 3, "adjustable": True},
        {"text": "mop floors", "level": 2},
        {"text": "sew", "adjustable": True},
    ]
    tasks = [{"id": row["text"], "name": "x", "skills": [row["text"]]} for row in asked]
    match = matched(person, job(tasks=tasks, criteria=asked))
    stands = {row.asked.name: row.status for row in match.skill_rows}
    assert {row.task_id: row.status for row in match.task_rows} == stands
    assert set(stands.values()) == {"met_with_adjustment", "not_recorded", "learnable"}
