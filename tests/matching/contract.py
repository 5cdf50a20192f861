"""The exact definitions of the contract, written down a second time: slowly, plainly, straight from records.

Nothing here is shared with the engine but the records themselves, so that a slip in either shows.
"""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from matching.records import Criterion, Job, Seeker, SeekerSkill, Slot
from matching.weights import Weights
from tests.matching.makers import FAMILIES, WEIGHTS

Range = tuple[float, float]
UNKNOWN: Range = (0.0, 1.0)
BESIDE = {label: {*labels} - {label} for labels in FAMILIES.values() for label in labels}


@dataclass(frozen=True)
class Expected:
    """What the contract says of a pair."""

    components: dict[str, Range]
    certain: dict[str, float]
    group: str
    uses_strengths: float | None
    hours_status: str
    hours_missing: float | None

    def total(self, weights: dict[str, float], end: int) -> float:
        """One end of the band."""
        points = sum(weights[name] * ends[end] for name, ends in self.components.items())
        return 100 * points / sum(weights.values())

    def certainty(self, weights: dict[str, float]) -> float:
        """The known weight that rests on more than the person's own word."""
        return sum(weights[name] * self.certain[name] for name in weights) / sum(weights.values())


def weights_for(person: Seeker, weights: Weights) -> dict[str, float]:
    """Natural supports do not count for somebody who has no needs."""
    supports = 0.0 if person.support_needs == () else weights.natural_supports
    return {
        "skills": weights.skills,
        "hours": weights.hours,
        "natural_supports": supports,
        "preference": weights.preference,
    }


def expected(person: Seeker, post: Job) -> Expected:
    """Compare a pair by the words of the contract."""
    skills, hours, supports = Skills(person, post), hours_of(person, post), Supports(person, post)
    is_blocked = hours["status"] == "no_overlap" and post.hours.negotiable is False
    is_met = bool(skills.asked) and skills.every_essential_is_met and hours["range"][0] == 1.0
    if is_blocked or skills.needs_design:
        group = "design_a_job"
    else:
        group = "workable_now" if is_met and supports.all_covered else "with_measures"
    wishes = preference(person, post)
    return Expected(
        {
            "skills": skills.ends(),
            "hours": hours["range"],
            "natural_supports": supports.ends(),
            "preference": wishes,
        },
        {
            "skills": skills.certain(),
            "hours": known(hours["range"]),
            "natural_supports": supports.certain(),
            "preference": known(wishes),
        },
        group,
        skills.uses_strengths(),
        hours["status"],
        hours["missing"],
    )


def known(ends: Range) -> float:
    """The share that is known of a component."""
    return 1 - (ends[1] - ends[0])


class Skills:
    """Credits of the asked rows."""

    def __init__(self, person: Seeker, post: Job) -> None:
        names = [row.name for row in person.skills]
        self.held = {name: [row for row in person.skills if row.name == name] for name in names}
        self.can = {name for name, rows in self.held.items() if max(map(least, rows)) > 0}
        texts = [row.text for row in post.criteria]
        self.asked = {text: [row for row in post.criteria if row.text == text] for text in texts}

    def ends(self) -> Range:
        """The weighted mean of credits, each at its least and at its most."""
        if not self.asked:
            return UNKNOWN
        whole = sum(map(self.weight, self.asked))
        low, high = (sum(self.weight(text) * self.credit(text, end) for text in self.asked) for end in (0, 1))
        return low / whole, high / whole

    def weight(self, text: str) -> float:
        """Essential 3, preferred 1, times how telling the concept is; not said is essential."""
        essential = any(row.essential is not False for row in self.asked[text])
        return (3 if essential else 1) * WEIGHTS.get(text, 1.0)

    def credit(self, text: str, end: int) -> float:
        """The credit of one asked row."""
        rows, has_related = self.asked[text], bool(BESIDE.get(text, set()) & self.can)
        level = [0, 4][end]
        if text in self.held:
            level = max((least, most)[end](row) for row in self.held[text])
        if level >= asked_level(rows):
            return 1.0
        if all(row.adjustable for row in rows):
            return 1.0 if level else 0.6
        if level:
            return 0.7 if has_related else 0.6
        return 0.4 if has_related else 0.0

    @property
    def every_essential_is_met(self) -> bool:
        """Every essential row is met for certain."""
        return all(self.credit(text, 0) == 1.0 for text in self.asked if self._is_essential(text))

    @property
    def needs_design(self) -> bool:
        """Recorded gaps without a measure hold half or more of the essential weight."""
        essential = [text for text in self.asked if self._is_essential(text)]
        lost = [text for text in essential if self._is_lost(text)]
        return bool(essential) and sum(map(self.weight, lost)) >= sum(map(self.weight, essential)) / 2 - 1e-9

    def _is_essential(self, text: str) -> bool:
        return any(row.essential is not False for row in self.asked[text])

    def _is_lost(self, text: str) -> bool:
        return self.credit(text, 1) == 0 and not all(row.could_move for row in self.asked[text])

    def certain(self) -> float:
        """The weight that is known and rests on more than the person's own word."""
        if not self.asked:
            return 0.0
        shown = [text for text in self.asked if self._is_shown(text)]
        sure = sum(self.weight(text) * known((self.credit(text, 0), self.credit(text, 1))) for text in shown)
        return sure / sum(map(self.weight, self.asked))

    def _is_shown(self, text: str) -> bool:
        return any(row.evidence not in (None, "self") for row in self.held.get(text, []))

    def uses_strengths(self) -> float | None:
        """Weight of the skills that the job uses, of all that are listed."""
        if not self.held:
            return None
        used = sum(WEIGHTS.get(name, 1.0) for name in self.can if name in self.asked)
        return used / sum(WEIGHTS.get(name, 1.0) for name in self.held)


