"""One change that would help a pair: an edit of the person's or the job's record, and what it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from matching.records import Slot


class ChangeKind(StrEnum):
    """What is changed, or found out."""

    FIND_SKILL = "find_skill"
    TEACH = "teach"
    OBTAIN = "obtain"
    ADJUST = "adjust"
    MOVE = "move"
    FIND_MOST_HOURS = "find_most_hours"
    FIND_LEAST_HOURS = "find_least_hours"
    FIND_AIM = "find_aim"
    BUILD_UP = "build_up"
    FIND_HOURS = "find_hours"
    OFFER_HOURS = "offer_hours"
    FIND_FREE_TIMES = "find_free_times"
    FIND_TIMES = "find_times"
    SHIFT_ALL = "shift_all"
    SHIFT_ONE = "shift_one"
    FIND_NEEDS = "find_needs"
    FIND_SUPPORT = "find_support"
    PROVIDE = "provide"
    ARRANGE = "arrange"
    STAND_IN = "stand_in"
    TRAVEL_TRAINING = "travel_training"
    SHARE_LIFT = "share_lift"


class Effort(IntEnum):
    """How much a change takes, the least first. The order is our own proposal; see docs/adr/0018."""

    FIND_OUT = 1
    OWN_SUPPORT = 2
    EMPLOYER_ADJUSTS = 3
    EMPLOYER_CHANGES = 4
    EMPLOYER_NOT_ASKED = 5
    COURSE = 6


_WITH_EMPLOYER = frozenset((
    ChangeKind.ADJUST, ChangeKind.MOVE, ChangeKind.FIND_HOURS, ChangeKind.OFFER_HOURS, ChangeKind.FIND_TIMES,
    ChangeKind.SHIFT_ALL, ChangeKind.SHIFT_ONE, ChangeKind.FIND_SUPPORT, ChangeKind.ARRANGE,
    ChangeKind.SHARE_LIFT,
))  # fmt: skip
_SHIFTS = (ChangeKind.SHIFT_ALL, ChangeKind.SHIFT_ONE)


@dataclass(frozen=True, slots=True)
class Change:
    """One elementary change, or one answer.

    Attributes:
        kind: What is done.
        about: What it helps to close: "skill:" and the concept, "wish", "amount", "days", "needs" or
            "support:" and the kind; "travel" closes nothing.
        effort: How much it takes.
        name: The skill in words, or the kind of support.
        size: Half hours by which shifts move in all; a day is 48 of them.
        level: The level that is reached, or that the answer has to give.
        hours: Hours a week, in the same way.
        slots: Times of the week: those of the person, of the job, or the ones that shifts move to.
        was: The shift that is moved.
        at: Its place in the job's pattern.
        follows: The change of the same kind of thing that has to come first.
    """

    kind: ChangeKind
    about: str
    effort: Effort
    name: str = ""
    size: int = 0
    level: int = 0
    hours: float = 0.0
    slots: tuple[Slot, ...] = ()
    was: Slot | None = None
    at: int | None = None
    follows: ChangeKind | None = None

    @property
    def is_with_employer(self) -> bool:
        """Is it the employer who is asked? Otherwise the coach acts, with the person."""
        return self.kind in _WITH_EMPLOYER


Way = tuple[Change, ...]
"""Changes that together close what stands in the way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far shifts are moved when ways are looked for.

    Attributes:
        steps: Half hours that a shift moves within its day at most.
        shifts: Shifts that move one by one, at most; more than that would be another job.
    """

    steps: int = 12
    shifts: int = 2


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that keeps a pair from being workable now.

    Attributes:
        about: What it is, as in the changes.
        changes: Every elementary change that bears on it.
        ways: The ways to close it without a change too many, the best first; empty when there is none.
        why: What stands in the way for good, in words; empty when there is a way.
    """

    about: str
    changes: tuple[Change, ...]
    ways: tuple[Way, ...]
    why: str = ""


def cost(changes: Iterable[Change]) -> tuple[int, int, int]:
    """Return what a set is ordered by: how many changes, their effort, and by how much shifts move."""
    found = list(changes)
    return len(found), sum(one.effort for one in found), sum(one.size for one in found)


def goes_together(changes: Sequence[Change], limits: Limits) -> bool:
    """Return whether a set makes sense: what has to come first is in it, and no shift is moved twice."""
    done = {(one.about, one.kind) for one in changes}
    if any(one.follows is not None and (one.about, one.follows) not in done for one in changes):
        return False
    shifts = [one for one in changes if one.kind in _SHIFTS]
    if any(one.kind is ChangeKind.SHIFT_ALL for one in shifts):
        return len(shifts) == 1
    return len({one.at for one in shifts}) == len(shifts) <= limits.shifts
