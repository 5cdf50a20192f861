"""The one writer of files for spreadsheet programs: nothing runs, nothing is lost, every file is marked."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from crm.readers.tables import read_table
from crm.services.spreadsheets import Mark, safe_cell, typed_cell, write_csv, write_xlsx

MARK = Mark("Ines Marlow", "2026-11-26 06:00", "Employers", "stage: partner")
DANGEROUS = (
    "=1+1",
    "+44 20 7946 0018",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
)
STARTS = "=+-@\t\r\0"


def csv_cells(*values: str) -> list[str]:
    """The first column of a CSV file with one row for each value, without its header."""
    file = BytesIO()
    write_csv(file, ["Name"], [(value,) for value in values], MARK)
    text = file.getvalue().decode("utf-8-sig")
    return [row[0] for row in csv.reader(StringIO(text, newline=""))][1:]


@pytest.mark.parametrize("value", DANGEROUS)
def test_text_that_looks_like_a_formula_is_marked_and_comes_back(value: str):
    assert safe_cell(value) == f"'{value}"
    assert typed_cell(safe_cell(value)) == value


@given(some.text(max_size=20))
def test_no_cell_begins_like_a_formula_and_all_text_comes_back(text: str):
    assert not safe_cell(text).startswith(tuple(STARTS))
    assert typed_cell(safe_cell(text)) == text or text.startswith("'")


@given(some.lists(some.text(some.characters(codec="utf-8"), max_size=12), max_size=5))
def test_a_csv_file_holds_every_sign_that_was_typed(values: list[str]):
    assert csv_cells(*values) == [safe_cell(value) for value in values]


def test_an_apostrophe_that_somebody_typed_stays():
    assert typed_cell("'s-Gravenhage") == "'s-Gravenhage"


def test_each_line_of_a_csv_file_says_who_took_it_away_and_everything_is_quoted():
    file = BytesIO()
    assert write_csv(file, ["Name", "Open"], [("Fernside", 3), (None, None)], MARK) == 2
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == '"Name","Open","Taken away by"'
    assert lines[1] == '"Fernside","3","Ines Marlow, 2026-11-26 06:00"'
    assert lines[2] == '"","","Ines Marlow, 2026-11-26 06:00"'


def test_a_workbook_holds_text_as_text_and_no_formula_and_no_link():
    file = BytesIO()
    shown = [*DANGEROUS, "https://example.org", "007", "{=1}"]
    assert write_xlsx(file, ["Name"], [(value,) for value in shown], MARK) == len(shown)
    with ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "hyperlink" not in "".join(parts.namelist())
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == len(shown) + 1


def test_a_workbook_says_on_a_sheet_of_its_own_who_took_it_away():
    file = BytesIO()
    write_xlsx(file, ["Name"], [("Fernside",)], MARK)
    read = read_table(file.getvalue(), "x.xlsx", sheet="About this file")
    assert read.header == ("Taken away by", "Ines Marlow")
    assert ("Narrowed by", "stage: partner") in [row.cells for row in read.rows]


def test_text_longer_than_a_cell_is_cut_rather_than_lost():
    file = BytesIO()
    write_xlsx(file, ["Name"], [("x" * 40_000,)], MARK)
    with ZipFile(file) as parts:
        assert "x" * 32_767 in parts.read("xl/worksheets/sheet1.xml").decode()
