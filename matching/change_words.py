"""Changes in words: as a task that says what to do, and as a coach would put it."""

from collections.abc import Callable, Sequence

from matching.change import Change, ChangeKind, Effort
from matching.finding import in_hours, listed
from matching.records import Slot
from matching.skill_cases import special_measure
from matching.supports import KIND_WORDS

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST_NAME = 90
_MOST_TIMES = 4


def change_words(change: Change) -> str:
    """Return what to do, as the title of a task: short, and naming nobody."""
    return _WORDS[change.kind](change)


def way_words(way: Sequence[Change]) -> str:
    """Return several changes as one text."""
    return ", and then: ".join(change_words(one) for one in way)


def change_saying(change: Change) -> str:
    """Return how a coach would put it: to the employer, or to the person and themselves."""
    return _SAYINGS[change.kind].format(
        name=_name(change), kind=_kind(change), hours=in_hours(change.hours), times=_times(change.slots)
    )


def _name(change: Change) -> str:
    name = change.name
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _kind(change: Change) -> str:
    return KIND_WORDS.get(change.name, "")


def _level(change: Change) -> str:
    return f" at level {change.level} or better" if change.level > 1 else ""


def _times(slots: Sequence[Slot]) -> str:
    named = [_slot(slot) for slot in slots[:_MOST_TIMES]]
    rest = len(slots) - len(named)
    return listed([*named, f"{rest} more"] if rest else named)


def _slot(slot: Slot) -> str:
    return f"{_DAYS[slot.day]} {_clock(slot.start)}–{_clock(slot.end)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02}"


def _move(change: Change) -> str:
    known = "" if change.effort is Effort.EMPLOYER_CHANGES else " (not asked yet whether it can move)"
    return f"Ask the employer whether a colleague could take on: {_name(change)}{known}"


def _offer(change: Change) -> str:
    known = "" if change.effort is Effort.EMPLOYER_CHANGES else " (not offered so far)"
    return f"Ask the employer for {in_hours(change.hours)} a week, guaranteed{known}"


def _shift_all(change: Change) -> str:
    first = change.was.start if change.was else 0
    return f"Ask the employer whether all shifts could be {_by(change.slots[0].start - first)}"


def _shift_one(change: Change) -> str:
    was, to = change.was or change.slots[0], change.slots[0]
    moved = f"to {_DAYS[to.day]}" if to.day != was.day else _by(to.start - was.start)
    return f"Ask the employer whether the shift on {_slot(was)} could be moved {moved}"


def _by(minutes: int) -> str:
    length = f"{abs(minutes)} minutes" if abs(minutes) < 60 else in_hours(abs(minutes) / 60)
    return f"{length} {'later' if minutes > 0 else 'earlier'}"


_PROVIDED = {
    "written_or_visual_cue": "Make written or visual cues for the work, with the supervisor",
    "technology": "Find technology that helps, and ask Access to Work to pay for it",
    "family_or_community": "Ask whether family or community can help, reliably",
}


def _stand_in(change: Change) -> str:
    if change.name == "transport_share":
        return "Plan travel training, and ask Access to Work about travel to work"
    return f"Stand in for {_kind(change)}: coach time first, then a support worker through Access to Work"


