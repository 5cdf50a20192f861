"""What is not known counts half: the best answer never lowers the score, and the worst never lifts it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings

from matching.hours import HoursFit
from matching.records import (
    SUPPORT_KINDS,
    Criterion,
    Job,
    JobHours,
    Seeker,
    SeekerHours,
    SeekerSkill,
    Slot,
    SupportNeed,
    Task,
)
from matching.records import WorkplaceSupport as AtWork
from tests.conftest import at_least
from tests.matching.dense import KINDS, NAMES, WORDS, jobs, seekers
from tests.matching.makers import UNRELATED, matched, middle

NEAR = 1e-6
WHOLE_WEEK = tuple(Slot(day, 0, 1440) for day in range(7))
WEEKEND = tuple(Slot(day, 0, 1440) for day in (5, 6))
"""Days on which nobody here works, longer than anybody's hours."""

IN_TITLE = ("assistant",)
NOWHERE_SAID = ("alpacas",)
Answers = Callable[[Seeker, Job], list[Any]]

OF_PERSON: dict[str, Answers] = {
    "skills": lambda person, post: [
        tuple(SeekerSkill(row.text, level) for row in post.criteria) for level in (0, 4)
    ],
    "hours": lambda person, post: [
        SeekerHours(0, 168, intent="prefers_fewer"),
        SeekerHours(0, 0, 168),
        SeekerHours(168, 168),
    ],
    "availability": lambda person, post: [WHOLE_WEEK, WEEKEND],
    "support_needs": lambda person, post: [
        (SupportNeed(kind, personal_cover=own),)
        for kind in (*KINDS, SUPPORT_KINDS[-1])
        for own in (False, True)
    ],
    "interests": lambda person, post: [IN_TITLE, NOWHERE_SAID],
    "must": lambda person, post: [IN_TITLE, NOWHERE_SAID],
    "avoid": lambda person, post: [IN_TITLE, NOWHERE_SAID],
}
OF_JOB: dict[str, Answers] = {
    "criteria": lambda person, post: [
        (Criterion(name, level),) for name in (*NAMES, UNRELATED) for level in (1, 4)
    ],
    "hours": lambda person, post: [
        JobHours(guaranteed=168),
        JobHours(guaranteed=0),
        JobHours(min=168),
        JobHours(max=0, guaranteed=0),
    ],
    "pattern": lambda person, post: [person.availability or WHOLE_WEEK, WEEKEND],
    "supports": lambda person, post: [
        tuple(AtWork(kind, state) for kind in KINDS) for state in ("exists", "not_available")
    ],
    "description": lambda person, post: [" ".join(WORDS), "Plain work"],
    "tasks": lambda person, post: [(Task("t1", " ".join(WORDS)),), (Task("t1", "Plain work"),)],
}


def assert_half(unknown: float, answered: list[float]) -> None:
    """Of all answers, the best is not below what was not known, and the worst is not above it."""
    assert min(answered) - NEAR <= unknown <= max(answered) + NEAR


def has_time_beyond_its_pattern(post: Job) -> bool:
    """Some of the hours may fall on any day: no answer about the person's days takes those away."""
    sure = post.hours.min if post.hours.guaranteed is None else post.hours.guaranteed
    return sure is not None and sure > sum((each.end - each.start) // 60 for each in set(post.pattern))


def wishes_for_less_than_the_goal_now(person: Seeker) -> bool:
    """No job could reach the goal: hours not recorded are then as 0 or as 1, though 1 is out of reach."""
    goal, now_max = HoursFit().target(person.hours), person.hours.now_max
    return goal is not None and now_max is not None and now_max < goal


@pytest.mark.parametrize("field", OF_PERSON)
@settings(max_examples=at_least(30))
@given(person=seekers(), post=jobs())
def test_what_is_not_known_of_the_person_counts_half(field: str, person: Seeker, post: Job):
    assume(field != "availability" or not has_time_beyond_its_pattern(post))
    forgotten = getattr(Seeker("nobody"), field)
    answered = [replace(person, **{field: answer}) for answer in OF_PERSON[field](person, post)]
    assert_half(
        middle(matched(replace(person, **{field: forgotten}), post)),
        [middle(matched(each, post)) for each in answered],
    )


@pytest.mark.parametrize("field", OF_JOB)
@settings(max_examples=at_least(30))
@given(person=seekers(), post=jobs())
def test_what_is_not_known_of_the_job_counts_half(field: str, person: Seeker, post: Job):
    assume(field != "hours" or not wishes_for_less_than_the_goal_now(person))
    forgotten = getattr(Job("none", "Assistant"), field)
    answered = [replace(post, **{field: answer}) for answer in OF_JOB[field](person, post)]
    assert_half(
        middle(matched(person, replace(post, **{field: forgotten}))),
        [middle(matched(person, each)) for each in answered],
    )


@pytest.mark.parametrize("field", [*OF_PERSON, *(f"job {field}" for field in OF_JOB)])
@settings(max_examples=at_least(20))
@given(person=seekers(), post=jobs())
def test_forgetting_never_sends_anybody_to_the_design_of_a_job(field: str, person: Seeker, post: Job):
    assume(matched(person, post).group != "design_a_job")
    if field.startswith("job "):
        name = field.removeprefix("job ")
        post = replace(post, **{name: getattr(Job("none", "Assistant"), name)})
    else:
        person = replace(person, **{field: getattr(Seeker("nobody"), field)})
    assert matched(person, post).group != "design_a_job"
