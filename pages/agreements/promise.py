"""One promise to one person: whose yes it rests on, what became of it, and what is to be settled."""

import streamlit as st

from crm.db import reading
from crm.models.agreement_choices import Standing
from crm.policy import Action
from crm.services import (
    agreement_uses,
    agreements,
    archiving,
    consents,
    employers,
    promise_outcomes,
    seekers,
    staff,
)
from crm.services.access import may
from crm.services.promises import count_of
from crm.ui import promise_rows as rows
from crm.ui.address import needed_id
from crm.ui.archiving import draw_archiving
from crm.ui.flash import show_flash
from crm.ui.guard import require_user
from crm.ui.promise_asked import draw_asked
from crm.ui.promise_links import offered, rests_on, to_settle
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, heading_line, links, said, summary
from crm.ui.words import day, moment, plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    use = agreement_uses.find(session, needed_id("id"), by=user)
    agreement = agreements.find(session, use.agreement_id, by=user)
    employer = employers.find(session, use.employer_id, by=user)
    seeker = seekers.find(session, use.seeker_id, by=user)
    yes = consents.find(session, use.consent_id, by=user) if use.consent_id is not None else None
    after = promise_outcomes.after_training(session, use, by=user)
    open_tasks = promise_outcomes.tasks_of(session, use, by=user)
    who = staff.name_of(session, use.referred_by, by=user)
    saved = archiving.last_save(session, use)

st.title(f"{say(use.promise)}: {plain(employer.name)}", anchor=False)
show_flash()
due = f"due {rows.due_words(use.due_on, today())}" if use.due_on else ""
stands = rows.stands_words(count_of(use, today=today()), is_waiting=use.standing is Standing.ASKED)
heading_line(stands, note=due)
may_record = may(user, Action.PROMISES_RECORD, use)
links(offered(use, seeker, employer, after, may_record=may_record), label="What you can do")
if open_tasks:
    links(to_settle(open_tasks), label="To settle with the employer")
facts: list[tuple[str, Cell]] = [("Wanted since", day(use.asked_on))]
if use.standing is Standing.REFERRED:
    facts += [
        ("Put forward", f"{day(use.referred_on)}, {who or 'the system'}"),
        ("Rests on", rests_on(yes, today())),
        *rows.facts(use),
    ]
elif use.standing is Standing.NOT_REFERRED:
    facts.append(("Why not put forward", use.not_referred_why or ""))
summary(facts)
if after is not None:
    said("Whoever finishes this training is promised an interview.")
if use.standing is Standing.ASKED and may_record:
    draw_asked(use, agreement, seeker, employer, user)
said(f"Last saved by {saved.who}, {moment(saved.at)}")
if may(user, Action.PROMISES_RECORD, use, is_beneath_archive=True):
    draw_archiving(
        use, "promise", archive=agreement_uses.archive, bring_back=agreement_uses.bring_back, user=user
    )
