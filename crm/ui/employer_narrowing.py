"""How lists of employers are narrowed and sorted on screen; the address holds all of it."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from crm.db import reading
from crm.models.employers import RelationshipStage, Tier
from crm.models.users import Actor
from crm.services import employer_tags, staff
from crm.services.cold_accounts import COLD_AFTER_DAYS
from crm.services.employer_filters import (
    MINE,
    NOBODYS,
    EmployerFilter,
    EmployerSort,
    LastContact,
    NextStep,
)
from crm.ui.lists import ANY, choice_filter, draw_choice, search_box, words_filter

_OWNERS = {ANY: ANY, MINE: "Mine", NOBODYS: "Nobody’s"}
_FOLDED = ("tier", "sector", "area", "tag", "contact", "step")
_NARROWED_BY = ("q", "stage", "owner", "cold", "archived", *_FOLDED)

BOARD = "board"
"""What the narrowing of the board is called in the address of a page that leads back to it."""

_ALL = "all"


def draw_filter(user: Actor, *, is_list: bool = True) -> EmployerFilter:
    """Draw the filters and give what they say; a board and a week have an order of their own."""
    with reading() as session:
        colleagues = staff.names(session, by=user)
        tags = employer_tags.all_tags(session, by=user)
    search, stage, owner, only = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    with search:
        words = search_box("Search by name")
    with stage:
        stage_wanted = choice_filter("Stage", list(RelationshipStage), key="stage")
    with owner:
        names = {**_OWNERS, **{str(key): name for key, name in colleagues.items()}}
        owner_wanted = draw_choice("Owner", names, key="owner")
    with only:
        is_cold = st.checkbox(f"No contact for {COLD_AFTER_DAYS} days", key="cold", bind="query-params")
        is_archived = st.checkbox("Archived", key="archived", bind="query-params")
    is_open = any(st.query_params.get(name, ANY) not in ("", ANY) for name in _FOLDED)
    narrowed = EmployerFilter(
        words, stage_wanted, is_archived=is_archived, is_cold=is_cold, owner=owner_wanted
    )
    with st.expander("More ways to narrow and sort", expanded=is_open):
        return _more(narrowed, tags, is_list=is_list)


def _more(narrowed: EmployerFilter, tags: list[str], *, is_list: bool) -> EmployerFilter:
    columns = st.columns(3)
    with columns[0]:
        tier = choice_filter("Tier", list(Tier), key="tier")
        sector = words_filter("Sector", key="sector")
    with columns[1]:
        area = words_filter("Postcode begins with", key="area")
        tag = draw_choice("Tag", {ANY: ANY, **{tag: tag for tag in tags}}, key="tag")
    with columns[2]:
        contact = choice_filter("Last contact", list(LastContact), key="contact")
        step = choice_filter("Next step", list(NextStep), key="step")
    sort = EmployerSort.NAME
    if is_list:
        said = {one.value: _SORTED[one] for one in EmployerSort}
        sort = draw_choice("Sorted by", said, key="sort") or EmployerSort.NAME
    return replace(
        narrowed,
        tier=tier,
        sector=sector,
        area=area,
        tag=tag,
        last_contact=contact,
        next_step=step,
        sort=str(sort),
    )


def narrowed_now() -> str:
    """What narrows the employers on this page, as one value for the address of a page that leads back."""
    return urlencode([pair for pair in st.query_params.items() if pair[0] in _NARROWED_BY]) or _ALL


def read_narrowed(said: str) -> dict[str, str]:
    """The same read again; what is none of the filters is left out."""
    return {name: value for name, value in parse_qsl(said) if name in _NARROWED_BY}


_SORTED = {
    EmployerSort.NAME: "Name",
    EmployerSort.LONGEST_WITHOUT_CONTACT: "Longest without contact first",
    EmployerSort.NEXT_STEP_FIRST: "Next step due first",
    EmployerSort.LATEST_RECORDED: "Latest recorded first",
}
