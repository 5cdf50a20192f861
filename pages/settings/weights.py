"""How much each part of a comparison counts, what other weights would change, and every version so far."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.service import WeightsEdit
from crm.models.users import Service
from crm.services import service, weights_versions
from crm.ui.fields import line, number
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.setting_words import WEIGHTS
from crm.ui.tables import link, links, said
from crm.ui.weights_parts import draw_effect, draw_shares, draw_versions, ensure_shown, weights_typed

user = require_user()
with refuse_politely(), reading() as session:
    here = service.current(session, by=user)
    versions = weights_versions.all_of_them(session, by=user)

st.title("Weights of matching", anchor=False)
links([link("Service settings, and who changed them", "settings")], label="Where this belongs")
said(
    "A comparison of a person and a job has four parts. Each weight says how much its part counts against "
    "the others; only their ratios matter, so 4, 2.5, 2 and 1.5 give what 40, 25, 20 and 15 give. What is "
    "not known about a part neither helps nor harms. Nobody is left out by a weight: it changes the order, "
    "and a person decides."
)
fields = [
    *(number(name, label, hint=hint) for name, (label, hint) in WEIGHTS.items()),
    line("why", "Why these weights", hint="It stands beside the version, for whoever asks later."),
]
form = RecordForm("weights", fields, WeightsEdit, here, "Save weights", starts={"why": None})


def ask() -> None:
    """Show what the weights typed add up to, and what they would change, before they can be saved."""
    typed = weights_typed(form.prefix)
    draw_shares(typed)
    draw_effect(typed, here, user)


def save(session: Session, typed: WeightsEdit, version: int) -> Service:
    """Store the weights, once their effect has been on the screen."""
    ensure_shown(typed, here)
    return service.change_weights(session, typed, version=version, by=user)


def then(saved: Service) -> None:
    """Go back to the settings, where the change stands among the others."""
    after_this("The weights are saved. The next comparison uses them.")
    go_to("settings")


draw_form(form, user=user, save=save, then=then, ask=ask)
draw_versions(versions, form.prefix)
