"""The parts of the import of employers: the columns that are chosen, and what would happen with them."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.services import employer_columns, employer_imports, upload_reading
from crm.services.employer_imports import EmployerFile, Preview
from crm.services.employer_plan import SetAside
from crm.services.employer_rows import EmployerRow
from crm.services.imports import ImportFigures
from crm.ui.holding import Shelf
from crm.ui.tables import Cell, link, links, said, summary, table
from crm.ui.words import moment, say

NO_COLUMN = "Not in this file"
_SHOWN = 10
_ROW_COLUMNS = ["Row", "Name", "Address", "Postcode", "Company number", "Employees"]
_FIGURE_WORDS = ("Rows read", "Added", "Updated", "Skipped", "Refused")
_RULE = (
    "A row is about a recorded employer when the company number is the same, else when name and postcode "
    "are. Then only what is not recorded yet is filled in: nothing that is recorded changes."
)

Mapping = dict[str, str | None]
"""The chosen column for each field, None for a field that the file does not hold."""


@dataclass(slots=True)
class HeldFile:
    """An uploaded list with the last preview of it, worked out once for each choice of columns."""

    file: EmployerFile
    mapping: Mapping | None = None
    seen: Preview | None = None

    def preview(self, session: Session, mapping: Mapping, user: Actor) -> Preview:
        """What an import with these columns would do.

        Raises:
            RuleBrokenError: no column is chosen for the name.
        """
        if self.seen is None or self.mapping != mapping:
            self.seen = employer_imports.preview(session, self.file, mapping, by=user)
            self.mapping = mapping
        return self.seen


SHELF = Shelf[HeldFile](ImportKind.EMPLOYERS, lambda files: HeldFile(upload_reading.employers_in(files)))
"""The lists that people are looking at before they import them."""


def choose_columns(file: EmployerFile) -> Mapping:
    """Draw a choice of column for each field, guessed from the headers at first."""
    guessed = employer_columns.guess(file.table.header)
    options = [NO_COLUMN, *file.table.header]
    chosen: Mapping = {}
    columns = st.columns(3)
    for position, field in enumerate(employer_columns.FIELDS):
        with columns[position % 3]:
            picked = st.selectbox(
                field.label,
                options,
                index=options.index(guessed.get(field.name, NO_COLUMN)),
                key=f"columns-{file.digest[:12]}-{field.name}",
            )
        chosen[field.name] = None if picked == NO_COLUMN else picked
    return chosen


def show_figures(figures: ImportFigures) -> None:
    """Draw what became, or will become, of the rows."""
    numbers = (figures.read, figures.added, figures.updated, figures.skipped, figures.refused)
    summary(list(zip(_FIGURE_WORDS, numbers, strict=True)))


def draw_preview(seen: Preview) -> None:
    """Draw what will happen to the rows, and the first ones of each kind."""
    if seen.came_in_before is not None:
        before = seen.came_in_before
        st.info("A file with the same content has come in before. What it added is not added again.")
        links([link(f"The import of {moment(before.created_at)}", "import", id=before.key)], label="Before")
    show_figures(seen.figures)
    said(_RULE)
    for note in seen.notes:
        said(note)
    if seen.added:
        table("The first new employers", _ROW_COLUMNS, [_new_row(one) for one in seen.added[:_SHOWN]])
    _draw_set_aside("The first refused rows", seen.refused)
    _draw_set_aside("The first skipped rows", seen.skipped)


def _new_row(row: EmployerRow) -> list[Cell]:
    address, postcode = (row.site.address, row.site.postcode) if row.site else (None, None)
    size = say(row.employer.size_band)
    number = row.employer.company_number or ""
    return [row.number, row.employer.name, address or "", postcode or "", number, size]


def _draw_set_aside(caption: str, rows: Sequence[SetAside]) -> None:
    if rows:
        table(
            caption, ["Row", "Field", "Why"], [(one.number, one.field, one.reason) for one in rows[:_SHOWN]]
        )
