"""What the columns of an uploaded list can hold: guessed from their headings, chosen, remembered, read."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from crm.models.base import Known, folded
from crm.readers.dates import date_in
from crm.services.spreadsheets import typed_cell

NOT_SAID = frozenset(
    {"", "unknown", "not provided", "not known", "not recorded", "n/a", "na", "-", "none", "null"}
)
"""What lists write where they know nothing."""

_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
_NO = frozenset({"no", "n", "false", "0"})
_RESTRICTED = re.compile(
    r"\b(birth|born|dob|d o b|age|health|medical|medication|diagnos\w*|disab\w*|impairment\w*|condition\w*"
    r"|mental|autis\w*|learning difficult\w*|benefits?|universal credit|uc|pip|esa|dla|jsa|allowance"
    r"|national insurance|nino|ni number|ethnic\w*|religion\w*|sexual\w*|gender|sex|convict\w*|criminal"
    r"|offen[cd]\w*|safeguarding)\b"
)


def as_written(text: str) -> Any:
    """The text of a cell as it stands; the input of its kind tidies and checks it."""
    return text


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing that a column can hold: its name in the inputs, its label, and headings that mean it.

    `read` makes a value of what a cell says, or raises a ValueError in plain words.
    """

    name: str
    label: str
    headers: tuple[str, ...]
    read: Callable[[str], Any] = as_written


def guess(fields: Sequence[ImportField], header: Sequence[str]) -> dict[str, str]:
    """The column for each field whose heading is known, by field name; no column is used twice."""
    columns = {plain(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for field in fields:
        known = next((columns[plain(name)] for name in field.headers if plain(name) in columns), None)
        if known is not None and known not in found.values():
            found[field.name] = known
    return found


def usable(
    fields: Sequence[ImportField], mapping: Mapping[str, str | None], header: Sequence[str]
) -> dict[str, str]:
    """Those parts of a chosen mapping that name a field and a column that exist."""
    names = {field.name for field in fields}
    return {
        name: column
        for name, column in mapping.items()
        if name in names and column is not None and column in header
    }


def headings_of(header: Sequence[str]) -> str:
    """Tells one set of headings from another, whatever their order, case and spacing."""
    names = sorted(plain(name) for name in header)
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def is_restricted(heading: str) -> bool:
    """Does a heading look as if the column held what may be kept about a person in one guarded place only?"""
    return _RESTRICTED.search(re.sub(r"[^a-z0-9]+", " ", folded(heading))) is not None


def said(cell: str) -> str | None:
    """A cell on one line; None for words such as “not provided”.

    What our own files put before text that looks like a formula is taken off again.
    """
    text = " ".join(typed_cell(cell).split())
    return None if folded(text) in NOT_SAID else text


def a_date(text: str) -> date:
    """A date as people write it, the UK way.

    Raises:
        ValueError: it is none.
    """
    found = date_in(text)
    if found is None:
        raise ValueError(f"“{text[:60]}” is not a date that we know. Write 3 November 2026 or 03/11/2026.")
    return found


def yes_or_no(text: str) -> Known:
    """Yes or no, in any of the ways in which lists say it.

    Raises:
        ValueError: it is neither.
    """
    plain = folded(text)
    if plain in _YES or plain in _NO:
        return Known.YES if plain in _YES else Known.NO
    raise ValueError(f"“{text[:60]}” is neither yes nor no. Write yes or no, or leave the cell empty.")


def a_number(text: str) -> float:
    """A number with or without its unit: 16, 16 hours, £12.90 an hour.

    Raises:
        ValueError: it is none, or more than one.
    """
    found = re.fullmatch(r"£?\s*(\d+(?:\.\d+)?)\s*(?:[a-z/.\s]*)", folded(text).replace(",", ""))
    if found is None:
        raise ValueError(f"“{text[:60]}” is not one number. Write 16 or 12.90.")
    return float(found[1])


def one_of(choices: type[StrEnum], **others: str) -> Callable[[str], Any]:
    """Reads a value of a fixed list by its own words, or by other words that mean it."""
    known = {plain(choice.value): choice for choice in choices}
    known |= {plain(word): choices(value) for word, value in others.items()}
    words = ", ".join(choice.value.replace("_", " ") for choice in choices)

    def read(text: str) -> StrEnum:
        found = known.get(plain(text))
        if found is None:
            raise ValueError(f"“{text[:60]}” is not one of: {words}.")
        return found

    return read


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", folded(heading))
