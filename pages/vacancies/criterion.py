"""One thing that a vacancy asks for: its words, what they mean in the vocabulary, how much it matters."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.base import Known
from crm.models.vacancies import VacancyCriterion, VacancyCriterionInput
from crm.services import criteria, vacancies
from crm.ui.address import needed_id, optional_id
from crm.ui.archiving import draw_archiving
from crm.ui.fields import choice, level, line, tick
from crm.ui.flash import after_this, show_flash
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.meanings import draw_meanings, meanings
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links
from crm.ui.words import plain

user = require_user()
with refuse_politely(), reading() as session:
    criterion_id = optional_id("id")
    row = criteria.find(session, criterion_id, by=user) if criterion_id is not None else None
    vacancy_id = row.criterion.vacancy_id if row else needed_id("vacancy")
    vacancy = vacancies.find(session, vacancy_id, by=user)

st.title(plain(row.criterion.text) if row else "Add what the job asks", anchor=False)
show_flash()
links([link(vacancy.title, "vacancy", id=vacancy.key)], label="Vacancy")
fields = [
    line(
        "text",
        "What is asked for",
        hint="One skill or duty in a few words, for example till operation.",
        is_live=True,
    ),
    meanings(
        "text", user=user, known={row.criterion.text: (row.criterion.concept_id, row.meaning)} if row else {}
    ),
    level("level", "Level"),
    tick("is_essential", "Essential", hint="Not ticked means preferred."),
    tick("could_move", "Could move to a colleague"),
    choice("is_adjustable", "Can it be met with an adjustment or technology?", Known),
]


def save(session: Session, typed: VacancyCriterionInput, version: int) -> VacancyCriterion:
    if row is None:
        return criteria.add(session, vacancy.key, typed, by=user)
    return criteria.change(session, row.criterion.key, typed, version=version, by=user)


def then(saved: VacancyCriterion) -> None:
    after_this(f"“{saved.text}” is saved.")
    go_to("vacancy", id=vacancy.key)


if row is None or row.criterion.archived_at is None:
    one = row.criterion if row else None
    form = RecordForm(
        "criterion",
        fields,
        VacancyCriterionInput,
        one,
        "Save what is asked",
        belongs_to=vacancy.key,
        starts={"meanings": {}},
    )
    draw_form(form, user=user, save=save, then=then)
if row is not None:
    if row.criterion.archived_at is None:
        one = row.criterion
        draw_meanings(one, one.text, row.meaning, choose=criteria.choose, user=user)
    draw_archiving(
        row.criterion, "criterion", archive=criteria.archive, bring_back=criteria.bring_back, user=user
    )
