"""What works for a person over what a job asks, as a table and as a picture of the same figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from crm.models.scales import SCALES, Side, step_words
from crm.services.overlays import Overlay, OverlayRow, Stand
from crm.ui.charts import palette, show_chart, template
from crm.ui.scale_fields import UNASKED
from crm.ui.tables import Cell, said, table

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

COLUMNS = ["Scale", "How it stands", "Measure", "What the job asks", "What works for them"]
STEP_COLUMNS = ["Scale", "The job asks", "Works for them", "How it stands"]

STANDS = {
    Stand.MEASURE: "Needs a measure",
    Stand.WITH_SUPPORT: "Works with support",
    Stand.PERSON_NOT_ASKED: "Ask the person",
    Stand.JOB_NOT_SEEN: "Ask at the workplace",
    Stand.WORKS: "Works as it is",
}
_NO_STEP = "not known"
_ROW_PIXELS = 34


def overlay_rows(rows: Sequence[OverlayRow]) -> list[tuple[Cell, ...]]:
    """Each scale with both sides in plain words, what needs a measure first."""
    return [
        (
            SCALES[row.key],
            STANDS[row.stand],
            row.measure,
            _said(Side.JOB, row.key, row.asked),
            _said(Side.PERSON, row.key, row.works) + (f" With: {row.support}." if row.support else ""),
        )
        for row in rows
    ]


def _said(side: Side, key: str, step: int | None) -> str:
    return f"{UNASKED[side]}." if step is None else f"{step}: {step_words(side, key)[step]}"


def step_rows(rows: Sequence[OverlayRow]) -> list[tuple[Cell, ...]]:
    """The same as bare steps: the figures that the picture is drawn from."""
    return [(SCALES[row.key], _step(row.asked), _step(row.works), STANDS[row.stand]) for row in rows]


def _step(step: int | None) -> str:
    return _NO_STEP if step is None else str(step)


def overlay_chart(rows: Sequence[OverlayRow]) -> "Figure":
    """A line of steps for each scale: a circle for what works, a diamond for what is asked, joined."""
    from plotly.graph_objects import Figure, Scatter

    colours = palette()
    trace: Any = Scatter
    works, asked = _points(rows, Side.PERSON), _points(rows, Side.JOB)
    marks = {"mode": "markers", "cliponaxis": False}
    figure: Any = Figure(
        [
            trace(**_joined(rows), mode="lines", line={"color": colours.line, "width": 4}),
            trace(**works, **marks, name="works", marker={"size": 12, "color": colours.fill}),
            trace(
                **asked,
                **marks,
                name="asked",
                marker={"size": 18, "symbol": "diamond-open", "color": colours.text, "line": {"width": 2}},
            ),
        ]
    )
    figure.update_layout(template(colours), height=60 + _ROW_PIXELS * len(rows))
    labels = [SCALES[row.key] for row in rows]
    figure.update_yaxes(categoryorder="array", categoryarray=labels, autorange="reversed")
    figure.update_xaxes(visible=True, side="top", range=[-0.2, 4.2], tickvals=[0, 1, 2, 3, 4])
    return figure


def _points(rows: Sequence[OverlayRow], side: Side) -> dict[str, list[Any]]:
    steps = [(row.works if side is Side.PERSON else row.asked, SCALES[row.key]) for row in rows]
    known = [(step, label) for step, label in steps if step is not None]
    return {"x": [step for step, _ in known], "y": [label for _, label in known]}


def _joined(rows: Sequence[OverlayRow]) -> dict[str, list[Any]]:
    """From one side to the other, scale by scale; a gap in the line between two scales."""
    both = [row for row in rows if row.asked is not None and row.works is not None]
    return {
        "x": [step for row in both for step in (row.works, row.asked, None)],
        "y": [label for row in both for label in (SCALES[row.key], SCALES[row.key], None)],
    }


def overlay_alt(rows: Sequence[OverlayRow]) -> str:
    """What the picture says, in words."""
    told = "; ".join(
        f"{SCALES[row.key]}: the job asks {_step(row.asked)}, {_step(row.works)} works: "
        f"{STANDS[row.stand].lower()}"
        for row in rows
    )
    return f"What the job asks and what works for the person, from 0 to 4. {told}."


def overlay_words(laid: Overlay) -> str:
    """How many scales need a measure, and how many are not known, in a sentence."""
    stands = [row.stand for row in laid.rows]
    measures, left = stands.count(Stand.MEASURE), len(SCALES) - len(stands)
    unknown = stands.count(Stand.PERSON_NOT_ASKED) + stands.count(Stand.JOB_NOT_SEEN)
    return (
        f"{measures} of {len(SCALES)} scales need a measure; {unknown} are known on one side only, {left} on "
        "neither. Measures are things to arrange: they count for no points. What is not known is not short."
    )


def draw_overlay(laid: Overlay, *, key: str) -> None:
    """Draw both sides of every scale of which something is recorded."""
    if laid.is_hidden:
        st.info("What works for this person is not shown to you.")
        return
    if not laid.rows:
        st.info("Neither what works for the person nor what the job asks is recorded on any scale yet.")
        return
    said(overlay_words(laid))
    table("What the job asks, and what works for the person", COLUMNS, overlay_rows(laid.rows))
    with st.expander("The scales as a picture"):
        said("A circle is what works for the person, a diamond is what the job asks.")
        show_chart(
            overlay_chart(laid.rows),
            alt=overlay_alt(laid.rows),
            columns=STEP_COLUMNS,
            rows=step_rows(laid.rows),
            key=key,
        )
