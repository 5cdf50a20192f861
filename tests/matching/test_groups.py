"""The three groups and the certainty at their borders, figure by figure."""

from typing import Any

import pytest

from matching.match import Match
from matching.skills import SkillsFit
from tests.matching.makers import (
    WORKABLE_JOB,
    WORKABLE_SEEKER,
    asks,
    days,
    job,
    matched,
    profiles,
    seeker,
    skill,
)


def grouped(held: list[Any], asked: list[Any], **fields: Any) -> Match:
    """Somebody who is workable now but for their skills, and what the job asks."""
    person = seeker(**WORKABLE_SEEKER | {"skills": held} | fields)
    return matched(person, job(**WORKABLE_JOB | {"criteria": asked}))


@pytest.mark.parametrize(
    ("lost", "met", "group"),
    [
        (["plant seedlings"], ["dust shelves"], "with_measures"),
        (["dust shelves"], ["plant seedlings"], "design_a_job"),
        (["plant seedlings", "use a till"], ["dust shelves"], "design_a_job"),
        (["mop floors", "use a till"], ["dust shelves"], "with_measures"),
        (["plant seedlings"], ["juggle with fire"], "design_a_job"),
        (["plant seedlings"], [], "design_a_job"),
    ],
)
def test_gaps_that_hold_half_of_the_essential_weight_mean_design(lost: list[str], met: list[str], group: str):
    held = [*(skill(name, 0) for name in lost), *(skill(name, 2) for name in met)]
    assert grouped(held, [asks(name, 1) for name in (*lost, *met)]).group == group


@pytest.mark.parametrize(
    ("extra", "group"), [({"essential": False}, "design_a_job"), ({"essential": True}, "with_measures")]
)
def test_only_essential_gaps_and_essential_weight_count_for_design(extra: dict[str, Any], group: str):
    held = [skill("plant seedlings", 0), skill("dust shelves", 2)]
    assert grouped(held, [asks("plant seedlings", 1), asks("dust shelves", 1, **extra)]).group == group
    wanted = [asks("plant seedlings", 1, essential=False), asks("dust shelves", 1, essential=False)]
    assert grouped(held, wanted).group == "workable_now"


@pytest.mark.parametrize("state", ["unlisted", "no level"])
def test_what_is_not_known_sends_nobody_to_design(state: str):
    held = [] if state == "unlisted" else [skill("plant seedlings")]
    assert grouped(held, [asks("plant seedlings", 4)]).group == "with_measures"


def test_support_with_a_skill_and_cover_by_family_keep_workable_now():
    held = [skill("use a till", 2, with_support="a colleague beside them")]
    needs = [{"kind": "routine", "personal_cover": True}, {"kind": "named_buddy"}]
    assert grouped(held, [asks("use a till", 2)], support_needs=needs).group == "workable_now"


def certain(held: list[Any], asked: list[Any]) -> float:
    return SkillsFit().compare(*profiles(seeker(skills=held), job(criteria=asked))).certain


def test_certainty_of_skills_is_the_known_weight_that_somebody_else_has_seen():
    asked = [asks("plant seedlings", 2), asks("dust shelves", 2), asks("use a till", 2)]
    weights = {"plant seedlings": 1.0, "dust shelves": 2.0, "use a till": 1.1}
    whole = sum(weights.values())
    seen = [skill(name, 0, evidence="observed") for name in weights]
    assert certain(seen, asked) == pytest.approx(1.0)
    assert certain(seen[:2], asked) == pytest.approx(3.0 / whole)
    assert certain([skill("plant seedlings", 4), skill("dust shelves", 4, evidence="self")], asked) == 0.0
    # Listed without a level against level 2: learnable for sure, the rest open.
    told = skill("dust shelves", evidence="did_paid")
    for held in ([told], [told, skill("plant seedlings", 1)]):
        assert certain(held, asked) == pytest.approx(2.0 * 0.6 / whole)


@pytest.mark.parametrize(
    ("own", "state", "confirmed", "share"),
    [
        (False, "exists", True, 1.0),
        (False, "exists", False, 0.0),
        (False, "not_available", True, 1.0),
        (False, "could_be_facilitated", True, 1.0),
        (False, "unknown", True, 0.0),
        (True, "unknown", False, 1.0),
    ],
)
def test_certainty_of_supports_asks_whether_they_are_confirmed(
    own: bool, state: str, confirmed: bool, share: float
):
    person = seeker(support_needs=[{"kind": "routine", "personal_cover": own}, {"kind": "induction"}])
    post = job(supports=[{"kind": "routine", "state": state, "confirmed": confirmed}])
    # Everything else is unknown: a fifth of the total is at stake, and half of it for each need.
    assert matched(person, post).certainty == pytest.approx(0.1 * share, abs=1e-6)


def test_certainty_is_the_weighted_mean_of_what_is_certain():
    match = matched(seeker(**WORKABLE_SEEKER), job(**WORKABLE_JOB))
    # Skills rest on their own word, hours and the confirmed buddy are sure, of wishes the interest is.
    assert match.certainty == pytest.approx((25 * 1.0 + 20 * 1.0 + 15 * 0.5) / 100, abs=1e-6)
    no_needs = matched(seeker(**WORKABLE_SEEKER | {"support_needs": []}), job(**WORKABLE_JOB))
    assert no_needs.certainty == pytest.approx((25 + 7.5) / 80, abs=1e-6)
    silent = matched(seeker(availability=days(0)), job())
    assert silent.certainty == 0.0
