"""Choosing what of a caseload is handed over, all or ticked, and saying what is going to move."""

from typing import Any

import streamlit as st

from crm.db import reading
from crm.models.caseloads import CaseloadKind
from crm.models.users import Actor, User
from crm.services import caseloads
from crm.services.caseloads import HeldRecord
from crm.ui.caseload_parts import caseload_words, heading_of, number_of
from crm.ui.lists import PAGE_SIZE, draw_pages, first_row
from crm.ui.tables import table
from crm.ui.words import day, plain, say

_HOW = ("All", "Those I tick", "None")
_NAMED = 25


class Choosing:
    """What is chosen of one colleague's caseload, kept between the runs of their page."""

    def __init__(self, colleague: User, user: Actor, has: dict[CaseloadKind, int]) -> None:
        self._colleague = colleague
        self._user = user
        self._has = {kind: number for kind, number in has.items() if number}
        self._key = f"handing-over-{colleague.key}"

    def draw(self) -> None:
        """Ask for each kind which of them go."""
        for kind, number in self._has.items():
            how = st.radio(
                f"Which {heading_of(kind).lower()}? {number_of(kind, number)} in all",
                _HOW,
                key=f"{self._key}-{kind.value}-how",
                horizontal=True,
            )
            if how == _HOW[1]:
                self._draw_ticks(kind)

    def _draw_ticks(self, kind: CaseloadKind) -> None:
        page_key = f"tick-{kind.name.lower()}"
        with reading() as session:
            page = caseloads.held(
                session,
                self._colleague.key,
                kind,
                offset=first_row(key=page_key),
                limit=PAGE_SIZE,
                by=self._user,
            )
        ticked = self._ticked(kind)
        for row in page.rows:
            key = f"{self._key}-{kind.value}-{row.id}"
            st.session_state.setdefault(key, row.id in ticked)
            st.checkbox(plain(_name(row)), key=key, on_change=self._tick, args=(kind, row.id, key))
        draw_pages(page.total, one="record", key=page_key)

    def _ticked(self, kind: CaseloadKind) -> set[int]:
        return st.session_state.setdefault(f"{self._key}-{kind.value}-ticked", set())

    def _tick(self, kind: CaseloadKind, record_id: int, key: str) -> None:
        """Remember a tick: Streamlit forgets those on the pages of the list that are not shown."""
        change: Any = self._ticked(kind).add if st.session_state[key] else self._ticked(kind).discard
        change(record_id)

    def chosen(self) -> dict[CaseloadKind, list[int]]:
        """The ids of what goes, by kind."""
        return st.session_state.get(f"{self._key}-chosen", {})

    def draw_preview(self, to_name: str | None, both_until: Any) -> None:
        """Say what is going to move, and keep exactly that for the save."""
        with reading() as session:
            chosen = {kind: self._ids(session, kind) for kind in self._has}
            named = {
                kind: caseloads.named(session, kind, ids[:_NAMED], by=self._user)
                for kind, ids in chosen.items()
            }
        st.session_state[f"{self._key}-chosen"] = chosen
        st.header("What is going to move", anchor=False)
        rows = [
            (heading_of(kind), len(ids), _names(named[kind], len(ids))) for kind, ids in chosen.items() if ids
        ]
        if not rows:
            st.info("Nothing is chosen yet.")
            return
        table("What is going to move", ["Kind", "How many", "Which"], rows, numbers="How many")
        sizes = caseload_words({kind: len(ids) for kind, ids in chosen.items()})
        after = f" Both can act until {day(both_until)}." if both_until else " It is theirs alone at once."
        st.caption(plain(f"{sizes} from {self._colleague.name} to {to_name or 'nobody yet'}.{after}"))

    def _ids(self, session: Any, kind: CaseloadKind) -> list[int]:
        how = st.session_state.get(f"{self._key}-{kind.value}-how")
        if how == _HOW[2]:
            return []
        held = caseloads.held_ids(session, self._colleague.key, kind, by=self._user)
        return held if how == _HOW[0] else [key for key in held if key in self._ticked(kind)]


def _name(row: HeldRecord) -> str:
    return f"{row.name}: {say(row.agreement_kind).lower()}" if row.agreement_kind else row.name


def _names(named: list[HeldRecord], total: int) -> str:
    more = f" and {total - len(named):,} more" if total > len(named) else ""
    return ", ".join(_name(row) for row in named) + more
