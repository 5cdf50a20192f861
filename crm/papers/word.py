"""A paper as a Word file (DOCX) that an employer can change: real headings, numbers, tables and fields.

Made from the empty document of python-docx. The same paper gives the same bytes: no clock is asked, and the
parts of the file all carry one date.
"""

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from crm.papers import word_parts, word_styles
from crm.papers.paper import LANGUAGE, Chart, Grid, Paper, Reading, Section
from crm.papers.signs import in_margin, in_one_line, one_sentence_each, visible
from crm.papers.word_picture import add_chart, add_picture, set_in
from crm.papers.word_table import add_table, set_closely

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_LONGEST_PROPERTY = 255
_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)


def as_word(paper: Paper) -> bytes:
    """The paper as a Word file."""
    import docx  # Not at the start of the service.

    document = docx.Document()
    word_parts.leave_out_unused(document)
    word_styles.set_styles(document, paper.reading)
    word_parts.set_page(document.sections[0], is_close=paper.reading is Reading.ONE_PAGE)
    _say_properties(document, paper)
    _draw_margins(document, paper)
    _draw(document, paper)
    kept = BytesIO()
    document.save(kept)
    return _without_clock(kept.getvalue())


def _say_properties(document: "Document", paper: Paper) -> None:
    """What the file says about itself: no person is named."""
    said = document.core_properties
    moment = datetime.combine(paper.made_on, time(12), UTC)
    said.title = _property(paper.title)
    said.subject = _property(paper.mark)
    said.author = said.last_modified_by = _property(paper.service)
    said.comments = said.keywords = said.category = ""
    said.language = LANGUAGE
    said.created = said.modified = moment
    said.revision = 1


def _property(text: str) -> str:
    return in_one_line(text)[:_LONGEST_PROPERTY]


def _draw_margins(document: "Document", paper: Paper) -> None:
    """On every page: whose it is and what it is above, which page of how many below."""
    section = document.sections[0]
    section.header.paragraphs[0].add_run(in_margin(paper.service))
    section.header.add_paragraph("", "Header").add_run(in_margin(paper.mark)).bold = True
    below = section.footer.paragraphs[0]
    below.add_run("\tPage ")
    word_parts.add_field(below, "PAGE")
    below.add_run(" of ")
    word_parts.add_field(below, "NUMPAGES")


def _draw(document: "Document", paper: Paper) -> None:
    document.add_paragraph(in_one_line(paper.title), "Title")
    if paper.reading is not Reading.ONE_PAGE:
        document.add_paragraph(in_one_line(paper.service))
    document.add_paragraph(in_one_line(paper.mark), "Subtitle")
    is_easy = paper.reading is Reading.EASY_READ
    for words in one_sentence_each(paper.opening) if is_easy else paper.opening:
        document.add_paragraph(visible(words))
    numbering = word_parts.add_numbering(document, wide=_number_pt(paper))
    for section in paper.all_sections:
        _draw_section(document, paper, section, numbering)


def _draw_section(document: "Document", paper: Paper, section: Section, numbering: int) -> None:
    heading = document.add_paragraph(in_one_line(section.heading), "Heading 1")
    if section.is_numbered:
        word_parts.number(heading, numbering, level=0)
    is_easy = paper.reading is Reading.EASY_READ
    drawn: list[Paragraph] = []
    for before, part in pairwise(("", *section.parts)):
        if isinstance(part, Grid):
            table = _draw_grid(document, part, section, is_after_one=isinstance(before, Grid))
            if paper.reading is Reading.ONE_PAGE:
                set_closely(table)
        elif isinstance(part, Chart):
            add_chart(document, part, text_pt=word_styles.SIZES[paper.reading])
        else:
            lines = one_sentence_each((part,)) if is_easy else (part,)
            drawn += [document.add_paragraph(visible(line)) for line in lines]
    if is_easy:
        _set_easily(heading, drawn, section, number_pt=_number_pt(paper) * section.is_numbered)
    elif section.is_numbered:
        for paragraph in drawn:
            word_parts.number(paragraph, numbering, level=1)


def _draw_grid(document: "Document", grid: Grid, section: Section, *, is_after_one: bool) -> "Table":
    if is_after_one and not grid.caption:
        document.add_paragraph()  # Tables that touch become one.
    return add_table(document, grid, called=section.heading)


def _set_easily(
    heading: "Paragraph", lines: "list[Paragraph]", section: Section, *, number_pt: float
) -> None:
    """Keep the lines of a section on one page, beside its picture."""
    for line in lines[:-1]:
        line.paragraph_format.keep_with_next = True
    if section.picture and lines:
        set_in([heading], number_pt=number_pt)
        set_in(lines)
        add_picture(lines[0], section.picture)


def _number_pt(paper: Paper) -> float:
    """How wide the column of numbers is: three digits and a point."""
    return word_styles.SIZES[paper.reading] * 3.3


def _without_clock(content: bytes) -> bytes:
    """The same file, its parts all of one date."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(kept, "w") as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _ZIP_BEGINS)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            after.writestr(part, before.read(name))
    return kept.getvalue()
