"""The answers that a comparison rests on, each as a question to ask and an answer that would settle it.

Any settling answer does: what counts is how wide the band stays without one, not which answer it is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import reduce

from matching.records import (
    Criterion,
    Job,
    JobHours,
    Seeker,
    SeekerHours,
    SeekerSkill,
    Slot,
    SupportNeed,
    Task,
    WorkplaceSupport,
)
from matching.records.parts import SUPPORT_KINDS

_LEVEL = 2
_HOURS = 16.0
_WORD = "work"
_SHIFTS = tuple(Slot(day, 9 * 60, 17 * 60) for day in range(5))


class Ask(StrEnum):
    """What a person is asked, because a score rests on it."""

    SKILLS = "skills"
    HOURS = "hours"
    FREE = "free"
    NEEDS = "needs"
    INTERESTS = "interests"
    MUST = "must"
    AVOID = "avoid"


def typical(phrases: Sequence[str]) -> Job:
    """A vacancy that asks these skills at a middling level, and of which everything is known."""
    return Job(
        id="typical",
        title=_WORD,
        description=_WORD,
        criteria=tuple(Criterion(phrase, _LEVEL, essential=True) for phrase in phrases),
        tasks=(Task("task", _WORD),),
        hours=JobHours(guaranteed=_HOURS),
        pattern=_SHIFTS,
        supports=tuple(WorkplaceSupport(kind, "exists", confirmed=True) for kind in SUPPORT_KINDS),
    )


def given(record: Seeker, job: Job, asks: Iterable[Ask]) -> Seeker:
    """The person with these questions answered; what is recorded already stays as it is."""
    return reduce(lambda one, ask: ANSWERS[ask](one, job), asks, record)


def _skills(record: Seeker, job: Job) -> Seeker:
    """Level with what is asked, beside whatever is recorded of a skill."""
    added = tuple(SeekerSkill(asked.text, _LEVEL) for asked in job.criteria)
    return replace(record, skills=record.skills + added)


def _hours(record: Seeker, _job: Job) -> Seeker:
    wish = record.hours
    least = wish.now_min if wish.now_min is not None else min(wish.now_max or _HOURS, _HOURS)
    most = wish.now_max if wish.now_max is not None else max(least, _HOURS)
    return replace(record, hours=SeekerHours(least, most, wish.goal, wish.intent))


def _free(record: Seeker, job: Job) -> Seeker:
    return replace(record, availability=record.availability or job.pattern)


def _needs(record: Seeker, _job: Job) -> Seeker:
    """One need that is covered: none at all would take the part out of the total."""
    asked = (SupportNeed(SUPPORT_KINDS[0]),) if record.support_needs is None else record.support_needs
    return replace(record, support_needs=asked)


def _interests(record: Seeker, _job: Job) -> Seeker:
    return replace(record, interests=record.interests or (_WORD,))


def _must(record: Seeker, _job: Job) -> Seeker:
    return replace(record, must=record.must or (_WORD,))


def _avoid(record: Seeker, _job: Job) -> Seeker:
    return replace(record, avoid=record.avoid or (_WORD,))


ANSWERS: dict[Ask, Callable[[Seeker, Job], Seeker]] = {
    Ask.SKILLS: _skills,
    Ask.HOURS: _hours,
    Ask.FREE: _free,
    Ask.NEEDS: _needs,
    Ask.INTERESTS: _interests,
    Ask.MUST: _must,
    Ask.AVOID: _avoid,
}
"""How each question is answered, where it is not answered yet."""
