"""Seekers and jobs made ready for comparing: phrases as concepts, times as half hours, wishes as words.

A profile is made once for a record; the readable comparison and the fast one both start from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from matching.concepts import Concepts
from matching.postcodes import Point, point_of
from matching.records import Criterion, Job, Seeker, SeekerSkill, WorkplaceSupport
from matching.travel import Mode, mode_of
from matching.week import cells
from matching.wording import Phrase, phrases, telling_words

HIGHEST_LEVEL = 4


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """All that is recorded about a person's skill in one concept.

    Attributes:
        concept: Its id.
        name: The person's own words, of the row with the best level.
        lowest: The level at least, 0 being a recorded gap; 1 when listed without a level.
        highest: The level at most: `lowest` when recorded, else 4.
        is_shown: Whether any row rests on more than the person's own word.
        evidence: The strongest kind of evidence, None when none is recorded.
        with_support: What support it is done with, None when none is recorded.
        units: How telling the concept is, in billionths.
        related: The closely related concepts; the relation goes both ways.
    """

    concept: str
    name: str
    lowest: int
    highest: int
    is_shown: bool
    evidence: str | None
    with_support: str | None
    units: int
    related: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """What a job asks in one concept: rows of one concept are joined, the highest level counts.

    Joined rows are essential if any is, and adjustable or movable only if all are. A row that is not marked
    counts as essential; no level, or level 0, asks for level 1.
    """

    concept: str
    name: str
    level: int
    is_essential: bool
    is_adjustable: bool
    could_move: bool
    units: int
    related: frozenset[str]


@dataclass(frozen=True, slots=True)
class SeekerProfile:
    """A seeker made ready.

    Attributes:
        seeker: The record.
        skills: What is listed, by concept.
        strengths: The concepts listed with a level of 1 or more, or without a level.
        listed_units: How telling all that is listed is, in billionths.
        cells: The half hours of the week that the person is free, None when not recorded.
        needs: Support needs by kind, and whether the own circle covers them; None when not asked.
        interests: What interests them.
        must: What a job must have.
        avoid: What they wish to avoid.
        home: Where they live, None when not known.
        mode: How they travel, None when not known.
    """

    seeker: Seeker
    skills: dict[str, HeldSkill]
    strengths: frozenset[str]
    listed_units: int
    cells: int | None
    needs: dict[str, bool] | None
    interests: tuple[Phrase, ...]
    must: tuple[Phrase, ...]
    avoid: tuple[Phrase, ...]
    home: Point | None
    mode: Mode | None

    @classmethod
    def of(cls, seeker: Seeker, concepts: Concepts) -> "SeekerProfile":
        """Make a seeker ready."""
        skills = _held(seeker.skills, concepts)
        return cls(
            seeker=seeker,
            skills=skills,
            strengths=frozenset(concept for concept, held in skills.items() if held.lowest),
            listed_units=sum(held.units for held in skills.values()),
            cells=cells(seeker.availability) if seeker.availability else None,
            needs=_needs(seeker),
            interests=phrases(seeker.interests),
            must=phrases(seeker.must),
            avoid=phrases(seeker.avoid),
            home=point_of(seeker.home),
            mode=mode_of(seeker.travel),
        )


@dataclass(frozen=True, slots=True)
class JobProfile:
    """A job made ready.

    Attributes:
        job: The record.
        asked: What it asks, in order of concept id; empty when not recorded.
        task_concepts: The concepts of each task's skills, in the order of tasks and skills.
        cells: The half hours of its weekly pattern, None when not recorded.
        supports: The best recorded state of each kind of support.
        words: The stems of its title, description, tasks and their skills.
        place: Where it is, None when not known.
        is_described: Whether description and tasks are both recorded: only then does silence tell anything.
        notes: What a comparison worked out about the job and keeps for the next person.
    """

    job: Job
    asked: tuple[AskedSkill, ...]
    task_concepts: tuple[tuple[str, ...], ...]
    cells: int | None
    supports: dict[str, WorkplaceSupport]
    words: frozenset[str]
    place: Point | None
    is_described: bool
    notes: dict[object, Any] = field(default_factory=dict[object, Any], repr=False, compare=False)

    @classmethod
    def of(cls, job: Job, concepts: Concepts) -> "JobProfile":
        """Make a job ready."""
        return cls(
            job=job,
            asked=_asked(job.criteria, concepts),
            task_concepts=tuple(tuple(concepts[skill] for skill in task.skills) for task in job.tasks),
            cells=cells(job.pattern) if job.pattern else None,
            supports=_best_supports(job.supports),
            words=telling_words(" ".join(_texts(job))),
            place=point_of(job.place),
            is_described=bool(job.description and job.tasks),
        )


def phrases_of_seekers(seekers: Iterable[Seeker]) -> set[str]:
    """Return every skill phrase of the seekers."""
    return {skill.name for seeker in seekers for skill in seeker.skills}


def phrases_of_jobs(jobs: Iterable[Job]) -> set[str]:
    """Return every skill phrase of the jobs' criteria and tasks."""
    asked = {criterion.text for job in jobs for criterion in job.criteria}
    return asked.union(skill for job in jobs for task in job.tasks for skill in task.skills)


