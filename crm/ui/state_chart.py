"""Bars that each stand in a state: the state is a pattern and a word at its end, never a colour alone."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from crm.ui.charts import Palette, palette, template

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LINE_PIXELS = 20
_ROW_PIXELS = 18
_LABEL_LETTERS = 20
_WORD_ROOM = 2.5
"""The picture is so many times as wide as its longest bar, so that the words have room beside it."""


class StateBar(NamedTuple):
    """One bar: what it is of, how long, the state it stands in, and the words at its end."""

    label: str
    length: float
    state: str
    words: str


_PATTERNS = {
    "met": "",
    "met_with_adjustment": "/",
    "learnable": ".",
    "gap": "x",
    "not_recorded": "-",
}


def state_chart(bars: Sequence[StateBar]) -> "Figure":
    """The bars from the top down. What was typed is no markup in it, as Plotly would have some."""
    from plotly.graph_objects import Bar, Figure

    colours = palette()
    places = list(range(len(bars)))
    labels = ["<br>".join(map(escape, wrap(bar.label, _LABEL_LETTERS))) for bar in bars]
    longest = max((bar.length for bar in bars), default=1.0) or 1.0
    drawn: Any = Bar(
        x=[bar.length for bar in bars],
        y=places,
        text=[escape(bar.words) for bar in bars],
        orientation="h",
        textposition="outside",
        cliponaxis=False,
        marker=_markers(bars, colours),
    )
    look = template(colours)
    lines = sum(label.count("<br>") + 1 for label in labels)
    look["height"] = 24 + _ROW_PIXELS * len(bars) + _LINE_PIXELS * lines
    look["yaxis"] |= {"autorange": "reversed", "tickvals": places, "ticktext": labels, "ticklabelstandoff": 8}
    look["xaxis"] |= {"range": [0, _WORD_ROOM * longest]}
    return Figure(drawn, layout=look)


def _markers(bars: Sequence[StateBar], colours: Palette) -> dict[str, Any]:
    lines = [colours.second if bar.state == "not_recorded" else colours.fill for bar in bars]
    return {
        "color": lines,
        "line": {"color": lines, "width": 1.5},
        "pattern": {
            "shape": [_PATTERNS[bar.state] for bar in bars],
            "fillmode": "replace",
            "fgcolor": lines,
            "bgcolor": "rgba(0,0,0,0)",
            "size": 6,
        },
    }
