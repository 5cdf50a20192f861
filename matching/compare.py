"""One person beside one job: the readable path, which the fast one must equal."""

from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from matching.concepts import Concepts
from matching.demands import demand_gaps
from matching.evidence import task_rows
from matching.finding import Finding, Shortfall
from matching.hours import HoursFinding, HoursFit, HoursStatus
from matching.match import Component, Gap, Match
from matching.preference import PreferenceFit
from matching.profiles import JobProfile, SeekerProfile, phrases_of_jobs, phrases_of_seekers
from matching.records import Job, Seeker
from matching.skills import SkillsFinding, SkillsFit
from matching.supports import SupportsFinding, SupportsFit
from matching.totals import NAMES, Group, rounded, whole
from matching.travel import travel_minutes
from matching.vocabulary import Vocabulary
from matching.weights import Weights

DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The four comparisons and how they are weighed."""

    weights: Weights = DEFAULT_WEIGHTS
    skills: SkillsFit = field(default_factory=SkillsFit)
    hours: HoursFit = field(default_factory=HoursFit)
    supports: SupportsFit = field(default_factory=SupportsFit)
    preference: PreferenceFit = field(default_factory=PreferenceFit)

    def compare(self, seeker: SeekerProfile, job: JobProfile, *, with_rows: bool = True) -> Match:
        """Compare a person with a job and say why; without `with_rows` only what a file holds."""
        skills = self.skills.compare(seeker, job)
        hours = self.hours.compare(seeker, job)
        supports = self.supports.compare(seeker, job)
        preference = self.preference.compare(seeker, job)
        findings: tuple[Finding, ...] = (skills, hours, supports, preference)
        weights = self._weights(supports)
        ends = self.weights, weights[2]
        low = rounded(whole(*ends, skills.low, hours.low, supports.low, preference.low))
        high = rounded(whole(*ends, skills.high, hours.high, supports.high, preference.high))
        coverage = rounded(1.0 - (high - low) / 100.0)
        total = sum(weights)
        rows = skills.rows() if with_rows else ()
        certain = sum([weight * finding.certain for weight, finding in zip(weights, findings, strict=True)])
        return Match(
            job_id=job.job.id,
            seeker_id=seeker.seeker.id,
            low=low,
            high=high,
            score=rounded((low + high) / 2.0) if coverage else None,
            coverage=coverage,
            certainty=rounded(certain / total),
            group=_group(skills, hours, supports, job),
            uses_strengths=None if skills.uses_strengths is None else rounded(skills.uses_strengths),
            components=_components(findings, weights),
            hours_status=hours.status,
            hours_missing=None if hours.missing is None else rounded(hours.missing),
            gaps=_gaps(findings, weights, total, demand_gaps(seeker, job)),
            travel_minutes=travel_minutes(seeker.home, seeker.mode, job.place),
            skill_rows=rows,
            support_rows=supports.rows,
            task_rows=task_rows(seeker, job, rows) if with_rows else (),
        )

    def _weights(self, supports: Finding) -> tuple[float, float, float, float]:
        weights = self.weights
        counted = weights.natural_supports if supports.is_counted else 0.0
        return weights.skills, weights.hours, counted, weights.preference


def compare(
    seeker: Seeker, job: Job, *, weights: Weights = DEFAULT_WEIGHTS, vocabulary: Vocabulary | Concepts
) -> Match:
    """Compare one person with one job; for many pairs use `matching.index`, which gives the same figures."""
    concepts = Concepts.of(vocabulary)
    concepts.learn(phrases_of_seekers([seeker]) | phrases_of_jobs([job]))
    return Comparison(weights).compare(SeekerProfile.of(seeker, concepts), JobProfile.of(job, concepts))


def _group(skills: SkillsFinding, hours: HoursFinding, supports: SupportsFinding, job: JobProfile) -> Group:
    is_blocked = hours.status is HoursStatus.NO_OVERLAP and job.job.hours.negotiable is False
    if is_blocked or skills.needs_design:
        return Group.DESIGN_A_JOB
    if job.asked and skills.is_met and hours.low == 1.0 and supports.is_covered:
        return Group.WORKABLE_NOW
    return Group.WITH_MEASURES


def _components(findings: tuple[Finding, ...], weights: tuple[float, ...]) -> tuple[Component, ...]:
    each = zip(NAMES, findings, weights, strict=True)
    return tuple(
        [Component(name, found.low, found.high, weight, found.reasons) for name, found, weight in each]
    )


def _gaps(
    findings: tuple[Finding, ...], weights: tuple[float, ...], total: float, demands: list[Gap]
) -> tuple[Gap, ...]:
    gaps = [
        _gap(shortfall, weight, total)
        for finding, weight in zip(findings, weights, strict=True)
        for shortfall in finding.shortfalls
    ]
    gaps.sort(key=_points, reverse=True)
    return (*gaps, *demands)


@lru_cache(maxsize=20_000)
def _gap(shortfall: Shortfall, weight: float, total: float) -> Gap:
    """Return the same gap for the same shortfall: the people of one list have most of them in common."""
    return Gap(shortfall.what, shortfall.measure, rounded(100.0 * weight * shortfall.share / total))


_points = attrgetter("points")
