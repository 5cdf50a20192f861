"""Empty lists to fill in: the columns that an import knows, and on a second sheet what each of them holds."""

from io import BytesIO

from sqlmodel import Session

from crm.models.exports import FileFormat
from crm.models.imports import ImportKind
from crm.models.users import Actor
from crm.policy import Action
from crm.services import list_imports
from crm.services.access import ensure
from crm.services.import_fields import ImportField
from crm.services.intake_kinds import INTAKES
from crm.services.spreadsheets import csv_file, write_template

ABOUT = ("Column", "What it holds", "How it is written", "Example", "Needed")
"""What the second sheet says of each column."""

_ANY_TEXT = "Any text. Leave it empty where it is not known."
_CHOICES = "is not one of: "
_WRITE = "Write "
_EXAMPLES = {
    "preferred_name": "Amara Nwosu",
    "email": "amara@example.org",
    "phone": "0113 496 0000",
    "postcode": "LS1 4DY",
    "programme": "Pathways to Work",
    "employer_name": "Fernside Bakery",
    "employer_number": "01234567",
    "employer_postcode": "LS1 4DY",
    "name": "Fernside Bakery",
    "size_band": "10 to 49",
    "title": "Kitchen assistant",
    "summary": "They lose two bakers in spring",
    "hours_min": "16",
    "pay_hourly": "12.71",
}


def template(session: Session, kind: ImportKind, file_format: FileFormat, *, by: Actor) -> bytes:
    """An empty list of this kind. A CSV file has room for the columns alone.

    Raises:
        NotAllowedError: the person may not bring in lists of this kind.
    """
    ensure(session, by, Action.IMPORTS_RUN)
    ensure(session, by, list_imports.recording(kind))
    header = columns(kind)
    if file_format is FileFormat.CSV:
        return csv_file(header, [])
    file = BytesIO()
    write_template(file, header, ABOUT, about(kind))
    return file.getvalue()


def columns(kind: ImportKind) -> list[str]:
    """The headings, each of which the import takes for its own field without being told."""
    return [heading(field) for field in list_imports.fields_of(kind)]


def heading(field: ImportField) -> str:
    """The heading of one column: the first of those that mean the field."""
    first = field.headers[0]
    return first[:1].upper() + first[1:]


def about(kind: ImportKind) -> list[tuple[str, ...]]:
    """What each column holds, how it is written, and whether an import can do without it."""
    needed = INTAKES[kind].needed[0] if kind in INTAKES else "name"
    return [
        (
            heading(field),
            field.label,
            _how(field),
            _example(field),
            "Yes" if field.name == needed else "No",
        )
        for field in list_imports.fields_of(kind)
    ]


def _how(field: ImportField) -> str:
    """The words with which the import would ask for it, so that both say the same."""
    said = _refusal(field)
    if _CHOICES in said:
        return f"One of: {said.partition(_CHOICES)[2]}"
    return said[said.index(_WRITE) :] if _WRITE in said else _ANY_TEXT


def _example(field: ImportField) -> str:
    said = _refusal(field)
    if field.name in _EXAMPLES:
        return _EXAMPLES[field.name]
    if _CHOICES in said:
        return said.partition(_CHOICES)[2].partition(",")[0].rstrip(".")
    words = said.partition(_WRITE)[2]
    return words.partition(" or ")[0]


def _refusal(field: ImportField) -> str:
    """What the import says to a cell that it cannot read; nothing for a column of any text."""
    try:
        field.read("?")
    except ValueError as problem:
        return str(problem)
    return ""
