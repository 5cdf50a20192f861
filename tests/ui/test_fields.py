"""What people type into fields, and what is made of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.models.scales import SCALES
from crm.models.week import DAYS, Slot
from crm.ui import fields


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("16", 16.0),
        ("16.5", 16.5),
        ("£12.71", 12.71),
        (" £ 1,204.50 ", 1204.5),
        ("", None),
        ("  ", None),
        ("-2", -2.0),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: float | None):
    assert fields.read_number(typed) == number


@pytest.mark.parametrize("typed", ["16,5", "sixteen", "1e400", "nan", "١٦", "12..5", "1,23"])
def test_what_is_no_number_is_given_on_as_typed(typed: str):
    assert fields.read_number(typed) == typed


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("9-13", "09:00", "13:00"),
        ("9am-1pm", "09:00", "13:00"),
        ("09:30 to 17.45", "09:30", "17:45"),
        ("12am–6am", "00:00", "06:00"),
        ("12pm until 2 pm", "12:00", "14:00"),
    ],
)
def test_times_of_a_day_are_read_as_people_write_them(typed: str, start: str, end: str):
    assert fields.read_times(2, typed) == [{"day": 2, "start": start, "end": end}]


def test_several_times_of_a_day_are_parted_by_commas():
    assert [slot["start"] for slot in fields.read_times(0, "9-12, 13:00-17:00")] == ["09:00", "13:00"]


def test_an_empty_day_has_no_times():
    assert fields.read_times(0, "") == []


@pytest.mark.parametrize("typed", ["mornings", "9", "9-12-15", "nine-ten"])
def test_what_is_no_time_is_refused_with_the_day(typed: str):
    with pytest.raises(ValueError, match="Wednesday"):
        fields.read_times(2, typed)


def test_a_week_has_parts_to_tick_and_exact_times_for_each_day():
    drawn = fields.week("availability", "When", section="Week")
    assert [field.label for field in drawn[:7]] == [f"When on {title}" for title in DAYS]
    assert [field.label for field in drawn[7:]] == [f"When: {title}" for title in DAYS]
    assert {field.section for field in drawn} == {"Week", "Week: exact times"}


def test_what_was_recorded_as_exact_times_stands_as_such_and_what_was_ticked_is_ticked():
    drawn = {field.name: field for field in fields.week("availability", "When")}
    slots = [
        {"day": 1, "start": "07:00", "end": "12:00"},
        {"day": 1, "start": "13:00", "end": "14:00"},
        {"day": 2, "start": "09:00", "end": "12:00"},
    ]
    assert (drawn["availability.1-parts"].show(slots), drawn["availability.1"].show(slots)) == (
        ["morning"],
        "13:00-14:00",
    )
    assert (drawn["availability.2-parts"].show(slots), drawn["availability.2"].show(slots)) == (
        [],
        "09:00-12:00",
    )
    assert drawn["availability.1"].unfolds("13:00-14:00")
    assert not drawn["availability.1"].unfolds("")


times = st.integers(0, 47).map(lambda half: f"{half // 2:02d}:{half % 2 * 30:02d}")
slots_of_a_week = st.lists(
    st.builds(
        lambda day, ends: {"day": day, "start": ends[0], "end": ends[1]},
        st.integers(0, 6),
        st.tuples(times, times).filter(lambda ends: ends[0] < ends[1])
        | st.sampled_from([("07:00", "12:00"), ("12:00", "17:00"), ("17:00", "22:00")]),
    ),
    max_size=12,
)


WEEK = fields.week("availability", "When")


@settings(max_examples=60, deadline=None)
@given(slots_of_a_week)
def test_times_that_are_shown_and_saved_unchanged_stay_exactly_as_they_were(slots: list[Slot]):
    saved = [slot for field in WEEK for slot in field.read(field.show(slots))]
    assert sorted(map(str, saved)) == sorted(map(str, slots))


def test_scales_of_the_profile_stand_open_and_the_others_are_folded_by_family():
    drawn = fields.scales("abilities", section="Scales", opened=["noise", "reading"])
    assert [field.name for field in drawn[:2]] == ["abilities.reading", "abilities.noise"]
    assert {field.section for field in drawn[:2]} == {"Scales"}
    assert all(field.section.startswith("Open another: ") for field in drawn[2:])
    assert len(drawn) == len(SCALES)


def test_a_folded_scale_of_which_something_is_recorded_unfolds():
    drawn = {field.name: field for field in fields.scales("a", section="Scales", supports="s")}
    assert [drawn["a.noise"].unfolds(typed) for typed in (fields.NOTHING, 0, 3)] == [False, True, True]
    assert [drawn["s.noise"].unfolds(typed) for typed in ("", "Ear protection")] == [False, True]


def test_a_scale_that_is_not_recorded_stays_so():
    drawn = {field.name: field for field in fields.scales("abilities", section="Scales")}
    assert drawn["abilities.noise"].show({"noise": 0}) == 0
    assert drawn["abilities.light"].show({"noise": 0}) == fields.NOTHING
    assert drawn["abilities.light"].read(fields.NOTHING) is None


def test_a_date_survives_being_kept_in_a_draft():
    field = fields.day("starts_on", "Starts")
    from datetime import date

    assert field.from_draft(field.to_draft(date(2026, 11, 3))) == date(2026, 11, 3)
    assert field.from_draft(field.to_draft(None)) is None


def test_a_number_is_shown_without_needless_decimals():
    field = fields.number("hours", "Hours")
    assert [field.show(16.0), field.show(7.5), field.show(None)] == ["16", "7.5", ""]
