"""The page about a person for one employer, in the person's voice: what each agreed fact comes to in words.

Strengths come first. What no fact stands for is never read: wishes, the reason for fewer hours, health.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from crm.models.consents import SharedFact
from crm.models.seekers import JobSeeker, ProfileSkill, SupportNeed, VocationalProfile
from crm.models.week import DAYS, Slot
from crm.services import seeker_words as ours

ABOUT, FOOT = "About me", "About this page"
_NOT_DONE_YET = 0


@dataclass(frozen=True, slots=True)
class Told:
    """All that a page may draw on; what was not agreed to is not in it by then."""

    seeker: JobSeeker
    profile: VocationalProfile
    skills: Sequence[ProfileSkill] = ()
    needs: Sequence[SupportNeed] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the page, and the field that it comes from, as forms call it."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the facts: who made the page, for whom, when, and until when it holds.

    It `is_forward` if it goes along with a proposal of a job, which puts the person forward.
    """

    service: str
    employer: str
    made_on: date
    until: date
    is_forward: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the page: its heading and its lines."""

    heading: str
    lines: list[SheetLine] = field(default_factory=list[SheetLine])


def parts_of(told: Told, facts: Collection[SharedFact]) -> list[SheetPart]:
    """What the page tells of the person, part by part; parts without a line are left out."""
    name = ours.SHEET_NAMED.format(name=told.seeker.preferred_name)
    is_named = SharedFact.NAME in facts
    about = [SheetLine(name if is_named else ours.SHEET_NAMELESS, "Preferred name")]
    parts = [SheetPart(ABOUT, about)]
    for heading, drawn in _PARTS.items():
        lines = [line for fact, say in drawn.items() if fact in facts for line in say(told)]
        parts.append(SheetPart(heading, lines))
    return [part for part in parts if part.lines]


def foot(frame: Frame) -> SheetPart:
    """What the page says of itself."""
    words = {
        "employer": frame.employer,
        "service": frame.service,
        "day": _day(frame.made_on),
        "until": _day(frame.until),
    }
    last = ours.SHEET_FOOT_FORWARD if frame.is_forward else ours.SHEET_FOOT_APART
    return SheetPart(FOOT, [SheetLine(line.format(**words), "") for line in (*ours.SHEET_FOOT, last)])


def unnamed_foot() -> list[SheetLine]:
    """The same without the names of the service and the employer, of which nobody asked that they be left."""
    blank = dict.fromkeys(("employer", "service", "day", "until"), "")
    lines = (*ours.SHEET_FOOT, ours.SHEET_FOOT_APART, ours.SHEET_FOOT_FORWARD)
    return [SheetLine(line.format(**blank), FOOT) for line in lines]


def as_text(parts: Sequence[SheetPart]) -> str:
    """The page as it is kept: a heading and its lines, then an empty line."""
    return "\n\n".join("\n".join([part.heading, *(line.words for line in part.lines)]) for part in parts)


def as_parts(text: str) -> list[tuple[str, list[str]]]:
    """The same page again from its text: each heading with its lines."""
    blocks = (block.split("\n") for block in text.split("\n\n"))
    return [(heading, lines) for heading, *lines in blocks]


def _typed(text: str | None, source: str) -> Iterator[SheetLine]:
    """What somebody typed, a line each; empty lines would part the page."""
    for line in (text or "").splitlines():
        if line.strip():
            yield SheetLine(" ".join(line.split()), source)


def _skills(told: Told) -> Iterator[SheetLine]:
    yield from _typed(told.profile.strengths, "Strengths")
    for skill in told.skills:
        if skill.level != _NOT_DONE_YET:
            yield from _typed(skill.name[:1].upper() + skill.name[1:], "Skills")


def _adjustments(told: Told) -> Iterator[SheetLine]:
    yield from _typed(told.profile.conditions_for_success, "What has to be right for it to go well")
    yield from _typed(told.profile.communication, "How they communicate, and accessible formats")


def _support(told: Told) -> Iterator[SheetLine]:
    for need in told.needs:
        yield SheetLine(ours.SUPPORT_WORDS[need.kind], "Support needs")


def _own_words(told: Told) -> Iterator[SheetLine]:
    yield from _typed(told.profile.own_description, "How they describe themselves")


def _hours(told: Told) -> Iterator[SheetLine]:
    hours = _hours_words(told.profile.hours_now_min, told.profile.hours_now_max)
    if hours:
        yield SheetLine(ours.HOURS_A_WEEK.format(hours=hours), "Hours a week now")
    for days, times in _week(told.profile.availability):
        yield SheetLine(f"{days}: {times}", "Free")


def _hours_words(least: float | None, most: float | None) -> str | None:
    if least is None and most is None:
        return None
    if most is None:
        pattern = ours.HOURS_FROM
    elif least is None:
        pattern = ours.HOURS_UP_TO
    else:
        pattern = ours.HOURS_EXACTLY if least == most else ours.HOURS_FROM_TO
    return pattern.format(least=f"{least or 0:g}", most=f"{most or 0:g}")


def _week(slots: Sequence[Slot]) -> Iterator[tuple[str, str]]:
    """The days with the same times together: Monday, Tuesday and Friday, 09:00 to 13:00."""
    ordered = sorted(slots, key=lambda slot: (slot["day"], slot["start"]))
    days: dict[str, list[str]] = {}
    for day, held in groupby(ordered, key=lambda slot: slot["day"]):
        times = " and ".join(f"{slot['start']} to {slot['end']}" for slot in held)
        days.setdefault(times, []).append(DAYS[day])
    for times, (*others, last) in days.items():
        yield (f"{', '.join(others)} and {last}" if others else last), times


def _travel(told: Told) -> Iterator[SheetLine]:
    how = ours.TRAVEL_WORDS.get(told.profile.travel_mode)
    if how:
        yield SheetLine(how, "How they travel")
    if told.profile.travel_minutes:
        yield SheetLine(ours.JOURNEY.format(minutes=told.profile.travel_minutes), "Most minutes one way")


def _reach(told: Told) -> Iterator[SheetLine]:
    yield from _typed(told.seeker.phone, "Telephone")
    yield from _typed(told.seeker.email, "E-mail address")


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


_PARTS = {
    "What I am good at": {SharedFact.SKILLS: _skills},
    "What helps me": {SharedFact.ADJUSTMENTS: _adjustments, SharedFact.SUPPORT_AT_WORK: _support},
    "What I would like you to know": {SharedFact.OWN_DESCRIPTION: _own_words},
    "When I can work": {SharedFact.HOURS_AND_DAYS: _hours},
    "How I travel": {SharedFact.TRAVEL: _travel},
    "How to reach me": {SharedFact.CONTACT_DETAILS: _reach},
}
"""Part by part and fact by fact, in the order of the page. A disability is in none of them."""
