"""One pair on screen: no state is a colour alone, the week is read and seen, nothing of health is said."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm.config import DATA
from crm.services.matches import Time
from crm.services.sheet_stops import is_sayable
from crm.ui import support_states, task_states
from crm.ui.comparison_rows import STANDS
from crm.ui.state_chart import StateBar, state_chart
from crm.ui.week_beside import day_words, days_beside, week_html
from matching.compare import compare
from matching.match import Match
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary

SLOTS = st.lists(
    st.builds(
        lambda day, start, long: Time(day, start, start + long),
        st.integers(0, 6),
        st.integers(0, 1439),
        st.integers(1, 1000),
    ),
    max_size=8,
)


def minutes(slots: list[Time]) -> set[int]:
    """Every minute of the week that these times fill."""
    week = 7 * 1440
    return {(slot.day * 1440 + minute) % week for slot in slots for minute in range(slot.start, slot.end)}


@given(SLOTS, SLOTS)
def test_the_days_hold_every_minute_of_both_sides_and_what_they_have_in_common(
    job: list[Time], free: list[Time]
):
    days = days_beside(job, free)
    for name, wanted in (
        ("job", minutes(job)),
        ("free", minutes(free)),
        ("both", minutes(job) & minutes(free)),
    ):
        spans = [(at, *span) for at, day in enumerate(days) for span in getattr(day, name)]
        assert {at * 1440 + each for at, start, end in spans for each in range(start, end)} == wanted
        assert all(a[0] < b[0] or a[2] < b[1] for a, b in pairwise(spans))


def test_a_day_is_told_in_words_and_the_picture_is_not_read_out():
    days = days_beside([Time(0, 540, 720)], [Time(0, 600, 1020), Time(1, 600, 1020)])
    assert [day_words(day) for day in days[:3]] == [
        "Job 09:00–12:00, free 10:00–17:00, both 10:00–12:00",
        "No job time, free 10:00–17:00",
        "No job time, not free",
    ]
    html = week_html(days)
    assert html.count("<li>") == 7
    assert html.count('aria-hidden="true"') == html.count('class="crm-week-track"') + 4


def test_each_state_of_a_bar_is_a_pattern_of_its_own_and_a_word():
    bars = [StateBar("<b>Pack", 1.0, state, words) for state, words in STANDS.items()]
    figure: Any = state_chart(bars)
    drawn = figure.data[0]
    patterns = drawn.marker.pattern.shape
    assert len(set(patterns)) == len(STANDS)
    assert list(drawn.text) == list(STANDS.values())


def test_what_was_typed_is_no_markup_in_a_picture():
    figure: Any = state_chart([StateBar("Pack <b>", 1.0, "met", "Met <i>")])
    assert figure.layout.yaxis.ticktext == ("Pack &lt;b&gt;",)
    assert figure.data[0].text == ("Met &lt;i&gt;",)


def matched(seeker: dict[str, Any], job: dict[str, Any]) -> Match:
    words = Vocabulary.from_csv(DATA / "skills.csv")
    return compare(
        Seeker.from_record({"id": "s", **seeker}),
        Job.from_record({"id": "j", "title": "Packer", **job}),
        vocabulary=words,
    )


def test_the_work_is_told_in_hours_where_all_are_known_and_in_tasks_otherwise():
    held = {"skills": [{"name": "fold boxes", "level": 2}]}
    tasks: list[dict[str, Any]] = [
        {"id": "a", "name": "Fold", "skills": ["fold boxes"], "hours_week": 10},
        {"id": "b", "name": "Sweep", "skills": ["sweep floors"], "hours_week": 2.5},
    ]
    timed = matched(held, {"tasks": tasks}).task_rows
    assert task_states.share_words(timed) == (
        "Of 12.5 hours a week: 10 hours can be done now, 2.5 hours not recorded yet."
    )
    del tasks[1]["hours_week"]
    assert task_states.share_words(matched(held, {"tasks": tasks}).task_rows) == (
        "Of 2 tasks: 1 task can be done now, 1 task not recorded yet. "
        "Bars are alike: not all hours are known."
    )


def test_every_support_says_how_it_stands_and_what_to_do():
    needs = ["named_buddy", "routine", "technology", "induction", "social_breaks"]
    states = ["exists", "could_be_facilitated", "not_available"]
    match = matched(
        {"support_needs": [{"kind": kind, "personal_cover": kind == "social_breaks"} for kind in needs]},
        {"supports": [{"kind": kind, "state": state} for kind, state in zip(needs, states, strict=False)]},
    )
    rows = support_states.support_rows(match.support_rows)
    assert {str(row[0]): row[5] for row in rows} == {
        "Named buddy": "",
        "Routine": "Agree who does it, and from when",
        "Technology": "Look at technology, Access to Work or coach time instead",
        "Induction": "Ask the employer about it",
        "Social contact and breaks": "Plan for when that person is away",
    }
    assert support_states.share_words(match.support_rows) == (
        "Of 5 supports that they need: 1 by their own circle, 1 there already, 1 could be set up, "
        "1 not there, 1 not recorded."
    )


def test_words_of_health_and_words_that_are_not_wanted_are_not_said_to_an_employer():
    assert is_sayable("a written guide", "slow")
    assert not is_sayable("a rest because of her epilepsy", None)
    assert not is_sayable("somebody who minds that she is slow", "slow")
