"""Does the person meet what the job asks? Weighted coverage of its criteria (domain rules, section 4.1)."""

from dataclasses import dataclass, field
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
    _outcomes: dict[tuple[int, bool, bool, int, int], tuple[int, int, RowStatus]] = field(
        default_factory=dict[tuple[int, bool, bool, int, int], tuple[int, int, RowStatus]],
        init=False,
        repr=False,
        compare=False,
    )

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
        has_related = not asked.related.isdisjoint(seeker.strengths)
        lowest, highest = (held.lowest, held.highest) if held else (0, HIGHEST_LEVEL)
        case = (asked.level, asked.is_adjustable, has_related, lowest, highest)
        outcome = self._outcomes.get(case) or self._outcome(*case)
        return SkillRow(asked, held, has_related, self.weight(asked), *outcome)

    def _outcome(
        self, asked: int, is_adjustable: bool, has_related: bool, lowest: int, highest: int
    ) -> tuple[int, int, RowStatus]:
        """Return least and most credit and how the row stands; each of the few cases is worked out once."""
        low, high = (
            self.credit(level, asked, is_adjustable=is_adjustable, has_related=has_related)
            for level in (lowest, highest)
        )
        outcome = low, high, _status(low, high, lowest >= asked)
        self._outcomes[asked, is_adjustable, has_related, lowest, highest] = outcome
        return outcome

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> SkillsFinding:
        """Compare everything that the job asks."""
        uses = _uses_strengths(seeker, job)
        if not job.asked:
            reason = "What the job asks for is not recorded."
            ask = Shortfall(reason[:-1], "Ask the employer what the job really needs", 0.5)
            return SkillsFinding(0.0, 1.0, (reason,), (ask,), uses_strengths=uses)
        rows = tuple([self.row(seeker, asked) for asked in job.asked])
        sums = _sums(rows)
        whole = MET * sums.weight
        return SkillsFinding(
            low=sums.low / whole,
            high=sums.high / whole,
            reasons=_reasons(rows),
            shortfalls=tuple([_shortfall(row, whole) for row in rows if row.low < MET]),
            certain=sums.certain / whole,
            rows=rows,
            is_met=sums.essential_met,
            needs_design=sums.essential > 0 and 2 * sums.hopeless >= sums.essential,
            uses_strengths=uses,
        )


class _Sums(NamedTuple):
    """What the rows add up to; weights in billionths, credits in tenths of them."""

    weight: int
    low: int
    high: int
    certain: int
    essential: int
    hopeless: int
    essential_met: bool


def _sums(rows: tuple[SkillRow, ...]) -> _Sums:
    whole = low = high = certain = essential = hopeless = 0
    met = True
    for asked, held, _, weight, row_low, row_high, _ in rows:
        whole += weight
        low += weight * row_low
        high += weight * row_high
        if held and held.is_shown:
            certain += weight * (MET - row_high + row_low)
        if asked.is_essential:
            essential += weight
            met = met and row_low == MET
            if row_high == 0 and not asked.could_move:
                hopeless += weight
    return _Sums(whole, low, high, certain, essential, hopeless, met)


def _status(low: int, high: int, is_reached: bool) -> RowStatus:
    if low == MET:
        return RowStatus.MET if is_reached else RowStatus.WITH_ADJUSTMENT
    if low != high:
        return RowStatus.NOT_RECORDED
    return RowStatus.LEARNABLE if low else RowStatus.GAP


def _uses_strengths(seeker: SeekerProfile, job: JobProfile) -> float | None:
    if not seeker.skills:
        return None
    used = [asked.concept for asked in job.asked if asked.concept in seeker.strengths]
    return sum([seeker.skills[concept].units for concept in used]) / seeker.listed_units


_SENTENCES = {
    RowStatus.MET: "Can do {}.",
    RowStatus.WITH_ADJUSTMENT: "Can do {} with an adjustment agreed with the employer.",
    RowStatus.LEARNABLE: "Could learn {} on the job with step-by-step instruction.",
    RowStatus.GAP: "Not yet able to do {}.",
    RowStatus.NOT_RECORDED: "Not recorded yet: {}.",
}


def _reasons(rows: tuple[SkillRow, ...]) -> tuple[str, ...]:
    names: dict[RowStatus, list[str]] = {}
    supported: list[str] = []
    for row in rows:
        asked, held, status = row.asked, row.held, row.status
        names.setdefault(status, []).append(asked.name)
        if held and held.with_support:
            supported.append(f"{asked.name}: done with support ({held.with_support}).")
    said = [words.format(listed(names[status])) for status, words in _SENTENCES.items() if status in names]
    return (*said, *supported)


def _shortfall(row: SkillRow, whole: int) -> Shortfall:
    asked, held, _, weight, low, high, status = row
    share = weight * (2 * MET - low - high) / (2 * whole)
    if status is RowStatus.NOT_RECORDED:
        return Shortfall(
            f"Not recorded: {asked.name}", "Find out with the person what they can do here", share
        )
    if held and held.lowest:
        what = f"{asked.name}: level {held.lowest} of {asked.level} asked"
    else:
        what = f"{asked.name}: not yet"
    return Shortfall(what, _measure(row), share)


def _measure(row: SkillRow) -> str:
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
