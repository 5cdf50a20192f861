"""One support that a person needs at work, and whether somebody of their own covers it already."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.analyses import SupportKind
from crm.models.base import Known
from crm.models.seekers import SupportNeed, SupportNeedInput
from crm.services import profiles, seekers
from crm.services.seeker_rows import NEEDS
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import say

user = require_user()
with refuse_politely(), reading() as session:
    need_id = optional_id("id")
    need = NEEDS.find(session, need_id, by=user) if need_id is not None else None
    seeker = seekers.for_form(session, need.seeker_id if need else needed_id("seeker"), by=user)

st.title(say(need.kind) if need else "Add a support need", anchor=False)
show_flash()
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
fields = [
    choice("kind", "Support at work", SupportKind),
    choice("personal_cover", "Does family or community cover it reliably?", Known),
    line("who", "Who covers it", hint="One person only is a risk: plan for when they are away."),
]


def save(session: Session, typed: SupportNeedInput, version: int) -> SupportNeed:
    if need is None:
        return profiles.add_need(session, seeker.key, typed, by=user)
    return profiles.change_need(session, need.key, typed, version=version, by=user)


def then(saved: SupportNeed) -> None:
    after_this(f"“{say(saved.kind)}” is saved.")
    go_to("seeker", id=seeker.key)


if need is None or need.archived_at is None:
    form = RecordForm("need", fields, SupportNeedInput, need, "Save support need", belongs_to=seeker.key)
    draw_form(form, user=user, save=save, then=then)
if need is not None:
    draw_archiving(need, "support need", archive=NEEDS.archive, bring_back=NEEDS.bring_back, user=user)
