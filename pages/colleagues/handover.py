"""Hand a caseload over: to whom, what of it, and up to which day both can act. Shown before it is saved."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.errors import NotFoundError
from crm.models.caseloads import Handover, HandoverInput
from crm.services import caseloads, handovers, staff
from crm.ui.address import needed_id
from crm.ui.caseload_parts import caseload_words
from crm.ui.fields import day, line, pick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.handing_over import Choosing
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    colleague = caseloads.colleague(session, needed_id("id"), by=user)
    has = caseloads.sizes(session, colleague.key, by=user)
    others = {key: name for key, name in staff.names(session, by=user).items() if key != colleague.key}
    if not any(has.values()):
        raise NotFoundError(f"{colleague.name} has nothing to hand over.")

st.title(plain(f"Hand over from {colleague.name}"), anchor=False)
links([link("The caseload", "caseload", id=colleague.key)], label="Where this belongs")
fields = [
    pick("to_id", "Hand over to", others),
    line("why", "Why", hint="For example: on leave until September."),
]
if colleague.disabled_at is None:
    fields.insert(1, day("both_until", "Both can act until", hint="Leave it empty for at once."))
form = RecordForm("hand-over", fields, HandoverInput, None, "Hand over", belongs_to=colleague.key)
choosing = Choosing(colleague, user, has)


def ask() -> None:
    """Choose, and see what is going to move."""
    choosing.draw()
    typed = st.session_state.get(f"{form.prefix}to_id")
    until = st.session_state.get(f"{form.prefix}both_until")
    choosing.draw_preview(others.get(typed) if isinstance(typed, int) else None, until)


def save(session: Session, typed: HandoverInput, version: int) -> Handover:
    """Hand over exactly what was shown."""
    return handovers.hand_over(session, colleague.key, typed, choosing.chosen(), by=user, today=today())


def then(saved: Handover) -> None:
    """Say what was moved."""
    moved = caseload_words({kind: len(ids) for kind, ids in choosing.chosen().items()})
    after_this(f"Handed over to {others.get(saved.to_id, 'them')}: {moved}.")
    go_to("caseload", id=colleague.key)


draw_form(form, user=user, save=save, then=then, ask=ask)
