"""Charts of papers: the same picture each time, in words for who does not see it, and without colour."""

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from crm.papers import chart_drawing, pdf
from crm.papers.chart import WIDTH, Box, high, shapes
from crm.papers.chart_drawing import as_png, as_svg, drawable
from crm.papers.kept import as_values, from_values
from crm.papers.page import as_page
from crm.papers.paper import Bar, Chart, Paper, Reading, Section
from crm.papers.pdf import as_pdf
from crm.papers.word import as_word
from tests.makers_papers import DAY, FIGURES, TO_SIGN, inside_pdf

CHART = Chart(
    "Hours a week by task",
    (Bar("1. Fold boxes", 5, "5 hours"), Bar("2. Label <trays>", 2.5, "2.5 hours", is_striped=True)),
    "Somebody does this now",
    "Nobody gets to this now",
)
ALT = (
    "Bar chart. Hours a week by task: 1. Fold boxes, 5 hours (Somebody does this now); "
    "2. Label <trays>, 2.5 hours (Nobody gets to this now)."
)


def paper(reading: Reading = Reading.STANDARD) -> Paper:
    sections = (Section("The job", ("Two tasks.", CHART, FIGURES)),)
    return Paper("A job", "Northside", "Draft", DAY, sections=sections, reading=reading)


def drawing(reading: Reading = Reading.STANDARD) -> Any:
    document = docx.Document(BytesIO(as_word(paper(reading))))
    return document.element.find(f".//{qn('wp:inline')}")


def test_bars_are_as_long_as_what_they_stand_for_and_the_longest_leaves_room_for_its_words():
    bars = [one for one in shapes(CHART) if isinstance(one, Box) and not one.is_white]
    assert [round(one.wide) for one in bars[:2]] == [350, 175]
    assert all(one.x + one.wide < WIDTH for one in bars)


def test_two_kinds_of_bar_are_told_apart_by_stripes_which_a_key_explains():
    stripes = [one for one in shapes(CHART) if isinstance(one, Box) and one.is_white]
    assert len(stripes) > 20
    assert high(CHART) == 2 * 50 + 2 * 28
    svg = as_svg(CHART)
    assert "Somebody does this now" in svg
    assert "Nobody gets to this now" in svg


def test_a_kind_of_bar_that_is_not_there_is_not_in_the_key():
    chart = Chart("Hours", CHART.bars[:1], CHART.plain, CHART.striped)
    assert "Nobody gets to this now" not in as_svg(chart)
    assert high(Chart("Hours", ())) == 0


def test_a_bar_of_nothing_is_still_seen():
    chart = Chart("Hours", (Bar("a", 0, "0 hours"),))
    assert [one.wide for one in shapes(chart) if isinstance(one, Box)] == [3]
    assert chart.alt == "Bar chart. Hours: a, 0 hours."


def test_a_long_label_is_shortened_in_the_picture_alone():
    chart = Chart("Hours", (Bar("x" * 60, 1, "1 hour"),))
    assert "x" * 45 + "..." in as_svg(chart)
    assert "x" * 60 in chart.alt


def test_the_svg_holds_text_as_text_and_is_well_formed():
    root = ElementTree.fromstring(as_svg(CHART))
    said = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "2. Label <trays>" in said


def test_the_png_is_the_same_each_time_and_has_ink_and_white_in_it():
    assert as_png(CHART) == as_png(CHART)
    assert as_png(CHART) != as_png(Chart(CHART.caption, CHART.bars[:1]))
    picture = Image.open(BytesIO(as_png(CHART)))
    assert picture.size == (WIDTH * 4, high(CHART) * 4)
    assert len(as_png(CHART)) < 60_000


def test_what_the_face_cannot_draw_is_drawn_plainly_or_marked():
    assert drawable("Café – “ŵyn” \N{NO-BREAK SPACE}1\u0661") == "Cafe - “wyn”  1?"
    face: Any = chart_drawing._face()
    missing = bytes(face.getmask("\uffff"))
    assert [
        sign for sign in "‘’“”…" + "".join(map(chr, range(33, 127))) if bytes(face.getmask(sign)) == missing
    ] == []


@pytest.mark.parametrize("reading", [Reading.STANDARD, Reading.LARGE_PRINT])
def test_a_word_file_has_the_picture_with_its_words_no_wider_than_the_page(reading: Reading):
    inline = drawing(reading)
    assert inline.find(qn("wp:docPr")).get("descr") == ALT
    wide = int(inline.find(qn("wp:extent")).get("cx")) / 360_000
    assert 11 < wide <= 16.6
    assert as_word(paper(reading)) == as_word(paper(reading))


def test_a_page_holds_the_picture_with_its_words_and_the_table_after_it():
    page = as_page(paper())
    found = re.search(r'<img src="(data:image/svg\+xml;base64,[^"]+)" alt="([^"]+)">', page)
    assert found
    assert found[2] == ALT.replace("<", "&lt;").replace(">", "&gt;")
    assert page.index("<img") < page.index("<table")


def test_a_pdf_has_the_picture_as_a_figure_with_its_words():
    if not pdf.is_possible():
        pytest.skip("WeasyPrint's libraries (Pango) are not on this machine")
    content = inside_pdf(as_pdf(paper()))
    assert b"/S /Figure" in content
    assert b"/Alt" in content
    assert as_pdf(paper()) == as_pdf(paper())


def test_what_a_paper_says_is_kept_as_plain_values_and_comes_out_the_same():
    sections = (*paper().sections, Section("Signed", (TO_SIGN,), is_numbered=True))
    assert from_values(as_values(sections)) == sections
