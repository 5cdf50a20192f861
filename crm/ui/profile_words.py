"""A version of a profile in words: what each of its fields is called, and what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crm.models.scales import SCALES
from crm.services.profile_versions import Differing
from crm.ui.profile_fields import FIELDS
from crm.ui.vacancy_facts import pattern_words
from crm.ui.words import NOT_RECORDED, day, say

Row = dict[str, Any]

_LISTS = {
    "availability": "When I am free",
    "abilities": "What works for me",
    "past_jobs": "Work I have done",
    "skills": "What I can do",
    "qualifications": "Education, qualifications and licences",
    "needs": "Support needs at work",
    "people": "People I know, and what family says",
}
_LABELS = {field.name: field.label for fields in FIELDS.values() for field in fields} | _LISTS
_CHOSEN = {
    *("hours_intent", "travel_mode", "needs_asked", "accessible_format", "kind", "evidence", "agrees"),
    "personal_cover",
}
_DAYS = {"adjustments_looked_at", "gained_on", "expires_on", "evidenced_on"}


def difference_cells(one: Differing) -> tuple[str, str, str]:
    """One field that differs, before and after; of lists only the rows that are not in both."""
    before, after = one.before, one.after
    if one.field in _LISTS and one.field not in {"availability", "abilities"}:
        before, after = _not_in(after, before), _not_in(before, after)
    return (
        _LABELS.get(one.field, say(one.field)),
        value_words(one.field, before),
        value_words(one.field, after),
    )


def _not_in(others: list[Row] | None, rows: list[Row] | None) -> list[Row]:
    return [row for row in rows or () if row not in (others or ())]


def value_words(field: str, value: Any) -> str:
    """What a field of a version says, in words."""
    if value in (None, "", [], {}):
        return NOT_RECORDED
    if field == "availability":
        return pattern_words(value)
    if field == "abilities":
        return ", ".join(f"{SCALES.get(key, key)} {level}" for key, level in value.items())
    if field in _LISTS:
        return ". ".join(map(_row_words, value))
    if field in _CHOSEN:
        return say(str(value))
    if field in _DAYS:
        return day(date.fromisoformat(str(value)))
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _row_words(row: Row) -> str:
    """A row as its values in their order: Fold boxes (3, Observed)."""
    first, *others = [
        value_words(name, value) for name, value in row.items() if value not in (None, "unknown")
    ]
    return f"{first} ({', '.join(others)})" if others else first


def version_rows(kept: Sequence[Any]) -> dict[int, str]:
    """Versions by id as a list shows them: agreed on which day."""
    return {row.key: f"Agreed on {day(row.agreed_on)}" for row in kept}
