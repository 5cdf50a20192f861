"""Word files read back: headings, numbers, tables and fields are real, and everything typed is text."""

import json
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from crm.config import ROOT
from crm.papers.paper import Grid, Paper, Reading, Section
from crm.papers.signs import in_one_line, visible
from crm.papers.word import as_word
from tests.makers_papers import DAY, make_paper

STRINGS = ROOT.parent / "shared" / "reference" / "badinput" / "blns" / "blns.json"


def opened(paper: Paper) -> Any:
    return docx.Document(BytesIO(as_word(paper)))


def styled(document: Any, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def is_numbered(paragraph: Any) -> bool:
    return paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None


def test_title_and_headings_have_the_styles_by_which_they_are_found():
    document = opened(make_paper())
    assert styled(document, "Title") == ["Interview agreement"]
    assert styled(document, "Heading 1") == [
        *("At a glance", "Feedback", "Ending"),
        *("What came of it", "Signatures"),
    ]


def test_clauses_and_their_paragraphs_are_numbered_by_word_and_other_sections_are_not():
    document = opened(make_paper("First.", "Second."))
    levels = {one.text: one._p.pPr.numPr.ilvl.val for one in document.paragraphs if is_numbered(one)}
    assert levels == {
        "Feedback": 0,
        "First.": 1,
        "Second.": 1,
        "Ending": 0,
        "Either side can end it.": 1,
    }
    shape = document.part.numbering_part.element.find(qn("w:abstractNum"))
    assert [one.get(qn("w:val")) for one in shape.iter(qn("w:lvlText"))] == ["%1.", "%1.%2"]


def test_a_table_has_a_marked_header_row_and_first_column_and_a_name_for_screen_readers():
    table = opened(make_paper()).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["About", "In this paper"],
        ["Employer", "Fernside Bakery"],
        ["Covers", "Everyone we support"],
    ]
    is_head = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert is_head == [True, False, False]
    look = table._tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert table._tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "At a glance"


def test_empty_cells_to_sign_in_are_high_enough_for_a_hand():
    to_sign = opened(make_paper()).tables[-1]
    assert [row.height.cm >= 1 if row.height else None for row in to_sign.rows] == [None, True, True]


def test_every_page_says_whose_it_is_what_it_is_and_which_page_of_how_many():
    section = opened(make_paper(mark="Version 2 of 3 November 2026, signed")).sections[0]
    above = [one.text for one in section.header.paragraphs]
    assert above == ["Northside Supported Employment", "Version 2 of 3 November 2026, signed"]
    below = section.footer.paragraphs[0]
    fields = [one.get(qn("w:instr")).strip() for one in below._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_language_is_english_of_britain_everywhere():
    document = opened(make_paper())
    said = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert said == {"en-GB"}
    assert document.core_properties.language == "en-GB"


def test_the_properties_of_the_file_name_the_service_and_no_program_or_clock():
    said = opened(make_paper(title="A" * 300)).core_properties
    assert (said.author, said.last_modified_by) == ("Northside Supported Employment",) * 2
    assert (said.title, said.comments, said.created.date()) == ("A" * 255, "", DAY)


@pytest.mark.parametrize(("reading", "points"), [(Reading.STANDARD, 12), (Reading.EASY_READ, 16)])
def test_the_face_is_sans_serif_and_large_enough(reading: Reading, points: int):
    style = opened(make_paper(reading=reading)).styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Arial", points)


def test_easy_read_has_one_sentence_a_line_without_numbers_of_paragraphs():
    document = opened(make_paper(reading=Reading.EASY_READ))
    lines = [one for one in document.paragraphs if one.text.startswith("You ")]
    assert [one.text for one in lines] == ["You tell us why.", "You do so within 5 days."]
    assert not any(map(is_numbered, lines))


def test_a_picture_of_easy_read_has_words_and_stands_beside_the_lines():
    document = opened(make_paper(reading=Reading.EASY_READ))
    pictures = list(document.element.iter(qn("wp:docPr")))
    assert [one.get("descr") for one in pictures] == ["A speech bubble"]
    beside = [one for one in document.paragraphs if one.text in ("Feedback", "You tell us why.")]
    assert all(one.paragraph_format.left_indent.cm > 2 for one in beside)
    assert not list(opened(make_paper()).element.iter(qn("wp:docPr")))


def test_tables_that_follow_each_other_do_not_become_one():
    grid = Grid(("a", "b"), (("1", "2"),))
    document = opened(Paper("T", "S", "M", DAY, sections=(Section("Two", (grid, grid)),)))
    kinds = [one.tag.rpartition("}")[2] for one in document.element.body]
    assert kinds[-4:] == ["tbl", "p", "tbl", "sectPr"]


def test_the_same_paper_gives_the_same_bytes_and_another_mark_gives_others():
    assert as_word(make_paper()) == as_word(make_paper())
    assert as_word(make_paper()) != as_word(make_paper(mark="Version 1 of 3 November 2026, signed"))


def test_the_file_holds_no_moment_and_nothing_that_no_paper_needs():
    with zipfile.ZipFile(BytesIO(as_word(make_paper()))) as found:
        assert {one.date_time[0] for one in found.infolist()} == {1980}
        assert not [name for name in found.namelist() if "thumbnail" in name or "customXml" in name]
        assert sum(one.file_size for one in found.infolist()) < 600_000


def test_a_sign_that_xml_cannot_hold_is_seen_to_be_missing():
    document = opened(make_paper("Bell\x07, null\x00, half\ud800.\x0bNext\r\nline"))
    found = next(one.text for one in document.paragraphs if one.text.startswith("Bell"))
    assert found == "Bell\ufffd, null\ufffd, half\ufffd.\ufffdNext\nline"


@pytest.mark.reference
@pytest.mark.skipif(not STRINGS.exists(), reason="../shared/reference/badinput is not there")
def test_strings_that_break_other_software_come_out_as_text_in_every_place():
    strings = [text for text in json.loads(STRINGS.read_text(encoding="utf-8")) if text.strip()]
    cells = tuple((text, text) for text in strings)
    sections = tuple(Section(text, (text,), is_numbered=True) for text in strings)
    grid = Section("Table", (Grid(("a", "b"), cells, caption=strings[3]),))
    document = opened(Paper(strings[5], strings[6], strings[7], DAY, sections=(*sections, grid)))
    headings = styled(document, "Heading 1")[:-1]
    said = [
        one.text for one in document.paragraphs if one._p.pPr is not None and one._p.pPr.numPr is not None
    ]
    assert headings == [in_one_line(text) for text in strings]
    assert [text for place, text in enumerate(said) if place % 2] == [visible(text) for text in strings]
    first = [row.cells[0].text for row in document.tables[0].rows[1:]]
    assert first == [visible(text) for text in strings]
    assert document.core_properties.title == in_one_line(strings[5])
