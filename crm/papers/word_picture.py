"""Pictures of a Word file: one at the left edge, beside the words set in from it, or a chart in the text."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from crm.papers.chart import EMS
from crm.papers.chart_drawing import as_png
from crm.papers.paper import Chart
from crm.papers.pictures import ALT, Picture, png
from crm.papers.signs import in_one_line
from crm.papers.word_parts import WIDTH_CM, element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SET_IN_CM = 2.8
_SIZE_CM = 2.0
_ANCHOR = (
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" '
    'distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
    'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>-360000</wp:posOffset></wp:positionV></wp:anchor>'
)


def set_in(paragraphs: "Sequence[Paragraph]", *, number_pt: float = 0) -> None:
    """Leave room for a picture at the left edge, and beside it for a number of so many points."""
    from docx.shared import Cm, Pt

    for paragraph in paragraphs:
        paragraph.paragraph_format.left_indent = Cm(_SET_IN_CM) + Pt(number_pt)
        paragraph.paragraph_format.first_line_indent = -Pt(number_pt)


def add_picture(first: "Paragraph", picture: Picture) -> None:
    """Put a picture beside the first line below a heading, with its words for those who do not see it.

    It hangs on the line, so that whoever has the file read out hears the heading first.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Cm

    run: Any = first.add_run()
    run.add_picture(BytesIO(png(picture)), width=Cm(_SIZE_CM))
    inline = run._r.find(f"{qn('w:drawing')}/{qn('wp:inline')}")
    anchor: Any = parse_xml(_ANCHOR)
    for part in list(inline):
        if part.tag == qn("wp:docPr"):
            part.set("descr", ALT[picture])
            anchor.append(element("wp:wrapNone"))
        anchor.append(part)
    inline.getparent().replace(inline, anchor)


def add_chart(document: "Document", chart: Chart, *, text_pt: float) -> None:
    """Put a chart between paragraphs, as large as its words are beside text of so many points."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    run: Any = document.add_paragraph().add_run()
    run.add_picture(BytesIO(as_png(chart)), width=min(Pt(text_pt * EMS), Cm(WIDTH_CM)))
    named = run._r.find(f"{qn('w:drawing')}/{qn('wp:inline')}/{qn('wp:docPr')}")
    named.set("descr", in_one_line(chart.alt))
