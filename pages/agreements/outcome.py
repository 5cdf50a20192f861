"""Say what became of a promise, or put right what was said."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import Standing
from crm.models.agreement_uses import AgreementUse, OutcomeInput
from crm.policy import Action
from crm.services import agreement_uses, employers, promise_outcomes, seekers
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.outcome_fields import fields_for
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, say, today

user = require_user()
with refuse_politely(), reading() as session:
    use = agreement_uses.find(session, needed_id("id"), by=user)
    employer = employers.find(session, use.employer_id, by=user)
    seeker = seekers.find(session, use.seeker_id, by=user)

st.title(f"What happened: {say(use.promise).lower()}, {plain(employer.name)}", anchor=False)
links(
    [
        link("Back to the promise", "promise", id=use.key),
        link(seeker.preferred_name, "seeker", id=seeker.key),
    ],
    label="Records",
)


def save(session: Session, typed: OutcomeInput, version: int) -> AgreementUse:
    return promise_outcomes.record(session, use.key, typed, version=version, by=user, today=today())


def then(saved: AgreementUse) -> None:
    after_this("What happened is saved.")
    go_to("promise", id=saved.key)


if use.standing is not Standing.REFERRED:
    st.info("The employer has not been told of this person, so there is nothing to say yet.")
elif may(user, Action.PROMISES_RECORD, use):
    form = RecordForm("outcome", fields_for(use.promise), OutcomeInput, use, "Save what happened")
    draw_form(form, user=user, save=save, then=then)
else:
    st.info("You may see this promise, but not say what became of it: “Your account” says who may, and why.")
