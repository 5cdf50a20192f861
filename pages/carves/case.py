"""The business case of a carved job: what staff say of it. The figures of its tasks come from the tasks."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.carve_cases import CarveCase, CarveCaseInput
from crm.policy import Action
from crm.services import carve_cases, carves
from crm.services.access import may
from crm.ui.address import needed_id
from crm.ui.carve_case_fields import fields
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said
from crm.ui.words import plain, today

user = require_user()
with refuse_politely(), reading() as session:
    carve = carves.find(session, needed_id("id"), by=user)
    case = carve_cases.find(session, carve.key, by=user)

st.title(f"Business case: {plain(carve.title)}", anchor=False)
show_flash()
links([link("Back to the carved job", "carved-job", id=carve.key)], label="Carved job")


def save(session: Session, typed: CarveCaseInput, version: int) -> CarveCase:
    return carve_cases.save(session, carve.key, typed, version=version, by=user, today=today())


def then(saved: CarveCase) -> None:
    after_this("The business case is saved.")
    go_to("carved-job", id=saved.carve_id)


if may(user, Action.CARVES_RECORD, carve):
    said("Leave empty what nobody knows: it is shown as not recorded, never as £0.")
    form = RecordForm(
        "carve-case",
        fields(),
        CarveCaseInput,
        None,  # Drawn as one form before and after somebody has begun the case, so that no draft is lost.
        "Save business case",
        belongs_to=carve.key,
        version=case.version if case else 0,
        starts=case.model_dump() if case else {},
    )
    draw_form(form, user=user, save=save, then=then)
else:
    st.info("This carved job is archived. Bring it back to change its business case.")