EVIDENCE_BY_STRENGTH = ("observed", "did_paid", "did_unpaid", "certificate", "others_say", "self")
"""The order in which evidence is named; certainty only asks whether it is more than the person's own word."""


def _held(rows: Sequence[SeekerSkill], concepts: Concepts) -> dict[str, HeldSkill]:
    by_concept: dict[str, list[SeekerSkill]] = {}
    for row in rows:
        by_concept.setdefault(concepts[row.name], []).append(row)
    return {concept: _join_held(concept, same, concepts) for concept, same in sorted(by_concept.items())}


def _join_held(concept: str, rows: list[SeekerSkill], concepts: Concepts) -> HeldSkill:
    # Nearly every concept is listed once.
    best = rows[0] if len(rows) == 1 else max(rows, key=lambda row: (_lowest(row), row.name))
    evidence = min(
        [row.evidence for row in rows if row.evidence in EVIDENCE_BY_STRENGTH],
        key=EVIDENCE_BY_STRENGTH.index,
        default=None,
    )
    return HeldSkill(
        concept=concept,
        name=best.name,
        lowest=_lowest(best),
        highest=max([HIGHEST_LEVEL if row.level is None else row.level for row in rows]),
        is_shown=evidence not in (None, "self"),
        evidence=evidence,
        with_support=min([row.with_support for row in rows if row.with_support], default=None),
        units=concepts.units(concept),
        related=concepts.related(concept),
    )


def _lowest(row: SeekerSkill) -> int:
    return 1 if row.level is None else row.level


def _asked(rows: Sequence[Criterion], concepts: Concepts) -> tuple[AskedSkill, ...]:
    by_concept: dict[str, list[Criterion]] = {}
    for row in rows:
        by_concept.setdefault(concepts[row.text], []).append(row)
    return tuple(
        AskedSkill(
            concept=concept,
            name=min(same, key=lambda row: (-(row.level or 1), row.text)).text,
            level=max(row.level or 1 for row in same),
            is_essential=any(row.essential is not False for row in same),
            is_adjustable=all(row.adjustable for row in same),
            could_move=all(row.could_move for row in same),
            units=concepts.units(concept),
            related=concepts.related(concept),
        )
        for concept, same in sorted(by_concept.items())
    )


def _needs(seeker: Seeker) -> dict[str, bool] | None:
    if seeker.support_needs is None:
        return None
    covered: dict[str, bool] = {}
    for need in seeker.support_needs:
        covered[need.kind] = covered.get(need.kind, False) or need.personal_cover
    return dict(sorted(covered.items()))


_BEST_FIRST = ("exists", "could_be_facilitated", "unknown", "not_available")


def _best_supports(supports: Sequence[WorkplaceSupport]) -> dict[str, WorkplaceSupport]:
    def worth(support: WorkplaceSupport) -> tuple[int, bool, str]:
        return _BEST_FIRST.index(support.state), not support.confirmed, support.who or ""

    # The best comes last and so stays.
    return {support.kind: support for support in sorted(supports, key=worth, reverse=True)}


def _texts(job: Job) -> list[str]:
    tasks = [text for task in job.tasks for text in (task.name, *task.skills)]
    return [job.title, job.description or "", *tasks]
