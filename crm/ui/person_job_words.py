"""What a person reads of one job: what was compared, what is not known, and what happens next."""

from collections.abc import Iterator

from crm.models.base import Known
from crm.models.disputes import DisputedPart
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import NeedsAsked, VocationalProfile
from crm.services.matches import Compared, Comparison
from crm.services.with_person import WithPerson
from crm.ui.easy_read import Picture
from crm.ui.person_words import Row, Shelf
from crm.ui.words import day, say

STANDS = {
    "met": "You can do this.",
    "met_with_adjustment": "You can do this with a change at work.",
    "learnable": "You can learn this at work, step by step.",
    "gap": "You have not done this yet. We look for help with it.",
    "not_recorded": "We do not know yet if you can do this.",
}
HOURS = {
    "meets_16": "The hours suit you. They are 16 or more.",
    "below_16_by_choice": "The hours suit you. They are fewer than 16, as you want.",
    "build_up_to_16": "The hours suit you for a start. You can add more later.",
    "below_16_gap": "The hours are fewer than you want. We ask for more.",
    "no_overlap": "You are not free when this job is. We ask for other times.",
    "unknown": "We do not know yet if the hours suit you.",
}
SUPPORTS = {
    "exists": "This workplace has it.",
    "could_be_facilitated": "This workplace could do it. We ask them.",
    "not_available": "This workplace does not have it. We look for another way.",
    "unknown": "We do not know yet if this workplace has it.",
}
OWN_CIRCLE = "Your own people help you with this."
FURTHER = "That is further than you want to travel."
NO_JOURNEY = "We do not know yet how long the way takes."
DECIDED = {
    Decision.SHORTLIST: (
        "Your coach thinks that this job could suit you.",
        "We tell the employer about you only if you say yes.",
    ),
    Decision.NOT_YET: ("This job does not fit yet. We want to change that.",),
    Decision.PERSON_DECLINED: ("You said no to this job. That is fine.",),
    Decision.HOLD: ("We wait with this job for now.",),
}
ALWAYS_NEXT = ("A person decides about jobs, never a computer.", "You can always say no.")
NOT_DECIDED = ("Nobody has decided about this job yet.", "Talk about it with your coach.")
NO_JOB = ("Talk with your coach about jobs that you would like.",)
ALL_KNOWN = "We know everything that we need to know."


def this_job(compared: Compared) -> list[Shelf]:
    """What the job asks, beside what is recorded of the person."""
    match = compared.match
    shelves = [
        Shelf(
            Picture.WORKPLACE,
            "This job",
            (Row("This job", (compared.vacancy.title, compared.employer)),),
        )
    ]
    if match.skill_rows:
        shelves.append(Shelf(Picture.WORK, "What this job asks", tuple(_asked(match))))
    shelves.append(_plain(Picture.CLOCK, "The hours of this job", HOURS[match.hours_status]))
    shelves.append(Shelf(Picture.BUS, "The way to this job", (Row("The way", _way(compared)),)))
    if match.support_rows:
        shelves.append(Shelf(Picture.HELP, "Help at this workplace", tuple(_supports(match))))
    return shelves


def _plain(picture: Picture, heading: str, *lines: str) -> Shelf:
    return Shelf(picture, heading, (Row(heading, lines),))


def _asked(match: Comparison) -> Iterator[Row]:
    for row in match.skill_rows:
        yield Row(row.asked.name, (STANDS[row.status],), (DisputedPart.SKILL, row.asked.concept))


def _supports(match: Comparison) -> Iterator[Row]:
    for row in match.support_rows:
        state = row.support.state if row.support else "unknown"
        line = OWN_CIRCLE if row.is_personal else SUPPORTS[state]
        yield Row(say(row.kind), (line,), (DisputedPart.SUPPORT_NEED, row.kind))


def _way(compared: Compared) -> tuple[str, ...]:
    minutes = compared.match.travel_minutes
    if minutes is None:
        return (NO_JOURNEY,)
    about = f"The way takes about {minutes} minutes."
    return (about, FURTHER) if compared.is_further else (about,)


def not_known(found: WithPerson) -> Shelf:
    """What is not known, each with a question that the person can answer."""
    lines = [*_unknown_of_you(found.profile, has_needs=bool(found.needs))]
    if not found.skills:
        lines.insert(0, "We do not know what you can do.")
    if found.compared is not None:
        lines += _unknown_of_job(found.compared.match)
    return _plain(Picture.QUESTION, "What we do not know yet", *(lines or [ALL_KNOWN]))


def _unknown_of_you(profile: VocationalProfile | None, *, has_needs: bool) -> Iterator[str]:
    hours = profile and (profile.hours_now_min, profile.hours_now_max, profile.hours_goal) != (None,) * 3
    if not hours:
        yield "We do not know how many hours you want."
    if not (profile and profile.availability):
        yield "We do not know when you can work."
    if not (profile and profile.travel_minutes):
        yield "We do not know how far you want to travel."
    if not (profile and profile.interests):
        yield "We do not know what you like."
    if not has_needs and (profile is None or profile.needs_asked is not NeedsAsked.NONE):
        yield "We do not know what help you need at work."


def _unknown_of_job(match: Comparison) -> Iterator[str]:
    asked = [row.asked.name for row in match.skill_rows if row.status == "not_recorded"]
    yield from (f"Can you do this: {name}?" for name in asked)
    for row in match.support_rows:
        if not row.is_personal and (row.support is None or row.support.state == "unknown"):
            yield f"Does this workplace have this: {say(row.kind).lower()}?"


def what_next(found: WithPerson) -> Shelf:
    """What a colleague decided last about this job, and what follows; no colleague is named."""
    return _plain(Picture.NEXT, "What happens next", *_next_lines(found), *ALWAYS_NEXT)


def _next_lines(found: WithPerson) -> tuple[str, ...]:
    decision = found.decision
    if found.compared is None:
        return NO_JOB
    if decision is None:
        return (*_to_settle(found.compared), *NOT_DECIDED)
    return (*DECIDED[decision.decision], *_then(decision), *_to_settle(found.compared))


def _then(decision: MatchDecision) -> Iterator[str]:
    if decision.measure:
        yield f"What would help: {decision.measure}"
    if decision.due_on:
        yield f"We look at it again by {day(decision.due_on)}."


def _to_settle(compared: Compared) -> tuple[str, ...]:
    vacancy = compared.vacancy
    driving = ("This job needs somebody who drives. We ask if that can change.",)
    check = ("This job needs a check called DBS. We help you with it.",)
    return (*(driving if vacancy.needs_driving is Known.YES else ()),) + (
        check if vacancy.needs_dbs is Known.YES else ()
    )
