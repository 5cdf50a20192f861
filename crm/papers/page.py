"""A paper as one page of HTML that needs nothing beside itself: to print from a browser, and to make PDF of.

What was typed is escaped. In the style sheet, where the margins of printed pages name the service and the
mark, every sign of it is written as its number, so that nothing typed can end or begin anything there.
"""

from html import escape

from crm.papers.chart import EMS
from crm.papers.chart_drawing import address_of_svg
from crm.papers.paper import LANGUAGE, Chart, Grid, Paper, Reading, Section
from crm.papers.pictures import ALT, Picture, address_in_page
from crm.papers.signs import in_margin, in_one_line, one_sentence_each, visible

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; background: #fff; color: #0b0c0c;
  font: 12pt/1.5 Arial, "Liberation Sans", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
.easy-read { font-size: 16pt; line-height: 1.6; }
.large-print { font-size: 18pt; }
.one-page { font-size: 10pt; line-height: 1.25; }
.one-page h1 { font-size: 1.5em; margin: 0 0 .3em; }
.one-page h2 { margin: .7em 0 .2em; }
.one-page p { margin-bottom: .3em; }
.one-page table { margin: .2em 0 .5em; }
.one-page th, .one-page td { padding: .1em .4em; }
.easy-read section { break-inside: avoid; }
.pictured { position: relative; padding-left: 28mm; min-height: 24mm; }
.pictured img { position: absolute; left: 0; top: 1mm; width: 20mm; height: 20mm; }
h1 { font-size: 1.8em; line-height: 1.2; margin: .5em 0; }
h2 { font-size: 1.25em; line-height: 1.3; margin: 1.4em 0 .5em; break-after: avoid; }
p { margin: 0 0 .6em; orphans: 2; widows: 2; }
.mark { font-weight: bold; }
.clause { padding-left: 2.8em; text-indent: -2.8em; }
.number { display: inline-block; width: 2.8em; text-indent: 0; }
table { border-collapse: collapse; table-layout: fixed; width: 99.8%; margin: .5em 0 1em; }
caption { text-align: left; font-weight: bold; padding: .3em 0; break-after: avoid; }
th, td { border: 1px solid #505a5f; padding: .35em .5em; text-align: left; vertical-align: top; }
thead th { background: #f3f2f1; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th:first-child { width: 34%; }
.one-page th:first-child { width: 28%; }
@media screen and (max-width: 30rem) { th { hyphens: auto; } th:first-child { width: 42%; } }
.right { text-align: right; }
.chart { break-inside: avoid; }
.chart img { width: WIDEem; max-width: 100%; height: auto; }
.to-fill { break-inside: avoid; }
.to-fill td { height: 2.4em; }
.unprinted { border-bottom: 1px solid #505a5f; padding-bottom: .5rem; margin-bottom: 1rem; }
a { color: #1a5ea8; }
:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; }
@page { size: A4; margin: WHITE; font-family: Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
  @top-left { content: SERVICE; font-size: MARGIN; width: 45%; overflow-wrap: anywhere; }
  @top-right { content: MARK; font-size: MARGIN; font-weight: bold; width: 55%;
    text-align: right; overflow-wrap: anywhere; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: MARGIN; } }
@media print { .unprinted { display: none; } body { max-width: none; padding: 0; } }
"""

_LARGE = (Reading.EASY_READ, Reading.LARGE_PRINT)
_HOW_TO_PRINT = "Print this page with your browser (Ctrl+P). This line is left out."


def as_page(paper: Paper, *, back: tuple[str, str] | None = None) -> str:
    """The whole page. `back` is a link out of it, its words and its address, left out in print."""
    reading = paper.reading.replace("_", "-")
    is_close = paper.reading is Reading.ONE_PAGE
    style = _STYLE.replace("WHITE", "15mm 18mm 13mm" if is_close else "22mm 20mm")
    style = style.replace("WIDE", f"{EMS:g}").replace("MARGIN", "12pt" if paper.reading in _LARGE else "10pt")
    style = style.replace("SERVICE", _quoted(paper.service)).replace("MARK", _quoted(paper.mark))
    service = "" if is_close else _paragraph(in_one_line(paper.service))
    opening = "".join(map(_paragraph, _set(paper, paper.opening)))
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_line(paper.title)}</title>\n"
        f'<meta name="author" content="{_line(paper.service)}">\n'
        f'<meta name="description" content="{_line(paper.mark)}">\n'
        f'<meta name="dcterms.created" content="{paper.made_on.isoformat()}">\n'
        f'<meta name="dcterms.modified" content="{paper.made_on.isoformat()}">\n'
        f'<style>{style}</style>\n</head>\n<body class="{reading}">\n{_way_back(back)}<main>\n'
        f"<h1>{_line(paper.title)}</h1>\n"
        f'{service}<p class="mark">{_line(paper.mark)}</p>\n{opening}'
        f"{_sections(paper)}</main>\n</body>\n</html>\n"
    )


def _way_back(back: tuple[str, str] | None) -> str:
    if back is None:
        return ""
    words, address = back
    link = f'<a href="{escape(address)}">{_line(words)}</a>'
    return f'<nav class="unprinted" aria-label="This page">{link} <span>{_HOW_TO_PRINT}</span></nav>\n'


def _sections(paper: Paper) -> str:
    drawn: list[str] = []
    number = 0
    for section in paper.all_sections:
        number += section.is_numbered
        drawn.append(_section(paper, section, number))
    return "".join(drawn)


def _section(paper: Paper, section: Section, number: int) -> str:
    clause = number if section.is_numbered else None
    heading = f"{clause}. {_line(section.heading)}" if clause else _line(section.heading)
    inner: list[str] = []
    count = 0
    for part in section.parts:
        if not isinstance(part, str):
            inner.append(_grid(part) if isinstance(part, Grid) else _chart(part))
            continue
        for words in _set(paper, (part,)):
            count += 1
            is_counted = clause and paper.reading is not Reading.EASY_READ
            inner.append(_paragraph(words, f"{clause}.{count}" if is_counted else ""))
    words = f"<h2>{heading}</h2>\n{''.join(inner)}"
    if section.picture is None or paper.reading is not Reading.EASY_READ:
        return f"<section>\n{words}</section>\n"
    return f'<section class="pictured">\n{_picture(section.picture)}{words}</section>\n'


def _picture(picture: Picture) -> str:
    return f'<img src="{address_in_page(picture)}" alt="{_line(ALT[picture])}">\n'


def _set(paper: Paper, lines: tuple[str, ...]) -> tuple[str, ...]:
    return one_sentence_each(lines) if paper.reading is Reading.EASY_READ else lines


def _paragraph(words: str, number: str = "") -> str:
    if not number:
        return f"<p>{_text(words)}</p>\n"
    return f'<p class="clause"><span class="number">{number}</span>{_text(words)}</p>\n'


def _grid(grid: Grid) -> str:
    kind = ' class="to-fill"' if grid.to_fill else ""
    right = [' class="right"' if place in grid.numbers else "" for place in range(len(grid.columns))]
    named = zip(grid.columns, right, strict=True)
    head = "".join(f'<th scope="col"{aligned}>{_text(name)}</th>' for name, aligned in named)
    rows = "".join(_row(row, right) for row in grid.rows)
    caption = f"<caption>{_text(grid.caption)}</caption>" if grid.caption else ""
    return f"<table{kind}>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n"


def _row(row: tuple[str, ...], right: list[str]) -> str:
    first, *others = row
    aligned = zip(others, right[1:], strict=True)
    cells = "".join(f"<td{kind}>{_text(value)}</td>" for value, kind in aligned)
    return f'<tr><th scope="row">{_text(first)}</th>{cells}</tr>\n'


def _chart(chart: Chart) -> str:
    return f'<p class="chart"><img src="{address_of_svg(chart)}" alt="{_line(chart.alt)}"></p>\n'


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


def _line(text: str) -> str:
    return escape(in_one_line(text))


def _quoted(text: str) -> str:
    """Text for a margin as a string of a style sheet: each sign but letters and digits as its number."""
    signs = [s if s.isascii() and s.isalnum() else f"\\{ord(s):06x}" for s in in_margin(text)]
    return f'"{"".join(signs)}"'
