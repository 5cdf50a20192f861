"""Lists that filter, count and page in SQL: the address holds the filters, so that a view can be shared."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from math import ceil

import streamlit as st

from crm.ui.words import count, say

PAGE_SIZE = 25
ANY = "Any"


def search_box(label: str, *, key: str = "q") -> str:
    """A search field that filters as one types; what is typed stays in the address."""
    return (
        st.text_input(
            label, key=key, type="search", live="300ms", bind="query-params", on_change=to_first_page
        )
        or ""
    )


def words_filter(label: str, *, key: str) -> str:
    """A filter by what a field holds; it narrows when one leaves it. What is typed stays in the address."""
    return st.text_input(label, key=key, bind="query-params", on_change=to_first_page) or ""


def choice_filter(
    label: str, choices: Sequence[StrEnum], *, key: str, say_as: Callable[[str], str] = say
) -> str | None:
    """A filter over a fixed list; None means any. The words of what is chosen stay in the address."""
    return draw_choice(
        label, {ANY: ANY, **{choice.value: say_as(choice.value) for choice in choices}}, key=key
    )


def draw_choice(label: str, words: Mapping[str, str], *, key: str) -> str | None:
    """A filter over values and their words; None means any. What is chosen stays in the address as words."""
    picked = st.selectbox(
        label,
        list(words),
        key=key,
        format_func=words.__getitem__,
        bind="query-params",
        on_change=to_first_page,
    )
    return None if picked == ANY else picked


def kinds_filter(label: str, choices: Sequence[StrEnum], *, key: str) -> list[str]:
    """A filter over kinds, several at once; none means all. What is picked stays in the address."""
    options = [choice.value for choice in choices]
    picked = st.pills(
        label,
        options,
        selection_mode="multi",
        key=key,
        format_func=say,
        bind="query-params",
        on_change=to_first_page,
    )
    return list(picked or ())


def first_row(*, key: str = "page") -> int:
    """The offset of the page that the address asks for; the first one when it asks for none."""
    page = st.session_state.get(key) or st.query_params.get(key, "1")
    given = str(page)
    is_page = given.isascii() and given.isdigit() and len(given) < 9
    return max(0, int(given) - 1) * PAGE_SIZE if is_page else 0


def draw_pages(total: int, *, one: str, many: str | None = None, key: str = "page") -> None:
    """Say how many there are in all, and draw the page numbers where one page does not hold them."""
    pages = max(1, ceil(total / PAGE_SIZE))
    st.html(f'<p class="crm-count" role="status">{count(total, one, many)} in all</p>')
    if pages > 1:
        st.pagination(pages, key=key, bind="query-params")


def to_first_page() -> None:
    """Have the list begin anew, as something else narrows it from now on."""
    if "page" in st.session_state:
        st.session_state["page"] = 1
