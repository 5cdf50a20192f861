"""What works for a person over what a job asks: measures, never a fail, and unknown is never short."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError
from crm.models.scales import SCALES
from crm.policy import Role
from crm.services import overlays
from crm.services.overlays import Stand, overlay
from matching.compare import compare
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_vacancy
from tests.makers_people import make_profile, make_seeker

KEYS = st.sampled_from(list(SCALES))
STEPS = st.dictionaries(KEYS, st.integers(0, 4), max_size=12)
SUPPORTS = st.dictionaries(KEYS, st.sampled_from(("Ear defenders", "A card")), max_size=4)
law = settings(max_examples=80, deadline=None)

Steps = dict[str, int]


def measured(demands: Steps, abilities: Steps, supports: dict[str, str] | None = None) -> set[str]:
    rows = overlay(demands, abilities, supports or {})
    return {row.key for row in rows if row.stand is Stand.MEASURE}


@law
@given(STEPS, STEPS, SUPPORTS)
def test_unknown_on_either_side_is_never_short_of_anything(
    demands: Steps, abilities: Steps, supports: dict[str, str]
):
    assert measured(demands, abilities, supports) <= demands.keys() & abilities.keys()


@law
@given(STEPS, STEPS)
def test_both_sides_are_on_the_same_scales_whichever_is_laid_over_the_other(one: Steps, other: Steps):
    there, back = overlay(one, other, {}), overlay(other, one, {})
    assert {row.key for row in there} == {row.key for row in back} == one.keys() | other.keys()
    assert not measured(one, other) & measured(other, one)


@law
@given(STEPS, STEPS, KEYS, st.integers(0, 4))
def test_more_that_works_never_adds_a_measure(demands: Steps, abilities: Steps, key: str, more: int):
    better = abilities | {key: max(more, abilities.get(key, more))} if key in abilities else abilities
    assert measured(demands, better) <= measured(demands, abilities)


@law
@given(STEPS, STEPS)
def test_the_measures_are_those_of_the_engine_which_count_for_no_points(demands: Steps, abilities: Steps):
    match = compare(
        Seeker("s", abilities=abilities), Job("j", "Packer", demands=demands), vocabulary=Vocabulary({})
    )
    asked = [gap for gap in match.gaps if "works for the person now" in gap.what]
    rows = [row for row in overlay(demands, abilities, {}) if row.stand is Stand.MEASURE]
    assert sorted(gap.measure for gap in asked) == sorted(row.measure for row in rows)
    assert all(gap.points == 0 for gap in asked)


@law
@given(STEPS, STEPS, SUPPORTS)
def test_what_needs_a_measure_stands_first_and_says_which(
    demands: Steps, abilities: Steps, supports: dict[str, str]
):
    rows = overlay(demands, abilities, supports)
    needs = [row.stand is Stand.MEASURE for row in rows]
    assert needs == sorted(needs, reverse=True)
    assert all(row.measure for row in rows if row.stand in (Stand.MEASURE, Stand.WITH_SUPPORT))


def test_none_is_an_answer_and_not_asked_is_another():
    nothing, not_asked = overlay({"noise": 2, "light": 2}, {"noise": 0}, {})
    assert (nothing.key, nothing.stand, nothing.works) == ("noise", Stand.MEASURE, 0)
    assert (not_asked.key, not_asked.stand, not_asked.works) == ("light", Stand.PERSON_NOT_ASKED, None)


def test_what_works_with_support_says_with_which():
    (row,) = overlay({"noise": 3}, {"noise": 3}, {"noise": "Ear defenders"})
    assert (row.stand, row.measure) == (Stand.WITH_SUPPORT, "Ear defenders")


def test_what_the_job_does_not_ask_needs_nobody_to_be_asked():
    (row,) = overlay({"reading": 0}, {}, {})
    assert row.stand is Stand.WORKS


def test_a_vacancy_is_laid_out_as_its_latest_analysis_saw_it(session: Session):
    make_service(session)
    bakery, seeker = make_employer(session), make_seeker(session)
    make_profile(session, seeker, abilities={"noise": 1}, ability_supports={"noise": "Ear defenders"})
    vacancy = make_vacancy(session, bakery)
    coach = make_actor(Role.JOB_COACH)
    before = overlays.of_vacancy(session, vacancy.key, seeker.key, by=coach)
    assert [row.stand for row in before.rows] == [Stand.JOB_NOT_SEEN]
    old, new = (
        make_analysis(session, bakery, vacancy_id=vacancy.key, analysed_on=seen, demands={"noise": asked})
        for seen, asked in ((date(2026, 1, 2), 1), (date(2026, 11, 2), 3))
    )
    laid = overlays.of_vacancy(session, vacancy.key, seeker.key, by=coach)
    assert (laid.analysis_id, [row.stand for row in laid.rows]) == (new.key, [Stand.MEASURE])
    beside = overlays.of_analysis(session, old.key, seeker.key, by=coach)
    assert [row.stand for row in beside.rows] == [Stand.WITH_SUPPORT]


def test_only_those_who_may_see_matches_see_one(session: Session):
    make_service(session)
    vacancy, seeker = make_vacancy(session, make_employer(session)), make_seeker(session)
    with pytest.raises(NotAllowedError):
        overlays.of_vacancy(session, vacancy.key, seeker.key, by=make_actor(Role.ADMINISTRATOR))
    with pytest.raises(NotFoundError):
        overlays.of_vacancy(session, vacancy.key, 999, by=make_actor(Role.MANAGER))
