"""The styles of a Word file: one sans-serif face, dark on white, in 12 points, 18, 16 or 10."""

from typing import TYPE_CHECKING, Any

from crm.papers.paper import LANGUAGE, Reading
from crm.papers.word_parts import element

if TYPE_CHECKING:
    from docx.document import Document

FACE = "Arial"
_INK = "0B0C0C"
SIZES = {Reading.STANDARD: 12, Reading.LARGE_PRINT: 18, Reading.EASY_READ: 16, Reading.ONE_PAGE: 10}
"""Points of the text."""

_OTHER_SIZES = {"Title": 1.8, "Heading 1": 1.25, "Header": 0.8, "Footer": 0.8}
_CLOSE = 0.5
"""Of the white above and below, how much is left on one page."""

_LEADING = ("Heading 1", "Caption")
_BOLD = ("Title", "Subtitle", "Heading 1", "Caption")
_SPACES: dict[str, tuple[float, float]] = {
    "Normal": (0, 6),
    "Title": (0, 8),
    "Subtitle": (0, 8),
    "Heading 1": (16, 6),
    "Caption": (10, 4),
    "Header": (0, 0),
    "Footer": (0, 0),
}
"""Points of white above and below."""


def set_styles(document: "Document", reading: Reading) -> None:
    """Set face, sizes, spaces and language of everything that a paper uses."""
    size = SIZES[reading]
    is_close = reading is Reading.ONE_PAGE
    white = _CLOSE if is_close else 1.0
    for name, (above, below) in _SPACES.items():
        style: Any = document.styles[name]
        share = _OTHER_SIZES.get(name, 1.0)
        _set_face(style, size * share, is_bold=name in _BOLD)
        form = style.paragraph_format
        form.space_before, form.space_after = _points(above * white, below * white)
        form.line_spacing = 1.25 if share == 1 and not is_close else 1.1
        form.keep_with_next = True if name in _LEADING else None
    _set_defaults(document)


def _points(*sizes: float) -> list[Any]:
    from docx.shared import Pt

    return [Pt(size) for size in sizes]


def _set_face(style: Any, size: float, *, is_bold: bool) -> None:
    """Set the face by its name: one that a theme names would win over it."""
    from docx.shared import RGBColor

    style.font.size = _points(round(size))[0]
    style.font.bold, style.font.italic = is_bold, False
    style.font.color.rgb = RGBColor.from_string(_INK)
    properties = style.element.get_or_add_rPr()
    for found in ("w:rFonts", "w:spacing", "w:kern"):
        _remove(properties, found)
    properties.insert(0, element("w:rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE))
    for found in ("w:pBdr", "w:tabs"):
        _remove(style.element.get_or_add_pPr(), found)


def _remove(parent: Any, name: str) -> None:
    from docx.oxml.ns import qn

    for found in parent.findall(qn(name)):
        parent.remove(found)


def _set_defaults(document: "Document") -> None:
    """Language and face of whatever has no style, and a file of today's kind, not of an older program."""
    from docx.oxml.ns import qn

    root: Any = document.styles.element
    for language in root.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for faces in root.find(qn("w:docDefaults")).iter(qn("w:rFonts")):
        for key in list(faces.attrib):
            del faces.attrib[key]
        for side in ("ascii", "hAnsi", "cs", "eastAsia"):
            faces.set(qn(f"w:{side}"), FACE)
    settings: Any = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