_WORDS: dict[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.FIND_SKILL: lambda one: f"Find out whether they can do{_level(one)}: {_name(one)}",
    ChangeKind.TEACH: lambda one: f"Teach on the job, step by step{_to_level(one)}: {_name(one)}",
    ChangeKind.OBTAIN: lambda one: f"{special_measure(one.name)}: {_name(one)}",
    ChangeKind.ADJUST: lambda one: f"Agree an adjustment, with Access to Work where it costs: {_name(one)}",
    ChangeKind.MOVE: _move,
    ChangeKind.FIND_MOST_HOURS: lambda one: (
        f"Ask how many hours they want at most: {in_hours(one.hours)} or more"
    ),
    ChangeKind.FIND_LEAST_HOURS: lambda one: (
        f"Ask how many hours they want at least: {in_hours(one.hours)} or fewer"
    ),
    ChangeKind.FIND_AIM: lambda one: f"Ask what they aim for: to build up from {in_hours(one.hours)} a week",
    ChangeKind.BUILD_UP: lambda one: f"Agree a plan for building up, from {in_hours(one.hours)} a week now",
    ChangeKind.FIND_HOURS: lambda one: (
        f"Ask the employer for the guaranteed hours: {in_hours(one.hours)} or more"
    ),
    ChangeKind.OFFER_HOURS: _offer,
    ChangeKind.FIND_FREE_TIMES: lambda one: f"Ask whether they are free: {_times(one.slots)}",
    ChangeKind.FIND_TIMES: lambda one: f"Ask the employer for days and times: within {_times(one.slots)}",
    ChangeKind.SHIFT_ALL: _shift_all,
    ChangeKind.SHIFT_ONE: _shift_one,
    ChangeKind.FIND_NEEDS: lambda _one: "Ask what support helps them at work: none, or only what is in place",
    ChangeKind.FIND_SUPPORT: lambda one: f"Ask the employer whether there is {_kind(one)}",
    ChangeKind.PROVIDE: lambda one: _PROVIDED[one.name],
    ChangeKind.ARRANGE: lambda one: f"Agree with the employer who gives it, and from when: {_kind(one)}",
    ChangeKind.STAND_IN: _stand_in,
    ChangeKind.TRAVEL_TRAINING: lambda _one: "Plan travel training for this journey",
    ChangeKind.SHARE_LIFT: lambda _one: "Ask the employer who could share the journey to work",
}


def _to_level(change: Change) -> str:
    return f", to level {change.level}" if change.level > 1 else ""


_SAYINGS = {
    ChangeKind.FIND_SKILL: "“Have you done this before: {name}? Shall we try it together?”",
    ChangeKind.TEACH: "“We come along and teach it step by step, until it is done without us: {name}.”",
    ChangeKind.OBTAIN: "“What would it take, and by when could it be there: {name}?”",
    ChangeKind.ADJUST: "“Could this be done in another way, or with tools from Access to Work: {name}?”",
    ChangeKind.MOVE: "“Could a colleague take this on, in exchange for something else: {name}?”",
    ChangeKind.FIND_MOST_HOURS: "“How many hours a week would be too many for you?”",
    ChangeKind.FIND_LEAST_HOURS: "“How many hours a week would be too few for you?”",
    ChangeKind.FIND_AIM: "“Do you want more hours later on, or do these suit you?”",
    ChangeKind.BUILD_UP: "“Let us start with {hours} a week and write down how it grows, and by when.”",
    ChangeKind.FIND_HOURS: "“How many hours a week can you promise?”",
    ChangeKind.OFFER_HOURS: "“Could you promise {hours} a week?”",
    ChangeKind.FIND_FREE_TIMES: "“Which days and times suit you?”",
    ChangeKind.FIND_TIMES: "“Which days and times is the work?”",
    ChangeKind.SHIFT_ALL: "“Would the work get done as well if all shifts moved a little?”",
    ChangeKind.SHIFT_ONE: "“Would it work for you if it were {times}?”",
    ChangeKind.FIND_NEEDS: "“What helps you to do good work?”",
    ChangeKind.FIND_SUPPORT: "“New people do best with {kind}. Is there that here?”",
    ChangeKind.PROVIDE: "“We bring {kind}, and leave it with you.”",
    ChangeKind.ARRANGE: "“New people do best with {kind}. Who could see to it, and from when?”",
    ChangeKind.STAND_IN: "“We see to it at the start, and hand it over as soon as it goes without us.”",
    ChangeKind.TRAVEL_TRAINING: "“Let us go the way together until you know it.”",
    ChangeKind.SHARE_LIFT: "“Does anybody come from the same side of town?”",
}
