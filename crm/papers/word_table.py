"""A table of a Word file whose header row and first column are marked as what they are."""

from typing import TYPE_CHECKING, Any

from crm.papers.paper import Grid
from crm.papers.signs import in_one_line, visible
from crm.papers.word_parts import WIDTH_CM, element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_FIRST = 0.34
_SHADE = "F3F2F1"
_TO_WRITE_IN_CM = 1.1
_LITTLE_WHITE: Any = 12_700


def add_table(document: "Document", grid: Grid, *, called: str) -> "Table":
    """Draw a table and give it; a screen reader calls it by its caption, or by this name if it has none."""
    if grid.caption:
        document.add_paragraph(in_one_line(grid.caption), "Caption")
    table: Any = document.add_table(rows=1 + len(grid.rows), cols=len(grid.columns), style="Table Grid")
    table.autofit = False
    table._tblPr.append(element("w:tblCaption", val=in_one_line(grid.caption or called)))
    for place, column in enumerate(table.columns):
        column.width = _width(place, len(grid.columns))
    for row, values in zip(table.rows, (grid.columns, *grid.rows), strict=True):
        _fill(row, values, grid, is_head=values is grid.columns)
    return table


def set_closely(table: "Table") -> None:
    """Leave little white above and below what stands in its cells."""
    for row in table.rows:
        for cell in row.cells:
            form = cell.paragraphs[0].paragraph_format
            form.space_before = form.space_after = _LITTLE_WHITE


def _fill(row: Any, values: tuple[str, ...], grid: Grid, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if grid.to_fill and not is_head:
        _make_high(row)
    if is_head:
        properties.append(element("w:tblHeader"))
    for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
        _write(cell, value, is_bold=is_head or place == 0, is_right=place in grid.numbers)
        cell.width = _width(place, len(grid.columns))
        if is_head:
            cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=_SHADE))
        if grid.to_fill:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _write(cell: Any, value: str, *, is_bold: bool, is_right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.add_run(visible(value)).bold = is_bold or None
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = 38_100
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _make_high(row: Any) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    row.height, row.height_rule = Cm(_TO_WRITE_IN_CM), WD_ROW_HEIGHT_RULE.AT_LEAST


def _width(place: int, columns: int) -> Any:
    from docx.shared import Cm

    share = _FIRST if place == 0 else (1 - _FIRST) / max(1, columns - 1)
    return Cm(WIDTH_CM * (share if columns > 1 else 1))
