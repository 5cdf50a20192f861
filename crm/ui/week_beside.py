"""A week, day by day: when the job is, when a person is free, and when both; drawn, in words, as a table.

The list is the picture: on a narrow screen the words of each day stand below its times.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from crm.models.week import DAYS
from crm.services.matches import Compared, Time
from crm.ui.tables import Cell, said, table
from crm.ui.words import hours, hours_range

COLUMNS = ["Day", "The job", "They are free", "In common"]
_DAY = 24 * 60
_EARLY, _LATE = 8 * 60, 18 * 60
"""The least of a day that is drawn."""

_MARKS_EVERY = 3 * 60

Span = tuple[int, int]
"""From and until, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class DayBeside:
    """One day: when the job is, when the person is free, and both."""

    name: str
    job: list[Span]
    free: list[Span]

    @property
    def both(self) -> list[Span]:
        """The times that the job and the person have in common."""
        found = ((max(a[0], b[0]), min(a[1], b[1])) for a in self.job for b in self.free)
        return [span for span in found if span[0] < span[1]]


def days_beside(job: Iterable[Time], free: Iterable[Time]) -> list[DayBeside]:
    """The seven days; times that touch or overlap are joined."""
    of_job, of_person = _by_day(job), _by_day(free)
    return [DayBeside(name, of_job[day], of_person[day]) for day, name in enumerate(DAYS)]


def draw_week(found: Compared) -> None:
    """Draw the hours of the job beside those of the person: amounts in words, days as a picture."""
    job, person = found.opening.record, found.person.record
    said(f"The job: {_offer(found)} Wished: {_wish(found)}")
    if not job.pattern and not person.availability:
        st.info("Neither the days of the job nor those of the person are recorded: ask both.")
        return
    days = days_beside(job.pattern, person.availability)
    said(_common_words(days, has_job=bool(job.pattern), has_free=bool(person.availability)))
    st.html(week_html(days))
    with st.expander("Show as a table"):
        table("The week", COLUMNS, [_row(each) for each in days])


def week_html(days: Sequence[DayBeside]) -> str:
    """The days as a list, each with its times drawn and in words; what is drawn is not read out."""
    every = [span for each in days for span in (*each.job, *each.free)]
    first = min([_EARLY, *(start for start, _ in every)]) // 60 * 60
    last = -(-max([_LATE, *(end for _, end in every)]) // 60) * 60
    marks = "".join(
        f'<span style="--from:{_at(hour, first, last)}">{clock(hour)}</span>'
        for hour in range(0, _DAY, _MARKS_EVERY)
        if first < hour < last
    )
    step = f"--step:{100 * 60 / (last - first):.4g}%"
    ruler = f'<li aria-hidden="true"><span></span><span class="crm-week-hours">{marks}</span></li>'
    items = "".join(_item(each, first, last, step) for each in days)
    return f'<p class="crm-count">{_KEY}</p><ul class="crm-week" aria-label="The week">{ruler}{items}</ul>'


def day_words(day: DayBeside) -> str:
    """One day in words: Job 06:00–12:00, free 09:00–17:00, both 09:00–12:00."""
    job = f"Job {_times(day.job)}" if day.job else "No job time"
    free = f"free {_times(day.free)}" if day.free else "not free"
    return f"{job}, {free}" + (f", both {_times(day.both)}" if day.both else "")


_KEY = "".join(
    f'<span class="crm-week-key" aria-hidden="true"><span class="crm-week-{kind}"></span></span>{words}'
    for kind, words in (("job", "the job &emsp;"), ("free", "free &emsp;"), ("both", "both"))
)


def _item(day: DayBeside, first: int, last: int, step: str) -> str:
    drawn = "".join(
        f'<span class="crm-week-{kind}" style="--from:{_at(start, first, last)};'
        f'--to:{_at(end, first, last)}"></span>'
        for kind, spans in (("job", day.job), ("free", day.free), ("both", day.both))
        for start, end in spans
    )
    return (
        f'<li><span>{escape(day.name)}</span><span class="crm-week-track" style="{step}" '
        f'aria-hidden="true">{drawn}</span><span>{escape(day_words(day))}</span></li>'
    )


def _row(day: DayBeside) -> tuple[Cell, ...]:
    return (day.name, _times(day.job), _times(day.free), _times(day.both))


def _common_words(days: Sequence[DayBeside], *, has_job: bool, has_free: bool) -> str:
    if not has_job:
        return "The days of the job are not recorded: ask the employer."
    if not has_free:
        return "When they are free is not recorded: ask the person."
    minutes = sum(end - start for each in days for start, end in each.both)
    return f"In common: {hours(minutes / 60)} of the week."


def _offer(found: Compared) -> str:
    offer = found.opening.record.hours
    told = ["hours not recorded"]
    if offer.min is not None or offer.max is not None:
        told = [f"{hours_range(offer.min, offer.max)} hours a week"]
    if offer.guaranteed is not None:
        told.append(f"{offer.guaranteed:.4g} guaranteed")
    if offer.negotiable is not None:
        told.append("open to talk" if offer.negotiable else "fixed")
    return f"{', '.join(told)}."


def _wish(found: Compared) -> str:
    wish = found.person.record.hours
    told = ["not recorded"]
    if wish.now_min is not None or wish.now_max is not None:
        told = [f"{hours_range(wish.now_min, wish.now_max)} hours a week now"]
    if wish.goal is not None:
        told.append(f"{wish.goal:.4g} as the goal")
    return f"{', '.join(told)}."


def _by_day(times: Iterable[Time]) -> list[list[Span]]:
    found: list[list[Span]] = [[] for _ in DAYS]
    for time in times:
        found[time.day].append((time.start, min(time.end, _DAY)))
        if time.end > _DAY:
            found[(time.day + 1) % len(DAYS)].append((0, time.end - _DAY))
    return [_joined(spans) for spans in found]


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _times(spans: Sequence[Span]) -> str:
    return ", ".join(f"{clock(start)}–{clock(end)}" for start, end in spans)


def clock(minutes: int) -> str:
    """Minutes after midnight as 09:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _at(minutes: int, first: int, last: int) -> str:
    return f"{100 * (minutes - first) / (last - first):.4g}%"
