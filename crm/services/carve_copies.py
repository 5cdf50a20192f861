"""The analysis of an agreed job, copied from the job analyses that its tasks come from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.models.analyses import (
    AnalysisMethod,
    Backlog,
    JobAnalysis,
    JobAnalysisInput,
    JobTask,
    JobTaskInput,
    TaskClass,
    TaskNeed,
    WorkplaceSupport,
    WorkplaceSupportInput,
)
from crm.models.carves import CarveTask, JobCarve
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.models.week import Slot
from crm.services import analyses, analysis_rows, records

_OF_THE_PLACE = ("conditions", "breaks", "unwritten_rules", "flexibility", "culture")
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """One task of a carved job: its row, the analysis it comes from, and the hours a week that move."""

    task: JobTask
    source: JobAnalysis
    hours_week: float


def parts_of(session: Session, carve: JobCarve) -> list[Part]:
    """What a carved job is made of, in the order in which it was put together."""
    query = (
        select(JobTask, JobAnalysis, col(CarveTask.hours_week))
        .join(CarveTask, col(CarveTask.task_id) == col(JobTask.id))
        .join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
        .where(CarveTask.carve_id == carve.key, col(CarveTask.archived_at).is_(None))
    )
    return [Part(*row) for row in session.exec(query.order_by(col(CarveTask.id)))]


def site_of(carve: JobCarve, parts: Sequence[Part]) -> int | None:
    """Where the job is: as recorded, else where all its tasks are done."""
    if carve.site_id is not None:
        return carve.site_id
    sites = {part.source.site_id for part in parts}
    return sites.pop() if len(sites) == 1 else None


def pattern_of(parts: Sequence[Part]) -> list[Slot]:
    """When the work is: the times of its tasks, or of the posts that they come from.

    It is not recorded as soon as nothing is known of one task.
    """
    times = [part.task.slots or part.source.pattern for part in parts]
    return _joined(slot for slots in times for slot in slots) if all(times) else []


def _joined(slots: Iterable[Slot]) -> list[Slot]:
    """Times without what they have twice."""
    found: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot["day"], slot["start"], slot["end"])):
        last = found[-1] if found and found[-1]["day"] == slot["day"] else None
        if last is not None and slot["start"] <= last["end"]:
            last["end"] = max(last["end"], slot["end"])
        else:
            found.append({"day": slot["day"], "start": slot["start"], "end": slot["end"]})
    return found


def copy_analysis(
    session: Session, carve: JobCarve, vacancy: Vacancy, parts: Sequence[Part], *, by: Actor, today: date
) -> JobAnalysis:
    """Record the analysis of the new job: its tasks, and the supports of the places they come from.

    It is as old as the oldest that it is copied from.

    Raises:
        NotAllowedError: the person may not record job analyses.
    """
    new = _analysis(carve, vacancy, parts)
    analysis = analyses.add(session, carve.employer_id, new, by=by, today=today)
    _copy_tasks(session, analysis, parts, by)
    for kept in _supports(session, parts):
        support = WorkplaceSupportInput.model_validate(kept.model_dump())
        analysis_rows.add_support(session, analysis.key, support, by=by, today=today)
    return analysis


def _analysis(carve: JobCarve, vacancy: Vacancy, parts: Sequence[Part]) -> JobAnalysisInput:
    sources = _sources(parts)
    methods = {source.method for source in sources}
    own: dict[str, Any] = {
        "title": carve.title,
        "site_id": vacancy.site_id,
        "vacancy_id": vacancy.key,
        "analysed_on": min(source.analysed_on for source in sources),
        "method": methods.pop() if len(methods) == 1 else AnalysisMethod.DOCUMENTS,
        "hours_week": carve.hours_week,
        "pay_hourly": carve.pay_hourly,
        "going_rate": carve.going_rate,
        "demands": _demands(parts),
        "pattern": vacancy.pattern,
        "supervision": carve.supervisor,
        "coworker_contact": carve.coworker_contact,
    }
    return JobAnalysisInput.model_validate(own | {name: _said(sources, name) for name in _OF_THE_PLACE})


def _sources(parts: Sequence[Part]) -> list[JobAnalysis]:
    return list({part.source.key: part.source for part in parts}.values())


def _demands(parts: Sequence[Part]) -> dict[str, int]:
    """The most that any of its tasks asks on each scale; a task that says nothing asks what its post does."""
    most: dict[str, int] = {}
    for part in parts:
        for scale, level in (part.source.demands | part.task.demands).items():
            most[scale] = max(level, most.get(scale, level))
    return most


def _said(sources: Sequence[JobAnalysis], name: str) -> str | None:
    """What the sources say of the place, each sentence once."""
    said = dict.fromkeys(text for source in sources if (text := getattr(source, name)))
    return "\n".join(said)[:_LONGEST] or None


def _supports(session: Session, parts: Sequence[Part]) -> Iterator[WorkplaceSupport]:
    """The supports of the sources with their state, one that is the same in two of them once."""
    query = select(WorkplaceSupport).where(
        col(WorkplaceSupport.analysis_id).in_([source.key for source in _sources(parts)]),
        col(WorkplaceSupport.archived_at).is_(None),
    )
    rows = session.exec(query.order_by(col(WorkplaceSupport.id))).all()
    yield from {(row.kind, row.state, row.who): row for row in reversed(rows)}.values()


def _copy_tasks(session: Session, analysis: JobAnalysis, parts: Sequence[Part], by: Actor) -> None:
    """Copy the tasks: what their words mean stays, and copies that belong together are tied together."""
    copies = {
        part.task.key: analysis_rows.add_task(session, analysis.key, _task(part), by=by) for part in parts
    }
    for part in parts:
        copy = copies[part.task.key]
        needed = [copies[key].key for key in part.task.needs_task_ids if key in copies]
        kept = {"needs_task_ids": needed, "concept_ids": part.task.concept_ids}
        if any(getattr(copy, name) != value for name, value in kept.items()):
            records.change(session, copy, kept, version=copy.version)


def _task(part: Part) -> JobTaskInput:
    """The task as it is in the new job: essential, and nobody's yet. Its times are those that move."""
    own, whole = part.task, part.task.hours_week
    times = own.times_a_week
    if times is not None and whole and part.hours_week != whole:
        times *= part.hours_week / whole
    of_the_job: dict[str, Any] = {
        "task_class": TaskClass.CORE,
        "need": TaskNeed.ESSENTIAL,
        "times_a_week": times,
        "done_by": None,
        "current_hourly_cost": None,
        "hourly_cost_most": None,
        "backlog": Backlog.UNKNOWN,
        "needs_task_ids": [],
    }
    return JobTaskInput.model_validate(own.model_dump() | of_the_job)
