"""What people read of a comparison, word for word: every reason, every gap, its measure and its share."""

from typing import Any

import pytest

from matching.demands import measure_for
from matching.finding import Shortfall, in_hours, listed
from matching.preference import PreferenceFit
from matching.skills import SkillsFit
from matching.supports import KIND_WORDS, SupportsFit
from tests.matching.makers import asks, job, matched, profiles, seeker, skill, told

KIND = "written_or_visual_cue"
CUES = KIND_WORDS[KIND]


@pytest.mark.parametrize(
    ("own", "at_work", "reason", "shortfall"),
    [
        (False, {"state": "exists"}, f"In place at work: {CUES}.", None),
        (False, {"state": "exists", "who": "Mel"}, f"In place at work: {CUES} (Mel).", None),
        (
            True,
            {"state": "not_available"},
            f"Covered by family or community: {CUES}; plan for when that person is away.",
            None,
        ),
        (
            False,
            {"state": "could_be_facilitated", "who": "Mel"},
            f"Could be arranged: {CUES}.",
            Shortfall(f"Not in place yet: {CUES}", "Agree with the employer who does it, and from when", 0.4),
        ),
        (
            False,
            {"state": "not_available"},
            f"Not available: {CUES}.",
            Shortfall(
                f"Not available: {CUES}", "Look at technology, Access to Work or coach time instead", 1.0
            ),
        ),
        (
            False,
            {"state": "unknown"},
            f"Not recorded yet: {CUES}.",
            Shortfall(f"Not recorded: {CUES}", "Ask the employer about it", 0.5),
        ),
    ],
)
def test_a_support_is_told(own: bool, at_work: dict[str, Any], reason: str, shortfall: Shortfall | None):
    person = seeker(support_needs=[{"kind": KIND, "personal_cover": own}])
    post = job(supports=[{"kind": KIND} | at_work])
    reasons, found = told(SupportsFit().compare(*profiles(person, post)))
    assert (reasons, found) == ([reason], [shortfall] if shortfall else [])


def test_supports_are_told_together_those_in_place_first():
    needs = [{"kind": kind} for kind in ("routine", "induction", "technology", "named_buddy")]
    states = {"routine": "not_available", "induction": "exists", "technology": "unknown"}
    post = job(supports=[{"kind": kind, "state": state} for kind, state in states.items()])
    reasons, found = told(SupportsFit().compare(*profiles(seeker(support_needs=needs), post)))
    assert reasons == [
        "In place at work: an adapted induction.",
        "Not available: a steady routine.",
        "Not recorded yet: a named buddy and technology that helps.",
    ]
    assert [each.share for each in found] == [1 / 8, 1 / 4, 1 / 8]


def test_needs_that_nobody_asked_about_and_needs_that_are_none_are_told_apart():
    not_asked = SupportsFit().compare(*profiles(seeker(), job()))
    ask = Shortfall("Support needs were not asked about yet", "Ask the person what support helps them", 0.5)
    assert told(not_asked) == (["Support needs were not asked about yet."], [ask])
    assert (not_asked.low, not_asked.high, not_asked.certain, not_asked.is_counted) == (0.0, 1.0, 0.0, True)
    assert not not_asked.is_covered
    none = SupportsFit().compare(*profiles(seeker(support_needs=[]), job()))
    assert told(none) == (["No support needs: left out of the total."], [])
    assert (none.certain, none.is_counted, none.is_covered) == (1.0, False, True)


def test_skills_are_told_by_how_they_stand_and_with_what_support():
    held = [
        skill("mop floors", 3, with_support="a card with the steps"),
        skill("use a till", 1),
        skill("dust shelves", 0),
        skill("serve customers", 0, with_support="a colleague"),
    ]
    asked = [
        *(asks("mop floors", 2), asks("use a till", 3, adjustable=True), asks("dust shelves")),
        *(asks("serve customers", 2), asks("plant seedlings", 2)),
    ]
    reasons, _ = told(SkillsFit().compare(*profiles(seeker(skills=held), job(criteria=asked))))
    assert reasons == [
        "Can do mop floors.",
        "Can do use a till with an adjustment agreed with the employer.",
        "Could learn dust shelves and serve customers on the job with step-by-step instruction.",
        "Not recorded yet: plant seedlings.",
        "mop floors: done with support (a card with the steps).",
        "serve customers: done with support (a colleague).",
    ]
    alone = told(
        SkillsFit().compare(*profiles(seeker(skills=[held[2]]), job(criteria=[asks("dust shelves")])))
    )
    assert alone[0] == ["Not yet able to do dust shelves."]


