"""The parts of a colleague's page, some of which stand on one's own account page too."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.config import settings
from crm.db import transaction
from crm.errors import CrmError
from crm.models.users import Actor, User
from crm.services import colleagues, invitations, users
from crm.services.colleagues import SignedIn
from crm.ui.doing import do_now
from crm.ui.guard import is_still
from crm.ui.tables import said, table
from crm.ui.words import moment, plain


def draw_invitation(colleague: User, user: Actor) -> None:
    """Make a link to choose a password with, and show it once: it is kept nowhere."""
    st.header("Password", anchor=False)
    key = f"invitation-{colleague.key}"
    st.button(
        "Make a link to choose a password with", key=key, on_click=_invite, args=(colleague.key, user, key)
    )
    refused = st.session_state.pop(f"{key}-refused", None)
    if refused:
        st.error(plain(refused))
    token = st.session_state.pop(f"{key}-token", None)
    if token:
        st.success(
            "Give this link to your colleague and to nobody else. It works once, for three days, and is "
            "shown only now. Any earlier link has stopped working."
        )
        st.code(f"{settings().public_url}/password/{token}", language=None, wrap_lines=True)
    else:
        st.caption("For a new colleague, or one who has forgotten the password. Nothing is sent.")


def _invite(user_id: int, user: Actor, key: str) -> None:
    if not is_still(user):
        return
    try:
        with transaction() as session:
            token = invitations.invite(session, user_id, by=user)
    except CrmError as problem:
        st.session_state[f"{key}-refused"] = str(problem)
        return
    # Only once it is stored: a link that is shown has to work.
    st.session_state[f"{key}-token"] = token


def draw_sign_ins(found: Sequence[SignedIn], user: Actor) -> None:
    """Where somebody is signed in, each with a way to end it."""
    st.header("Signed in now", anchor=False)
    if not found:
        st.caption("Nowhere.")
        return
    numbered = list(enumerate(found, start=1))
    rows = [(number, moment(one.since), moment(one.seen_at)) for number, one in numbered]
    table("Browsers signed in", ["Browser", "Since", "Last used"], rows)
    for number, one in numbered:
        if st.button(f"Sign out browser {number}", key=f"sign-out-{one.id}"):
            _sign_out(one.id, user)


def _sign_out(session_id: int, user: Actor) -> None:
    do_now(lambda session: colleagues.sign_out(session, session_id, by=user), "That browser is signed out.")


def draw_access(colleague: User, user: Actor) -> None:
    """Shut a colleague out after a question, or let them in again."""
    named: dict[str, Any] = {"version": colleague.version, "by": user}
    key = f"access-{colleague.key}-{colleague.version}"
    if colleague.disabled_at is not None:
        st.warning(f"Shut out since {moment(colleague.disabled_at)}.")
        if st.button("Let them in again", key=f"{key}-in"):
            do_now(lambda session: users.enable(session, colleague.key, **named), "They can sign in again.")
        return
    with st.expander("Shut this colleague out"):
        said("They are out at their next action, on every device. What they recorded stays. You can undo it.")
        if st.button("Shut out", key=f"{key}-out"):
            do_now(lambda session: users.disable(session, colleague.key, **named), "They are shut out.")
