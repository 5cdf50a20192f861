"""What a preview of an import says: figures, the first rows of each kind, rows beside what is recorded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm.models.imports import ImportBatch
from crm.services.employer_plan import SetAside
from crm.services.imports import ImportFigures

SHOWN = 25
"""So many rows of each kind are shown."""


class Outcome(StrEnum):
    """What happens to one field of a record that a row is about, or is perhaps about."""

    FILLED = "filled_in"
    STAYS = "stays_as_recorded"
    ALIKE = "perhaps_the_same"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what is recorded, what the file says, and what happens."""

    label: str
    recorded: Any
    in_file: Any
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A row of the file beside the record that it is about, field by field."""

    number: int
    record_id: int
    lines: list[Compared]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import is going to do, with the first rows of each kind."""

    figures: ImportFigures
    columns: list[str]
    added: list[tuple[Any, ...]]
    beside: list[SideBySide]
    refused: list[SetAside]
    skipped: list[SetAside]
    notes: list[str]
    came_in_before: ImportBatch | None
