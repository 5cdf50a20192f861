"""The parts of the first page about people who wait; a coach sees their own, a manager everybody."""

from datetime import timedelta

import streamlit as st
from sqlmodel import Session

from crm.models.users import Actor
from crm.policy import Role
from crm.services import agreement_figures, consent_endings, waiting
from crm.ui.charts import bar_chart, show_chart
from crm.ui.home_parts import ROWS
from crm.ui.tables import Cell, link, links, table
from crm.ui.words import NOT_RECORDED, count, day, distance_in_days, say, today

_REVIEW_AHEAD = timedelta(days=14)
_CONSENT_AHEAD = timedelta(days=30)


def _own(user: Actor) -> int | None:
    """Whose people are meant: the coach's own, or everybody's for those without a caseload."""
    return user.id if Role.JOB_COACH in user.roles else None


def draw_waiting(session: Session, user: Actor) -> None:
    """People without a shortlist, the longest wait first."""
    own = _own(user)
    found = waiting.without_shortlist(session, coach_id=own, limit=ROWS, by=user, today=today())
    whose = "My people" if own is not None else "People"
    st.header(f"{whose} without a shortlist", anchor=False)
    links([link("Nobody left waiting", "ledger")], label="Waiting")
    if not found.rows:
        whom = "None of your people" if own is not None else "Nobody"
        st.caption(f"{whom} who is looking for work is without a shortlist.")
        return
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.name, "seeker", id=row.id),
            NOT_RECORDED if row.days_waiting is None else count(row.days_waiting, "day"),
            link("Jobs", "jobs", id=row.id) if own is not None else row.coach or "Nobody yet",
        )
        for row in found.rows
    ]
    last = "Matches" if own is not None else "Coach"
    table(f"{whose} without a shortlist", ["Name", "Waiting", last], rows, numbers="Waiting")
    st.caption(f"{count(found.total, 'person', 'people')} in all, those who have waited longest first.")


def draw_overdue(session: Session, user: Actor) -> None:
    """“Not yet” decisions past the date on which they were to be looked at again."""
    found = waiting.not_yet_overdue(session, owner_id=_own(user), limit=ROWS, by=user, today=today())
    if not found.rows:
        return
    st.header("“Not yet”, past its date", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.seeker, "compare", vacancy=row.vacancy_id, seeker=row.seeker_id),
            f"{row.vacancy}, {row.employer}",
            row.measure,
            distance_in_days(row.due_on, today()),
        )
        for row in found.rows
    ]
    table("“Not yet”, past its date", ["Name", "Vacancy", "Measure", "Due"], rows)


def draw_pauses(session: Session, user: Actor) -> None:
    """Pauses to look at again, now or within 14 days."""
    until = today() + _REVIEW_AHEAD
    found = waiting.pauses_to_review(session, coach_id=_own(user), until=until, limit=ROWS, by=user)
    if not found.rows:
        return
    st.header("Pauses to look at again", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.name, "seeker", id=row.id),
            row.reason,
            day(row.review_on),
            distance_in_days(row.review_on, today()),
        )
        for row in found.rows
    ]
    table("Pauses to look at again", ["Name", "Why", "On", "Due"], rows)


def draw_endings(session: Session, user: Actor) -> None:
    """Consents that end within 30 days, to be asked about again."""
    found = consent_endings.ending_soon(
        session, coach_id=_own(user), until=today() + _CONSENT_AHEAD, limit=ROWS, by=user, today=today()
    )
    if not found.rows:
        return
    st.header("Consents that end soon", anchor=False)
    rows: list[tuple[Cell, ...]] = [
        (
            link(row.seeker, "consent", id=row.id),
            say(row.purpose),
            row.employer or "",
            distance_in_days(row.until, today()),
        )
        for row in found.rows
    ]
    table("Consents that end soon", ["Name", "What", "With whom", "Ends"], rows)


def draw_stages(session: Session, user: Actor) -> None:
    """Agreements by stage with how long they have been there."""
    found = agreement_figures.by_stage(session, by=user, today=today())
    st.header("Agreements by stage", anchor=False)
    links([link("Agreements at a glance", "agreement-pipeline")], label="Agreements at a glance")
    if not found:
        st.caption("No agreement has been recorded yet.")
        return
    most = max(found, key=lambda figure: figure.agreements)
    labels = [say(figure.stage) for figure in found]
    show_chart(
        bar_chart(
            labels,
            [figure.agreements for figure in found],
            [f"{figure.agreements}, up to {count(figure.longest_days, 'day')}" for figure in found],
        ),
        alt=f"Bar chart: agreements by stage, most in {say(most.stage)} ({most.agreements})",
        columns=["Stage", "Agreements", "Median days", "Longest days"],
        rows=[
            (
                link(say(f.stage), "agreements", stage=say(f.stage)),
                f.agreements,
                f"{f.median_days:.4g}",
                f.longest_days,
            )
            for f in found
        ],
        numbers="Agreements,Median days,Longest days",
        key="agreements-by-stage",
    )
    links([link("How agreements move along", "agreements")], label="Agreements")
