"""Workbooks: cells as typed, sheets, and everything that is made to hurt."""

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from crm.errors import UnreadableFileError
from crm.readers import apart, limits
from crm.readers.apart import read_table
from crm.readers.archives import WORKBOOK, open_archive
from crm.readers.cells import CellValue, cell_text
from crm.readers.workbooks import read_workbook
from tests.readers.makers import workbook


def repacked(content: bytes, **replaced: bytes) -> bytes:
    """The same zip with some of its files replaced; names have `__` for `/` and `_dot_` for `.`."""
    new = {name.replace("__", "/").replace("_dot_", "."): data for name, data in replaced.items()}
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in old.infolist():
            archive.writestr(entry.filename, new.pop(entry.filename, old.read(entry)))
        for name, data in new.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        ("as is ", "as is "),
        (date(2026, 11, 3), "2026-11-03"),
        (datetime.fromisoformat("2026-11-03"), "2026-11-03"),
        (datetime.fromisoformat("2026-11-03T09:30"), "2026-11-03 09:30"),
        (time(9, 30), "09:30"),
        (time(9, 30, 5), "09:30:05"),
        (timedelta(hours=37, minutes=30), "37:30"),
        (timedelta(seconds=-61), "-0:01:01"),
    ],
)
def test_cells_read_as_a_person_would_type_them(value: CellValue, text: str):
    assert cell_text(value) == text


def test_a_workbook_is_read_whatever_its_name_says():
    read = read_table(workbook([["name", "start", "hours"], ["Acme", date(2026, 11, 3), 16.0]]), "list.csv")
    assert (read.header, read.rows[0].cells) == (("name", "start", "hours"), ("Acme", "2026-11-03", "16"))
    assert (read.sheet, read.sheets, read.encoding) == ("List", ("List",), None)


def test_row_numbers_are_those_of_the_sheet_and_a_sheet_can_be_chosen():
    content = workbook([], more_sheets={"Second": [[], ["name", "town"], ["Acme", "Leeds"]]})
    read = read_table(content, "list.xlsx")
    assert (read.sheet, read.rows[0].number) == ("Second", 3)
    assert "The sheet “Second” was read, one of 2." in read.notes
    with pytest.raises(UnreadableFileError, match="no rows"):
        read_table(content, "list.xlsx", sheet="List")
    with pytest.raises(UnreadableFileError, match="no sheet called “Third”"):
        read_table(content, "list.xlsx", sheet="Third")


def test_the_child_reads_a_sheet_that_starts_away_from_the_corner():
    content = workbook([], more_sheets={"Second": [[], [None, "name"], [None, "Acme"]]})
    read = read_workbook(content, "Second")
    assert (read["sheet"], read["sheets"]) == ("Second", ["List", "Second"])
    assert [row for row in read["rows"] if any(row)] == [["", "name"], ["", "Acme"]]
    assert len(read["rows"]) == 3
    with pytest.raises(UnreadableFileError, match="no sheet called"):
        read_workbook(content, "Third")


def test_an_empty_workbook_says_so():
    with pytest.raises(UnreadableFileError, match="none of its sheets holds anything"):
        read_workbook(workbook([]), None)


def test_a_sheet_that_is_too_wide_or_too_long_is_refused():
    with pytest.raises(UnreadableFileError, match="columns wide"):
        read_workbook(workbook([["x"] * (limits.COLUMNS + 1)]), None)


def test_xml_entities_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    content = repacked(workbook([["a", "b"]]), xl__worksheets__sheet1_dot_xml=bomb)
    with pytest.raises(UnreadableFileError, match="XML declarations"):
        read_workbook(content, None)


def test_a_zip_that_grows_too_much_is_refused_from_its_directory():
    content = repacked(workbook([["a"]]), bomb_dot_xml=b"\0" * (30 * 1024 * 1024))
    with pytest.raises(UnreadableFileError, match="far more than its size"):
        read_table(content, "list.xlsx")


def test_a_zip_whose_directory_lies_about_sizes_is_stopped_while_unpacking():
    content = repacked(workbook([["a"]]), bomb_dot_xml=b"\0" * (30 * 1024 * 1024))
    real = (30 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(UnreadableFileError, match=r"damaged|far more"):
        read_workbook(content.replace(real, (1000).to_bytes(4, "little")), None)


def test_a_sheet_with_far_too_many_rows_is_refused():
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % number for number in range(1, 300_001))
    sheet = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>'
    names = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = repacked(workbook([["a"]]), xl__worksheets__sheet1_dot_xml=sheet % (names, rows))
    assert len(content) < limits.UPLOAD_BYTES
    with pytest.raises(UnreadableFileError, match="more than 50,000 rows"):
        read_table(content, "list.xlsx")


def test_too_many_files_inside_are_refused():
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(limits.ARCHIVE_ENTRIES + 1):
            archive.writestr(f"{number}.xml", b"")
    with pytest.raises(UnreadableFileError, match="files inside"):
        open_archive(made.getvalue(), WORKBOOK)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and nothing more", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "damaged"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_damaged_and_locked_workbooks_end_in_one_plain_sentence(content: bytes, words: str):
    with pytest.raises(UnreadableFileError, match=words):
        read_workbook(content, None)
    with pytest.raises(UnreadableFileError, match=words):
        read_table(content, "list.xls")


def test_a_zip_of_other_things_is_told_apart_from_a_workbook():
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("list.csv", "a,b\n1,2\n")
    with pytest.raises(UnreadableFileError, match="not a workbook"):
        read_workbook(made.getvalue(), None)


def test_a_workbook_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="took longer"):
        read_table(workbook([["a"]]), "list.xlsx")


def test_a_child_that_dies_is_told_as_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(apart, "_ROOT", tmp_path)
    with pytest.raises(UnreadableFileError, match="damaged, or needs more memory"):
        read_table(workbook([["a"]]), "list.xlsx")
