"""The parts of the page that shows everything that was found."""

from collections.abc import Sequence

import streamlit as st

from crm.errors import SecretsError
from crm.models.search import EntryKind
from crm.models.users import Actor
from crm.services.search import Group
from crm.services.search_query import MOST_LED, Hit
from crm.ui.calling import in_our_words
from crm.ui.lists import ANY
from crm.ui.tables import Cell, link, table
from crm.web import finding

_WORDS = "find-words"
_OF = "find-of"


def words_box(user: Actor) -> str:
    """What is looked for: typed here, or brought along by the address, where only this person can read it.

    What is typed here stays out of the address: it may be the name of a job seeker.
    """
    given = st.query_params.get("of", "")
    if _WORDS not in st.session_state or st.session_state.get(_OF, "") != given:
        st.session_state[_OF] = given
        st.session_state[_WORDS] = _brought(given, user)
    return st.text_input("Name, number or postcode", key=_WORDS, type="search", live="300ms") or ""


def _brought(given: str, user: Actor) -> str:
    try:
        return finding.unlocked(given, user) if given else ""
    except SecretsError:
        return ""


def choose_kind(kinds: Sequence[EntryKind]) -> EntryKind | None:
    """Which kind of record to show all of; None for the first of every kind."""
    options = [ANY, *(kind.value for kind in kinds)]
    picked = st.selectbox("Kind", options, key="kind", format_func=_say_kind, bind="query-params")
    return None if picked == ANY else EntryKind(picked)


def _say_kind(value: str) -> str:
    return ANY if value == ANY else kind_words(EntryKind(value))


def kind_words(kind: EntryKind) -> str:
    """What records of a kind are called in this service, several of them."""
    return finding.kind_words(kind, in_our_words("job seekers"))


def draw_group(group: Group) -> None:
    """One kind of what was found: how many, and the first of them."""
    many = f"{group.total:,} or more" if group.total >= MOST_LED else f"{group.total:,}"
    st.header(f"{kind_words(group.kind)} ({many})", anchor=False)
    draw_hits(group.kind, group.hits)
    if group.total > len(group.hits):
        st.caption(f"The first {len(group.hits)} are shown. Choose this kind above to see the others.")


def draw_hits(kind: EntryKind, hits: Sequence[Hit]) -> None:
    """What was found of a kind as a table of links."""
    rows: list[list[Cell]] = [[_link(hit), _about(hit)] for hit in hits]
    table(kind_words(kind), ["Name", "About"], rows)


def _link(hit: Hit) -> Cell:
    page, _, record_id = finding.address_of(hit).partition("?id=")
    return link(hit.title, page, id=int(record_id))


def _about(hit: Hit) -> str:
    return ", ".join(filter(None, [hit.detail, "archived" if hit.is_archived else ""]))
