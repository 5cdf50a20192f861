"""One consent: what was agreed to, how it stands, and the way to take it back."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.consents import Consent, WithdrawalInput, Withdrawer
from crm.policy import Action
from crm.services import consent_giving, consents, seekers
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


def then(_saved: Consent) -> None:
    after_this("The consent is withdrawn from today on. It can be given again at any time, as a new one.")
    go_to("seeker", id=seeker.key)


if consent.withdrawn_on is None and may(user, Action.CONSENTS_RECORD):
    st.header("Withdraw", anchor=False)
    said("No reason is needed. A consent is never changed: one recorded by mistake is withdrawn as that.")
    fields = [
        choice("withdrawn_by", "Who withdraws it", Withdrawer),
        line("withdrawn_how", "How they said so, if you want to note it", hint="For example: by telephone."),
    ]
    form = RecordForm("withdraw", fields, WithdrawalInput, None, "Withdraw", belongs_to=consent.key)
    draw_form(form, user=user, save=save, then=then)
