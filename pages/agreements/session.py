"""Plan a session of mock interviews, a training course or a round of trials, or say what became of one."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import Promise, SessionState
from crm.models.agreement_uses import PromisedSession, PromisedSessionInput
from crm.services import agreement_reach, agreements, employers, promised_sessions
from crm.services.employer_parts import SITES
from crm.services.promise_terms import promises_of
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, day, number, pick, radios, text
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    session_id = optional_id("id")
    held = promised_sessions.find(session, session_id, by=user) if session_id is not None else None
    key = held.agreement_id if held is not None else needed_id("agreement")
    agreement = agreements.find(session, key, by=user)
    covered = agreement_reach.employers_of(session, agreement, by=user, today=today())
    if held is not None and held.employer_id not in covered:
        covered[held.employer_id] = employers.find(session, held.employer_id, by=user).name
    sites = {
        site.key: f"{site.label}, {name}"
        for employer_id, name in covered.items()
        for site in SITES.of(session, employer_id, by=user)
        if site.archived_at is None
    }

signer = covered.get(agreement.employer_id, "")
st.title(f"{say(held.promise) if held else 'Plan a session'}: {plain(signer)}", anchor=False)
show_flash()
offered = [link("The agreement", "agreement", id=agreement.key)]
if held is not None:
    offered.append(link("Who has a place", "promises", session=held.key))
links(offered, label="Records")
kinds = [one for one in promises_of(agreement) if one is not Promise.INTERVIEW]
fields = [
    radios("promise", "What it is", {one.value: say(one) for one in kinds}),
    pick("employer_id", "Which employer holds it", covered),
    pick("site_id", "Where", sites),
    choice("state", "How it stands", SessionState),
    day("starts_on", "First day"),
    day("ends_on", "Last day, if there are several"),
    number("places", "Places"),
    text("notes", "Notes"),
]


def save(session: Session, typed: PromisedSessionInput, version: int) -> PromisedSession:
    if held is None:
        return promised_sessions.add(session, agreement.key, typed, by=user, today=today())
    return promised_sessions.change(session, held.key, typed, version=version, by=user, today=today())


def then(saved: PromisedSession) -> None:
    after_this("The session is saved.")
    go_to("agreement", id=saved.agreement_id)


if not kinds:
    st.info("This agreement promises interviews of one person each: put the person forward instead.")
elif held is None or held.archived_at is None:
    begins = {"promise": kinds[0].value, "employer_id": agreement.employer_id}
    form = RecordForm(
        "session",
        fields,
        PromisedSessionInput,
        held,
        "Save session",
        belongs_to=agreement.key,
        starts={} if held is not None else begins,
    )
    draw_form(form, user=user, save=save, then=then)
if held is not None:
    draw_archiving(
        held, "session", archive=promised_sessions.archive, bring_back=promised_sessions.bring_back, user=user
    )
