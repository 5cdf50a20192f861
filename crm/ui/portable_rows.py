"""A portable record in words: its sections, its rows, and where each row comes from."""

from datetime import date, datetime
from typing import Any, cast

from crm.models.scales import SCALES
from crm.models.week import DAYS
from crm.services.portable_plan import fixed_lists
from crm.ui.words import day, moment, say

SECTION_WORDS = {
    "person": "The person",
    "profile": "Vocational profile",
    "skills": "Skills",
    "support_needs": "Support needs at work",
    "profile_steps": "How far the profile has come",
    "work_history": "Work history",
    "qualifications": "Education, qualifications and licences",
    "connections": "People they know",
    "profile_versions": "Profiles as they agreed to them",
    "not_right": "What they said is not right",
    "consents": "What they have agreed to",
    "decisions": "Decisions about jobs",
    "promises": "What employers promised them, and what became of it",
    "jobs_started": "Jobs that they started",
    "carved_jobs": "Jobs carved for them",
    "contacts_with_employers": "Contacts with employers on their behalf",
    "tasks": "Tasks about them",
    "restricted_facts": "Restricted facts",
}
"""What each section of a record is called."""

_NOT_READ = {"concept_id", "wording_version", "row_key", "part"}
"""What only machines read."""


def row_facts(section: str, row: dict[str, Any]) -> list[tuple[str, str]]:
    """One row as lines to read: what it says, then where and when it was recorded."""
    says = {name: value for name, value in row["says"].items() if name not in _NOT_READ and value}
    fixed = fixed_lists(section)
    facts = [(say(name), say(value) if name in fixed else _words(value)) for name, value in says.items()]
    return [*facts, ("Recorded", origin_words(row["origin"]))]


def origin_words(origin: dict[str, str]) -> str:
    """Where and when a row was recorded and last changed, and whether it was put aside."""
    words = f"{_when(origin['recorded_at'])}, {origin['recorded_in']}"
    if origin["changed_at"] != origin["recorded_at"]:
        words += f"; changed {_when(origin['changed_at'])}, {origin['changed_in']}"
    if "archived_at" in origin:
        words += f"; put aside {_when(origin['archived_at'])}: {origin.get('archived_why', '')}"
    return words


def _when(text: str) -> str:
    return moment(datetime.fromisoformat(text))


def _words(value: Any) -> str:
    if isinstance(value, dict):
        levels = cast("dict[str, Any]", value)
        return "\n".join(f"{SCALES.get(key, say(key))}: {level}" for key, level in levels.items())
    if isinstance(value, list):
        return "\n".join(map(_item, cast("list[Any]", value)))
    if isinstance(value, float):
        return f"{value:.4g}"
    return _text(str(value))


def _item(value: Any) -> str:
    if isinstance(value, dict) and {"day", "start", "end"} <= value.keys():
        slot = cast("dict[str, Any]", value)
        return f"{DAYS[slot['day']]} {slot['start']}-{slot['end']}"
    return _words(value)


def _text(text: str) -> str:
    """A date in our way, and what somebody typed as it is."""
    if len(text) == 10 and text[4:5] == "-":
        try:
            return day(date.fromisoformat(text))
        except ValueError:
            return text
    return text
