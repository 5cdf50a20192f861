"""What a job is to be carved from and towards: asked on every page that builds one, and kept between them."""

from typing import Any

import streamlit as st
from pydantic import ValidationError

from crm.models.carves import CONTACT_HOURS, HARD_PERCENT, MOST_POSTS, CarveWish
from crm.models.employers import Employer
from crm.services.analyses import was_long_ago
from crm.services.carves import Source
from crm.ui.analysis_words import OLD
from crm.ui.fields import number, read_number
from crm.ui.problems import problems_of, show_problems
from crm.ui.tables import said
from crm.ui.words import count, day, money, today

_GOAL = number("goal", "Hours a week to reach, for people without a goal")
_PAY = number("pay_hourly", "Pay in £ an hour")
_RAILS = (
    number("contact_hours", "Hours a week beside colleagues, at least"),
    number("hard_percent", "Percent of the hours isolated, unpleasant or dangerous, at most"),
    number("most_posts", "Posts that tasks come from, at most"),
)
_USUAL = {
    "goal": "16",
    "contact_hours": f"{CONTACT_HOURS:g}",
    "hard_percent": f"{HARD_PERCENT:g}",
    "most_posts": f"{MOST_POSTS}",
}


def draw_wish(employer: Employer, sources: list[Source]) -> CarveWish | None:
    """Ask what a job is to be carved from; None, with the problem said, while it cannot be read."""
    prefix, kept = f"carve-{employer.key}-", f"crm-carve-wish-{employer.key}"
    typed: dict[str, Any] = st.session_state.get(kept, {})
    chosen = _sources(sources, typed.get("analysis_ids"), f"{prefix}analysis_ids")
    rate = max((source.going_rate or 0.0 for source in sources if source.id in chosen), default=0.0)
    now: dict[str, Any] = {"analysis_ids": chosen}
    for field, place in zip((_GOAL, _PAY), st.columns(2), strict=True):
        with place:
            now[field.name] = _line(field.name, field.label, typed, prefix)
    said(f"Without a pay, the figures reckon with the going rate: {money(rate) if rate else 'not recorded'}.")
    with st.expander("Guard rails: make one stricter"):
        said(
            "They can be made stricter, never looser. Every post keeps at least half of its hours, whatever "
            "is written here."
        )
        for field in _RAILS:
            now[field.name] = _line(field.name, field.label, typed, prefix)
    st.session_state[kept] = now
    return _read(now, prefix)


def _sources(sources: list[Source], before: list[int] | None, key: str) -> list[int]:
    words = {source.id: _source_words(source) for source in sources}
    first = list(words) if before is None else [each for each in before if each in words]
    return st.multiselect(
        "Job analyses to take tasks from", list(words), first, format_func=words.__getitem__, key=key
    )


def _source_words(source: Source) -> str:
    """A job analysis among those that tasks can come from; an old one says so."""
    seen = (
        f", analysed on {day(source.analysed_on)}, {OLD}"
        if was_long_ago(source.analysed_on, today=today())
        else ""
    )
    return f"{source.title} ({count(source.movable, 'task')} could move{seen})"


def _line(name: str, label: str, typed: dict[str, Any], prefix: str) -> str:
    return st.text_input(label, typed.get(name, _USUAL.get(name, "")), key=f"{prefix}{name}") or ""


def _read(now: dict[str, Any], prefix: str) -> CarveWish | None:
    given = {name: read_number(value) if isinstance(value, str) else value for name, value in now.items()}
    stated = {name: value for name, value in given.items() if value is not None}
    try:
        return CarveWish.model_validate(stated)
    except ValidationError as problem:
        show_problems(problems_of(problem), [_GOAL, _PAY, *_RAILS], prefix)
        return None
