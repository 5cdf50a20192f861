"""Parts of a Word file that python-docx has no words for: fields, numbers of clauses, what is left out."""

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_UNUSED = ("/thumbnail", "/stylesWithEffects", "/customXml")
_NUMBERING = 90
"""The number by which our clauses are known; the empty document has smaller ones."""

MARGIN_CM = 2.2
WIDTH_CM = 21.0 - 2 * MARGIN_CM


def element(name: str, **values: str) -> Any:
    """A piece of a Word file with these values."""
    from docx import oxml
    from docx.oxml.ns import qn

    made: Any = cast("Any", oxml).OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def leave_out_unused(document: "Document") -> None:
    """Take out what the empty document brings and no paper needs, such as a picture of it."""
    part: Any = document.part
    for relations in (part.rels, part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_UNUSED)]:
            del relations[key]


def set_page(section: "Section", *, is_close: bool = False) -> None:
    """A4, with the number of the page at its right edge; `is_close`: less white above and below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin, section.bottom_margin = (Cm(2.1), Cm(1.6)) if is_close else (Cm(2.8), Cm(2.4))
    section.header_distance = section.footer_distance = Cm(0.8 if is_close else 1.1)
    below: Any = section.footer.paragraphs[0]
    below.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)


def add_field(paragraph: "Paragraph", code: str) -> None:
    """A figure that the reader's program works out, such as the number of the page."""
    field = element("w:fldSimple", instr=f" {code} ")
    line: Any = paragraph
    field.append(line.add_run("1")._r)
    line._p.append(field)


def add_numbering(document: "Document", *, wide: float) -> int:
    """Numbers of clauses and their paragraphs, 1. and 1.1, in a column as wide as so many points."""
    root: Any = document.part.numbering_part.element
    shape = element("w:abstractNum", abstractNumId=str(_NUMBERING))
    shape.append(element("w:multiLevelType", val="multilevel"))
    for level, words in enumerate(("%1.", "%1.%2")):
        shape.append(_level(level, words, str(round(wide * 20))))
    root.insert(0, shape)
    use = element("w:num", numId=str(_NUMBERING))
    use.append(element("w:abstractNumId", val=str(_NUMBERING)))
    root.append(use)
    return _NUMBERING


def _level(level: int, words: str, wide: str) -> Any:
    made = element("w:lvl", ilvl=str(level))
    made.append(element("w:start", val="1"))
    made.append(element("w:numFmt", val="decimal"))
    made.append(element("w:lvlText", val=words))
    made.append(element("w:lvlJc", val="left"))
    place = element("w:pPr")
    place.append(element("w:ind", left=wide, hanging=wide))
    made.append(place)
    return made


def number(paragraph: "Paragraph", numbering: int, *, level: int) -> None:
    """Give a paragraph the next number of this level."""
    line: Any = paragraph
    numbered = line._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = numbering
