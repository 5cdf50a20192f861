"""Uploaded tables of text: encodings, delimiters, titles, names, ragged and unusable rows, limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import UnreadableFileError
from crm.readers import limits
from crm.readers.tables import Table, read_table


def table(text: str | bytes) -> Table:
    return read_table(text.encode() if isinstance(text, str) else text, "list.csv")


def cells(read: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in read.rows]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("name,town\nCafé,Leeds\n".encode(), "UTF-8"),
        ("name,town\nCafé,Leeds\n".encode("utf-8-sig"), "UTF-8"),
        ("name,town\nCafé,Leeds\n".encode("utf-16"), "UTF-16"),
        ("name,town\nCafé,Leeds\n".encode("utf-16-le"), "UTF-16"),
        ("name,town\nCafé,Leeds\n".encode("utf-16-be"), "UTF-16"),
        ("name,town\nCafé,Leeds\n".encode("utf-32"), "UTF-32"),
        ("name,town\nCafé,Leeds\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_named(content: bytes, encoding: str):
    read = table(content)
    assert (read.encoding, read.header, cells(read)) == (encoding, ("name", "town"), [("Café", "Leeds")])


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "comma"), ("\t", "tab"), (";", "semicolon"), ("|", "vertical bar")]
)
def test_the_delimiter_is_found_and_named(delimiter: str, name: str):
    read = table(f"a{delimiter}b\n1{delimiter}2\n")
    assert (read.delimiter, read.header, cells(read)) == (name, ("a", "b"), [("1", "2")])


def test_a_delimiter_that_excel_declares_is_believed():
    read = table("sep=;\na,1;b\n1;2\n")
    assert (read.header, cells(read), read.rows[0].number) == (("a,1", "b"), [("1", "2")], 3)


def test_a_single_column_has_no_delimiter():
    read = table("name\nAcme\nBolt\n")
    assert (read.delimiter, cells(read)) == (None, [("Acme",), ("Bolt",)])


def test_titles_above_the_header_are_left_out_and_shown():
    read = table("Employers of Leeds,,\n,,\nname,town,phone\nAcme,Leeds,1\nBolt,York,2\n")
    assert read.header == ("name", "town", "phone")
    assert [row.number for row in read.rows] == [4, 5]
    assert "Row 1 above the header was left out as a title: “Employers of Leeds”." in read.notes
    assert "1 empty row was left out." in read.notes


def test_blank_and_repeated_names_become_usable_and_said():
    read = table("name,,name,name (2)\n1,2,3,4\n")
    assert read.header == ("name", "Column 2", "name (3)", "name (2)") or len(set(read.header)) == 4
    assert any("Without a name" in note for note in read.notes)
    assert any("occurs again in column 3" in note for note in read.notes)


def test_ragged_rows_are_kept_and_reported():
    read = table("a,b,c\n1,2\n1,2,3\n1,2,3,4\n")
    assert cells(read) == [("1", "2", "", ""), ("1", "2", "3", ""), ("1", "2", "3", "4")]
    assert "Fewer cells than the header, the rest taken as empty: row 2." in read.notes
    assert "More cells than the header, kept in added columns: row 4." in read.notes


def test_long_lists_of_rows_are_shortened_in_notes():
    read = table("a,b,c\n" + "1,2\n" * 8 + "1,2,3\n")
    assert (
        "Fewer cells than the header, the rest taken as empty: rows 2, 3, 4, 5, 6 and 3 more." in read.notes
    )


def test_rows_with_nul_or_half_characters_are_refused_with_row_column_and_reason():
    read = table(b"name,town\nAc\0me,Leeds\nBolt,\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xff\nCog,York\n")
    assert cells(read) == [("Cog", "York")]
    assert [(row.number, row.column) for row in read.refused] == [(2, "name"), (3, "town")]
    assert all(row.reason and row.cells for row in read.refused)
    assert read.encoding == "UTF-8 with broken letters"


def test_a_cell_that_is_too_long_is_refused_and_the_rest_kept():
    read = table(f"name,town\n{'x' * (limits.CELL_CHARACTERS + 1)},Leeds\nBolt,York\n")
    assert (cells(read), read.refused[0].column, read.row_count) == ([("Bolt", "York")], "name", 2)


def test_a_quotation_mark_that_is_never_closed_refuses_its_row_only():
    read = table('name,town\nAcme,Leeds\nBolt,"York\n' + "x" * 140_000 + "\nCog,Hull\n")
    assert cells(read)[0] == ("Acme", "Leeds")
    assert "quotation mark" in read.refused[0].reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n \n", "is empty"),
        ("\ufeff ".encode("utf-16-le"), "is empty"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"{\\rtf1", "a text document"),
        (b"<!DOCTYPE html><table>", "a web page"),
        (b'[{"title": "Cleaner"}]', "a JSON file"),
        (b",,\n,,\n", "no rows"),
        (b"name,town\n\x81\x8d,\x8f\n", "could not be read"),
        ("name\nx".encode("utf-16") + b"\x00", "could not be read"),
    ],
)
def test_what_is_no_table_ends_in_one_plain_sentence(content: bytes, words: str):
    with pytest.raises(UnreadableFileError, match=words):
        table(content)


@pytest.mark.parametrize(
    "content",
    [
        b"a\n" * (limits.ROWS + 2),
        b"a\n" * (limits.ROWS + 200),
        b",".join([b"a"] * (limits.COLUMNS + 1)) + b"\n1\n",
        b"a" * (limits.UPLOAD_BYTES + 1),
    ],
    ids=["rows", "many rows", "columns", "bytes"],
)
def test_a_table_beyond_the_limits_is_refused_whole(content: bytes):
    with pytest.raises(UnreadableFileError, match=r"larger than|at most|more than"):
        table(content)


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=5), min_size=2, max_size=12))
def test_accepted_and_refused_rows_are_all_rows(rows: list[list[str]]):
    text = "one,two,three\n" + "".join(
        ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in r) + "\n" for r in rows
    )
    content = text.encode("utf-8", "surrogatepass")
    try:
        read = table(content)
    except UnreadableFileError:
        return
    blank = sum(1 for row in rows if not any(cell.strip() for cell in row))
    titles = sum("as a title" in note for note in read.notes)
    assert read.row_count + titles == len(rows) - blank


@given(st.binary(max_size=400))
def test_arbitrary_bytes_become_a_table_or_a_plain_sentence(content: bytes):
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x09")):
        return
    try:
        outcome: object = table(content).header
    except UnreadableFileError as problem:
        outcome = str(problem)
    assert outcome
