"""What a person reads of their own record: one idea a sentence, at most fifteen words, said to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.models.analyses import SupportKind
from crm.models.base import Known
from crm.models.disputes import DisputedPart
from crm.models.profiles import PastJob, Qualification
from crm.models.scales import SCALES, Side, step_words
from crm.models.seekers import HoursIntent, NeedsAsked, SupportNeed, TravelMode, VocationalProfile
from crm.models.week import DAYS, Slot
from crm.papers.pictures import Picture
from crm.services.plain_words import day, hours_range, say
from crm.services.profile_skills import SkillMeaning
from crm.services.with_person import WithPerson

Target = tuple[DisputedPart, str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One row about the person: what it is called, what it says, and what “That’s not right” is about."""

    name: str
    lines: tuple[str, ...]
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows that belong together, with their picture and heading."""

    picture: Picture
    heading: str
    rows: tuple[Row, ...]


TOLD = "You said this is not right. We do not use it until you have talked."
LEVELS = {
    None: "We did not write down how well you do it.",
    0: "You have not done this yet.",
    1: "You can do a little of this.",
    2: "You can do some of this.",
    3: "You do this well.",
    4: "You do this very well.",
}
INTENTS = {
    HoursIntent.AIMS_FOR_16: "You want 16 hours a week or more.",
    HoursIntent.PREFERS_FEWER: "You want fewer than 16 hours a week.",
    HoursIntent.BUILDING_UP: "You want to start with few hours and add more.",
    HoursIntent.UNKNOWN: "",
}
MODES = {
    TravelMode.WALK: "You walk.",
    TravelMode.BUS: "You take the bus.",
    TravelMode.CYCLE: "You ride a bike.",
    TravelMode.CAR: "You drive a car.",
    TravelMode.LIFT: "Somebody gives you a lift.",
    TravelMode.TRAIN: "You take the train.",
    TravelMode.UNKNOWN: "",
}
HELP: dict[str, str] = {
    SupportKind.INDUCTION: "Time to learn",
    SupportKind.NAMED_BUDDY: "A person to ask",
    SupportKind.COWORKER_ON_SHIFT: "Someone beside you",
    SupportKind.SUPERVISOR_CHECKIN: "Talks with your boss",
    SupportKind.WRITTEN_OR_VISUAL_CUE: "Lists or pictures",
    SupportKind.ROUTINE: "The same each day",
    SupportKind.TECHNOLOGY: "A gadget that helps",
    SupportKind.SOCIAL_BREAKS: "Breaks with others",
    SupportKind.TRANSPORT_SHARE: "A lift to work",
    SupportKind.FAMILY_OR_COMMUNITY: "Family or friends",
}
COVERED = {
    Known.YES: "Your own people help you with this.",
    Known.NO: "Your own people do not help with this.",
    Known.UNKNOWN: "We do not know if your own people help.",
}
_OWN_WORDS = {
    "aspirations": (Picture.NEXT, "What you want to do"),
    "dream": (Picture.STRENGTH, "Your dream job"),
    "strengths": (Picture.STRENGTH, "What you are good at"),
    "conditions_for_success": (Picture.TICK, "What has to be right for you"),
    "communication": (Picture.SPEECH, "How you like to talk"),
    "own_description": (Picture.PERSON, "How you describe yourself"),
    "words_not_to_use": (Picture.CROSS, "Words not to use about you"),
    "preferred_jobs": (Picture.WORK, "Jobs you would like"),
    "no_go_jobs": (Picture.CROSS, "Jobs you would not do"),
    "adjustments": (Picture.HELP, "Changes that help you at work"),
    "who_helps": (Picture.HELP, "Who helps you already"),
    "build_up_plan": (Picture.CLOCK, "How your hours grow"),
    "travel_training": (Picture.BUS, "Journeys you learn"),
    "disclosure_wishes": (Picture.LOCK, "What we may tell an employer"),
}
_LISTED = {
    "interests": (Picture.STRENGTH, "What you like", DisputedPart.INTERESTS),
    "must": (Picture.TICK, "What a job must have", DisputedPart.MUST),
    "avoid": (Picture.CROSS, "What a job should not have", DisputedPart.AVOID),
}
NO_NEEDS = "You told us that you need no help at work."
NOTHING_YET = "We have not written anything about you yet."


def about_you(found: WithPerson) -> list[Shelf]:
    """The person's own record, part by part; what nobody has recorded is among what is not known."""
    profile = found.profile
    shelves: list[Shelf] = []
    if found.skills:
        shelves.append(Shelf(Picture.WORK, "What you can do", tuple(map(_skill, found.skills))))
    if found.past_jobs:
        shelves.append(Shelf(Picture.WORK, "Work you have done", tuple(map(_past_job, found.past_jobs))))
    if found.qualifications:
        shown = tuple(map(_qualification, found.qualifications))
        shelves.append(Shelf(Picture.PAGE, "What you have to show", shown))
    if profile is not None:
        shelves += _profile(profile)
    if found.needs:
        shelves.append(Shelf(Picture.HELP, "Help you need at work", tuple(map(_need, found.needs))))
    elif profile is not None and profile.needs_asked is NeedsAsked.NONE:
        none = Row("No help", (NO_NEEDS,), (DisputedPart.SUPPORT_NEED, None))
        shelves.append(Shelf(Picture.HELP, "Help you need at work", (none,)))
    return shelves or [Shelf(Picture.PAGE, "About you", (Row("About you", (NOTHING_YET,)),))]


