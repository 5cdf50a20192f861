"""Does the person meet what the job asks? Weighted coverage of its criteria (domain rules, section 4.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from matching.finding import Finding, Shortfall, listed
from matching.profiles import HIGHEST_LEVEL, AskedSkill, HeldSkill, JobProfile, SeekerProfile

MET = 10
"""Credits are whole tenths, so that sums of them are exact."""


class RowStatus(StrEnum):
    """How one asked skill stands."""

    MET = "met"
    WITH_ADJUSTMENT = "met_with_adjustment"
    LEARNABLE = "learnable"
    GAP = "gap"
    NOT_RECORDED = "not_recorded"


class SkillRow(NamedTuple):
    """One asked skill beside what the person brings.

    Attributes:
        asked: What the job asks.
        held: What is recorded of the person, None when it is not listed.
        has_related: Whether the person holds a closely related skill.
        weight: How much the row counts, in billionths.
        low: Credit in tenths at the lowest level that the record allows.
        high: Credit in tenths at the highest level that the record allows.
        status: How the row stands, for a person to read.
    """

    asked: AskedSkill
    held: HeldSkill | None
    has_related: bool
    weight: int
    low: int
    high: int
    status: RowStatus

    @property
    def is_gap_without_measure(self) -> bool:
        """Whether it is a recorded gap that nobody can adjust, move or build on a related skill."""
        return self.high == 0 and not self.asked.could_move


@dataclass(frozen=True, slots=True)
class SkillsFinding(Finding):
    """What the skills comparison found.

    Attributes:
        rows: Every asked skill, in order of concept id.
        is_met: Whether criteria are recorded and every essential one is met, with an adjustment or without.
        needs_design: Whether gaps without a measure hold half or more of the essential weight.
        uses_strengths: Weight of the skills that the job asks, of all that are listed; None without any.
    """

    rows: tuple[SkillRow, ...] = ()
    is_met: bool = False
    needs_design: bool = False
    uses_strengths: float | None = None


@dataclass(frozen=True, slots=True)
class SkillsFit:
    """How well a person covers what a job asks; what else they can do never lowers it.

    Attributes:
        essential: Weight of an essential criterion, times how telling its concept is.
        preferred: Weight of a preferred criterion, in the same way.
        below_level: Credit in tenths for a skill below the level asked: systematic instruction closes it.
        below_with_related: The same with a closely related skill.
        gap_adjustable: Credit in tenths for a gap in something that the employer can adjust.
        gap_with_related: Credit in tenths for a gap beside a closely related skill.
    """

    essential: int = 3
    preferred: int = 1
    below_level: int = 6
    below_with_related: int = 7
    gap_adjustable: int = 6
    gap_with_related: int = 4

    def credit(self, level: int, asked: int, *, is_adjustable: bool, has_related: bool) -> int:
        """Return the credit in tenths for a level against the level asked, which is 1 or more."""
        if level >= asked or (is_adjustable and level):
            return MET
        if level:
            return self.below_with_related if has_related else self.below_level
        related = self.gap_with_related if has_related else 0
        return max(related, self.gap_adjustable) if is_adjustable else related

    def weight(self, asked: AskedSkill) -> int:
        """Return how much a criterion counts, in billionths."""
        return (self.essential if asked.is_essential else self.preferred) * asked.units

    def row(self, seeker: SeekerProfile, asked: AskedSkill) -> SkillRow:
        """Compare one asked skill with what the person brings; a skill that is not listed may be anything."""
        held = seeker.skills.get(asked.concept)
        lowest, highest = (held.lowest, held.highest) if held else (0, HIGHEST_LEVEL)
        has_related = not asked.related.isdisjoint(seeker.strengths)
        low = high = self.credit(
            lowest, asked.level, is_adjustable=asked.is_adjustable, has_related=has_related
        )
        if highest != lowest:
            high = self.credit(
                highest, asked.level, is_adjustable=asked.is_adjustable, has_related=has_related
            )
        status = _status(low, high, lowest >= asked.level)
        return SkillRow(asked, held, has_related, self.weight(asked), low, high, status)

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> SkillsFinding:
        """Compare everything that the job asks."""
        uses = _uses_strengths(seeker, job)
        if not job.asked:
            reason = "What the job asks for is not recorded."
            ask = Shortfall(reason[:-1], "Ask the employer what the job really needs", 0.5)
            return SkillsFinding(0.0, 1.0, (reason,), (ask,), uses_strengths=uses)
        rows = tuple(self.row(seeker, asked) for asked in job.asked)
        whole = MET * sum(row.weight for row in rows)
        shown = [row for row in rows if row.held and row.held.is_shown]
        essential = [row for row in rows if row.asked.is_essential]
        hopeless = sum(row.weight for row in essential if row.is_gap_without_measure)
        return SkillsFinding(
            low=sum(row.weight * row.low for row in rows) / whole,
            high=sum(row.weight * row.high for row in rows) / whole,
            reasons=_reasons(rows),
            shortfalls=tuple(_shortfall(row, whole) for row in rows if row.low < MET),
            certain=sum(row.weight * (MET - row.high + row.low) for row in shown) / whole,
            rows=rows,
            is_met=all(row.low == MET for row in essential),
            needs_design=bool(essential) and 2 * hopeless >= sum(row.weight for row in essential),
            uses_strengths=uses,
        )


def _status(low: int, high: int, is_reached: bool) -> RowStatus:
    if low == MET:
        return RowStatus.MET if is_reached else RowStatus.WITH_ADJUSTMENT
    if low != high:
        return RowStatus.NOT_RECORDED
    return RowStatus.LEARNABLE if low else RowStatus.GAP


def _uses_strengths(seeker: SeekerProfile, job: JobProfile) -> float | None:
    if not seeker.skills:
        return None
    held = (seeker.skills.get(asked.concept) for asked in job.asked)
    return sum(skill.units for skill in held if skill and skill.lowest) / seeker.listed_units


_SENTENCES = {
    RowStatus.MET: "Can do {}.",
    RowStatus.WITH_ADJUSTMENT: "Can do {} with an adjustment agreed with the employer.",
    RowStatus.LEARNABLE: "Could learn {} on the job with step-by-step instruction.",
    RowStatus.GAP: "Not yet able to do {}.",
    RowStatus.NOT_RECORDED: "Not recorded yet: {}.",
}


def _reasons(rows: tuple[SkillRow, ...]) -> tuple[str, ...]:
    names: dict[RowStatus, list[str]] = {}
    for row in rows:
        names.setdefault(row.status, []).append(row.asked.name)
    said = [words.format(listed(names[status])) for status, words in _SENTENCES.items() if status in names]
    said += [
        f"{row.asked.name}: done with support ({row.held.with_support})."
        for row in rows
        if row.held and row.held.with_support
    ]
    return tuple(said)


def _shortfall(row: SkillRow, whole: int) -> Shortfall:
    share = row.weight * (2 * MET - row.low - row.high) / (2 * whole)
    return Shortfall(_what(row), _measure(row), share)


def _what(row: SkillRow) -> str:
    if row.status is RowStatus.NOT_RECORDED:
        return f"Not recorded: {row.asked.name}"
    if row.held and row.held.lowest:
        return f"{row.asked.name}: level {row.held.lowest} of {row.asked.level} asked"
    return f"{row.asked.name}: not yet"


def _measure(row: SkillRow) -> str:
    if row.status is RowStatus.NOT_RECORDED:
        return "Find out with the person what they can do here"
    if row.asked.could_move:
        return "Ask whether a colleague could take this on"
    if row.held and row.held.lowest:
        return "Teach it on the job, step by step"
    if row.asked.is_adjustable:
        return "Agree the adjustment with the employer, then teach it step by step"
    if row.has_related:
        return "Build on a related skill with step-by-step instruction"
    return _special_measure(row.asked.name)


_SPECIAL = (
    (("driv", "licen"), "Ask whether the driving is needed or could be shared, or plan lessons"),
    (("dbs", "disclosure and barring"), "Apply for the DBS check with the employer before the start date"),
    (
        ("qualif", "certificate", "nvq", "gcse", "diploma", "degree"),
        "Ask whether experience counts instead, or plan the course",
    ),
)


def _special_measure(name: str) -> str:
    folded = name.casefold()
    for marks, measure in _SPECIAL:
        if any(mark in folded for mark in marks):
            return measure
    return "Ask which part of it the job really needs, and whether it could be left out or taught"
