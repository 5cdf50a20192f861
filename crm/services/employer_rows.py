"""One row of an uploaded list of employers: read by the chosen columns, or refused with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from crm.models.base import folded
from crm.models.employers import EmployerInput, EmployerSiteInput
from crm.readers.tables import Row
from crm.services.employer_columns import size_band
from crm.services.import_fields import NOT_SAID
from crm.services.spreadsheets import typed_cell

SITE_FIELDS = ("address", "postcode")
SITE_LABEL = "Main site"


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """What a row says: the employer and, when it says where, the site; `number` is its row in the file."""

    number: int
    employer: EmployerInput
    site: EmployerSiteInput | None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is not taken in, and the field to blame, if it is one."""

    field: str
    reason: str


def read_row(row: Row, header: Sequence[str], mapping: Mapping[str, str]) -> EmployerRow | RowProblem:
    """Read a row by the columns that were chosen for its fields."""
    cells = dict(zip(header, row.cells, strict=True))
    said = {field: _said(cells[column], field) for field, column in mapping.items()}
    try:
        said["size_band"] = size_band(said.get("size_band") or "")
    except ValueError as problem:
        return RowProblem("size_band", str(problem))
    places = {field: said.pop(field, None) for field in SITE_FIELDS}
    try:
        employer = EmployerInput.model_validate({"name": "", **said})
        is_placed = any(places.values())
        site = EmployerSiteInput.model_validate({"label": SITE_LABEL, **places}) if is_placed else None
    except ValidationError as error:
        return _problem(error)
    return EmployerRow(row.number, employer, site)


def _said(cell: str, field: str) -> Any:
    """A cell on one line; words such as “not provided” say nothing, except in a name.

    What our own files put before text that looks like a formula is taken off again.
    """
    text = " ".join(typed_cell(cell).split())
    return None if folded(text) in NOT_SAID and field != "name" else text


def _problem(error: ValidationError) -> RowProblem:
    first = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    return RowProblem(field, str(first["msg"]).removeprefix("Value error, "))
