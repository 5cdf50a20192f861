"""Two employers side by side: a choice for each field in which they differ, and what moves over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from crm.services.merge_fields import Difference, Side, is_empty
from crm.services.merging import MergePreview
from crm.ui.tables import said, table
from crm.ui.words import count, day, plain, say

LABELS = {
    "name": "Name of the organisation",
    "stage": "Relationship stage",
    "owner_id": "Account owner",
    "second_owner_id": "Second owner",
    "single_contact_id": "Colleague through whom everybody goes",
    "quiet_why": "Why nobody gets in touch",
    "quiet_until": "Nobody gets in touch until",
    "strategy": "Strategy agreed from the policies",
    "size_band": "Employees",
    "lead_source": "Where the lead came from",
    "disability_confident": "Disability Confident level",
    "unmet_needs": "Needs that nobody meets yet",
    "policy_notes": "Recruitment and retention policies",
    "company_number": "Companies House number",
    "sic_codes": "SIC 2007 codes",
    "trade_body": "Trade body or group",
    "insurance_until": "Employers’ liability insurance until",
}
_LONGEST = 160


def draw_sides(shown: MergePreview, names: Mapping[int, str]) -> dict[str, Side]:
    """Ask for each field in which they differ which side is kept; the fuller or newer one is offered."""
    st.header("What is kept of each field", anchor=False)
    if not shown.differences:
        said("Both records say the same.")
        return {}
    said(f"{count(len(shown.differences), 'field')} in which the two records differ.")
    return {each.field: _ask(shown, each, names) for each in shown.differences}


def _ask(shown: MergePreview, one: Difference, names: Mapping[int, str]) -> Side:
    texts = {
        Side.KEPT: plain(value_words(one.field, one.kept, names)),
        Side.LOSER: plain(value_words(one.field, one.loser, names)),
        Side.BOTH: "Both, one after the other",
    }
    sides = list(one.sides)
    return st.radio(
        label_of(one.field),
        sides,
        index=sides.index(one.offered),
        format_func=texts.__getitem__,
        captions=[_from(shown, side) for side in sides],
        key=f"merge-{shown.kept.key}-{shown.loser.key}-{one.field}",
    )


def _from(shown: MergePreview, side: Side) -> str:
    if side is Side.BOTH:
        return "From both records"
    return "From the record that is kept" if side is Side.KEPT else "From the record that is merged away"


def label_of(field: str) -> str:
    """A field as the form calls it."""
    return LABELS.get(field, field[:1].upper() + field[1:].replace("_", " "))


def value_words(field: str, value: Any, names: Mapping[int, str]) -> str:
    """A value of an employer in words, cut where it is long."""
    if is_empty(value):
        return "Nothing recorded"
    if field in _COLLEAGUES:
        return names.get(value, "A colleague who has left")
    text = day(value) if isinstance(value, date) else say(str(value)) if field in _LISTS else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_COLLEAGUES = frozenset({"owner_id", "second_owner_id", "single_contact_id"})
_LISTS = frozenset({"stage", "tier", "size_band", "disability_confident"})


def draw_moving(shown: MergePreview) -> None:
    """Say what moves over, and what does not."""
    st.header("What moves over", anchor=False)
    table(
        "What becomes of the two records",
        ["Record", "What happens"],
        [
            (shown.kept.name, "Is kept, with what is chosen above"),
            (shown.loser.name, "Is archived; its old links lead to the record that is kept"),
            ("Moves over", shown.moving_words),
            *_consents(shown),
        ],
    )


def _consents(shown: MergePreview) -> list[tuple[str, str]]:
    if not shown.consents_left:
        return []
    many = count(shown.consents_left, "consent")
    return [("Does not move", f"{many}: the people are asked again for the employer that is kept")]
