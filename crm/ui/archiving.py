"""Putting a record aside with a reason, and bringing it back, on the record's own page."""

from typing import Any, Protocol

import streamlit as st
from sqlmodel import Session

from crm.models.base import Record
from crm.models.users import Actor
from crm.ui.calling import in_our_words
from crm.ui.doing import do_now
from crm.ui.tables import said
from crm.ui.words import moment


class Archive(Protocol):
    """A service that puts a record of its kind aside."""

    def __call__(self, session: Session, record_id: int, /, *, why: str, version: int, by: Actor) -> object:
        """Put the record aside with its reason."""
        ...


class BringBack(Protocol):
    """A service that takes a record of its kind out of the archive."""

    def __call__(self, session: Session, record_id: int, /, *, version: int, by: Actor) -> object:
        """Take the record out of the archive."""
        ...


def draw_archiving(
    record: Record, called: str, *, archive: Archive, bring_back: BringBack, user: Actor
) -> None:
    """Offer to archive a live record, or say why it is archived and offer to bring it back."""
    called = in_our_words(called)
    key = f"archive-{type(record).__name__}-{record.key}-{record.version}"
    named: dict[str, Any] = {"version": record.version, "by": user}
    if record.archived_at is not None:
        st.warning(f"This {called} was archived on {moment(record.archived_at)}.")
        said(f"Reason: {record.archived_why}")
        if st.button(f"Bring this {called} back", key=f"{key}-back"):
            do_now(lambda session: bring_back(session, record.key, **named), f"The {called} is back.")
        return
    with st.expander(f"Archive this {called}"):
        why = st.text_input("Why is it put aside?", key=f"{key}-why")
        if st.button(f"Archive {called}", key=key):
            done = f"The {called} is archived. You can bring it back below."
            do_now(lambda session: archive(session, record.key, why=why, **named), done)
