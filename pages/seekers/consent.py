"""One consent: what was agreed to, how it stands, and the way to take it back."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.consents import Consent, WithdrawalInput, Withdrawer
from crm.policy import Action
from crm.services import consent_giving, consents, seekers, sheet_log
from crm.services.access import may
from crm.services.consent_words import statement
from crm.ui.address import needed_id
from crm.ui.consent_parts import consent_rows, what_words
from crm.ui.fields import choice, line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said, summary
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    consent = consents.find(session, needed_id("id"), by=user)
    seeker = seekers.find(session, consent.seeker_id, by=user)
    employer = consents.employer_of(session, consent, by=user)

st.title(plain(what_words(consent)), anchor=False)
show_flash()
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
summary(consent_rows(consent, employer))
st.header("What they were told", anchor=False)
said(statement(consent.purpose, employer, consent.facts, consent.wording_version))


def save(session: Session, typed: WithdrawalInput, _version: int) -> Consent:
    return consent_giving.withdraw(session, consent.key, typed, by=user, today=today())


def pages_to_recall(saved: Consent) -> str:
    """Who still has a page that rested on it, so that somebody asks for it back."""
    if saved.employer_id is None or not may(user, Action.SHEETS_READ):
        return ""
    with reading() as session:
        out = sheet_log.still_out(session, seeker.key, saved.employer_id, by=user, today=today())
    names = ", ".join(dict.fromkeys(sheet.given_to for sheet in out))
    return f"Recall the page that {names} at {employer} has: it is listed with the person." if out else ""


def then(saved: Consent) -> None:
    again = "It can be given again at any time, as a new one."
    after_this(f"The consent is withdrawn from today on. {again} {pages_to_recall(saved)}".rstrip())
    go_to("seeker", id=seeker.key)


to_recall = pages_to_recall(consent) if consent.withdrawn_on is not None else ""
if to_recall:
    st.warning(plain(to_recall))
if consent.withdrawn_on is None and may(user, Action.CONSENTS_RECORD):
    st.header("Withdraw", anchor=False)
    said("No reason is needed. A consent is never changed: one recorded by mistake is withdrawn as that.")
    fields = [
        choice("withdrawn_by", "Who withdraws it", Withdrawer),
        line("withdrawn_how", "How they said so, if you want to note it", hint="For example: by telephone."),
    ]
    form = RecordForm("withdraw", fields, WithdrawalInput, None, "Withdraw", belongs_to=consent.key)
    draw_form(form, user=user, save=save, then=then)
