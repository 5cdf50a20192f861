"""What a person reads of one job: what was compared, what is not known, and what happens next."""

from collections.abc import Collection, Iterator

from crm.models.base import Known
from crm.models.disputes import DisputedPart
from crm.models.matches import Decision, MatchDecision
from crm.models.seekers import NeedsAsked, VocationalProfile
from crm.models.vacancies import Vacancy
from crm.papers.pictures import Picture
from crm.services.hours_told import are_days_compared, are_days_outside
from crm.services.matches import Compared, Comparison
from crm.services.person_words import HELP, Row, Shelf
from crm.services.plain_words import day, hours_range
from crm.services.with_person import WithPerson

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
SUITING = ("meets_16", "below_16_by_choice", "build_up_to_16")
DAYS_NOT_KNOWN = "The number of hours suits you. We do not know yet if the days and times do."
OTHER_AMOUNT = "This job does not have the number of hours that you want. We ask for other hours."
SHORT_OF_WISH = "The hours are 16 or more. They are fewer than you want. We ask for more."
SUPPORTS = {
    "exists": "This workplace has it.",
    "could_be_facilitated": "This workplace could do it. We ask them.",
    "not_available": "This workplace does not have it. We look for another way.",
    "unknown": "We do not know yet if this workplace has it.",
}
LIKED = {
    "all": "This job has what you like.",
    "some": "This job has some of what you like.",
    "little": "This job has little of what you like. Talk about it.",
    "unknown": "We do not know yet if you would like this job.",
}
_WRONG = {
    DisputedPart.HOURS: "You said that your hours are not right.",
    DisputedPart.WEEK: "You said that your times are not right.",
    DisputedPart.TRAVEL: "You said that your way to work is not right.",
    DisputedPart.INTERESTS: "You said that what you like is not right.",
    DisputedPart.MUST: "You said that what a job must have is not right.",
    DisputedPart.AVOID: "You said that what you do not want is not right.",
    DisputedPart.SUPPORT_NEED: "You said that the help you need is not right.",
}
NOT_USED = {part: f"{said} We do not use it until you have talked." for part, said in _WRONG.items()}
_TOLD_LITTLE, _MOST, _LITTLE = 0.25, 0.75, 0.25
NO_HELP_YET = "We do not know yet what help you need at this workplace."
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


def this_job(found: WithPerson, compared: Compared) -> list[Shelf]:
    """What the job asks and has, beside what is recorded of the person; what they dispute is not known."""
    match, vacancy = compared.match, compared.vacancy
    title = Row("This job", (vacancy.title, compared.employer))
    shelves = [Shelf(Picture.WORKPLACE, "This job", (title,))]
    if match.skill_rows:
        shelves.append(Shelf(Picture.WORK, "What this job asks", tuple(_asked(match))))
    told = _not_used(found, DisputedPart.HOURS, DisputedPart.WEEK)
    hours = (*_hours(vacancy), _hours_suit(match), *told)
    shelves.append(_plain(Picture.CLOCK, "The hours of this job", *hours))
    way = (*_way(compared), *_not_used(found, DisputedPart.TRAVEL))
    shelves.append(_plain(Picture.BUS, "The way to this job", *way))
    shelves += _help(found, match)
    liked = _not_used(found, DisputedPart.INTERESTS, DisputedPart.MUST, DisputedPart.AVOID)
    shelves.append(_plain(Picture.STRENGTH, "What you like", _liked(match), *liked))
    return shelves


def _not_used(found: WithPerson, *parts: DisputedPart) -> tuple[str, ...]:
    """What the person says is not right of these parts, which so far is not used."""
    said = {part for part, _ in found.said}
    return tuple(NOT_USED[part] for part in parts if part in said)


def _hours(vacancy: Vacancy) -> tuple[str, ...]:
    if vacancy.hours_min is None and vacancy.hours_max is None:
        return ()
    return (f"This job is {hours_range(vacancy.hours_min, vacancy.hours_max)} hours a week.",)


