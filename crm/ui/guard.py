"""First in every page, and in every part that runs on its own: who is asking, is the session in force?"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from crm.db import reading, transaction
from crm.models.users import Actor
from crm.services import sessions
from crm.services.sessions import SignIn
from crm.web import holders

P = ParamSpec("P")
T = TypeVar("T")
_ROLES = "crm-roles-drawn-for"
_noting: set[str] = set()
_guard = threading.Lock()


def require_user() -> Actor:
    """The signed-in person, with their roles of this moment; otherwise the page ends with a way to sign in.

    The gate puts the session's digest into `st.user["sid"]`; it is looked up afresh at each run, so that
    signing out, or being shut out, holds from the next action on. Tests with AppTest set
    `at.user = {"sid": make_sign_in(session, user)}` (tests/makers.py).
    """
    digest, sign_in = _sign_in()
    if sign_in is None:
        _end_here()
    running = get_script_run_ctx()
    if running is not None:
        holders.hold(running.session_id, digest)
    if sign_in.is_note_due:
        _note_use_soon(digest)
    return sign_in.actor


def live_part(draw: Callable[P, T], *, run_every: float | None = None) -> Callable[P, T]:
    """A part of a page that runs on its own, as `st.fragment` does, and asks each time who is there.

    Without that, a list or form left open would go on for somebody who has been shut out; and somebody
    whose roles have changed meanwhile has the whole page drawn anew. `run_every` is in seconds.
    """

    @wraps(draw)
    def guarded(*arguments: P.args, **named: P.kwargs) -> T:
        roles = sorted(require_user().roles)
        if st.session_state.setdefault(_ROLES, roles) != roles:
            st.session_state.pop(_ROLES)
            st.rerun()
        return draw(*arguments, **named)

    return st.fragment(guarded, run_every=run_every)


def is_still(user: Actor) -> bool:
    """Is this person still signed in here, with the same roles? What acts before a page is drawn asks."""
    _, sign_in = _sign_in()
    now = sign_in.actor if sign_in is not None else None
    return now is not None and (now.id, now.roles) == (user.id, user.roles)


def _sign_in() -> tuple[str, SignIn | None]:
    digest = this_session()
    with reading() as session:
        return digest, sessions.in_force(session, digest)


def this_session() -> str:
    """The digest of the sign-in in force, for what holds in it alone; `require_user` has looked it up."""
    found = st.user.get("sid")
    return found if isinstance(found, str) else ""


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
