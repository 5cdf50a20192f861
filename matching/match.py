"""The explained result for one person and one job, as shown and as written."""

from dataclasses import dataclass
from typing import NamedTuple

from matching.evidence import TaskRow
from matching.hours import HoursStatus
from matching.skill_cases import SkillRow
from matching.supports import SupportRow
from matching.totals import Group, rounded


class Component(NamedTuple):
    """One part of the total.

    Attributes:
        name: skills, hours, natural_supports or preference.
        low: Its score with the worst answers to what is unknown, 0 to 1.
        high: Its score with the best answers.
        weight: Its weight in the total; 0 for natural supports of a person without needs.
        reasons: Sentences for a person to read.
    """

    name: str
    low: float
    high: float
    weight: float
    reasons: tuple[str, ...]

    @property
    def coverage(self) -> float:
        """The share that is known, 0 to 1."""
        return self.figures()[0]

    @property
    def score(self) -> float | None:
        """The mean of what is known, None when nothing is or the component is left out."""
        return self.figures()[1]

    def figures(self) -> tuple[float, float | None]:
        """Return coverage and score in one go."""
        if not self.weight:
            return 1.0, None
        known = 1.0 - (self.high - self.low)
        coverage = rounded(known)
        return coverage, rounded(self.low / known) if coverage else None

    def record(self) -> dict[str, object]:
        """Return the component as it is written."""
        return {
            "name": self.name,
            "score": self.score,
            "weight": self.weight,
            "coverage": self.coverage,
            "reasons": self.reasons,
        }


class Gap(NamedTuple):
    """What is short or not known, what would close it, and how many points of the total that would give."""

    what: str
    measure: str
    points: float


@dataclass(frozen=True, slots=True)
class Match:
    """Everything that comparing one person with one job found; it opens a conversation and decides nothing.

    Attributes:
        job_id: The job.
        seeker_id: The person.
        low: The total with everything unknown answered in the worst way, 0 to 100.
        high: The same with the best answers.
        score: The middle, None when nothing is known.
        coverage: The known share of the total, 0 to 1.
        certainty: The known share that rests on more than the person's own word or hearsay, 0 to 1.
        group: Workable now, with measures, or design a job.
        uses_strengths: How much of what the person brings the job asks for, 0 to 1; None without skills.
        components: The four parts of the total.
        hours_status: How the hours stand against 16.
        hours_missing: Hours a week short of the person's target, None when not known.
        gaps: What is short or not known, those with most points first.
        travel_minutes: Estimated minutes one way, None when not known.
        skill_rows: Each asked skill beside what the person brings.
        support_rows: Each support need beside what covers it.
        task_rows: Each task of the job, and how the person stands to its skills.
    """

    job_id: str
    seeker_id: str
    low: float
    high: float
    score: float | None
    coverage: float
    certainty: float
    group: Group
    uses_strengths: float | None
    components: tuple[Component, ...]
    hours_status: HoursStatus
    hours_missing: float | None
    gaps: tuple[Gap, ...]
    travel_minutes: int | None
    skill_rows: tuple[SkillRow, ...] = ()
    support_rows: tuple[SupportRow, ...] = ()
    task_rows: tuple[TaskRow, ...] = ()

    def record(self, rank: int) -> dict[str, object]:
        """Return the match as it is written, `rank` being its place in its list from 1."""
        return {
            "job_id": self.job_id,
            "seeker_id": self.seeker_id,
            "rank": rank,
            "band": (self.low, self.high),
            "score": self.score,
            "coverage": self.coverage,
            "group": self.group,
            "uses_strengths": self.uses_strengths,
            "components": [component.record() for component in self.components],
            "hours_missing": self.hours_missing,
            "hours_status": self.hours_status,
            "gaps": [gap._asdict() for gap in self.gaps],
            "travel_minutes": self.travel_minutes,
        }
