"""The one place where this service's own word for a job seeker gets onto the screens.

The code says “job seeker” throughout. What the product says itself (titles, menus, buttons, messages) passes
through `in_our_words`; what people typed never does.
"""

import re

import streamlit as st

from crm.models.users import Service

_KEY = "crm_seeker_words"
_SAID = re.compile(r"\b(?:(?P<article>[Aa]) )?(?P<first>[Jj])ob seeker(?P<several>s?)\b")


def use_words_of(service: Service) -> None:
    """Say what this service calls one job seeker and several; at the start of every run."""
    st.session_state[_KEY] = service.seeker_word, service.seeker_words


def in_our_words(text: str) -> str:
    """A text of the product with the service's own word where it says “job seeker”."""
    one, several = st.session_state.get(_KEY, ("job seeker", "job seekers"))
    return _SAID.sub(lambda found: _put(found, one, several), text)


def _put(found: re.Match[str], one: str, several: str) -> str:
    word = several if found["several"] else one
    if found["first"] == "J":
        word = word[:1].upper() + word[1:]
    if not found["article"]:
        return word
    return f"{found['article']}{'n' if word[:1].lower() in 'aeiou' else ''} {word}"
