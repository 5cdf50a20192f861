"""Pages that job seekers read themselves: as they are, in large print, or as Easy Read with our own pictures.

Easy Read is one idea a line, in short words, with a picture beside each part. The pictures are ours, in
crm/web/assets/pictograms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

import streamlit as st

from crm.papers.pictures import ALT, Picture
from crm.ui.words import say


class ReadingStyle(StrEnum):
    """How a page is shown to the person who reads it."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"


_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of such a page: its picture and heading, and its lines, one idea each."""

    picture: Picture
    heading: str
    lines: Sequence[str]


def ask_style() -> ReadingStyle:
    """Ask how the page is to be read; the answer stays in its address. Left out in print."""
    with st.container(key="crm-reading-style"):
        chosen = st.segmented_control(
            "How to read this page",
            list(ReadingStyle),
            default=ReadingStyle.STANDARD,
            required=True,
            format_func=say,
            key="style",
            bind="query-params",
        )
    return ReadingStyle(str(chosen or ReadingStyle.STANDARD))


def draw_parts(parts: Sequence[Part], style: ReadingStyle) -> None:
    """Draw the parts of a page, if any, one below the other in the chosen style; every line is escaped."""
    if parts:
        st.html(parts_html(parts, style))


def parts_html(parts: Sequence[Part], style: ReadingStyle) -> str:
    """The same as HTML."""
    kind = style.value.replace("_", "-")
    inner = "".join(_part(part, style) for part in parts)
    return f'<div class="crm-reading crm-{kind}">{inner}</div>'


def _part(part: Part, style: ReadingStyle) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in part.lines)
    words = f"<h2>{escape(part.heading)}</h2>" + (f"<ul>{lines}</ul>" if lines else "")
    if style is not ReadingStyle.EASY_READ:
        return f"<section>{words}</section>"
    return f"<section>{picture_html(part.picture)}<div>{words}</div></section>"


def one_by_one(lines: Sequence[str]) -> list[str]:
    """Lines with one sentence each: what somebody typed is parted where a sentence ends."""
    return [part.rstrip(";") for line in lines for part in _SENTENCE_END.split(line) if part]


def picture_html(picture: Picture) -> str:
    """One pictogram with its words for those who do not see it."""
    source = f"/assets/pictograms/{picture.value}.svg"
    return f'<img class="crm-picture" src="{source}" alt="{escape(ALT[picture])}" width="96" height="96">'
