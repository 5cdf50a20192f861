"""All agreements: what expires, search and filters, or the whole pipeline by stage."""

from datetime import date

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.exports import ExportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_figures, agreements
from crm.services.access import may
from crm.services.agreements import AgreementFilter
from crm.ui import agreement_rows as rows
from crm.ui.agreement_narrowing import draw_also
from crm.ui.charts import bar_chart, show_chart
from crm.ui.guard import live_part, require_user
from crm.ui.lists import PAGE_SIZE, choice_filter, draw_pages, first_row, search_box
from crm.ui.screens import refuse_politely
from crm.ui.tables import link, links, table
from crm.ui.taking_away import offer_file
from crm.ui.words import count, say, today

VIEWS = ["List", "By stage"]


@live_part
def agreement_list(user: Actor, on: date) -> None:
    search, stage, kind, soon = st.columns([2, 1, 1, 1])
    with search:
        words = search_box("Search by employer")
    with stage:
        stage_wanted = choice_filter("Stage", list(AgreementStage), key="stage")
    with kind:
        kind_wanted = choice_filter("Kind", list(AgreementKind), key="kind")
    with soon:
        is_soon = st.checkbox("Ends within 90 days", key="soon", bind="query-params")
        is_mine = st.checkbox("Mine", key="mine", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    wanted = AgreementFilter(
        words,
        stage_wanted,
        kind_wanted,
        expires_soon=is_soon,
        is_archived=is_archived,
        owner_id=user.id if is_mine else None,
    )
    with refuse_politely():
        wanted = draw_also(wanted, user)
    with reading() as session:
        page = agreements.listing(session, wanted, offset=first_row(), limit=PAGE_SIZE, by=user, today=on)
    if page.rows:
        shown = [rows.agreement_row(row, on) for row in page.rows]
        table("Agreements", rows.COLUMNS, shown, numbers=rows.NUMBERS)
    else:
        st.info("No agreement fits. Clear the filters, or open an employer and add an agreement there.")
    draw_pages(page.total, one="agreement")
    offer_file(ExportKind.AGREEMENTS, wanted, user)


def by_stage(user: Actor, on: date) -> None:
    with reading() as session:
        figures = agreement_figures.by_stage(session, by=user, today=on)
        waiting = agreement_figures.longest_waiting(session, limit=PAGE_SIZE, by=user, today=on)
    if not figures:
        st.info("There are no agreements yet. Open an employer and add one there.")
        return
    longest = max(figures, key=lambda one: one.longest_days)
    st.header("How many are in each stage, and for how many days at most", anchor=False)
    chart = bar_chart(
        [say(one.stage) for one in figures],
        [one.agreements for one in figures],
        [f"{one.agreements}, {count(one.longest_days, 'day')}" for one in figures],
    )
    alt = (
        f"Agreements by stage: {', '.join(f'{say(one.stage)} {one.agreements}' for one in figures)}. "
        f"The longest in one stage is {count(longest.longest_days, 'day')}, in {say(longest.stage)}."
    )
    stage_rows = [rows.stage_row(one) for one in figures]
    show_chart(
        chart,
        alt=alt,
        columns=rows.STAGE_COLUMNS,
        rows=stage_rows,
        key="by-stage",
        numbers=rows.STAGE_NUMBERS,
    )
    st.header("Longest on the way to a signature", anchor=False)
    if waiting:
        shown = [rows.agreement_row(row, on) for row in waiting]
        table("Waiting for a signature", rows.COLUMNS, shown, numbers=rows.NUMBERS)
    else:
        st.info("No agreement is waiting for a signature.")


user = require_user()
with refuse_politely(), reading() as session:
    soon = agreements.listing(
        session, AgreementFilter(expires_soon=True), offset=0, limit=1, by=user, today=today()
    )
st.title("Agreements", anchor=False)
offered = [
    link("Agreements at a glance", "agreement-pipeline"),
    link(f"{count(soon.total, 'agreement')} to renew within 90 days", "agreements", soon="true"),
]
if may(user, Action.AGREEMENTS_RECORD):
    offered.insert(0, link("Add an agreement", "agreement-edit"))
offered.insert(0, link("Promises", "promises"))
links(offered if soon.total else offered[:-1], label="What you can do")
view = st.segmented_control(
    "View", VIEWS, default=VIEWS[0], key="view", bind="query-params", label_visibility="collapsed"
)
if view == VIEWS[1]:
    by_stage(user, today())
else:
    agreement_list(user, today())
