"""Which backups are kept: the last of each of seven days, four weeks and twelve months. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Of the moments at which backups were made, those whose backups are kept."""
    latest_first = sorted(made, reverse=True)
    return {
        *_last_of_each(latest_first, lambda at: at.date().toordinal(), DAYS),
        *_last_of_each(latest_first, lambda at: at.isocalendar().year * 100 + at.isocalendar().week, WEEKS),
        *_last_of_each(latest_first, lambda at: at.year * 100 + at.month, MONTHS),
    }


def _last_of_each(
    latest_first: list[datetime], period: Callable[[datetime], int], how_many: int
) -> list[datetime]:
    last: dict[int, datetime] = {}
    for at in latest_first:
        last.setdefault(period(at), at)
    return list(last.values())[:how_many]
