"""Does the person meet what the job asks? Weighted coverage of its criteria (domain rules, section 4.1)."""

from dataclasses import dataclass

from matching.finding import Finding, Shortfall, listed
from matching.profiles import HIGHEST_LEVEL, AskedSkill, HeldSkill, JobProfile, SeekerProfile
from matching.skill_cases import MET, RowStatus, SkillCase, SkillRow, skill_case, status_of


@dataclass(frozen=True, slots=True)
class SkillsFinding(Finding):
    """What the skills comparison found.

    Attributes:
        stands: How the person stands to every asked skill, in order of concept id, and what they hold of it.
        is_met: Whether criteria are recorded and every essential one is met, with an adjustment or without.
        needs_design: Whether gaps without a measure hold half or more of the essential weight.
        uses_strengths: Weight of the skills that the job asks, of all that are listed; None without any.
    """

    stands: tuple[tuple[SkillCase, HeldSkill | None], ...] = ()
    is_met: bool = False
    needs_design: bool = False
    uses_strengths: float | None = None

    def rows(self) -> tuple[SkillRow, ...]:
        """Return every asked skill beside what the person brings, made only for those who show it."""
        return tuple([case.row._replace(held=held) for case, held in self.stands])


@dataclass(frozen=True, slots=True, eq=False)
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

    def compare(self, seeker: SeekerProfile, job: JobProfile) -> SkillsFinding:
        """Compare everything that the job asks; a skill that is not listed may be anything."""
        if not job.asked:
            reason = "What the job asks for is not recorded."
            ask = Shortfall(reason[:-1], "Ask the employer what the job really needs", 0.5)
            uses = 0.0 if seeker.skills else None
            return SkillsFinding(0.0, 1.0, (reason,), (ask,), uses_strengths=uses)
        criteria = job.notes.get(self) or job.notes.setdefault(self, _Criteria(self, job))
        return criteria.compare(seeker)


_Held = tuple[bool, int, int]
"""Whether a closely related skill is held, and the skill's lowest and highest level."""


class _Criteria:
    """What a job asks, and every way in which somebody stood to it so far."""

    def __init__(self, fit: SkillsFit, job: JobProfile) -> None:
        self._fit = fit
        self._whole = MET * sum(map(fit.weight, job.asked))
        self._essential = sum(fit.weight(asked) for asked in job.asked if asked.is_essential)
        self._cases: list[tuple[AskedSkill, dict[_Held, SkillCase]]] = [(asked, {}) for asked in job.asked]

    def compare(self, seeker: SeekerProfile) -> SkillsFinding:
        low = high = certain = hopeless = units = 0
        is_met = True
        stands: list[tuple[SkillCase, HeldSkill | None]] = []
        shortfalls: list[Shortfall] = []
        for asked, cases in self._cases:
            held = seeker.skills.get(asked.concept)
            has_related = not asked.related.isdisjoint(seeker.strengths)
            key = (has_related, held.lowest, held.highest) if held else (has_related, 0, HIGHEST_LEVEL)
            case = cases.get(key) or cases.setdefault(key, self._case(asked, key))
            row, case_low, case_high, is_unmet, case_hopeless, shortfall = case
            low += case_low
            high += case_high
            hopeless += case_hopeless
            is_met = is_met and not is_unmet
            if shortfall:
                shortfalls.append(shortfall)
            if held:
                units += held.units if held.lowest else 0
                certain += MET * row.weight - case_high + case_low if held.is_shown else 0
            stands.append((case, held))
        return SkillsFinding(
            low=low / self._whole,
            high=high / self._whole,
            reasons=_reasons(stands),
            shortfalls=tuple(shortfalls),
            certain=certain / self._whole,
            stands=tuple(stands),
            is_met=is_met,
            needs_design=self._essential > 0 and 2 * hopeless >= self._essential,
            uses_strengths=units / seeker.listed_units if seeker.skills else None,
        )

    def _case(self, asked: AskedSkill, key: _Held) -> SkillCase:
        has_related, lowest, highest = key
        low, high = (
            self._fit.credit(level, asked.level, is_adjustable=asked.is_adjustable, has_related=has_related)
            for level in (lowest, highest)
        )
        status = status_of(low, high, lowest >= asked.level)
        row = SkillRow(asked, None, has_related, self._fit.weight(asked), low, high, status)
        return skill_case(row, lowest, self._whole)


_SENTENCES = {
    RowStatus.MET: "Can do {}.",
    RowStatus.WITH_ADJUSTMENT: "Can do {} with an adjustment agreed with the employer.",
    RowStatus.LEARNABLE: "Could learn {} on the job with step-by-step instruction.",
    RowStatus.GAP: "Not yet able to do {}.",
    RowStatus.NOT_RECORDED: "Not recorded yet: {}.",
}


def _reasons(stands: list[tuple[SkillCase, HeldSkill | None]]) -> tuple[str, ...]:
    names: dict[RowStatus, list[str]] = {}
    supported: list[str] = []
    for case, held in stands:
        row = case.row
        name = row.asked.name
        names.setdefault(row.status, []).append(name)
        if held and held.with_support:
            supported.append(f"{name}: done with support ({held.with_support}).")
    said = [words.format(listed(names[status])) for status, words in _SENTENCES.items() if status in names]
    return (*said, *supported)
