"""What every record page ends with: who saved it last, and putting it aside or bringing it back."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.db import transaction
from crm.errors import CrmError
from crm.models.base import Record
from crm.services.archiving import LastSave
from crm.ui.flash import after_this
from crm.ui.problems import show_problem
from crm.ui.tables import said
from crm.ui.words import moment

Archive = Callable[[Session, str, int], Any]
"""Archives in a session, with the reason and the version that the page was drawn from."""

BringBack = Callable[[Session, int], Any]
"""Brings back in a session, with the version that the page was drawn from."""


def show_last_save(last: LastSave) -> None:
    """Say who recorded or changed the record last, and when."""
    verb = "Recorded" if last.is_first else "Last changed"
    said(f"{verb} by {last.who} on {moment(last.at)}.")


def say_if_archived(record: Record) -> None:
    """Say, where it is so, that the record is archived, since when and why."""
    if record.archived_at is not None:
        st.warning("This record is archived. It can be read, but not changed.")
        said(f"Archived on {moment(record.archived_at)}: {record.archived_why}")


def offer_archive(record: Record, *, name: str, archive: Archive, bring_back: BringBack) -> None:
    """Offer to put the record aside with a reason or, when it is archived, to bring it back."""
    if record.archived_at is not None:
        if st.button("Bring back from the archive", key="bring-back"):
            _do(lambda session: bring_back(session, record.version), f"{name} is back from the archive.")
        return
    with st.expander("Archive this record"):
        why = st.text_input("Why is it put aside?", key="archive-why")
        st.caption("Nothing is deleted: the record stays readable and can be brought back.")
        if st.button("Archive", key="archive"):
            _do(lambda session: archive(session, why, record.version), f"{name} is archived.")


def _do(change: Callable[[Session], Any], done: str) -> None:
    """Save the change and draw the page again with its message; what is wrong is said in place."""
    try:
        with transaction() as session:
            change(session)
    except CrmError as problem:
        show_problem(problem)
        return
    after_this(done)
    st.rerun()
