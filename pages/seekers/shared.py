"""A page that an employer was given: to read, to print as long as it holds, and to recall."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.consents import Purpose
from crm.models.sharing import RecallInput, ShareSheet
from crm.policy import Action
from crm.services import consents, seekers, share_sheets, sheet_log
from crm.services.access import may
from crm.services.sheet_log import Standing
from crm.ui.address import needed_id
from crm.ui.easy_read import ask_style, draw_parts
from crm.ui.fields import day, line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.sheet_parts import draw_kept, for_the_person, page_parts, sheet_rows
from crm.ui.tables import link, links, summary
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    found = sheet_log.find(session, needed_id("id"), by=user, today=today())
    sheet = found.sheet
    seeker = seekers.find(session, sheet.seeker_id, by=user)
    words = None
    if found.standing is Standing.HOLDS:
        words = sheet_log.words_for_employer(session, sheet.key, by=user, today=today())
    is_forward = consents.covers(
        session, seeker.key, Purpose.PUT_FORWARD, sheet.employer_id, on=today(), by=user
    )

st.title(f"A page for {plain(found.employer)}", anchor=False)
with st.container(key="crm-unprinted-about"):
    show_flash()
    links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
    summary(sheet_rows(found))
    if words is not None:
        st.info("Print the page below with your browser (Ctrl+P); what stands above it is left out.")
if words is not None:
    style = ask_style()
    draw_parts(for_the_person(found.employer, style, is_put_forward=is_forward), style)
    draw_parts(page_parts(words, style), style)


def save(session: Session, typed: RecallInput, version: int) -> ShareSheet:
    return share_sheets.recall(session, sheet.key, typed, version=version, by=user, today=today())


def then(saved: ShareSheet) -> None:
    told = (
        "They know." if saved.told_on else f"Ask {saved.given_to} to put it away: that is a task for today."
    )
    after_this(f"The page is recalled. {told}")
    go_to("shared-sheet", id=saved.key)


with st.container(key="crm-unprinted-recall"):
    if words is None:
        draw_kept(found)
    if sheet.recalled_on is None and may(user, Action.SHEETS_RECORD, sheet):
        st.header("Recall it", anchor=False)
        fields = [
            line("recalled_why", "Why, if you want to note it"),
            day("told_on", f"{sheet.given_to} was told on", hint="Empty: they are still to be told."),
        ]
        form = RecordForm(
            "recall",
            fields,
            RecallInput,
            None,
            "Recall this page",
            belongs_to=sheet.key,
            version=sheet.version,
        )
        draw_form(form, user=user, save=save, then=then)
