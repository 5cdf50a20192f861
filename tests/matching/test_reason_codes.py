"""Reasons as bits: each stands for a sentence of the readable path, and none is left out."""

import re
from enum import IntFlag

import pytest
from hypothesis import given

from matching.blocks.ranking import AllPairs
from matching.compiled import compiled_jobs, compiled_people
from matching.reason_codes import HoursReason, PreferenceReason, SkillReason, SupportReason
from matching.records import Job, Seeker
from matching.totals import NAMES
from tests.matching.dense import jobs, seekers, several
from tests.matching.makers import CONCEPTS, asks, days, job, matched, seeker, skill

SENTENCES: dict[str, tuple[tuple[str, IntFlag], ...]] = {
    "skills": (
        (r"What the job asks for is not recorded\.", SkillReason.NOT_ASKED),
        (r"Can do .* with an adjustment agreed with the employer\.", SkillReason.WITH_ADJUSTMENT),
        (r"Can do .*\.", SkillReason.MET),
        (r"Could learn .*", SkillReason.LEARNABLE),
        (r"Not yet able to do .*", SkillReason.GAP),
        (r"Not recorded yet: .*", SkillReason.NOT_RECORDED),
        (r".*: done with support \(.*\)\.", SkillReason.WITH_SUPPORT),
    ),
    "hours": (
        (r"The job offers at most .*", HoursReason.TOO_FEW),
        (r"The job needs at least .*", HoursReason.TOO_MANY),
        (r"The job's days and times are all outside the person's\.", HoursReason.OTHER_TIMES),
        (r"The hours wished are not recorded\.", HoursReason.WISH_NOT_RECORDED),
        (r"The guaranteed hours are not recorded\.", HoursReason.OFFER_NOT_RECORDED),
        (r".* by the person's own wish\.", HoursReason.BY_CHOICE),
        (r".* now, building up\.", HoursReason.BUILDING_UP),
        (r".*: the goal of .* is reached\.", HoursReason.GOAL_REACHED),
        (r".* a week aimed for can be worked\.", HoursReason.BELOW_GOAL),
        (r".*: days not compared\.", HoursReason.DAYS_NOT_COMPARED),
    ),
    "natural_supports": (
        (r"Support needs were not asked about yet\.", SupportReason.NOT_ASKED),
        (r"No support needs: .*", SupportReason.NO_NEEDS),
        (r"In place at work: .*", SupportReason.IN_PLACE),
        (r"Covered by family or community: .*", SupportReason.PERSONAL),
        (r"Could be arranged: .*", SupportReason.POSSIBLE),
        (r"Not available: .*", SupportReason.NOT_AVAILABLE),
        (r"Not recorded yet: .*", SupportReason.NOT_RECORDED),
    ),
    "preference": (
        (r"What the person would like is not recorded\.", PreferenceReason.NOT_RECORDED),
        (r"The job mentions an interest: .*", PreferenceReason.INTEREST),
        (r"The job mentions a must-have: .*", PreferenceReason.MUST_HAVE),
        (r"The job mentions something to avoid: .*", PreferenceReason.AVOID),
        (r"The job's words mention none of the person's wishes\.", PreferenceReason.NONE_MENTIONED),
    ),
}


def said(name: str, sentences: tuple[str, ...]) -> int:
    """The bits of sentences that a person reads."""
    codes = 0
    for sentence in sentences:
        codes |= next(bit for words, bit in SENTENCES[name] if re.fullmatch(words, sentence))
    return codes


def codes_of(people: list[Seeker], posts: list[Job]) -> dict[tuple[str, str], dict[str, int]]:
    """The bits of every pair, from columns that keep no records."""
    everybody = compiled_people(people, vocabulary=CONCEPTS)
    all_jobs = compiled_jobs(posts, vocabulary=CONCEPTS)
    pairs, found = AllPairs(everybody, all_jobs), dict[tuple[str, str], dict[str, int]]()
    for cell in pairs.cells():
        for kept in pairs.top(cell, len(people)):
            for place, (job_place, person) in enumerate(zip(kept.job_places, kept.person, strict=True)):
                names = everybody.ids[0][person], all_jobs.ids[0][kept.jobs[job_place]]
                found[names] = {name: int(codes[place]) for name, codes in kept.reasons.items()}
    return found


def assert_said(people: list[Seeker], posts: list[Job]) -> None:
    """Every pair has exactly the bits of what is said of it."""
    codes = codes_of(people, posts)
    assert len(codes) == len(people) * len(posts)
    for person in people:
        for post in posts:
            match = matched(person, post)
            words = {each.name: said(each.name, each.reasons) for each in match.components}
            assert codes[person.id, post.id] == words


@given(several(seekers(), most=4), several(jobs(), most=4))
def test_the_bits_of_every_pair_stand_for_the_sentences_that_are_said_of_it(
    people: list[Seeker], posts: list[Job]
):
    assert_said(people, posts)


CLEANER = {"skills": [skill("mop floors", 3, with_support="a checklist"), skill("clean windows", 0)]}
SMALL = {"now_min": 4, "now_max": 12, "goal": 16}


@pytest.mark.parametrize(
    ("person", "post", "name", "bits"),
    [
        (CLEANER, {"criteria": [asks("mop floors")]}, "skills", SkillReason.MET | SkillReason.WITH_SUPPORT),
        (CLEANER, {"criteria": [asks("clean windows")]}, "skills", SkillReason.LEARNABLE),
        (CLEANER, {"criteria": [asks("use a till")]}, "skills", SkillReason.NOT_RECORDED),
        (CLEANER, {}, "skills", SkillReason.NOT_ASKED),
        (
            {"hours": SMALL | {"intent": "prefers_fewer"}, "availability": days(0, 1, 2)},
            {"hours": {"guaranteed": 12}, "pattern": days(0, 1, 2)},
            "hours",
            HoursReason.BY_CHOICE,
        ),
        (
            {"hours": SMALL | {"intent": "building_up"}},
            {"hours": {"guaranteed": 12}},
            "hours",
            HoursReason.BUILDING_UP | HoursReason.DAYS_NOT_COMPARED,
        ),
        ({"hours": SMALL}, {"hours": {"min": 20}}, "hours", HoursReason.TOO_MANY),
        ({"hours": SMALL}, {"hours": {"max": 2}}, "hours", HoursReason.TOO_FEW),
        ({}, {}, "hours", HoursReason.WISH_NOT_RECORDED | HoursReason.OFFER_NOT_RECORDED),
        ({"support_needs": []}, {}, "natural_supports", SupportReason.NO_NEEDS),
        ({}, {}, "natural_supports", SupportReason.NOT_ASKED),
        (
            {"support_needs": [{"kind": "routine", "personal_cover": True}, {"kind": "induction"}]},
            {"supports": [{"kind": "induction", "state": "could_be_facilitated"}]},
            "natural_supports",
            SupportReason.PERSONAL | SupportReason.POSSIBLE,
        ),
        ({"avoid": ["kitchen"]}, {}, "preference", PreferenceReason.AVOID),
        ({"must": ["quiet"]}, {}, "preference", PreferenceReason.NONE_MENTIONED),
        ({}, {}, "preference", PreferenceReason.NOT_RECORDED),
    ],
)
def test_each_kind_of_reason_has_a_bit_of_its_own(
    person: dict[str, object], post: dict[str, object], name: str, bits: IntFlag
):
    people, posts = [seeker(**person)], [job(**post)]
    assert codes_of(people, posts)["s1", "j1"][name] == bits
    assert_said(people, posts)


def test_every_component_has_sentences():
    assert tuple(SENTENCES) == NAMES
