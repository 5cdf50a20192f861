"""Agreements and their stages as rows of lists."""

from datetime import date

from crm.models.agreements import Agreement, AgreementMove
from crm.services.agreement_figures import StageFigures
from crm.services.agreement_stages import EXPIRES_SOON_DAYS
from crm.services.agreements import AgreementRow
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


def stage_row(one: StageFigures) -> list[Cell]:
    """A stage, linked to the list of its agreements."""
    named = link(say(one.stage), "agreements", stage=say(one.stage))
    return [named, one.agreements, f"{one.median_days:g}", one.longest_days]


def move_row(move: AgreementMove) -> list[Cell]:
    """One move between stages."""
    return [day(move.moved_on), say(move.from_stage), say(move.to_stage), move.why or ""]


def clauses(agreement: Agreement, contact: str | None) -> list[tuple[str, Cell]]:
    """What was agreed, clause by clause; what was not said is said to be not recorded."""
    rule = say(agreement.criteria_rule)
    if agreement.criteria_percent:
        rule = f"{rule}: {agreement.criteria_percent} %"
    return [
        ("Job families in scope", agreement.job_families or say(None)),
        ("Interview guaranteed when", rule),
        ("Must-haves", agreement.must_haves or say(None)),
        ("Who uses the promise", say(agreement.opt_in)),
        ("Form of interview", say(agreement.interview_format)),
        ("Most interviews a vacancy", agreement.most_interviews or say(None)),
        ("When more people fit than places", agreement.oversubscription or say(None)),
        ("Contact for adjustments", contact or say(None)),
        ("Vacancies are told to us", _days(agreement.vacancy_notice_days, "before they open")),
        ("Feedback after an interview", _days(agreement.feedback_days, "at the latest")),
        ("Notice to end the agreement", _days(agreement.notice_days, "")),
        ("Notes", agreement.notes or say(None)),
    ]


def _days(number: int | None, what: str) -> str:
    return say(None) if number is None else f"{count(number, 'day')} {what}".strip()
