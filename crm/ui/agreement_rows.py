"""Agreements and their stages as rows of lists."""

from collections.abc import Mapping
from datetime import date

from crm.models.agreements import Agreement, AgreementMove
from crm.services.agreement_figures import StageFigures
from crm.services.agreement_stages import EXPIRES_SOON_DAYS
from crm.services.agreements import AgreementRow
from crm.ui.agreement_said import clauses as clauses
from crm.ui.tables import Cell, link
from crm.ui.words import count, day, distance_in_days, say

COLUMNS = ["Employer", "Agreement", "Stage", "Days in stage", "Ends", "Owner"]
NUMBERS = "Days in stage"
STAGE_COLUMNS = ["Stage", "Agreements", "Days there, median", "Days there, longest"]
STAGE_NUMBERS = "Agreements, Days there, Days there, median, Days there, longest"
MOVE_COLUMNS = ["On", "From", "To", "Why"]


def agreement_row(row: AgreementRow, today: date) -> list[Cell]:
    """An agreement: whose, which kind, where it stands and since when, and when it ends."""
    return [
        link(row.employer, "employer", id=row.employer_id),
        link(say(row.kind), "agreement", id=row.id),
        say(row.stage),
        row.days_in_stage,
        ends(row.ends_on, today),
        row.owner or "Nobody yet",
    ]


def ends(ends_on: date | None, today: date) -> str:
    """The last day; within 90 days also how far off it is."""
    if ends_on is None:
        return "No end date"
    gap = (ends_on - today).days
    return (
        f"{day(ends_on)}, {distance_in_days(ends_on, today)}"
        if 0 <= gap <= EXPIRES_SOON_DAYS
        else day(ends_on)
    )


def reach_rows(agreement: Agreement, covered: Mapping[int, str]) -> list[tuple[str, Cell]]:
    """The group that signs for several, and how many employers are covered; nothing where it is one alone."""
    group: list[tuple[str, Cell]] = [("Group", agreement.group_name)] if agreement.group_name else []
    if len(covered) < 2:
        return group
    several = link(count(len(covered), "employer"), "agreement-covers", id=agreement.key)
    return [*group, ("Employers covered", several)]


def stage_row(one: StageFigures) -> list[Cell]:
    """A stage, linked to the list of its agreements."""
    named = link(say(one.stage), "agreements", stage=say(one.stage))
    return [named, one.agreements, f"{one.median_days:g}", one.longest_days]


def move_row(move: AgreementMove) -> list[Cell]:
    """One move between stages."""
    return [day(move.moved_on), say(move.from_stage), say(move.to_stage), move.why or ""]
