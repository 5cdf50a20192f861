"""Empty lists to fill in: what they ask for is what the import takes, without being told any more."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.exports import FileFormat
from crm.models.imports import ImportKind
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import import_templates, list_imports
from crm.services.import_fields import guess, is_restricted
from crm.services.import_templates import ABOUT, about, columns, template
from tests.makers import make_actor


@pytest.mark.parametrize("kind", list_imports.LISTS)
def test_every_column_of_a_template_is_known_to_the_import_as_what_it_is(kind: ImportKind):
    fields = list_imports.fields_of(kind)
    assert guess(fields, columns(kind)) == {field.name: import_templates.heading(field) for field in fields}
    assert [name for name in columns(kind) if not list_imports.may_hold(kind, name)] == []


@pytest.mark.parametrize("kind", list_imports.LISTS)
def test_every_example_is_one_that_the_import_reads(kind: ImportKind):
    examples = {row[0]: row[3] for row in about(kind)}
    for field in list_imports.fields_of(kind):
        example = examples[import_templates.heading(field)]
        if example:
            field.read(example)
    assert [row[4] for row in about(kind)].count("Yes") == 1


@pytest.mark.parametrize("file_format", [FileFormat.XLSX, FileFormat.CSV])
def test_a_template_is_read_as_a_list_without_rows(session: Session, file_format: FileFormat):
    content = template(session, ImportKind.SEEKERS, file_format, by=SYSTEM)
    table = read_table(content, f"seekers.{file_format}")
    assert (list(table.header), table.row_count) == (columns(ImportKind.SEEKERS), 0)


def test_the_second_sheet_says_what_each_column_holds(session: Session):
    content = template(session, ImportKind.SEEKERS, FileFormat.XLSX, by=SYSTEM)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    first, *rows = book.get_sheet_by_index(1).to_python()
    assert tuple(first) == ABOUT
    by_column = {row[0]: row for row in rows}
    assert by_column["Referred on"][2:4] == ["Write 3 November 2026 or 03/11/2026.", "3 November 2026"]
    assert str(by_column["Status"][2]).startswith("One of: referred, active")
    assert not any(is_restricted(str(name)) for name in by_column)


def test_only_those_who_bring_in_lists_have_templates(session: Session):
    with pytest.raises(NotAllowedError):
        template(session, ImportKind.SEEKERS, FileFormat.CSV, by=make_actor(Role.JOB_COACH))