LEFT_OUT = "Ask which part of it the job really needs, and whether it could be left out or taught"
RELATED = skill("clean windows", 2)


@pytest.mark.parametrize(
    ("held", "asked", "shortfall"),
    [
        ([skill("mop floors", 2)], {}, None),
        ([skill("mop floors", 1)], {"adjustable": True}, None),
        ([], {}, ("Not recorded: mop floors", "Find out with the person what they can do here", 0.5)),
        (
            [skill("mop floors", 1)],
            {},
            ("mop floors: level 1 of 2 asked", "Teach it on the job, step by step", 0.4),
        ),
        ([skill("mop floors", 0)], {}, ("mop floors: not yet", LEFT_OUT, 1.0)),
        (
            [skill("mop floors", 0)],
            {"could_move": True},
            ("mop floors: not yet", "Ask whether a colleague could take this on", 1.0),
        ),
        (
            [skill("mop floors", 0)],
            {"adjustable": True},
            (
                "mop floors: not yet",
                "Agree the adjustment with the employer, then teach it step by step",
                0.4,
            ),
        ),
        (
            [skill("mop floors", 0), RELATED],
            {},
            ("mop floors: not yet", "Build on a related skill with step-by-step instruction", 0.6),
        ),
    ],
)
def test_a_skill_that_is_short_is_told_with_its_measure(
    held: list[Any], asked: dict[str, Any], shortfall: tuple[str, str, float] | None
):
    post = job(criteria=[asks("mop floors", 2, **asked)])
    _, found = told(SkillsFit().compare(*profiles(seeker(skills=held), post)))
    assert found == ([Shortfall(*shortfall)] if shortfall else [])


def test_a_job_that_says_nothing_of_what_it_asks_is_told():
    reasons, found = told(SkillsFit().compare(*profiles(seeker(), job())))
    assert reasons == ["What the job asks for is not recorded."]
    measure = "Ask the employer what the job really needs"
    assert found == [Shortfall("What the job asks for is not recorded", measure, 0.5)]


def wishes(**fields: Any) -> tuple[list[str], list[Shortfall]]:
    post = job(description="Cooking for a quiet team", tasks=[{"id": "t1", "name": "Chop vegetables"}])
    return told(PreferenceFit().compare(*profiles(seeker(**fields), post)))


def test_wishes_are_told():
    assert wishes() == (
        ["What the person would like is not recorded."],
        [Shortfall("Wishes are not recorded", "Ask what the person would like to do", 0.5)],
    )
    assert wishes(interests=["trains"]) == (
        ["The job's words mention none of the person's wishes."],
        [Shortfall("No interest is mentioned in the job", "Ask the person what they think of this job", 0.5)],
    )
    assert wishes(
        interests=["cooking", "quiet", "trains"], must=["a team", "trains", "cats"], avoid=["chopping"]
    ) == (
        [
            "The job mentions an interest: cooking, quiet.",
            "The job mentions a must-have: a team.",
            "The job mentions something to avoid: chopping.",
        ],
        [
            Shortfall(
                "Must-have not mentioned: trains, cats", "Ask the employer about it", 0.25 * (1 - 1 / 3)
            ),
            Shortfall(
                "Mentions what the person wishes to avoid",
                "Talk it over with the person, and ask the employer whether it could be avoided",
                0.25,
            ),
        ],
    )


@pytest.mark.parametrize("kind", ["interests", "must", "avoid"])
def test_one_wish_of_any_kind_is_enough_to_be_recorded(kind: str):
    assert wishes(**{kind: ["trains"]})[0] == ["The job's words mention none of the person's wishes."]


def test_wishes_that_the_job_is_silent_about_stay_half_open():
    _, found = told(PreferenceFit().compare(*profiles(seeker(interests=["trains"], must=["cats"]), job())))
    assert [each.share for each in found] == [0.25, 0.125]


def test_a_demand_on_no_known_scale_has_a_measure_too():
    assert measure_for("luck") == "Agree an adjustment with the employer, or ask Access to Work"
    person, post = seeker(abilities={"fine_movement": 1}), job(demands={"fine_movement": 2, "noise": 4})
    (gap,) = [gap for gap in matched(person, post).gaps if not gap.points]
    assert gap.what == "Fine movement: the job asks 2, 1 works for the person now"
    assert gap.measure == "Try other tools or grips, or share the fine work with a colleague"


def test_names_and_hours_are_written_as_people_write_them():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [in_hours(1), in_hours(7.5), in_hours(2.0), in_hours(10 / 3)] == [
        "1 hour",
        "7.5 hours",
        "2 hours",
        "3.33 hours",
    ]
