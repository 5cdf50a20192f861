"""A chart as shapes: where its bars, stripes and words stand, before they are drawn as SVG or PNG.

Everything is measured in points of a picture that is as wide as `WIDTH` and is read at its text size.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.papers.paper import Chart
from crm.papers.signs import in_one_line

WIDTH = 440
TEXT = 16
EMS = WIDTH / TEXT
"""How wide a chart is, in widths of the text around it."""

_ROW, _KEY_ROW = 50, 28
_BAR_TOP, _BAR_HIGH = 22, 18
_ROOM_FOR_WORDS = 90
_LONGEST = 48
_EDGE, _STRIPE, _SHORTEST = 2, 4, 3


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle, dark or white."""

    x: float
    y: float
    wide: float
    high: float
    is_white: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text whose base begins here."""

    x: float
    y: float
    text: str


def high(chart: Chart) -> int:
    """How high the picture is."""
    return _ROW * len(chart.bars) + _KEY_ROW * len(_key(chart))


def shapes(chart: Chart) -> Iterator[Box | Words]:
    """The whole picture: a bar below its label, what it comes to beside it, and what stripes mean."""
    most = max((bar.amount for bar in chart.bars), default=0) or 1
    for number, bar in enumerate(chart.bars):
        top = number * _ROW
        wide = max(_SHORTEST, (WIDTH - _ROOM_FOR_WORDS) * bar.amount / most)
        yield Words(0, top + TEXT, _short(bar.label))
        yield from _bar(0, top + _BAR_TOP, wide, is_striped=bar.is_striped)
        yield Words(wide + 8, top + _BAR_TOP + _BAR_HIGH - 3, in_one_line(bar.said))
    for number, (words, is_striped) in enumerate(_key(chart)):
        top = _ROW * len(chart.bars) + number * _KEY_ROW + 6
        yield from _bar(0, top, 36, is_striped=is_striped)
        yield Words(44, top + _BAR_HIGH - 3, _short(words))


def _key(chart: Chart) -> list[tuple[str, bool]]:
    """What each kind of bar means, where there are two."""
    kinds = {bar.is_striped for bar in chart.bars}
    named = ((chart.plain, False), (chart.striped, True))
    return [(words, is_striped) for words, is_striped in named if words and is_striped in kinds]


def _bar(x: float, y: float, wide: float, *, is_striped: bool) -> Iterator[Box]:
    yield Box(x, y, wide, _BAR_HIGH)
    if not is_striped:
        return
    inner = y + _EDGE, _BAR_HIGH - 2 * _EDGE
    place = x + _EDGE
    while place < x + wide - _EDGE:
        yield Box(place, inner[0], min(_STRIPE, x + wide - _EDGE - place), inner[1], is_white=True)
        place += _STRIPE + _EDGE


def _short(text: str) -> str:
    line = in_one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3].rstrip()}..."
