"""How much each part of a comparison counts, what the parts are, and who changed a weight when."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.service import WeightsInput
from crm.models.users import Service
from crm.services import service
from crm.ui.fields import number, read_number
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.setting_words import WEIGHTS
from crm.ui.tables import link, links, said, table

user = require_user()
with refuse_politely(), reading() as session:
    here = service.current(session, by=user)

st.title("Weights of matching", anchor=False)
links([link("Service settings, and who changed them", "settings")], label="Where this belongs")
said(
    "A comparison of a person and a job has four parts. Each weight says how much its part counts against "
    "the others; only their ratios matter, so 4, 2.5, 2 and 1.5 give what 40, 25, 20 and 15 give. What is "
    "not known about a part neither helps nor harms. Nobody is left out by a weight: it changes the order, "
    "and a person decides."
)
fields = [number(name, label, hint=hint) for name, (label, hint) in WEIGHTS.items()]
form = RecordForm("weights", fields, WeightsInput, here, "Save weights")


def draw_shares() -> None:
    """What the weights typed add up to, and the share of each."""
    typed = {name: read_number(st.session_state[f"{form.prefix}{name}"]) for name in WEIGHTS}
    known = {name: value for name, value in typed.items() if isinstance(value, float) and value >= 0}
    total = sum(known.values())
    rows = [
        (label, f"{known[name] / total:.0%}" if name in known and total else "–", hint)
        for name, (label, hint) in WEIGHTS.items()
    ]
    table(f"Together the weights are {total:g}", ["Weight", "Share", "What it compares"], rows)
    st.caption("Runs that are stored keep the weights they were made with; new runs take the new ones.")


def save(session: Session, typed: WeightsInput, version: int) -> Service:
    """Store the weights."""
    return service.change_weights(session, typed, version=version, by=user)


def then(saved: Service) -> None:
    """Go back to the settings, where the change stands among the others."""
    after_this("The weights are saved. The next comparison uses them.")
    go_to("settings")


draw_form(form, user=user, save=save, then=then, ask=draw_shares)
