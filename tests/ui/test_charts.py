"""Charts: one look in both themes, labels at what they name, and the figures beside them as a table."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.ui import charts


def chart() -> None:
    from crm.ui.charts import bar_chart, show_chart

    show_chart(
        bar_chart(["Idea", "Active"], [2, 5], ["2", "5, up to 9 days"]),
        alt="Bar chart: most in Active (5)",
        columns=["Stage", "Agreements"],
        rows=[("Idea", 2), ("Active", 5)],
        numbers="Agreements",
        key="stages",
    )


def test_a_chart_has_its_words_and_its_table():
    app = AppTest.from_function(chart).run()
    assert not app.exception
    assert app.expander[0].label == "Show as a table"
    drawn: Any = app.get("plotly_chart")[0]
    assert drawn.proto.alt == "Bar chart: most in Active (5)"
    table = str(app.get("html")[0].proto.body)
    assert '<td class="crm-number">5</td>' in table


def test_bars_carry_their_own_words_and_no_legend():
    figure: Any = charts.bar_chart(["Idea", "Active"], [2, 5], ["2", "5, up to 9 days"])
    assert list(figure.data[0].text) == ["2", "5, up to 9 days"]
    assert figure.layout.showlegend is False


def test_bars_are_drawn_where_there_is_nothing_to_count():
    figure: Any = charts.bar_chart(["Idea"], [0], ["0"])
    assert figure.layout.xaxis.range == (0, 1)


def contrast(one: str, other: str) -> float:
    """Relative luminance contrast, as WCAG 2.2 defines it."""
    lights = sorted(_luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("palette", "paper"), [(charts.LIGHT, "#ffffff"), (charts.DARK, "#1a1a17")])
def test_colours_stand_out_from_their_paper(palette: charts.Palette, paper: str):
    assert contrast(palette.text, paper) >= 7
    assert contrast(palette.fill, paper) >= 3
    assert contrast(palette.second, paper) >= 3
