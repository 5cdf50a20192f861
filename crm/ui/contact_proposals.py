"""Pasting an e-mail or notes into the form of a contact: what they say is proposed, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from crm.models.employers import EmployerPerson
from crm.readers.contact_notes import KnownPerson, Proposals, propose
from crm.ui.contact_fields import marked
from crm.ui.fields import Field, Typed, text

SECTION = "Paste an e-mail or notes"
PASTED = "pasted"
_WORDS = "crm_proposed_words"


def proposals_in(pasted: str, people: Sequence[EmployerPerson], *, today: date) -> Proposals:
    """What a pasted text says about a contact with one of these people."""
    known = [
        KnownPerson(one.key, one.name, one.email or "")
        for one in people
        if one.left_on is None and one.archived_at is None
    ]
    return propose(pasted, today=today, people=known)


def with_proposals(
    fields: Sequence[Field], people: Sequence[EmployerPerson], *, prefix: str, today: date
) -> list[Field]:
    """The fields, each told where its value was proposed, after one to paste a text into."""
    by_name = {one.name: one for one in fields}

    def fill() -> None:
        found = proposals_in(st.session_state.get(f"{prefix}{PASTED}") or "", people, today=today)
        for name, proposal in found.fields.items():
            if name in by_name and not (name == "summary" and st.session_state.get(f"{prefix}{name}")):
                st.session_state[f"{prefix}{name}"] = by_name[name].show(proposal.value)
        remember(found, prefix)

    pasted = replace(text(PASTED, "The e-mail or the notes", section=SECTION), is_wide=True)

    def draw(key: str, label: str, hint: str | None) -> Typed:
        typed = pasted.draw(key, label, hint)
        st.button("Propose from this", key=f"{prefix}propose", on_click=fill)
        return typed

    return [*(marked(one, lambda: words_of(prefix)) for one in fields), replace(pasted, draw=draw)]


def remember(found: Proposals, prefix: str) -> None:
    """Keep which fields of this form were proposed, and from which words."""
    st.session_state[_WORDS] = {
        "of": prefix,
        "words": {name: one.words for name, one in found.fields.items() if one.words},
    }


def words_of(prefix: str) -> Mapping[str, str]:
    """The words that the fields of this form were proposed from."""
    kept: dict[str, Any] = st.session_state.get(_WORDS, {})
    return kept["words"] if kept.get("of") == prefix else {}


def forget() -> None:
    """The contact is saved: nothing is a proposal any more."""
    st.session_state.pop(_WORDS, None)
