"""A consent that is asked for on the way to something else: what it begins with, and the way back."""

from typing import Any

import streamlit as st
from sqlmodel import Session

from crm.models.consents import WITH_EMPLOYER
from crm.models.users import Actor
from crm.services import employers
from crm.ui.address import optional_id
from crm.ui.screens import go_to

_PURPOSES = frozenset(purpose.value for purpose in WITH_EMPLOYER)
_BACK = ("agreement", "employer", "vacancy")


def with_the_named(session: Session, offered: dict[int, str], user: Actor) -> dict[int, str]:
    """The employers to choose from, with the one that the address names."""
    named = optional_id("employer")
    if named is None or named in offered:
        return offered
    return offered | {named: employers.find(session, named, by=user).name}


def starts() -> dict[str, Any]:
    """What the form begins with, as the address says."""
    purpose, employer = st.query_params.get("purpose", ""), optional_id("employer")
    return {"purpose": purpose, "employer_id": employer} if employer and purpose in _PURPOSES else {}


def go_back(seeker_id: int) -> None:
    """Go where the consent was needed; to the person if it was asked for by itself."""
    use_id = optional_id("promise")
    if use_id is not None:
        go_to("promise", id=use_id)
    if optional_id("agreement") is None:
        go_to("seeker", id=seeker_id)
    found = {name: optional_id(name) for name in _BACK}
    go_to("refer", seeker=seeker_id, **{name: key for name, key in found.items() if key is not None})
