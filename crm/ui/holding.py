"""What somebody uploaded, kept while they look at the preview: in this process only, and only the last few.

Session state is not the place: Streamlit pickles all of it at each run to check that it could be stored.
"""

import secrets
import threading
from collections import OrderedDict
from typing import Generic, TypeVar

import streamlit as st

from crm.models.users import Actor

T = TypeVar("T")
_MOST_HELD = 8


class Shelf(Generic[T]):
    """Holds things for people; the oldest goes when there are more than eight."""

    def __init__(self, name: str) -> None:
        self._key = f"held-{name}"
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[int | None, T]] = OrderedDict()

    def put(self, thing: T, user: Actor) -> None:
        """Hold this for the person in this tab, in place of what was held for it."""
        self.drop()
        token = secrets.token_hex(8)
        with self._lock:
            self._held[token] = (user.id, thing)
            while len(self._held) > _MOST_HELD:
                self._held.popitem(last=False)
        st.session_state[self._key] = token

    def find(self, user: Actor) -> T | None:
        """What is held for this person in this tab, if it still is."""
        with self._lock:
            owner, thing = self._held.get(st.session_state.get(self._key, ""), (None, None))
        return thing if thing is not None and owner == user.id else None

    def drop(self) -> None:
        """Let go of what is held for this tab."""
        with self._lock:
            self._held.pop(st.session_state.pop(self._key, ""), None)
