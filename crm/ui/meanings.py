"""What somebody's words mean in the skills vocabulary, and the choice of another meaning by a person."""

from collections.abc import Callable

import streamlit as st

from crm.db import reading
from crm.errors import CrmError
from crm.models.base import Record
from crm.models.users import Actor
from crm.services import skills
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import said
from crm.units import carry_out

Choose = Callable[..., object]
"""A service that gives a record another meaning: `(session, id, concept_id, *, version, by)`."""


def draw_meanings(record: Record, words: str, meaning: str, *, choose: Choose, user: Actor) -> None:
    """Say what the words were settled to; on request, offer the five nearest skills of the vocabulary."""
    key = f"meaning-{type(record).__name__}-{record.key}-{record.version}"
    st.header("What it means", anchor=False)
    said(f"In comparisons of people and jobs it counts as: {meaning}")
    if not st.toggle("Choose another meaning", key=f"{key}-open"):
        return
    with reading() as session, st.spinner("Looking through the vocabulary…"):
        found = skills.suggestions(session, words, by=user)
    if not found:
        st.info("Nothing in the vocabulary comes near. The words stand for themselves.")
        return
    offered = {candidate.concept_id: candidate.label for candidate in found}
    chosen = st.radio("It means", list(offered), format_func=offered.__getitem__, key=key)
    if chosen and st.button("Use this meaning"):
        _use(record, chosen, offered[chosen], choose, user)


def _use(record: Record, concept_id: str, label: str, choose: Choose, user: Actor) -> None:
    try:
        carry_out(lambda session: choose(session, record.key, concept_id, version=record.version, by=user))
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(f"It counts as “{label}” now.")
    st.rerun()
