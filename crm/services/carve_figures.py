"""The business case of a carved job in figures that stay apart: time freed, the difference, the new wage.

They are never added up to a saving. Each is a range where something it rests on is a guess, and “not
recorded” where nothing is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from crm.models.carve_cases import CarveCase
from crm.models.carves import JobCarve
from crm.models.users import Actor
from crm.services import carve_cases, carve_sums, carves
from crm.services.carve_case_rows import TaskRow, task_row
from crm.services.carve_ranges import Range, guess
from crm.services.carve_sums import Figure


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Every figure of a business case, for pages and papers; hours and £ are a week, `once` is not.

    Attributes:
        freed_hours: Hours of colleagues who would no longer do these tasks.
        freed_cost: What those hours cost now.
        difference: Those hours × (what they cost now − the new pay); it may be below nothing.
        wage: The new wage, without on-costs.
        wage_with_on_costs: The same with them, where they are recorded.
        undone_hours: Hours of work that nobody gets to now.
        overtime: Overtime that is avoided.
        agency: Agency work that is avoided.
        once: What arises once.
        by_who: The hours of the job by who does its tasks now.
    """

    freed_hours: Figure
    freed_cost: Figure
    difference: Figure
    wage: Figure
    wage_with_on_costs: Figure
    undone_hours: Figure
    overtime: Figure
    agency: Figure
    once: Figure
    by_who: Figure


def figures(session: Session, carve: JobCarve, *, by: Actor) -> CaseFigures:
    """The figures of a carved job, from its tasks as they are recorded now and from its business case.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    case = carve_cases.find(session, carve.key, by=by)
    rows = [task_row(*each) for each in carves.tasks(session, carve.key, by=by)]
    return reckoned(rows, carve.pay_hourly, case)


def reckoned(rows: Sequence[TaskRow], pay: float | None, case: CarveCase | None) -> CaseFigures:
    """The figures from rows that are handed in."""
    wage = carve_sums.wage(rows, pay)
    return CaseFigures(
        freed_hours=carve_sums.freed_hours(rows),
        freed_cost=carve_sums.freed_cost(rows),
        difference=carve_sums.difference(rows, pay),
        wage=wage,
        wage_with_on_costs=carve_sums.with_on_costs(wage, _typed(case, "on_costs_percent")),
        undone_hours=carve_sums.undone_hours(rows),
        overtime=carve_sums.avoided(
            "Overtime avoided", _typed(case, "overtime_hours"), _typed(case, "overtime_rate")
        ),
        agency=carve_sums.avoided(
            "Agency work avoided", _typed(case, "agency_hours"), _typed(case, "agency_rate")
        ),
        once=carve_sums.once(_typed(case, "once_cost"), case.once_for if case else None),
        by_who=carve_sums.by_who(rows),
    )


def _typed(case: CarveCase | None, field: str) -> Range | None:
    """What the case says of a figure; None without a case, or where it is left empty."""
    if case is None:
        return None
    return guess(getattr(case, field), getattr(case, f"{field}_most"))
