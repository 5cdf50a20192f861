"""The laws of the engine, on dense random pairs: what may never happen to anybody."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.match import Match
from matching.ranking import GROUPS
from matching.records import Job, Seeker, SeekerSkill, Slot, SupportNeed, WorkplaceSupport
from tests.matching.dense import KINDS, jobs, seekers
from tests.matching.makers import FAMILIES, SKILLS, UNRELATED, matched, middle, profiles

TOLERANCE = 1e-6
COMPONENTS = ("skills", "hours", "natural_supports", "preference")


def assert_not_lower(after: Match, before: Match) -> None:
    """Neither the total nor any component's middle falls, and the group is no worse."""
    assert middle(after) >= middle(before) - TOLERANCE
    for new, old in zip(after.components, before.components, strict=True):
        assert new.low + new.high >= old.low + old.high - TOLERANCE
    assert GROUPS.index(after.group) <= GROUPS.index(before.group)


def assert_inside_band(before: Match, after: Match) -> None:
    """The old total, and each old component, lies inside the band of what is left."""
    assert after.low - TOLERANCE <= middle(before) <= after.high + TOLERANCE
    for old, new in zip(before.components, after.components, strict=True):
        if old.weight and new.weight:
            assert new.low - TOLERANCE <= (old.low + old.high) / 2 <= new.high + TOLERANCE


def with_level(person: Seeker, name: str, level: int | None) -> Seeker:
    """The same person with one skill at this level."""
    others = tuple(row for row in person.skills if row.name != name)
    return replace(person, skills=(*others, SeekerSkill(name, level)))


@given(seekers(), jobs(), st.sampled_from(SKILLS), st.integers(1, 4))
def test_more_of_a_skill_never_lowers_anything(person: Seeker, post: Job, name: str, level: int):
    before = next((row for row in person.skills if row.name == name), None)
    assume(before is None or (before.level is not None and before.level < level))
    assert_not_lower(matched(with_level(person, name, level), post), matched(person, post))


@given(seekers(), jobs(), st.integers(0, 2), st.integers(8, 14))
def test_more_hours_available_inside_the_wish_never_lower_anything(
    person: Seeker, post: Job, day: int, hour: int
):
    assume(person.availability)
    freer = replace(person, availability=(*person.availability, Slot(day, hour * 60, hour * 60 + 180)))
    assert_not_lower(matched(freer, post), matched(person, post))


@given(seekers(), jobs(), st.sampled_from(KINDS))
def test_one_more_confirmed_support_never_lowers_anything(person: Seeker, post: Job, kind: str):
    others = tuple(row for row in post.supports if row.kind != kind)
    better = replace(post, supports=(*others, WorkplaceSupport(kind, "exists", confirmed=True)))
    assert_not_lower(matched(person, better), matched(person, post))


@given(seekers(), jobs(), st.sampled_from(SKILLS))
def test_an_unknown_skill_counts_between_its_best_and_its_worst_answer(person: Seeker, post: Job, name: str):
    assume(all(row.name != name for row in person.skills))
    unknown = middle(matched(person, post))
    assert middle(matched(with_level(person, name, 4), post)) >= unknown - TOLERANCE
    assert middle(matched(with_level(person, name, 0), post)) <= unknown + TOLERANCE


@given(seekers(), jobs(), st.sampled_from(KINDS))
def test_an_unknown_support_counts_between_its_best_and_its_worst_answer(
    person: Seeker, post: Job, kind: str
):
    others = tuple(row for row in post.supports if row.kind != kind)

    def with_state(state: str) -> float:
        return middle(matched(person, replace(post, supports=(*others, WorkplaceSupport(kind, state)))))

    assert with_state("not_available") <= with_state("unknown") + TOLERANCE
    assert with_state("unknown") <= with_state("exists") + TOLERANCE


EMPTY = Seeker("empty")
EMPTY_JOB = Job("empty", "Assistant")
SEEKER_FIELDS = ("skills", "hours", "availability", "support_needs", "interests", "must", "avoid")
JOB_FIELDS = ("criteria", "hours", "pattern", "supports", "description", "tasks")


@pytest.mark.parametrize("field", SEEKER_FIELDS)
@given(person=seekers(), post=jobs())
def test_forgetting_a_field_of_the_person_keeps_the_score_inside_the_band(
    field: str, person: Seeker, post: Job
):
    less = replace(person, **{field: getattr(EMPTY, field)})
    assert_inside_band(matched(person, post), matched(less, post))


