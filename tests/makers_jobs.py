"""Vacancies, job analyses and adverts with readable defaults."""

import json
from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from crm.models.analyses import JobAnalysis, JobAnalysisInput, JobTask, JobTaskInput
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy, VacancyInput
from crm.services import analyses, analysis_rows, vacancies

TODAY = date(2026, 11, 23)


def make_vacancy(
    session: Session,
    employer: Employer,
    title: str = "Kitchen assistant",
    *,
    by: Actor = SYSTEM,
    **values: object,
) -> Vacancy:
    """An open vacancy of an employer."""
    return vacancies.add(session, employer.key, VacancyInput.model_validate({"title": title} | values), by=by)


def make_analysis(
    session: Session,
    employer: Employer,
    title: str = "Kitchen assistant",
    *,
    by: Actor = SYSTEM,
    **values: object,
) -> JobAnalysis:
    """A job seen three weeks ago."""
    typed: dict[str, object] = {"analysed_on": date(2026, 11, 2)} | values
    new = JobAnalysisInput.model_validate({"title": title} | typed)
    return analyses.add(session, employer.key, new, by=by, today=TODAY)


def make_task(
    session: Session, analysis: JobAnalysis, name: str = "Fold boxes", *, by: Actor = SYSTEM, **values: object
) -> JobTask:
    """A task that takes five hours a week unless told otherwise."""
    typed: dict[str, object] = {"times_a_week": 5, "minutes_each": 60} | values
    return analysis_rows.add_task(
        session, analysis.key, JobTaskInput.model_validate({"name": name} | typed), by=by
    )


def advert(number: int = 1, **changes: object) -> dict[str, object]:
    """A JobPosting as a board publishes it: 16 hours in its words, £12.60 an hour, in Leeds."""
    posting: dict[str, object] = {
        "@type": "JobPosting",
        "title": "Bakery assistant",
        "identifier": f"ad-{number}",
        "hiringOrganization": {"@type": "Organization", "name": "Fernside Bakery"},
        "jobLocation": {"address": {"addressLocality": "Leeds", "postalCode": "LS1 4DY"}},
        "baseSalary": {"currency": "GBP", "value": {"value": 12.6, "unitText": "HOUR"}},
        "employmentType": "FULL_TIME",
        "validThrough": "2026-12-20",
        "description": "<p>Part time, 16 hours per week. Pack bread and serve customers.</p>",
    }
    return {name: value for name, value in (posting | changes).items() if value is not None}


def json_lines(*adverts: Mapping[str, object]) -> bytes:
    """A file of adverts, one a line."""
    return "\n".join(map(json.dumps, adverts)).encode()
