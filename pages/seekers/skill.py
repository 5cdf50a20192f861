"""One skill of a person: its words, what they mean in the vocabulary, the level, and how we know."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.seekers import ProfileSkill, ProfileSkillInput, SkillEvidence
from crm.services import profile_skills, seekers
from crm.services.seeker_rows import SKILLS
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, day, level, line
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.meanings import draw_meanings, meanings
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    skill_id = optional_id("id")
    row = profile_skills.find(session, skill_id, by=user) if skill_id is not None else None
    seeker = seekers.for_form(session, row.skill.seeker_id if row else needed_id("seeker"), by=user)

st.title(plain(row.skill.name) if row else "Add a skill", anchor=False)
show_flash()
links([link(seeker.preferred_name, "seeker", id=seeker.key)], label="Record")
fields = [
    line(
        "name",
        "Skill",
        hint="One thing they do, in a few words, for example stacking shelves.",
        is_live=True,
    ),
    meanings("name", user=user, known={row.skill.name: (row.skill.concept_id, row.meaning)} if row else {}),
    level("level", "Level", hint="0 means not yet: a recorded gap. Leave it open when nobody has looked."),
    choice("evidence", "How we know", SkillEvidence),
    day("evidenced_on", "Seen or shown on"),
    line("with_support", "With what support", hint="A skill with support counts in full."),
]


def save(session: Session, typed: ProfileSkillInput, version: int) -> ProfileSkill:
    if row is None:
        return profile_skills.add(session, seeker.key, typed, by=user)
    return profile_skills.change(session, row.skill.key, typed, version=version, by=user)


def then(saved: ProfileSkill) -> None:
    after_this(f"“{saved.name}” is saved.")
    go_to("seeker", id=seeker.key)


one = row.skill if row else None
if one is None or one.archived_at is None:
    form = RecordForm(
        "skill",
        fields,
        ProfileSkillInput,
        one,
        "Save skill",
        belongs_to=seeker.key,
        starts={"meanings": {}},
    )
    draw_form(form, user=user, save=save, then=then)
if row is not None:
    if row.skill.archived_at is None:
        draw_meanings(row.skill, row.skill.name, row.meaning, choose=profile_skills.choose, user=user)
    draw_archiving(row.skill, "skill", archive=SKILLS.archive, bring_back=SKILLS.bring_back, user=user)