@pytest.mark.parametrize("field", JOB_FIELDS)
@given(person=seekers(), post=jobs())
def test_forgetting_a_field_of_the_job_keeps_the_score_inside_the_band(field: str, person: Seeker, post: Job):
    less = replace(post, **{field: getattr(EMPTY_JOB, field)})
    assert_inside_band(matched(person, post), matched(person, less))


@given(seekers(), jobs(), st.sampled_from(KINDS))
def test_forgetting_a_support_of_the_workplace_keeps_the_score_inside_the_band(
    person: Seeker, post: Job, kind: str
):
    less = replace(post, supports=tuple(row for row in post.supports if row.kind != kind))
    assert_inside_band(matched(person, post), matched(person, less))


@given(seekers(), jobs(), st.sampled_from(SKILLS), st.sampled_from((None, 0, 1, 2, 3, 4)))
def test_forgetting_the_only_skill_of_a_family_keeps_the_score_inside_the_band(
    person: Seeker, post: Job, name: str, level: int | None
):
    family = next(names for names in FAMILIES.values() if name in names)
    less = replace(person, skills=tuple(row for row in person.skills if row.name not in family))
    assert_inside_band(matched(with_level(less, name, level), post), matched(less, post))


@given(seekers(), jobs(), st.lists(st.sampled_from(KINDS), unique=True))
def test_more_needs_that_are_all_covered_never_rank_below_fewer(person: Seeker, post: Job, kinds: list[str]):
    covered = tuple(SupportNeed(kind, personal_cover=True) for kind in kinds)
    fewer = matched(replace(person, support_needs=covered[: len(covered) // 2]), post)
    more = matched(replace(person, support_needs=covered), post)
    assert middle(more) >= middle(fewer) - TOLERANCE
    assert GROUPS.index(more.group) <= GROUPS.index(fewer.group)


@given(seekers(), jobs(), st.integers(0, 4))
def test_an_unrelated_skill_changes_nothing(person: Seeker, post: Job, level: int):
    before, after = matched(person, post), matched(with_level(person, UNRELATED, level), post)
    assert (after.low, after.high, after.group) == (before.low, before.high, before.group)


@given(seekers(), jobs())
def test_a_skill_met_with_an_adjustment_counts_in_full(person: Seeker, post: Job):
    rows = matched(person, post).skill_rows
    assert all(row.low == 10 for row in rows if row.asked.is_adjustable and row.held and row.held.lowest)


@given(seekers(), jobs())
def test_hours_by_the_own_wish_or_while_building_up_cost_nothing(person: Seeker, post: Job):
    match = matched(person, post)
    if match.hours_status in ("below_16_by_choice", "build_up_to_16"):
        assert match.hours_missing == 0
        assert match.components[1].high == 1.0


@given(seekers(), jobs())
def test_a_job_below_16_says_how_many_hours_are_missing(person: Seeker, post: Job):
    match = matched(person, post)
    if match.hours_status == "below_16_gap":
        assert match.hours_missing is not None
        assert match.hours_missing > 0


@given(seekers(), jobs(), st.sampled_from(("self", "observed")))
def test_evidence_moves_certainty_and_nothing_else(person: Seeker, post: Job, kind: str):
    before = matched(person, post)
    shown = matched(replace(person, skills=tuple(replace(row, evidence=kind) for row in person.skills)), post)
    assert (shown.low, shown.high, shown.group) == (before.low, before.high, before.group)
    if kind == "observed":
        assert shown.certainty >= before.certainty


@given(seekers(), jobs())
def test_certainty_is_never_above_what_is_known(person: Seeker, post: Job):
    match = matched(person, post)
    assert -TOLERANCE <= match.certainty <= match.coverage + TOLERANCE


@given(seekers(), jobs())
def test_every_figure_is_inside_its_range_and_every_shortfall_has_a_measure(person: Seeker, post: Job):
    match = matched(person, post)
    assert 0 <= match.low <= match.high <= 100
    assert 0 <= match.coverage <= 1
    assert all(component.reasons for component in match.components)
    assert all(gap.measure and gap.points >= 0 for gap in match.gaps)


@given(seekers(), jobs())
def test_demands_beyond_the_abilities_make_measures_but_never_points(person: Seeker, post: Job):
    plain = matched(replace(person, abilities={}), replace(post, demands={}))
    match = matched(person, post)
    assert (match.low, match.high, match.group) == (plain.low, plain.high, plain.group)


def test_an_empty_record_is_compared_with_an_empty_record():
    match = matched(EMPTY, EMPTY_JOB)
    assert (match.score, match.low, match.high, match.coverage) == (None, 0.0, 100.0, 0.0)
    assert match.group == "with_measures"
    assert profiles(EMPTY, EMPTY_JOB)[0].needs is None