def _profile(profile: VocationalProfile) -> Iterator[Shelf]:
    hours = _hours(profile)
    if hours:
        yield _single(Picture.CLOCK, "Your hours", hours, DisputedPart.HOURS)
    if profile.availability:
        yield _single(
            Picture.CALENDAR, "When you can work", week_lines(profile.availability), DisputedPart.WEEK
        )
    travel = _travel(profile)
    if travel:
        yield _single(Picture.BUS, "How you get to work", travel, DisputedPart.TRAVEL)
    for name, (picture, heading, part) in _LISTED.items():
        if getattr(profile, name):
            yield _single(picture, heading, (getattr(profile, name),), part)
    for name, (picture, heading) in _OWN_WORDS.items():
        if getattr(profile, name):
            yield _single(picture, heading, (getattr(profile, name),), DisputedPart.OTHER, name)
    scales = tuple(_scale(key, profile.abilities[key]) for key in SCALES if key in profile.abilities)
    if scales:
        yield Shelf(Picture.PERSON, "What works for you", scales)


def _single(
    picture: Picture, heading: str, lines: tuple[str, ...], part: DisputedPart, key: str | None = None
) -> Shelf:
    return Shelf(picture, heading, (Row(heading, lines, (part, key)),))


def _skill(one: SkillMeaning) -> Row:
    skill = one.skill
    support = (f"You do it with: {skill.with_support}.",) if skill.with_support else ()
    return Row(skill.name, (LEVELS[skill.level], *support), (DisputedPart.SKILL, skill.concept_id))


def _past_job(job: PastJob) -> Row:
    told = (("Place", job.workplace), ("You did", job.duties), ("You liked", job.liked))
    more = (("You did not like", job.disliked), ("It ended", job.why_left))
    lines = (f"{word}: {said}" for word, said in (*told, *more) if said)
    return Row(job.title, (f"{say(job.kind)}.", *lines), (DisputedPart.OTHER, f"past_job {job.key}"))


def _qualification(one: Qualification) -> Row:
    until = f"It runs out on {day(one.expires_on)}." if one.expires_on else "It does not run out."
    given = (f"From: {one.awarded_by}",) if one.awarded_by else ()
    return Row(one.name, (*given, until), (DisputedPart.OTHER, f"qualification {one.key}"))


def _need(need: SupportNeed) -> Row:
    return Row(HELP[need.kind], (COVERED[need.personal_cover],), (DisputedPart.SUPPORT_NEED, need.kind.value))


def _scale(key: str, level: int) -> Row:
    return Row(SCALES[key], (step_words(Side.PERSON, key)[level],), (DisputedPart.SCALE, key))


def _hours(profile: VocationalProfile) -> tuple[str, ...]:
    lines: list[str] = []
    if profile.hours_now_min is not None or profile.hours_now_max is not None:
        lines.append(f"Now: {hours_range(profile.hours_now_min, profile.hours_now_max)} hours a week.")
    if profile.hours_goal is not None:
        lines.append(f"Later you want {profile.hours_goal:.4g} hours a week.")
    if INTENTS[profile.hours_intent]:
        lines.append(INTENTS[profile.hours_intent])
    return tuple(lines)


def _travel(profile: VocationalProfile) -> tuple[str, ...]:
    most = profile.travel_minutes
    longest = f"You travel {most} minutes at most, one way." if most else ""
    return tuple(line for line in (MODES[profile.travel_mode], longest) if line)


def week_lines(slots: list[Slot]) -> tuple[str, ...]:
    """The times of a week, a line a day."""
    by_day: dict[int, list[str]] = {}
    for slot in slots:
        by_day.setdefault(slot["day"], []).append(f"{slot['start']} to {slot['end']}")
    return tuple(f"{DAYS[index]}: {', '.join(times)}" for index, times in sorted(by_day.items()))


def lines_of(shelf: Shelf, found: WithPerson) -> list[str]:
    """The lines of a part; below what the person says is not right, that it is not used, and their words."""
    lines: list[str] = []
    for row in shelf.rows:
        is_alone = len(shelf.rows) == 1 and row.name == shelf.heading
        lines += row.lines if is_alone else named_lines(row)
        said = found.said.get(row.target) if row.target else None
        if said is not None:
            lines += [TOLD, f"You said: {said.words}"]
    return lines


def named_lines(row: Row) -> list[str]:
    """The lines of a row, the first with its name before it."""
    first, *others = row.lines
    return [f"{row.name}: {first}", *others]