def _hours_suit(match: Comparison) -> str:
    """Whether the hours suit; nobody who wants more than 16 and would have fewer is told that they do."""
    if match.hours_status == "meets_16" and match.hours_missing:
        return SHORT_OF_WISH
    if match.hours_status == "no_overlap" and not are_days_outside(match):
        return OTHER_AMOUNT
    if match.hours_status in SUITING and not are_days_compared(match):
        return DAYS_NOT_KNOWN
    return HOURS[match.hours_status]


def _help(found: WithPerson, match: Comparison) -> Iterator[Shelf]:
    told = _not_used(found, DisputedPart.SUPPORT_NEED)
    if match.support_rows:
        yield Shelf(Picture.HELP, "Help at this workplace", tuple(_supports(match)))
    elif told:
        yield _plain(Picture.HELP, "Help at this workplace", NO_HELP_YET, *told)


def _liked(match: Comparison) -> str:
    """How far the job has what the person likes, in words: no figure."""
    (part,) = (each for each in match.components if each.name == "preference")
    known = 1 - (part.high - part.low)
    if known < _TOLD_LITTLE:
        return LIKED["unknown"]
    share = part.low / known
    return LIKED["all" if share > _MOST else "some" if share > _LITTLE else "little"]


def _plain(picture: Picture, heading: str, *lines: str) -> Shelf:
    return Shelf(picture, heading, (Row(heading, lines),))


def _asked(match: Comparison) -> Iterator[Row]:
    for row in match.skill_rows:
        yield Row(row.asked.name, (STANDS[row.status],), (DisputedPart.SKILL, row.asked.concept))


def _supports(match: Comparison) -> Iterator[Row]:
    for row in match.support_rows:
        state = row.support.state if row.support else "unknown"
        line = OWN_CIRCLE if row.is_personal else SUPPORTS[state]
        yield Row(HELP[row.kind], (line,), (DisputedPart.SUPPORT_NEED, row.kind))


def _way(compared: Compared) -> tuple[str, ...]:
    minutes = compared.match.travel_minutes
    if minutes is None:
        return (NO_JOURNEY,)
    about = f"The way takes about {minutes} minutes."
    return (about, FURTHER) if compared.is_further else (about,)


def not_known(found: WithPerson) -> Shelf:
    """What is not known, each with a question that the person can answer; what they dispute is not known."""
    lines = list(_unknown_of_you(found.profile, {part for part, _ in found.said}, bool(found.needs)))
    if not found.skills:
        lines.insert(0, "We do not know what you can do.")
    if found.compared is not None:
        lines += _unknown_of_job(found.compared.match)
    return _plain(Picture.QUESTION, "What we do not know yet", *(lines or [ALL_KNOWN]))


def _unknown_of_you(
    profile: VocationalProfile | None, disputed: Collection[DisputedPart], has_needs: bool
) -> Iterator[str]:
    hours = profile and (profile.hours_now_min, profile.hours_now_max, profile.hours_goal) != (None,) * 3
    if not hours or DisputedPart.HOURS in disputed:
        yield "We do not know how many hours you want."
    if not (profile and profile.availability) or DisputedPart.WEEK in disputed:
        yield "We do not know when you can work."
    if not (profile and profile.travel_minutes) or DisputedPart.TRAVEL in disputed:
        yield "We do not know how far you want to travel."
    if not (profile and profile.interests) or DisputedPart.INTERESTS in disputed:
        yield "We do not know what you like."
    is_asked = has_needs or (profile is not None and profile.needs_asked is NeedsAsked.NONE)
    if not is_asked or DisputedPart.SUPPORT_NEED in disputed:
        yield "We do not know what help you need at work."


def _unknown_of_job(match: Comparison) -> Iterator[str]:
    asked = [row.asked.name for row in match.skill_rows if row.status == "not_recorded"]
    yield from (f"Can you do this: {name}?" for name in asked)
    for row in match.support_rows:
        if not row.is_personal and (row.support is None or row.support.state == "unknown"):
            yield f"Does this workplace have this: {HELP[row.kind].lower()}?"


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
