"""How values are said on screens: fixed lists in words, dates as 3 November 2026, units beside numbers."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.services.plain_words import NOT_RECORDED, count, day, hours, hours_range, say

LONDON = ZoneInfo("Europe/London")
__all__ = [
    "LONDON",
    "NOT_RECORDED",
    "age",
    "count",
    "day",
    "distance_in_days",
    "hours",
    "hours_range",
    "moment",
    "money",
    "plain",
    "say",
    "size",
    "today",
]


def moment(value: datetime | None) -> str:
    """A moment as 3 November 2026, 14:05, in London time."""
    if value is None:
        return NOT_RECORDED
    local = value.astimezone(LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def today() -> date:
    """The date in London."""
    return datetime.now(LONDON).date()


def money(value: float | None) -> str:
    """Pounds and pence."""
    return NOT_RECORDED if value is None else f"£{value:,.2f}"


def distance_in_days(when: date, on: date) -> str:
    """How far a date lies from a day: 5 days overdue, today, in 12 days."""
    gap = (when - on).days
    if gap == 0:
        return "today"
    return f"in {count(gap, 'day')}" if gap > 0 else f"{count(-gap, 'day')} overdue"


_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>:$&@/])")


def plain(text: str) -> str:
    """Text for a place that reads Markdown, such as a title: it shows exactly as typed, with no effect."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.splitlines()))


def age(then: datetime, now: datetime) -> str:
    """How long ago a moment was: less than an hour ago, 5 hours ago, 3 days ago."""
    gap = now - then
    if gap.days:
        return f"{count(gap.days, 'day')} ago"
    whole_hours = gap.seconds // 3600
    return f"{count(whole_hours, 'hour')} ago" if whole_hours else "less than an hour ago"


def size(octets: int) -> str:
    """The size of a file as 30 bytes, 340 kB or 1.2 MB."""
    if octets < 1000:
        return f"{octets} bytes"
    return f"{octets / 1e6:,.1f} MB" if octets >= 1e6 else f"{octets / 1e3:,.0f} kB"
