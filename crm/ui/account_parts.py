"""The parts of an employer's page: what it begins with, and what stands beside the timeline."""

import streamlit as st
from sqlmodel import Session

from crm.models.employers import DisabilityConfident, Employer
from crm.models.lists import ChoiceList
from crm.models.users import Actor
from crm.services import agreements, analyses, awareness, door_openers, vacancies
from crm.services.accounts import Account
from crm.services.agreements import AgreementFilter
from crm.services.analyses import AnalysisFilter
from crm.services.employer_parts import PEOPLE, SITES
from crm.services.vacancies import VacancyFilter
from crm.ui import employer_rows as rows
from crm.ui.employer_rows import Row
from crm.ui.tables import Link, fold_html, link, links, record_list, said, summary
from crm.ui.words import count, day, distance_in_days, say, today

SHOWN = 8
"""Records of one kind beside the timeline; their own list has the rest."""


def draw_head(account: Account) -> None:
    """Who looks after the employer, when they last spoke, what comes next."""
    summary(
        [
            ("Account owner", _owners(account)),
            ("Last contact", _last_contact(account)),
            ("Next step", _next_step(account)),
            ("Disability Confident", _confident(account.employer)),
        ]
    )


def _owners(account: Account) -> str:
    second = f"; second owner {account.second_owner}" if account.second_owner else ""
    return f"{account.owner or 'Nobody yet'}{second}"


def _last_contact(account: Account) -> str:
    if account.last_contact_on is None:
        return "None yet"
    ago = (today() - account.last_contact_on).days
    when = f"{count(ago, 'day')} ago" if ago else "today"
    by = f", {account.last_contact_by}" if account.last_contact_by else ""
    return f"{day(account.last_contact_on)}, {when}{by}"


def _next_step(account: Account) -> str:
    step = account.next_step
    if step is None:
        return "None planned"
    when = f"{day(step.due_on)}, {distance_in_days(step.due_on, today())}" if step.due_on else "no date"
    return f"{step.title}: {when}, {step.owner or 'nobody yet'}"


def _confident(employer: Employer) -> str:
    level, until = employer.disability_confident, employer.disability_confident_until
    if until is None or level in (DisabilityConfident.UNKNOWN, DisabilityConfident.NONE):
        return say(level)
    words = "expired on" if until < today() else "until"
    return f"{say(level)}, {words} {day(until)}"


def draw_people(session: Session, employer: Employer, user: Actor) -> None:
    """Whom to ring: those who hire first, those who have left last."""
    people = sorted(PEOPLE.of(session, employer.key, by=user), key=rows.worth_ringing)
    _part("People", [rows.person_row(person, user) for person in people])


def draw_door_openers(session: Session, employer: Employer, user: Actor) -> None:
    """Who outside the service knows them and would open the door; nothing for those not shown them."""
    if door_openers.are_shown(session, employer, by=user):
        found = door_openers.of(session, employer.key, by=user)
        _part("Door-openers", [rows.door_opener_row(row, user) for row in found])


def draw_sites(session: Session, employer: Employer, user: Actor) -> None:
    """Where they have people working, and how easy it is to be there."""
    _part("Sites", [rows.site_row(site, user) for site in SITES.of(session, employer.key, by=user)])


def draw_vacancies(session: Session, employer: Employer, user: Actor) -> None:
    """What is open, the one that closes soonest first."""
    wanted = VacancyFilter(employer_id=employer.key, is_open=True)
    found = vacancies.listing(session, wanted, offset=0, limit=SHOWN, by=user, today=today())
    every = link("All their vacancies", "vacancies", q=employer.name)
    _part("Open vacancies", [rows.vacancy_row(row) for row in found.rows], total=found.total, every=every)


def draw_agreements(session: Session, employer: Employer, user: Actor) -> None:
    """What they promised, and how far each promise has come."""
    wanted = AgreementFilter(employer_id=employer.key)
    found = agreements.listing(session, wanted, offset=0, limit=SHOWN, by=user, today=today())
    every = link("All their agreements", "agreements", q=employer.name)
    _part(
        "Agreements",
        [rows.agreement_row(row, employer.key) for row in found.rows],
        total=found.total,
        every=every,
    )


def draw_analyses(session: Session, employer: Employer, user: Actor) -> None:
    """Which jobs were looked at there."""
    wanted = AnalysisFilter(employer_id=employer.key)
    found = analyses.listing(session, wanted, offset=0, limit=SHOWN, by=user)
    _part("Job analyses", [rows.analysis_row(row) for row in found.rows], total=found.total)


def draw_awareness(session: Session, employer: Employer, user: Actor) -> None:
    """Which disability-awareness sessions they were given."""
    found = awareness.of(session, employer.key, limit=SHOWN, by=user)
    _part("Awareness sessions", [rows.awareness_row(row, user) for row in found])


def draw_needs(employer: Employer) -> None:
    """What nobody meets yet, how they recruit and keep people, and what was agreed to do about it."""
    st.header("Needs and strategy", anchor=False)
    agreed = day(employer.strategy_agreed_on) if employer.strategy_agreed_on else "no date"
    written = [
        ("Needs that nobody meets yet", employer.unmet_needs),
        ("Recruitment and retention policies", employer.policy_notes),
        (f"Strategy agreed from them ({agreed})", employer.strategy),
    ]
    parts = [f"<div><dt>{term}</dt><dd>{fold_html(text)}</dd></div>" for term, text in written if text]
    if parts:
        st.html(f'<dl class="crm-summary crm-stacked">{"".join(parts)}</dl>')
    else:
        said("None recorded yet.")


def draw_registers(employer: Employer, listed: dict[ChoiceList, str]) -> None:
    """What is looked up rarely."""
    with st.expander("Registers and where the lead came from"):
        summary(
            [
                ("Trading name", employer.trading_name or ""),
                ("Employees", say(employer.size_band)),
                ("Companies House number", employer.company_number or ""),
                ("Charity number", employer.charity_number or ""),
                ("SIC 2007 codes", employer.sic_codes or ""),
                ("Trade body or group", listed[ChoiceList.TRADE_BODY]),
                ("Website", employer.website or ""),
                ("Insurance until", day(employer.insurance_until)),
                ("Where the lead came from", listed[ChoiceList.LEAD_SOURCE]),
            ]
        )


def _part(title: str, shown: list[Row], *, total: int = 0, every: Link | None = None) -> None:
    st.header(title, anchor=False)
    if shown:
        record_list(shown, label=title)
    else:
        said("None recorded yet.")
    if total > len(shown):
        said(f"The first {len(shown)} of {total:,}.")
        if every is not None:
            links([every], label=title)
