"""One look for all charts; beside each stands the table of its figures: nobody depends on the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from crm.ui.tables import Cell, table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_ROW_PIXELS = 34
_QUIET_TOOLS = {"displayModeBar": False, "staticPlot": True}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of charts in one theme; each stands out 3:1 or more from its background."""

    text: str
    line: str
    fill: str
    second: str


LIGHT = Palette(text="#0b0c0c", line="#cdd3d8", fill="#1d70b8", second="#5f6b73")
DARK = Palette(text="#fafafa", line="#454b52", fill="#5c9fd8", second="#a9b4bc")


def palette() -> Palette:
    """The colours for the theme that the person has on; the light ones until their browser has said."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def template(colours: Palette) -> dict[str, Any]:
    """Our own Plotly layout: no frame, no legend, no grid; labels stand at what they name."""
    axis = {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True}
    return {
        "template": "none",  # Plotly's own look is overruled below, and six times as much to send.
        "font": {"family": "Source Sans, sans-serif", "size": 15, "color": colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [colours.fill, colours.second],
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "showlegend": False,
        "bargap": 0.35,
        "hovermode": False,
        "xaxis": axis | {"visible": False},
        "yaxis": axis | {"linecolor": colours.line},
    }


def bar_chart(
    labels: Sequence[str], values: Sequence[float], words: Sequence[str], *, room: float = 1.35
) -> "Figure":
    """Bars from the top down in the order given; `words` stand at the end of each bar.

    The `room` for a bar and its words, in lengths of the longest bar: long words need more of it.
    """
    from plotly.graph_objects import Bar, Figure

    colours = palette()
    bars: Any = Bar(
        x=list(values),
        y=list(labels),
        text=list(words),
        orientation="h",
        textposition="outside",
        cliponaxis=False,
        marker={"color": colours.fill},
    )
    look = template(colours)
    look["height"] = 24 + _ROW_PIXELS * len(labels)
    look["yaxis"] |= {"autorange": "reversed", "ticklabelstandoff": 8}
    look["xaxis"] |= {"range": [0, room * max(values, default=1) or 1]}
    return Figure(bars, layout=look)  # At once: each update of a figure costs as much as making it.


def show_chart(
    figure: "Figure",
    *,
    alt: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    key: str,
    numbers: str = "",
    is_open: bool = False,
    caption: str = "",
) -> None:
    """Draw a chart with what it says in words (`alt`), and the same figures as a table to unfold.

    The table is open already (`is_open`) where its numbers lead on to their records, or where it says more
    than the picture; without a `caption` of its own it is called as the picture is.
    """
    drawing: Any = st
    drawing.plotly_chart(figure, theme=None, config=_QUIET_TOOLS, alt=alt, key=key)
    with st.expander("Show as a table", expanded=is_open):
        table(caption or alt, columns, rows, numbers=numbers)