def least(row: SeekerSkill) -> int:
    """Listed without a level is level 1 or better."""
    return 1 if row.level is None else row.level


def most(row: SeekerSkill) -> int:
    """The same at its best."""
    return 4 if row.level is None else row.level


def asked_level(rows: list[Criterion]) -> int:
    """No level asked is level 1."""
    return max(row.level or 1 for row in rows)


def half_hours(slots: tuple[Slot, ...]) -> set[int]:
    """The half hours of the week that the slots fill."""
    spans = (range(each.day * 1440 + each.start, each.day * 1440 + each.end, 30) for each in slots)
    return {minute // 30 % 336 for minute in chain.from_iterable(spans)}


def hours_of(person: Seeker, post: Job) -> dict[str, Any]:
    """Range, status and hours missing."""
    wish, offer = person.hours, post.hours
    aims = wish.intent in (None, "aims_for_16")
    target = max(16.0, wish.goal or 0) if aims else wish.now_min
    sure = offer.min if offer.guaranteed is None else offer.guaranteed
    free, pattern = half_hours(person.availability), half_hours(post.pattern)
    has_days = bool(free and pattern) and sure is not None
    reach = (
        len(free & pattern) / 2 + max(0.0, sure - len(pattern) / 2) if has_days and sure is not None else 168
    )
    if wish.now_min is not None and offer.max is not None and wish.now_min > offer.max:
        return blocked(wish.now_min - offer.max)
    if wish.now_max is not None and offer.min is not None and wish.now_max < offer.min:
        return blocked(max(0.0, (wish.now_min or 0) - (168 if offer.max is None else offer.max)))
    if has_days and reach == 0:
        return blocked(target if wish.now_min is None else wish.now_min)
    if wish.now_max is None or sure is None or target is None:
        return {"range": UNKNOWN, "status": "unknown", "missing": None}
    usable = min(wish.now_max, sure, reach)
    score = 1.0 if usable >= target else usable / target
    missing = max(0.0, target - usable)
    return {
        "range": (score if has_days else 0.0, score),
        "status": status(usable, missing, wish.intent),
        "missing": missing,
    }


def blocked(missing: float | None) -> dict[str, Any]:
    """Hours that do not overlap."""
    return {"range": (0.0, 0.0), "status": "no_overlap", "missing": missing}


def status(usable: float, missing: float, intent: str | None) -> str:
    """How the hours stand against 16."""
    if usable >= 16:
        return "meets_16"
    if missing == 0 and intent == "prefers_fewer":
        return "below_16_by_choice"
    return "build_up_to_16" if missing == 0 and intent == "building_up" else "below_16_gap"


STATES: dict[str, Range] = {
    "exists": (1.0, 1.0),
    "could_be_facilitated": (0.6, 0.6),
    "not_available": (0.0, 0.0),
    "unknown": UNKNOWN,
}


class Supports:
    """The mean over the needs; a support that stands once a kind."""

    def __init__(self, person: Seeker, post: Job) -> None:
        self.needs, self.at_work = person.support_needs, {row.kind: row for row in post.supports}

    def _rows(self) -> list[Range]:
        states = {kind: STATES[row.state] for kind, row in self.at_work.items()}
        needs = self.needs or ()
        return [(1.0, 1.0) if need.personal_cover else states.get(need.kind, UNKNOWN) for need in needs]

    def ends(self) -> Range:
        """Not asked is unknown; none is left out, whatever stands here."""
        if not self.needs:
            return UNKNOWN if self.needs is None else (0.0, 0.0)
        low, high = (sum(row[end] for row in self._rows()) / len(self.needs) for end in (0, 1))
        return low, high

    @property
    def all_covered(self) -> bool:
        """Every need is covered, none unknown."""
        return self.needs is not None and all(low == 1.0 for low, _ in self._rows())

    def certain(self) -> float:
        """What is known, of what is confirmed or comes from the own circle."""
        sure = [
            known(row)
            for row, need in zip(self._rows(), self.needs or (), strict=True)
            if need.personal_cover or (need.kind in self.at_work and self.at_work[need.kind].confirmed)
        ]
        return sum(sure) / len(self.needs) if self.needs else 0.0


def preference(person: Seeker, post: Job) -> Range:
    """Interests count half, musts and no-goes a quarter each; silence tells once a job is described."""
    words = {*(post.description or "").split(), *(task.name for task in post.tasks)}
    is_told = bool(post.description and post.tasks)
    low = high = 0.0
    for share, (least_share, most_share) in (
        (0.5, any_of(person.interests, words, is_told)),
        (0.25, all_of(person.must, words, is_told)),
        (0.25, none_of(person.avoid, words, is_told)),
    ):
        low, high = low + share * least_share, high + share * most_share
    return low, high


def any_of(wishes: tuple[str, ...], words: set[str], is_told: bool) -> Range:
    """Interests are met by any one of them."""
    if words & {*wishes}:
        return 1.0, 1.0
    return (0.0, 0.0) if wishes and is_told else UNKNOWN


def all_of(wishes: tuple[str, ...], words: set[str], is_told: bool) -> Range:
    """Of musts it is the share that is mentioned."""
    if not wishes:
        return UNKNOWN
    found = len(words & {*wishes}) / len(wishes)
    return found, found if is_told else 1.0


def none_of(wishes: tuple[str, ...], words: set[str], is_told: bool) -> Range:
    """One thing to avoid is enough."""
    if words & {*wishes}:
        return 0.0, 0.0
    return (1.0, 1.0) if wishes and is_told else UNKNOWN
