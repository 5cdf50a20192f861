"""The parts of the import of a list: the columns that are chosen, and what would happen with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.readers.tables import Table
from crm.services import list_imports, upload_reading
from crm.services.employer_imports import EmployerFile
from crm.services.employer_plan import SetAside
from crm.services.import_previews import Compared, Preview, SideBySide
from crm.services.imports import ImportFigures
from crm.services.list_imports import Columns
from crm.ui.holding import Files, Shelf
from crm.ui.import_words import PAGES
from crm.ui.tables import Cell, link, links, said, summary, table
from crm.ui.words import day, moment, say

NO_COLUMN = "Not in this file"
_SHOWN = 10
_FIGURE_WORDS = ("Rows read", "Added", "Updated", "Skipped", "Refused")
_BESIDE = ["Row", "Field", "Recorded", "In the file", "What happens"]
_NOTHING = "nothing"

Mapping = dict[str, str | None]
"""The chosen column for each field, None for a field that the file does not hold."""


@dataclass(slots=True)
class HeldFile:
    """An uploaded list with the last preview of it, worked out once for each choice of columns."""

    kind: ImportKind
    file: EmployerFile
    mapping: Mapping | None = None
    seen: Preview | None = None

    def preview(self, session: Session, mapping: Mapping, user: Actor) -> Preview:
        """What an import with these columns would do.

        Raises:
            RuleBrokenError: a column that is needed is not chosen.
        """
        if self.seen is None or self.mapping != mapping:
            self.seen = list_imports.preview(session, self.kind, self.file, mapping, by=user)
            self.mapping = mapping
        return self.seen


def _read(kind: ImportKind, files: Files) -> HeldFile:
    return HeldFile(kind, upload_reading.list_in(files))


SHELVES = {kind: Shelf[HeldFile](kind, partial(_read, kind)) for kind in list_imports.LISTS}
"""The lists that people are looking at before they import them."""


def how_read(content: Table) -> str:
    """How a file was read: its encoding and delimiter, or its sheet."""
    if content.sheet is not None:
        return f"Read from the sheet “{content.sheet}”."
    parted = f", its cells parted by a {content.delimiter}" if content.delimiter else ""
    return f"Read as text in {content.encoding}{parted}."


def choose_columns(held: HeldFile, user: Actor) -> Mapping:
    """Draw a choice of column for each field: as it was chosen for the same headings before, or guessed."""
    file, kind = held.file, held.kind
    with reading() as session:
        proposed = list_imports.propose(session, kind, file.table.header, by=user)
    _say_whence(proposed)
    options = [NO_COLUMN, *(name for name in file.table.header if list_imports.may_hold(kind, name))]
    chosen: Mapping = {}
    columns = st.columns(3)
    for position, field in enumerate(list_imports.fields_of(kind)):
        with columns[position % 3]:
            picked = st.selectbox(
                field.label,
                options,
                index=options.index(proposed.mapping.get(field.name, NO_COLUMN)),
                key=f"columns-{file.digest[:12]}-{field.name}",
            )
        chosen[field.name] = None if picked == NO_COLUMN else picked
    return chosen


def _say_whence(proposed: Columns) -> None:
    last = proposed.remembered
    if last is None:
        said("The columns are guessed from their headings. Look at them before you import.")
        return
    said("The columns are as they were chosen for the last list with the same headings.")
    links([link(f"The import of {moment(last.created_at)}", "import", id=last.key)], label="Remembered from")


def show_figures(figures: ImportFigures) -> None:
    """Draw what became, or will become, of the rows."""
    numbers = (figures.read, figures.added, figures.updated, figures.skipped, figures.refused)
    summary(list(zip(_FIGURE_WORDS, numbers, strict=True)))


def draw_preview(seen: Preview, kind: ImportKind) -> None:
    """Draw what will happen to the rows, and the first ones of each kind."""
    if seen.came_in_before is not None:
        before = seen.came_in_before
        st.info("A file with the same content has come in before. What it added is not added again.")
        links([link(f"The import of {moment(before.created_at)}", "import", id=before.key)], label="Before")
    show_figures(seen.figures)
    said(PAGES[kind].rule)
    for note in seen.notes:
        said(note)
    if seen.added:
        rows = [[_cell(value) for value in one] for one in seen.added[:_SHOWN]]
        table(f"The first new {PAGES[kind].things}", seen.columns, rows)
    if seen.beside:
        table("Beside what is recorded", _BESIDE, _beside_rows(seen.beside[:_SHOWN], PAGES[kind].page))
    _draw_set_aside("The first refused rows", seen.refused)
    _draw_set_aside("The first skipped rows", seen.skipped)


def _beside_rows(beside: Sequence[SideBySide], page: str) -> list[list[Cell]]:
    return [[_row(one, page), *_compared(line)] for one in beside for line in one.lines]


def _row(one: SideBySide, page: str) -> Cell:
    return link(f"Row {one.number:,}", page, id=one.record_id) if page else f"Row {one.number:,}"


def _compared(line: Compared) -> list[Cell]:
    recorded, in_file = _cell(line.recorded) or _NOTHING, _cell(line.in_file) or _NOTHING
    return [line.label, recorded, in_file, say(line.outcome)]


def _cell(value: object) -> Cell:
    if isinstance(value, StrEnum):
        return say(value)
    if isinstance(value, date):
        return day(value)
    return value if isinstance(value, int | float) else str(value or "")


def _draw_set_aside(caption: str, rows: Sequence[SetAside]) -> None:
    if rows:
        table(
            caption, ["Row", "Field", "Why"], [(one.number, one.field, one.reason) for one in rows[:_SHOWN]]
        )
