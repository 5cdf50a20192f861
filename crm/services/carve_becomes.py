"""What becomes of an agreed carved job: a vacancy with its criteria, and the analysis of the job."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_uses import AgreementUse
from crm.models.analyses import JobAnalysis
from crm.models.carves import CarveKind, JobCarve
from crm.models.employers import EmployerSite
from crm.models.matches import MatchDecision
from crm.models.placements import Placement
from crm.models.users import Actor
from crm.models.vacancies import (
    OPEN_STATUSES,
    Vacancy,
    VacancyCriterionInput,
    VacancyInput,
    VacancyKind,
    VacancyStatus,
)
from crm.policy import Action
from crm.services import analyses, carve_copies, criteria, records, skills, vacancies
from crm.services.access import ensure
from crm.services.analysis_rows import known_skills
from crm.services.carve_copies import Part

_IN_USE: tuple[tuple[type[MatchDecision] | type[AgreementUse] | type[Placement], str], ...] = (
    (MatchDecision, "somebody was decided on for it"),
    (AgreementUse, "somebody was put forward for it"),
    (Placement, "somebody started in it"),
)


def make(session: Session, carve: JobCarve, starts_on: date, *, by: Actor, today: date) -> dict[str, int]:
    """Make the vacancy and the job analysis of an agreed job, and tell their ids by field of the carve.

    Raises:
        NotAllowedError: the person may not record vacancies and job analyses.
        NotFoundError: the employer is archived.
        RuleBrokenError: its site is none of the employer's any more.
    """
    ensure(session, by, Action.VACANCIES_RECORD)
    ensure(session, by, Action.ANALYSES_RECORD)
    parts = carve_copies.parts_of(session, carve)
    vacancy = vacancies.add(session, carve.employer_id, _vacancy(session, carve, parts, starts_on), by=by)
    _add_criteria(session, vacancy, parts, by)
    analysis = carve_copies.copy_analysis(session, carve, vacancy, parts, by=by, today=today)
    return {"vacancy_id": vacancy.key, "analysis_id": analysis.key}


def _vacancy(session: Session, carve: JobCarve, parts: Sequence[Part], starts_on: date) -> VacancyInput:
    site_id = carve_copies.site_of(carve, parts)
    site = session.get(EmployerSite, site_id) if site_id is not None else None
    return VacancyInput(
        title=carve.title,
        site_id=site_id,
        kind=VacancyKind.CREATED if carve.kind is CarveKind.CREATED else VacancyKind.CARVED,
        status=VacancyStatus.OPEN,
        posts=1,
        hours_min=carve.hours_week,
        hours_max=carve.hours_week,
        guaranteed_hours=carve.hours_week,
        pattern=carve_copies.pattern_of(parts),
        pay_hourly=carve.pay_hourly,
        going_rate=carve.going_rate,
        place=site.label if site else None,
        postcode=site.postcode if site else None,
        starts_on=starts_on,
        description=_description(parts),
    )


def _description(parts: Sequence[Part]) -> str:
    rows = (f"{part.task.name}: {part.hours_week:.4g} h" for part in parts)
    return "\n".join(("What the job is made of, with the hours a week of each task:", *rows))


def _add_criteria(session: Session, vacancy: Vacancy, parts: Sequence[Part], by: Actor) -> None:
    """One for each skill that the tasks take, with what its words were settled to; nothing else is asked."""
    asked: dict[str, str] = {}
    for part in parts:
        typed = {meant: phrase for phrase, (meant, _) in known_skills(session, part.task).items()}
        labels = skills.labels(session, part.task.concept_ids)
        for concept_id in part.task.concept_ids:
            asked.setdefault(concept_id, typed.get(concept_id, labels[concept_id]))
    for concept_id, phrase in asked.items():
        criteria.add(session, vacancy.key, VacancyCriterionInput(text=phrase), settled=concept_id, by=by)


def withdraw(session: Session, carve: JobCarve, *, by: Actor) -> None:
    """Say of a vacancy that is still open that it was withdrawn; it and its analysis stay to be read.

    Raises:
        NotAllowedError: the person may not record vacancies.
    """
    ensure(session, by, Action.VACANCIES_RECORD)
    row = session.get_one(Vacancy, carve.vacancy_id, with_for_update=True)
    if row.archived_at is None and row.status in OPEN_STATUSES:
        edit = VacancyInput.model_validate({**row.model_dump(), "status": VacancyStatus.WITHDRAWN})
        vacancies.change(session, row.key, edit, version=row.version, by=by)


def unmake(session: Session, carve: JobCarve, *, why: str, by: Actor) -> None:
    """Put the vacancy and the analysis aside, as it was agreed by mistake.

    Raises:
        NotAllowedError: the person may not record vacancies and job analyses.
        RuleBrokenError: the vacancy is in use: somebody was decided on, put forward, or started.
    """
    ensure(session, by, Action.VACANCIES_RECORD)
    ensure(session, by, Action.ANALYSES_RECORD)
    vacancy = session.get_one(Vacancy, carve.vacancy_id, with_for_update=True)
    _ensure_unused(session, vacancy)
    reason = f"The carved job was agreed by mistake: {why}"[:300]
    if vacancy.archived_at is None:
        vacancies.archive(session, vacancy.key, why=reason, version=vacancy.version, by=by)
    analysis = records.fetch(session, JobAnalysis, carve.analysis_id or 0, called="job analysis")
    if analysis.archived_at is None:
        analyses.archive(session, analysis.key, why=reason, version=analysis.version, by=by)


def _ensure_unused(session: Session, vacancy: Vacancy) -> None:
    for table, words in _IN_USE:
        used = select(table.id).where(col(table.vacancy_id) == vacancy.key, col(table.archived_at).is_(None))
        if session.exec(used).first() is not None:
            raise RuleBrokenError(
                f"It stays agreed, as the vacancy is in use: {words}. Decline it if the job is not to be.",
                field="to_stage",
            )
