"""A line of a record's history as prose."""

import re
from datetime import date
from typing import Any

from crm.policy import Action
from crm.services.agreement_papers import TOOK_PAPER
from crm.services.history import Happened
from crm.services.refusal_words import words_of
from crm.ui.words import day, say

_DONE = {"add": "Added", "change": "Changed", "archive": "Archived", "refused": "Not allowed"}
_LONGEST = 120


def sentence(happened: Happened) -> str:
    """What happened, with each field before and after where that is known."""
    part = f" {_spaced(happened.part)}" if happened.part else ""
    start = f"{_DONE.get(happened.action, say(happened.action))}{part}"
    if happened.action == "refused":
        wanted = str(happened.values.get("action", ("", ""))[1])
        known = wanted in set(Action)
        return f"{start}: {words_of(Action(wanted)).lower()}." if known else f"{start}."
    if happened.action == TOOK_PAPER:
        return f"Taken away: {happened.values.get('paper', ('', 'a document'))[1]}."
    if happened.action in {"asked_whether_under_16", "asked_whether_of_school_age"}:
        return f"{start} on {_said(happened.values['on'][1])}." if happened.values else f"{start}."
    if happened.values:
        changes = "; ".join(
            f"{_field(name)} from {_said(before)} to {_said(after)}"
            for name, (before, after) in happened.values.items()
        )
        return f"{start}: {changes}."
    fields = ", ".join(map(_field, happened.fields))
    return f"{start}: {fields}." if fields and happened.action == "change" else f"{start}."


def _field(name: str) -> str:
    return say(name.removesuffix("_id")).lower()


def _spaced(kind: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind).lower()


def _said(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return day(date.fromisoformat(text))
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"“{shown}”"
