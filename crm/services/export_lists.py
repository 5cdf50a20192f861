"""What the files of lists hold: their columns, and their rows a few hundred at a time.

Everything is read through the lists that screens show, so that a file holds what its reader may see, and no
more. Ways to reach people, and what is restricted, are in none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from crm.models.consents import SharedFact
from crm.models.employers import Employer, EmployerSite, SizeBand
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import (
    agreements,
    call_words,
    calls,
    consent_reach,
    employers,
    ledger_files,
    overview_files,
    seekers,
    vacancies,
)
from crm.services.agreements import AgreementFilter
from crm.services.calls import CallFilter
from crm.services.employer_filters import EmployerFilter
from crm.services.employers import EmployerRow
from crm.services.ledger import LedgerFilter
from crm.services.listing import Listing
from crm.services.overview_files import OverviewFilter
from crm.services.seekers import SeekerFilter
from crm.services.shortlist_shares import ShareFilter
from crm.services.spreadsheets import Cell
from crm.services.vacancies import VacancyFilter

_AT_A_TIME = 500
_SIZES = {SizeBand.MICRO: "1 to 9", SizeBand.SMALL: "10 to 49", SizeBand.MEDIUM: "50 to 249"}
_LARGE = "250 or more"
T = TypeVar("T")
Lines = Iterator[tuple[Cell, ...]]
Filter = (
    EmployerFilter
    | AgreementFilter
    | VacancyFilter
    | SeekerFilter
    | CallFilter
    | OverviewFilter
    | LedgerFilter
    | ShareFilter
)


@dataclass(frozen=True, slots=True)
class ExportedList:
    """One list as a file: its title, who may take it away, the class of its filter, its columns and rows.

    `also` is what one must be allowed beside taking such lists away.
    """

    title: str
    action: Action
    filter: type[Filter]
    columns: tuple[str, ...]
    lines: Callable[[Session, Any, Actor, date], Lines]
    also: Action | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        """Everything that one must be allowed to take it away."""
        return (self.action,) if self.also is None else (self.action, self.also)


def _all(listing: Callable[[int], Listing[T]]) -> Iterator[list[T]]:
    """Every page of a list, one after the other."""
    offset = 0
    while rows := listing(offset).rows:
        yield rows
        if len(rows) < _AT_A_TIME:
            return
        offset += _AT_A_TIME


def _word(value: StrEnum | str | None) -> str:
    """A value of a fixed list in words; what is unknown is left empty."""
    text = "" if value is None or value == "unknown" else str(value)
    return text[:1].upper() + text[1:].replace("_", " ")


def _size(band: SizeBand) -> str:
    """Employees in words that no spreadsheet program takes for a date, and that an import reads again."""
    return "" if band is SizeBand.UNKNOWN else _SIZES.get(band, _LARGE)


def _employers(session: Session, wanted: EmployerFilter, by: Actor, today: date) -> Lines:
    def page(offset: int) -> Listing[EmployerRow]:
        return employers.listing(session, wanted, offset=offset, limit=_AT_A_TIME, by=by, today=today)

    for rows in _all(page):
        ids = [row.id for row in rows]
        records = {one.key: one for one in session.exec(select(Employer).where(col(Employer.id).in_(ids)))}
        sites = _first_sites(session, ids)
        for row in rows:
            yield _employer(row, records[row.id], sites.get(row.id))
        session.expunge_all()


def _employer(row: EmployerRow, kept: Employer, site: EmployerSite | None) -> tuple[Cell, ...]:
    return (
        kept.name,
        kept.trading_name,
        kept.company_number,
        kept.charity_number,
        kept.sic_codes,
        kept.sector,
        _size(kept.size_band),
        kept.website,
        kept.trade_body,
        kept.lead_source,
        site.address if site else None,
        site.postcode if site else None,
        _word(kept.stage),
        _word(kept.tier),
        _word(kept.disability_confident),
        row.owner,
        row.open_vacancies,
    )


def _first_sites(session: Session, ids: list[int]) -> dict[int, EmployerSite]:
    live = col(EmployerSite.archived_at).is_(None)
    query = select(EmployerSite).where(col(EmployerSite.employer_id).in_(ids), live)
    latest_first = session.exec(query.order_by(col(EmployerSite.id).desc()))
    return {site.employer_id: site for site in latest_first}


def _agreements(session: Session, wanted: AgreementFilter, by: Actor, today: date) -> Lines:
    def page(offset: int) -> Listing[agreements.AgreementRow]:
        return agreements.listing(session, wanted, offset=offset, limit=_AT_A_TIME, by=by, today=today)

    for rows in _all(page):
        for row in rows:
            stage, kind = _word(row.stage), _word(row.kind)
            yield row.employer, kind, stage, row.days_in_stage, row.ends_on, row.review_on, row.owner


def _vacancies(session: Session, wanted: VacancyFilter, by: Actor, today: date) -> Lines:
    def page(offset: int) -> Listing[vacancies.VacancyRow]:
        return vacancies.listing(session, wanted, offset=offset, limit=_AT_A_TIME, by=by, today=today)

    for rows in _all(page):
        for row in rows:
            what = row.title, row.employer, _word(row.status), _word(row.kind)
            yield *what, row.hours_min, row.hours_max, row.pay_hourly, row.place, row.closes_on


def _seekers(session: Session, wanted: SeekerFilter, by: Actor, today: date) -> Lines:
    def page(offset: int) -> Listing[seekers.SeekerRow]:
        return seekers.listing(session, wanted, offset=offset, limit=_AT_A_TIME, by=by, today=today)

    for rows in _all(page):
        for row in rows:
            profile = "Recorded" if row.has_profile else "Not yet"
            who = row.name, _word(row.status), row.coach
            yield *who, row.hours_goal, profile, row.shortlists, row.days_waiting


def _calls(session: Session, wanted: CallFilter, by: Actor, today: date) -> Lines:
    """The first of those worth a call. No job seeker is named, only counted.

    What they can do stands with an employer for those who let that employer know it: a file gets about.
    """
    found = calls.listing(session, wanted, offset=0, limit=calls.MOST_IN_FILE, by=by, today=today)
    ids = [row.id for row in found.rows]
    agreed = consent_reach.who_lets(session, SharedFact.SKILLS, ids, on=today, by=by)
    for row in found.rows:
        skills = call_words.able_to(row, {seeker for seeker, employer in agreed if employer == row.id})
        warm, heed = call_words.warm(row), call_words.heed(row)
        last = row.last_contact_on, row.last_contact_by
        what = row.name, _word(row.stage), row.owner, "; ".join(row.trades)
        for_whom = len(row.people), "; ".join(call_words.works(row)), "; ".join(skills)
        yield *what, *for_whom, "; ".join(warm), "; ".join(heed), *last


_EMPLOYER_COLUMNS = (
    *("Name", "Trading name", "Companies House number", "Charity number", "SIC 2007 codes", "Sector"),
    *("Employees", "Website", "Trade body", "Lead source", "Address", "Postcode", "Stage", "Tier"),
    *("Disability Confident", "Owner", "Open vacancies"),
)
_AGREEMENT_COLUMNS = ("Employer", "Kind", "Stage", "Days in stage", "Ends on", "Review on", "Owner")
_VACANCY_COLUMNS = (
    *("Vacancy", "Employer", "Status", "Kind", "Least hours a week", "Most hours a week"),
    *("Pay an hour", "Place", "Closes on"),
)
_SEEKER_COLUMNS = ("Name", "Status", "Coach", "Hours goal", "Profile", "Shortlists", "Days waiting")
_CALL_COLUMNS = (
    *("Employer", "Stage", "Owner", "Trade", "Job seekers it could suit", "Work", "What they can do"),
    *("Warm link", "Before you call", "Last contact on", "Last contact by"),
)

_FOR_EMPLOYERS = Action.EMPLOYERS_EXPORT
LISTS: dict[ExportKind, ExportedList] = {
    ExportKind.EMPLOYERS: ExportedList(
        "Employers", _FOR_EMPLOYERS, EmployerFilter, _EMPLOYER_COLUMNS, _employers
    ),
    ExportKind.AGREEMENTS: ExportedList(
        "Agreements", _FOR_EMPLOYERS, AgreementFilter, _AGREEMENT_COLUMNS, _agreements
    ),
    ExportKind.VACANCIES: ExportedList(
        "Vacancies", _FOR_EMPLOYERS, VacancyFilter, _VACANCY_COLUMNS, _vacancies
    ),
    ExportKind.SEEKERS: ExportedList(
        "Job seekers", Action.SEEKERS_EXPORT, SeekerFilter, _SEEKER_COLUMNS, _seekers
    ),
    ExportKind.CALLS: ExportedList("Who to call next", _FOR_EMPLOYERS, CallFilter, _CALL_COLUMNS, _calls),
    **{
        kind: ExportedList(
            file.title, _FOR_EMPLOYERS, OverviewFilter, file.columns, file.lines, also=file.also
        )
        for kind, file in overview_files.FILES.items()
    },
    **{
        kind: ExportedList(
            file.title, Action.SEEKERS_EXPORT, file.filter, file.columns, file.lines, also=file.also
        )
        for kind, file in ledger_files.FILES.items()
    },
}
