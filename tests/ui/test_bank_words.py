"""A task bank in words: guesses as ranges, times of a week together, parts of a bar told without a colour."""

from typing import Any

import pytest

from crm.models.week import Slot, part_slot
from crm.ui.bank_rows import when_words
from crm.ui.parted_chart import parted_chart
from crm.ui.range_words import range_hours, range_pounds
from crm.ui.tables import cell_html, lines, link


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (1, 1.5, "1 to 1.5 hours"),
        (1, None, "1 hour"),
        (2 / 3, 2 / 3, "0.67 hours"),
        (16, 16.001, "16 hours"),
        (None, None, "Not recorded"),
    ],
)
def test_hours_that_are_a_guess_are_a_range(least: float | None, most: float | None, said: str):
    assert range_hours(least, most) == said


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (12, 14, "£12 to £14 an hour"),
        (13.6, None, "£13.60 an hour"),
        (12, 12, "£12 an hour"),
        (None, None, "Not recorded"),
    ],
)
def test_a_cost_that_is_a_guess_is_a_range(least: float | None, most: float | None, said: str):
    assert range_pounds(least, most) == said


def test_days_with_the_same_times_are_said_together():
    early: list[Slot] = [{"day": day, "start": "06:00", "end": "09:00"} for day in range(5)]
    saturday = [part_slot(5, "afternoon"), part_slot(5, "morning")]
    assert when_words([*early, *saturday]) == "Monday to Friday 06:00-09:00; Saturday morning, afternoon"
    assert when_words([part_slot(3, "evening"), part_slot(0, "evening")]) == "Monday, Thursday evening"
    assert when_words([]) == "No times recorded"


def test_a_part_of_a_bar_has_a_name_and_a_pattern_and_nothing_typed_is_markup():
    parts = [("Could move", [1.0, 0.0]), ("Stays", [2.0, 3.0])]
    figure: Any = parted_chart(["Packers <b>", "Drivers"], parts, ["3", "<i>"])
    assert [bar.name for bar in figure.data] == ["Could move", "Stays"]
    assert len({bar.marker.pattern.shape for bar in figure.data}) == 2
    assert figure.layout.yaxis.ticktext[0] == "Packers &lt;b&gt;"
    assert list(figure.data[1].text) == ["3", "&lt;i&gt;"]


def test_several_things_in_a_cell_stand_one_below_the_other():
    cell = lines(link("Packer", "analysis", id=1), "", "A & B")
    assert cell_html(cell).endswith("Packer</a><br>A &amp; B")
