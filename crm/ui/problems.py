"""How problems are shown: a summary that takes the focus, with a link to each field, in plain words."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st
from pydantic import ValidationError

from crm.errors import CrmError, RuleBrokenError
from crm.models.base import OfFieldError
from crm.ui.calling import in_our_words
from crm.ui.fields import Field

_PLAIN = {
    "missing": "This is needed.",
    "float_parsing": "This is not a number. Write it in figures, for example 16 or 12.50.",
    "float_type": "This is not a number. Write it in figures, for example 16 or 12.50.",
    "int_parsing": "This is not a whole number. Write it in figures.",
    "int_from_float": "This has to be a whole number.",
    "int_type": "This is not a whole number. Write it in figures.",
    "string_type": "This needs some text.",
    "date_type": "This needs a date.",
    "date_parsing": "This is not a date.",
    "enum": "Choose one of the list.",
    "bool_parsing": "Answer yes or no.",
    "finite_number": "This is not a number that can be kept.",
}

Problems = dict[str, str]
"""What is wrong, by field name; the empty name is for what concerns the whole form."""


def problems_of(error: ValidationError) -> Problems:
    """Each refused field with its reason in plain words."""
    found: Problems = {}
    for item in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in item["loc"][:1]) or _field_of(item)
        found.setdefault(name, _reason(item))
    return found


def problem_of(error: CrmError) -> Problems:
    """An expected problem as the form shows it."""
    field = error.field if isinstance(error, RuleBrokenError) else None
    return {field or "": in_our_words(str(error))}


def _field_of(item: Mapping[str, Any]) -> str:
    """The field that a rule between several of them names; empty for one that concerns the whole form."""
    context: dict[str, Any] = item.get("ctx") or {}
    error = context.get("error")
    return error.field if isinstance(error, OfFieldError) else ""


def _reason(item: Mapping[str, Any]) -> str:
    context: dict[str, Any] = item.get("ctx") or {}
    if item["type"] == "value_error" and "error" in context:
        return in_our_words(str(context["error"]))
    return _PLAIN.get(item["type"], f"{item['msg']}.")


def show_problems(problems: Problems, fields: list[Field], prefix: str) -> None:
    """Draw the summary. `prefix` is what the fields' keys begin with; the links put the focus on them."""
    labels = {field.name: field.label for field in fields}
    rows = "".join(_item(name, reason, labels, prefix) for name, reason in problems.items())
    st.html(
        '<div class="crm-error-summary" role="alert" tabindex="-1" aria-labelledby="crm-error-title">'
        f'<h2 id="crm-error-title">There is a problem</h2><ul>{rows}</ul></div>'
    )


def show_problem(problem: CrmError) -> None:
    """Draw one problem that belongs to no field."""
    show_problems(problem_of(problem), [], "")


def field_problem(name: str, problems: Problems) -> None:
    """Draw what is wrong with a field just below it."""
    if name in problems:
        st.html(f'<p class="crm-field-error"><strong>Error:</strong> {escape(problems[name])}</p>')


def _item(name: str, reason: str, labels: Mapping[str, str], prefix: str) -> str:
    target = next((label for label in labels if label == name or label.startswith(f"{name}.")), None)
    if not name or target is None:
        return f"<li>{escape(reason)}</li>"
    mark = "" if labels[target].endswith("?") else ":"
    words = f"{labels[target]}{mark} {reason}" if target == name else reason
    key = escape(css_key(f"{prefix}{target}"), quote=True)
    return f'<li><a href="#" data-k="{key}">{escape(words)}</a></li>'


def css_key(key: str) -> str:
    """A widget's key as Streamlit writes it into the class `st-key-…`."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in key)
