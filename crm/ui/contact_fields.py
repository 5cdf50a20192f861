"""The fields of a contact with an employer, and the kinds of field that only they need."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

import streamlit as st

from crm.models.contacts import ContactKind, ContactPurpose, NextStep
from crm.models.employers import EmployerPerson, EmployerSite
from crm.ui.calling import in_our_words
from crm.ui.fields import NOTHING, Field, Typed, choice, day, line, number, pick, text

MORE = "Date, time, place, purpose and outcome"
FOR_WHOM = "On behalf of job seekers"
LEAD = "A vacancy that they promised"

STEPS: dict[str, str] = {
    NextStep.RING: "Ring in 2 weeks",
    NextStep.VISIT: "Visit in a month",
    NextStep.DAY: "On a day",
    NextStep.NONE: "Nothing",
}
_IN_PERSON = {NOTHING: "As is usual for its kind", "yes": "Yes", "no": "No"}


def main_fields(people: Sequence[EmployerPerson], *, kept: Sequence[int] = ()) -> list[Field]:
    """How it was held, with whom, and what was said; who has left is offered only where named before."""
    offered = {
        one.key: one.name + (f" ({one.job_title})" if one.job_title else "")
        for one in people
        if one.key in kept or (one.left_on is None and one.archived_at is None)
    }
    who = [chips("person_ids", "Who took part", offered)] if offered else []
    said = replace(text("summary", "What was said"), is_wide=True)
    return [choice("kind", "Kind of contact", ContactKind), *who, said]


def next_step_fields() -> list[Field]:
    """What comes next, as chips; a day and a reason are asked for where they are needed."""
    return [
        one_chip("next_step", "What comes next?", STEPS),
        only_when(day("next_step_on", "On which day?"), "next_step", NextStep.DAY),
        only_when(line("no_next_step_why", "Why does nothing come next?"), "next_step", NextStep.NONE),
    ]


def more_fields(sites: Sequence[EmployerSite], *, is_new: bool) -> list[Field]:
    """What is rarely needed, folded away."""
    offered = {site.key: site.label for site in sites}
    in_person = choice_of("is_in_person", "In person?", _IN_PERSON if is_new else _without_usual())
    fields = [
        day("held_on", "Date"),
        clock("held_at", "Time", hint="For example 14:30"),
        choice("purpose", "What it was for", ContactPurpose),
        number("minutes", "Minutes"),
        in_person,
        pick("site_id", "Site", offered),
        text("outcome", "Outcome"),
    ]
    title = [line("next_step_title", "What the next step is, if it is something else")] if is_new else []
    return [replace(one, section=MORE) for one in (*fields, *title)]


def seeker_field(offered: Mapping[int, str]) -> Field:
    """For whom it was held, of those whom one may see."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        _keep_offered(key, offered)
        return st.multiselect(label, list(offered), key=key, format_func=offered.__getitem__, help=hint)

    words = in_our_words("Job seekers")
    return Field("seeker_ids", words, draw, show=list, section=in_our_words(FOR_WHOM), is_wide=True)


def lead_fields() -> list[Field]:
    """A vacancy that was promised: enough to find it again as a lead."""
    return [
        line("lead_title", "Job title", section=LEAD),
        number("lead_hours", "Hours a week", section=LEAD),
        day("lead_closes_on", "Closes on", section=LEAD),
    ]


def chips(name: str, label: str, options: Mapping[int, str]) -> Field:
    """Some of a few records, each a chip that one tap chooses."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        _keep_offered(key, options)
        chosen = st.pills(
            label,
            list(options),
            selection_mode="multi",
            key=key,
            format_func=options.__getitem__,
            help=hint,
            wrap=True,
        )
        return list(chosen)

    return Field(name, label, draw, show=list, is_wide=True)


def one_chip(name: str, label: str, words: Mapping[str, str]) -> Field:
    """One of a few values, each a chip."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        return st.pills(label, list(words), key=key, format_func=words.__getitem__, help=hint, wrap=True)

    return Field(name, label, draw, show=lambda value: value and str(value), is_wide=True)


def choice_of(name: str, label: str, words: Mapping[str, str]) -> Field:
    """Yes, no or nothing said, from a short list with words of its own."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        return st.selectbox(label, list(words), key=key, format_func=words.__getitem__, help=hint)

    return Field(name, label, draw, read=_yes_or_no, show=_yes_or_no_said)


def clock(name: str, label: str, *, hint: str | None = None) -> Field:
    """A time of day as 14:30 or 2.30pm, or nothing."""
    return replace(line(name, label, hint=hint), read=read_clock, show=_clock_said)


def only_when(field: Field, other: str, value: str) -> Field:
    """A field drawn only while another one holds a value; what was typed into it is kept meanwhile."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        if st.session_state.get(key.removesuffix(field.name) + other) == value:
            return field.draw(key, label, hint)
        st.session_state[key] = kept = st.session_state.get(key)
        return kept

    return replace(field, draw=draw, is_wide=True)


def marked(field: Field, words_of: Callable[[], Mapping[str, str]]) -> Field:
    """A field under which it is said that its value was only proposed, and from which words."""

    def draw(key: str, label: str, hint: str | None) -> Typed:
        typed = field.draw(key, label, hint)
        words = words_of().get(field.name)
        if words:
            st.caption(f"Proposed from “{_plain(words)}”. Correct it where it is wrong.")
        return typed

    return replace(field, draw=draw)


def read_clock(typed: str) -> time | None:
    """The time of day that was typed, None for nothing.

    Raises:
        ValueError: it is no time.
    """
    if not (typed or "").strip():
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", typed.strip().lower(), re.ASCII)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{typed}” is not a time. Write 09:00 or 17:30.")
    return time(hour, minute)


def _keep_offered(key: str, offered: Mapping[int, str]) -> None:
    """Leave out of what is chosen whoever is not offered any more: a draft may be older."""
    chosen: Sequence[int] = st.session_state.get(key) or ()
    if any(one not in offered for one in chosen):
        st.session_state[key] = [one for one in chosen if one in offered]


def _without_usual() -> dict[str, str]:
    return {value: words for value, words in _IN_PERSON.items() if value != NOTHING}


def _yes_or_no(typed: Typed) -> bool | None:
    return None if typed == NOTHING else typed == "yes"


def _yes_or_no_said(value: bool | None) -> Typed:
    return NOTHING if value is None else "yes" if value else "no"


def _clock_said(value: time | None) -> Typed:
    return f"{value:%H:%M}" if value else ""


def _plain(words: str) -> str:
    return " ".join(words.split())[:120]
