"""What staff say of a carved job beside its tasks, until it is agreed: from then on it is a vacancy."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.analyses import Backlog
from crm.models.base import folded
from crm.models.carves import CarveInput, JobCarve
from crm.models.employers import EmployerSite
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_copies, records
from crm.services.access import ensure, may
from crm.services.belonging import ensure_of_employer, of_employer
from crm.services.carve_copies import Part
from crm.services.task_bank import HELD


def sites(session: Session, carve: JobCarve, *, by: Actor) -> list[EmployerSite]:
    """The sites that a carved job can be at; an archived one only where it names it already.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    return of_employer(session, EmployerSite, carve.employer_id, also=carve.site_id)


def may_change(carve: JobCarve, *, by: Actor) -> bool:
    """Can this person change what is recorded of it? What was agreed is changed in its vacancy."""
    return carve.stage not in HELD and may(by, Action.CARVES_RECORD, carve)


def change(session: Session, carve_id: int, edit: CarveInput, *, version: int, by: Actor) -> JobCarve:
    """Change what is recorded of a carved job; the wage and the cost difference follow the pay.

    Raises:
        NotAllowedError: the person may not, or it is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: it was agreed, the site is not this employer's, or the title names the person.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, JobCarve, carve_id, called="carved job")
    ensure(session, by, Action.CARVES_RECORD, row)
    if row.stage in HELD:
        raise RuleBrokenError("This job was agreed, so it is a vacancy now. Change the vacancy instead.")
    if edit.site_id != row.site_id:
        ensure_of_employer(
            session, EmployerSite, edit.site_id, row.employer_id, field="site_id", called="site"
        )
    if names_person(session, row.seeker_id, edit.title):
        raise RuleBrokenError("Leave the person’s name out: employers will read the title.", field="title")
    values: dict[str, Any] = edit.model_dump()
    if edit.pay_hourly != row.pay_hourly:
        values |= _figures(row, carve_copies.parts_of(session, row), edit.pay_hourly)
    return records.change(session, row, values, version=version)


def names_person(session: Session, seeker_id: int | None, title: str) -> bool:
    """Does a title name the person? It goes into lists, files and the vacancy, and tells of nobody.

    The caller was let in to change the carved job.
    """
    seeker = session.get(JobSeeker, seeker_id) if seeker_id is not None else None
    return seeker is not None and f" {folded(seeker.preferred_name)} " in f" {folded(title)} "


def _figures(row: JobCarve, parts: Sequence[Part], pay: float | None) -> dict[str, float | None]:
    """The wage a week, and the difference over the freed hours whose cost is recorded."""
    if pay is None:
        return {"new_wage_week": None, "cost_difference_week": None}
    freed = [
        part.hours_week * (part.task.current_hourly_cost - pay)
        for part in parts
        if part.task.current_hourly_cost and not _is_undone(part)
    ]
    return {
        "new_wage_week": round(row.hours_week * pay, 2),
        "cost_difference_week": round(sum(freed), 2) if freed else None,
    }


def _is_undone(part: Part) -> bool:
    return part.task.backlog is Backlog.UNDONE or part.source.is_unmet_needs
