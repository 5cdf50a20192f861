"""What a criterion's words mean in the skills vocabulary, and the choice of another meaning by a person."""

import streamlit as st

from crm.db import reading, transaction
from crm.errors import CrmError
from crm.models.users import Actor
from crm.models.vacancies import VacancyCriterion
from crm.services import criteria, skills
from crm.services.criteria import CriterionRow
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import said


def draw_meanings(row: CriterionRow, user: Actor) -> None:
    """Say what the words were settled to; on request, offer the five nearest skills of the vocabulary."""
    key = f"meaning-{row.criterion.key}-{row.criterion.version}"
    st.header("What it means", anchor=False)
    said(f"In the comparison with people’s skills it counts as: {row.meaning}")
    if not st.toggle("Choose another meaning", key=f"{key}-open"):
        return
    with reading() as session, st.spinner("Looking through the vocabulary…"):
        found = skills.suggestions(session, row.criterion.text, by=user)
    if not found:
        st.info("Nothing in the vocabulary comes near. The words stand for themselves.")
        return
    offered = {candidate.concept_id: candidate.label for candidate in found}
    chosen = st.radio("It means", list(offered), format_func=offered.__getitem__, key=key)
    if chosen and st.button("Use this meaning"):
        _use(row.criterion, chosen, offered[chosen], user)


def _use(criterion: VacancyCriterion, concept_id: str, label: str, user: Actor) -> None:
    try:
        with transaction() as session:
            criteria.choose(session, criterion.key, concept_id, version=criterion.version, by=user)
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(f"It counts as “{label}” now.")
    st.rerun()
