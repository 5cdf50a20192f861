"""The parts of the first page, each for those whose work it is; every one is a short table with its list."""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from crm.models.agreement_choices import AgreementStage
from crm.models.users import Actor
from crm.policy import Role, role_word
from crm.services import home, imports, jobs, vacancies
from crm.services.agreements import AgreementRow
from crm.services.vacancies import VacancyFilter
from crm.ui.look import figures
from crm.ui.tables import Cell, link, links, summary, table
from crm.ui.words import count, distance_in_days, moment, say, today

ROWS = 5
"""Rows of a table on the first page; its list has the rest."""

Part = Callable[[Session, Actor], None]


def draw_figures(session: Session, user: Actor) -> None:
    """How much there is of everything, each number with its list."""
    found = home.figures(session, by=user, today=today())
    figures(
        [
            (found.agreements_in_force, link("agreements in force", "agreements")),
            (found.agreements_expiring, link("expire within 90 days", "agreements", soon="true")),
            (found.vacancies_open, link("open vacancies", "vacancies")),
            (found.seekers_looking, link("people looking for work", "seekers")),
            (found.employers, link("employers", "employers")),
        ],
        label="In figures",
    )


def draw_agreements(session: Session, user: Actor) -> None:
    """Agreements that run out within 90 days or are in review."""
    found = home.agreements_to_act_on(session, limit=ROWS, by=user, today=today())
    st.header("Agreements to renew or review", anchor=False)
    if not found.rows:
        st.caption("None ends within 90 days and none is in review.")
        return
    rows: list[tuple[Cell, ...]] = [
        (link(row.employer, "agreement", id=row.id), say(row.kind), _why_now(row)) for row in found.rows
    ]
    table("Agreements to renew or review", ["Employer", "Kind", "Why now"], rows)
    all_of(found.total, "Agreements that expire in 90 days", "agreements", soon="true")


def _why_now(row: AgreementRow) -> str:
    reasons: list[str] = []
    if row.stage is AgreementStage.IN_REVIEW:
        reasons.append(f"In review for {count(row.days_in_stage, 'day')}")
    if row.ends_on is not None:
        reasons.append(f"ends {distance_in_days(row.ends_on, today())}")
    words = ", ".join(reasons)
    return words[:1].upper() + words[1:]


def draw_unowned(session: Session, user: Actor) -> None:
    """Employers that the service is in contact with and nobody looks after."""
    found = home.without_owner(session, limit=ROWS, by=user)
    if not found.rows:
        return
    st.header("In contact, without an owner", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (link(row.name, "employer", id=row.id), say(row.stage)) for row in found.rows
    ]
    table("In contact, without an owner", ["Employer", "Stage"], rows)
    all_of(found.total, "Employers", "employers")


def draw_vacancies(session: Session, user: Actor) -> None:
    """Vacancies that close within 14 days, each with its shortlist."""
    soon = VacancyFilter(is_closing_soon=True)
    found = vacancies.listing(session, soon, offset=0, limit=ROWS, by=user, today=today())
    st.header("Vacancies closing within 14 days", anchor=False)
    if not found.rows:
        st.caption("None closes within 14 days.")
        return
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.title, "vacancy", id=row.id),
            row.employer,
            distance_in_days(row.closes_on, today()) if row.closes_on else "",
            link("Shortlist", "shortlist", id=row.id),
        )
        for row in found.rows
    ]
    table("Vacancies closing within 14 days", ["Vacancy", "Employer", "Closes", "People"], rows)
    all_of(found.total, "Vacancies closing soon", "vacancies", soon="true")


def draw_administration(session: Session, user: Actor) -> None:
    """Who can sign in, and where the records are kept."""
    st.header("The service", anchor=False)
    by_role = home.colleagues_by_role(session, by=user)
    rows: list[tuple[str, Cell]] = [(_people_of(role), number) for role, number in by_role.items()]
    rows.append(("Background work that failed", jobs.failed_lately(session, by=user)))
    rows.append(("Records are kept in", home.where_records_lie(session, by=user)))
    summary(rows)
    offered = [
        link("Colleagues", "colleagues"),
        link("Add a colleague", "colleague-edit"),
        link("Caseloads", "caseloads"),
        link("Service settings", "settings"),
        link("Background work", "background-work"),
        link("Backups", "backups"),
        link("Files taken away", "exports"),
    ]
    links(offered, label="Looking after the service")


def _people_of(role: Role) -> str:
    word = role_word(role).capitalize()
    return f"{word}es" if word.endswith("ch") else f"{word}s"


def draw_imports(session: Session, user: Actor) -> None:
    """What came in from files last."""
    found = imports.batches(session, offset=0, limit=ROWS, by=user)
    st.header("Last imports", anchor=False)
    if not found.rows:
        st.caption("Nothing has been imported yet.")
        return
    rows: list[tuple[Cell, ...]] = [
        (link(row.file_name, "import", id=row.id), say(row.kind), moment(row.at), row.added, row.refused)
        for row in found.rows
    ]
    columns = ["File", "Kind", "When", "Added", "Refused"]
    table("Last imports", columns, rows, numbers="Added,Refused")
    all_of(found.total, "Imports", "imports")


def draw_changes(session: Session, user: Actor) -> None:
    """What was changed last, by whom: the fields, never their values."""
    st.header("Latest changes", anchor=False)
    found = home.recent_changes(session, limit=20, by=user)
    if not found:
        st.caption("Nothing has been recorded yet.")
        return
    rows = [
        (
            moment(change.at),
            change.by,
            say(change.action),
            f"{_record_words(change.record_kind)} {change.record_id}",
            change.fields.replace("_", " ").replace(",", ", "),
        )
        for change in found
    ]
    table("Latest changes", ["When", "Who", "What", "Record", "Fields"], rows)
    links([link("Files taken away", "exports")], label="What else left a trace")


def _record_words(kind: str) -> str:
    """`EmployerSite` as “Employer site”."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()
    return spaced.capitalize()


def all_of(total: int, label: str, page: str, **parameters: str) -> None:
    """The way to the whole list, where a part of the first page shows only its beginning."""
    if total > ROWS:
        links([link(f"All {total:,}", page, **parameters)], label=label)


def is_one_of(user: Actor, *roles: Role) -> bool:
    """Has the person at least one of these roles?"""
    return not user.roles.isdisjoint(roles)
