"""One agreement: where it stands, what was agreed, and every move."""

import streamlit as st

from crm.db import reading
from crm.policy import Action
from crm.services import (
    agreement_checks,
    agreement_moves,
    agreement_reach,
    agreement_starting,
    agreements,
    archiving,
    employers,
    reminders,
    staff,
)
from crm.services.access import may
from crm.services.agreement_stages import ON_THE_WAY, expires_soon, shown_since, shown_stage
from crm.services.employer_parts import PEOPLE
from crm.ui import agreement_rows as rows
from crm.ui.address import needed_id
from crm.ui.agreement_checks import draw_checks
from crm.ui.agreement_paper import paper_links
from crm.ui.agreement_papers import draw_downloads
from crm.ui.agreement_renewal import draw_renewal, draw_undoing, undoing
from crm.ui.agreement_versions import draw_versions
from crm.ui.archiving import draw_archiving
from crm.ui.document_parts import draw_documents
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.promise_parts import draw_what_became
from crm.ui.promise_sections import draw_promises
from crm.ui.screens import refuse_politely
from crm.ui.tables import heading_line, link, links, said, summary, table
from crm.ui.task_about import Record, task_links
from crm.ui.words import count, day, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    agreement = agreements.find(session, needed_id("id"), by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    moves = agreement_moves.history(session, agreement.key, by=user)
    owner = staff.name_of(session, agreement.owner_id, by=user)
    contact_id = agreement.adjustments_contact_id
    contact = PEOPLE.find(session, contact_id, by=user).name if contact_id else None
    before = agreement_moves.lapsed_from(session, agreement, by=user, today=today())
    is_reminded = reminders.is_waiting(session, agreement.key, by=user, today=today())
    saved = archiving.last_save(session, agreement)
    source = agreement_starting.source(session, agreement.started_from_id, by=user)
    covered = agreement_reach.employers_of(session, agreement, by=user, today=today())
    found = agreement_checks.checks(session, agreement, by=user, today=today())

signed = f"{day(agreement.signed_on)}, {agreement.signed_by}" if agreement.signed_on else "Not yet"
stage = shown_stage(agreement.stage, agreement.ends_on, today=today())
since = shown_since(agreement.stage, agreement.stage_since, agreement.ends_on, today=today())
st.title(f"{say(agreement.kind)}: {plain(employer.name)}", anchor=False)
show_flash()
heading_line(say(stage), note=f"for {count((today() - since).days, 'day')}, since {day(since)}")
if expires_soon(agreement.stage, agreement.ends_on, today=today()):
    st.warning(f"This agreement ends {rows.ends(agreement.ends_on, today())}. Review it with the employer.")
draw_undoing(agreement, before)
if is_reminded and may(user, Action.AGREEMENTS_RECORD, agreement):
    draw_renewal(agreement, user)
offered = [link(employer.name, "employer", id=employer.key)]
if may(user, Action.AGREEMENTS_RECORD, agreement):
    if agreement_moves.possible(agreement, by=user, today=today()):
        offered.append(link("Move to another stage", "agreement-move", id=agreement.key))
    offered += undoing(agreement, before)
    offered.append(link("Edit", "agreement-edit", id=agreement.key))
offered += paper_links(agreement)
offered.append(link("Whom it covers", "agreement-covers", id=agreement.key))
offered += task_links(Record(employer.name, "agreement", agreement.key), user)
if agreement.review_on or agreement.ends_on:
    offered.append(link("Add its dates to my calendar", f"files/calendar/agreement-{agreement.key}.ics"))
offered.append(link("History", "history", of="agreement", id=agreement.key))
links(offered, label="What you can do")
summary(
    [
        ("Covers", agreement.named_groups or say(agreement.covers)),
        *rows.reach_rows(agreement, covered),
        ("Owner", owner or "Nobody yet"),
        ("Starts", day(agreement.starts_on)),
        ("Ends", rows.ends(agreement.ends_on, today())),
        ("Review", day(agreement.review_on)),
        ("Signed", signed),
    ]
)


def what_was_agreed() -> None:
    st.header("What was agreed", anchor=False)
    summary(rows.clauses(agreement, contact, source.agreement if source else None))
    draw_checks(found, is_approved=agreement.signed_on is not None)
    draw_downloads(agreement, user)


def what_became() -> None:
    draw_what_became(agreement, user)
    draw_promises(agreement, user)


parts = (what_was_agreed, what_became) if stage in ON_THE_WAY else (what_became, what_was_agreed)
for draw in parts:
    draw()
st.header("Moves", anchor=False)
if moves:
    table("Moves", rows.MOVE_COLUMNS, [rows.move_row(move) for move in moves])
else:
    said("It has been an idea since it was recorded.")
draw_versions(agreement, user)
draw_documents(agreement, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.AGREEMENTS_RECORD):
    draw_archiving(
        agreement, "agreement", archive=agreements.archive, bring_back=agreements.bring_back, user=user
    )
