"""Job sharing in words: what two people cover together, and what each brings."""

from collections.abc import Sequence

from crm.models.week import DAYS
from crm.services.job_sharing import Pairing, SharerRow, Slot, TwoForOne
from crm.ui.comparison_rows import STANDS
from crm.ui.tables import Cell, link
from crm.ui.words import NOT_RECORDED, count, hours, hours_range

NOBODY_ELSE = "Nobody else looks for work now"


def filled_words(pairing: Pairing, wanted: float | None) -> str:
    """How many hours of the job both fill: 30 hours of 37.5; a range where something is not recorded."""
    if wanted is None:
        return "The hours of the job are not recorded"
    if pairing.hours_high - pairing.hours_low < 0.01:
        return f"{hours(pairing.hours_low)} of {wanted:g}"
    return f"{hours_range(pairing.hours_low, pairing.hours_high)} hours of {wanted:g}, as far as is known"


def least_words(pairing: Pairing) -> str:
    """Whether the job is large enough for both."""
    return "Yes" if pairing.has_both_least else "No: one or both would have fewer"


def row_cells(row: SharerRow, wanted: float | None, vacancy_id: int, *, names: bool) -> tuple[Cell, ...]:
    """One line: the person where a list is of several (`names`), their partner, and what both cover."""
    waits = NOT_RECORDED if row.days_waiting is None else count(row.days_waiting, "day")
    first: tuple[Cell, ...] = ()
    if names:
        first = (link(row.person.name, "job-sharing", id=vacancy_id, person=row.person.id),)
    if row.partner is None or row.pairing is None:
        return (*first, NOBODY_ELSE, "", "", "", waits)
    where = {"id": vacancy_id, "person": row.person.id, "partner": row.partner.id}
    return (
        *first,
        link(f"With {row.partner.name}", "job-sharing", **where),
        f"{row.pairing.score:.0f}",
        filled_words(row.pairing, wanted),
        least_words(row.pairing),
        waits,
    )


def week_rows(found: TwoForOne) -> list[tuple[Cell, ...]]:
    """Day by day: the times of the first, of the second, and those that neither is free for."""
    return [
        (name, *(_times(slots, day) for slots in found.times))
        for day, name in enumerate(DAYS)
        if any(slot.day == day for slots in found.times for slot in slots)
    ]


def _times(slots: Sequence[Slot], day: int) -> str:
    return ", ".join(f"{_clock(slot.start)}–{_clock(slot.end)}" for slot in slots if slot.day == day) or "–"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def strength_rows(found: TwoForOne) -> list[tuple[Cell, ...]]:
    """What the job asks, how each stands to it, and who brings it."""
    rows: list[tuple[Cell, ...]] = []
    for first, second in found.strengths:
        needed = "Yes" if first.asked.is_essential else "No"
        stands = (STANDS[first.status], STANDS[second.status])
        rows.append((first.asked.name, needed, *stands, _brings(found, first.low, second.low)))
    return rows


def _brings(found: TwoForOne, first: int, second: int) -> str:
    if not first and not second:
        return "Not known of either yet"
    if first == second:
        return "Both"
    return found.first.name if first > second else found.second.name
