"""Bars that are each parted in the same few parts: a part is a pattern and a word, never a colour alone."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from crm.ui.charts import palette, template

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LABEL_LETTERS = 18
_LINE_PIXELS = 20
_ROW_PIXELS = 18
_KEY_PIXELS = 30
_PATTERNS = ("", "/", ".")


def parted_chart(
    labels: Sequence[str], parts: Sequence[tuple[str, Sequence[float]]], words: Sequence[str]
) -> "Figure":
    """Bars from the top down, each with its parts side by side; `words` stand at the end of each bar.

    There are at most three parts. What was typed is no markup in it, as Plotly would have some.
    """
    from plotly.graph_objects import Figure

    lines = ["<br>".join(map(escape, wrap(label, _LABEL_LETTERS))) for label in labels]
    places = list(range(len(labels)))
    longest = max((sum(values) for values in zip(*(values for _, values in parts), strict=True)), default=1.0)
    look = template(palette())
    look["barmode"] = "stack"
    look["showlegend"] = True
    look["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    look["margin"] = look["margin"] | {"t": _KEY_PIXELS}
    tall = sum(line.count("<br>") + 1 for line in lines)
    look["height"] = _KEY_PIXELS + _ROW_PIXELS * len(labels) + _LINE_PIXELS * tall
    look["yaxis"] |= {"autorange": "reversed", "tickvals": places, "ticktext": lines, "ticklabelstandoff": 8}
    look["xaxis"] |= {"range": [0, 1.5 * (longest or 1)]}
    drawn = [_bars(name, values, places, _PATTERNS[index]) for index, (name, values) in enumerate(parts)]
    drawn[-1] |= {"text": [escape(each) for each in words], "textposition": "outside", "cliponaxis": False}
    return Figure(drawn, layout=look)


def _bars(name: str, values: Sequence[float], places: Sequence[int], pattern: str) -> dict[str, Any]:
    colour = palette().fill
    marker = {
        "color": colour,
        "line": {"color": colour, "width": 1.5},
        "pattern": {
            "shape": pattern,
            "fillmode": "replace",
            "fgcolor": colour,
            "bgcolor": "rgba(0,0,0,0)",
            "size": 7,
        },
    }
    return {"type": "bar", "orientation": "h", "name": name, "x": list(values), "y": places, "marker": marker}
