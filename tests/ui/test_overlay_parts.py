"""Both sides of the scales on screens: the table says what the picture shows."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.models.scales import SCALES
from crm.services.overlays import overlay
from crm.ui import overlay_parts as parts

STEPS = st.dictionaries(st.sampled_from(list(SCALES)), st.integers(0, 4), max_size=8)


def drawn(figure: Any, name: str) -> dict[str, str]:
    trace = next(each for each in figure.data if each.name == name)
    return {label: str(step) for label, step in zip(trace.y, trace.x, strict=True)}


@settings(max_examples=25, deadline=None)
@given(STEPS, STEPS)
def test_the_table_has_the_figures_of_the_picture(demands: dict[str, int], abilities: dict[str, int]):
    rows = overlay(demands, abilities, {})
    figure, told = parts.overlay_chart(rows), parts.step_rows(rows)
    assert drawn(figure, "asked") == {row[0]: row[1] for row in told if row[1] != "not known"}
    assert drawn(figure, "works") == {row[0]: row[2] for row in told if row[2] != "not known"}
    alt = parts.overlay_alt(rows)
    assert all(f"{row[0]}: the job asks {row[1]}, {row[2]} works" in alt for row in told)


def test_both_sides_are_said_in_words_of_their_own():
    ((scale, stands, measure, asked, works),) = parts.overlay_rows(
        overlay({"noise": 3}, {"noise": 1}, {"noise": "Ear defenders"})
    )
    assert (scale, stands) == ("Noise", "Needs a measure")
    assert measure == "Ear defenders. Ask for ear protection or a quieter place"
    assert asked == "3: Machines or a loud kitchen."
    assert works == "1: You are fine with soft voices or music. With: Ear defenders."


def test_what_is_not_known_is_said_to_be_so_on_its_own_side():
    asked, seen = parts.overlay_rows(overlay({"noise": 3}, {"light": 0}, {}))
    assert asked[1:] == ("Ask the person", "", "3: Machines or a loud kitchen.", "Not asked yet.")
    assert seen[1:] == ("Ask at the workplace", "", "Not looked at yet.", "0: You need soft light.")
