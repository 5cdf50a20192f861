"""Lists as real HTML tables and record summaries as definition lists; every value is escaped here."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the product: its text, the page, and the ids that go into the address."""

    text: str
    page: str
    parameters: tuple[tuple[str, str | int], ...] = ()

    def html(self) -> str:
        """The link as HTML."""
        query = f"?{urlencode(self.parameters)}" if self.parameters else ""
        kind = " download" if self.page.startswith("files/") else ""
        look = "crm-link crm-outside" if self.page.startswith("print/") else "crm-link"
        return f'<a class="{look}" href="{self.page}{query}" target="_self"{kind}>{escape(self.text)}</a>'


SHORT = 160
"""Text of at most this many characters is shown whole."""

BEGINNING = 100
"""Of longer text so many characters are shown before it is opened."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Several things in one cell, one below the other; what is empty is left out."""

    parts: tuple[str | Link, ...]

    def html(self) -> str:
        """The lines as HTML."""
        return "<br>".join(cell_html(part) for part in self.parts if part)


Cell = str | int | float | Link | Lines


def link(text: str, page: str, **parameters: str | int) -> Link:
    """A link to a page of the product."""
    return Link(text or "(no name)", page, tuple(parameters.items()))


def lines(*parts: str | Link) -> Lines:
    """Several things in one cell."""
    return Lines(parts)


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, numbers: str = "") -> None:
    """Draw a table. Columns named in `numbers` (parted by commas) are aligned to the right."""
    right = {name.strip() for name in numbers.split(",")}
    st.html(table_html(caption, columns, rows, right))


def table_html(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], right: set[str] | frozenset[str]
) -> str:
    """The same as text: a caption, a header row, and a row header in the first column."""
    classes = [' class="crm-number"' if name in right else "" for name in columns]
    head = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(columns, classes, strict=True)
    )
    body = "".join(_row(row, classes) for row in rows)
    return (
        '<div class="crm-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table class="crm-table">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[Cell], classes: Sequence[str]) -> str:
    first, *others = row
    cells = [f'<th scope="row">{cell_html(first)}</th>']
    cells += [f"<td{kind}>{cell_html(cell)}</td>" for cell, kind in zip(others, classes[1:], strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def cell_html(value: Cell) -> str:
    """The text of a cell, its link, or its lines."""
    if isinstance(value, Link | Lines):
        return value.html()
    return escape(f"{value:,}" if isinstance(value, int) else str(value))


def summary(rows: Sequence[tuple[str, Cell]]) -> None:
    """Draw a record's facts as a definition list. Line breaks in a value are kept."""
    items = "".join(f"<div><dt>{escape(term)}</dt><dd>{cell_html(value)}</dd></div>" for term, value in rows)
    st.html(f'<dl class="crm-summary">{items}</dl>')


def record_list(rows: Sequence[tuple[Cell, str]], *, label: str) -> None:
    """Draw records one below the other where a table has no room: the name, and a few words about each."""
    items = "".join(
        f'<li>{cell_html(name)} <span class="crm-quiet">{escape(words)}</span></li>' for name, words in rows
    )
    st.html(f'<ul class="crm-records" aria-label="{escape(label)}">{items}</ul>')


def fold_html(text: str) -> str:
    """Text that somebody typed: whole where it is short, else its beginning, to be opened in the browser."""
    if len(text) <= SHORT and "\n" not in text:
        return f'<p class="crm-said">{escape(text)}</p>'
    begins = " ".join(text.split())[:BEGINNING].rsplit(" ", 1)[0]
    return (
        f'<details class="crm-fold"><summary>{escape(begins)}…</summary>'
        f'<p class="crm-said">{escape(text)}</p></details>'
    )


def links(items: Sequence[Link], *, label: str) -> None:
    """Draw a row of links, for example what can be done with a record."""
    inner = "".join(f"<li>{item.html()}</li>" for item in items)
    st.html(f'<nav aria-label="{escape(label)}"><ul class="crm-links">{inner}</ul></nav>')


def said(text: str) -> None:
    """Draw text that somebody typed, exactly as typed: nothing in it is markup."""
    st.html(f'<p class="crm-said">{escape(text)}</p>')


def unprinted(text: str) -> None:
    """Draw words of ours that are left out when the page is printed."""
    st.html(f'<p class="crm-count crm-unprinted">{escape(text)}</p>')


def badge(text: str) -> str:
    """A status as a word in a box, for use inside a heading line drawn with `heading_line`."""
    return f'<span class="crm-badge">{escape(text)}</span>'


def heading_line(*badges: str, note: str = "") -> None:
    """Draw status badges and a short note under a page title."""
    inner = "".join(badge(text) for text in badges)
    st.html(f'<p class="crm-heading-line">{inner} <span>{escape(note)}</span></p>')
