"""First in every page: who is asking, and is their session still in force?"""

import threading
from typing import NoReturn

import streamlit as st

from crm.db import reading, transaction
from crm.models.users import Actor
from crm.services import sessions

_noting: set[str] = set()
_guard = threading.Lock()


def require_user() -> Actor:
    """The signed-in person, with their roles of this moment; otherwise the page ends with a way to sign in.

    The gate puts the session's digest into `st.user["sid"]`; it is looked up afresh at each run, so that
    signing out, or being shut out, holds from the next action on. Tests with AppTest set
    `at.user = {"sid": make_sign_in(session, user)}` (tests/makers.py).
    """
    found = st.user.get("sid")
    digest = found if isinstance(found, str) else ""
    with reading() as session:
        sign_in = sessions.in_force(session, digest)
    if sign_in is None:
        _end_here()
    if sign_in.is_note_due:
        _note_use_soon(digest)
    return sign_in.actor


def _end_here() -> NoReturn:
    st.title("You are signed out", anchor=False)
    st.html('<p>Nothing you saved is lost. <a href="/login" target="_self">Sign in again</a> to go on.</p>')
    st.stop()


def _note_use_soon(digest: str) -> None:
    """Note the use beside the page: a long import may hold the write lock, and no page waits for it."""
    with _guard:
        if digest in _noting:
            return
        _noting.add(digest)
    threading.Thread(target=_note_use, args=(digest,), name="note-use", daemon=True).start()


def _note_use(digest: str) -> None:
    try:
        with transaction() as session:
            sessions.note_use(session, digest)
    finally:
        with _guard:
            _noting.discard(digest)
