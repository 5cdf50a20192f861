"""Small shared pictures in HTML. Their looks are in crm/web/assets/crm.css, linked in every page's head."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from crm.models.users import Service
from crm.ui.tables import Link

BANNER = "All people and employers here are invented. Do not record real ones."


def show_banner(service: Service) -> None:
    """Say at the top of a page that nothing here is real, when the service is a demonstration."""
    if service.is_demonstration:
        st.html(f'<p class="crm-banner" role="note"><strong>Demonstration.</strong> {BANNER}</p>')


def bar_html(label: str, words: str, *, score: float | None, low: float, high: float) -> str:
    """One score of 0 to 100 as a bar beside its words; `low` to `high` is not known yet, and hatched.

    A screen reader is told the label and the words; the bar itself says nothing that they do not.
    """
    reach = f"--from:{_percent(low)};--to:{_percent(high)}"
    mark = "" if score is None else f'<span class="crm-bar-mark" style="--at:{_percent(score)}"></span>'
    return (
        f'<div class="crm-bar"><span>{escape(label)}</span>'
        f'<span class="crm-bar-track" style="{reach}" aria-hidden="true">'
        f'<span class="crm-bar-known"></span><span class="crm-bar-range"></span>{mark}</span>'
        f"<span>{escape(words)}</span></div>"
    )


def figures(items: Sequence[tuple[int, Link]], *, label: str) -> None:
    """Draw large numbers side by side, each a link to the records that it counts."""
    inner = "".join(f"<li><strong>{number:,}</strong> {to.html()}</li>" for number, to in items)
    st.html(f'<ul class="crm-figures" aria-label="{escape(label)}">{inner}</ul>')


def _percent(score: float) -> str:
    return f"{min(100.0, max(0.0, score)):.4g}%"
