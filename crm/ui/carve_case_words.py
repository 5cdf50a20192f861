"""The business case of a carved job on screen: what each figure is called, in which order, and its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from crm.models.carve_cases import CarveCase
from crm.services import carve_case_words as words
from crm.services.carve_figures import CaseFigures
from crm.services.carve_ranges import Printed
from crm.services.carve_sums import Figure, Line
from crm.ui.tables import Cell, link
from crm.ui.words import NOT_RECORDED, day

APART = "These figures stand apart. They are of different kinds and are never added up to a saving."
NONE_FREED = "No time of colleagues is freed"
_SHORT, _UNSEEN = 16, "\u200b"
HOURS, POUNDS, ONCE = "Hours a week", "£ a week", "£"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is shown: its name, what it comes to in words, and the unit of its rows."""

    title: str
    words: str
    figure: Figure
    unit: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its table; who does it now where it rests on tasks."""
        who = ("Done now by",) if self._is_of_tasks else ()
        return ("What it rests on", self.unit, "How it is reckoned", *who)

    def rows(self) -> list[tuple[Cell, ...]]:
        """Its lines, and their total last."""
        rows = [self._row(line) for line in self.figure.lines]
        if self.figure.value is not None and len(rows) > 1:
            rows.append(self._row(Line("In all", "", self.figure.value)))
        return rows

    @property
    def _is_of_tasks(self) -> bool:
        return any(line.analysis_id for line in self.figure.lines)

    def _row(self, line: Line) -> tuple[Cell, ...]:
        named = link(line.name, "analysis", id=line.analysis_id) if line.analysis_id else line.name
        who = (line.who,) if self._is_of_tasks else ()
        return (named, self._in_unit(line.value), line.working, *who)

    def _in_unit(self, value: Printed) -> str:
        return words.hours(value) if self.unit == HOURS else words.pounds(value)


def three_figures(found: CaseFigures) -> Iterator[Shown]:
    """Time freed and what it costs, the difference, the new wage."""
    freed, cost, apart = found.freed_hours, found.freed_cost, found.difference
    yield Shown("Skilled time freed", words.hours_a_week(freed.value), freed, HOURS)
    is_none = freed.value is not None and not freed.value.most
    said = NONE_FREED if is_none else words.pounds_a_week(cost.value, is_from=cost.is_from)
    yield Shown("What that time costs now", said, cost, POUNDS)
    said = NONE_FREED if is_none else words.difference_a_week(apart.value, is_from=apart.is_from)
    yield Shown("Difference between that cost and the new pay for it", said, apart, POUNDS)
    said = words.pounds_a_week(found.wage.value)
    yield Shown("New wage, without on-costs", said, found.wage, POUNDS)
    full = found.wage_with_on_costs
    yield Shown("New wage, with on-costs", words.pounds_a_week(full.value), full, POUNDS)


def other_figures(found: CaseFigures, case: CarveCase | None) -> Iterator[Shown]:
    """What stands beside them, each by itself."""
    undone = found.undone_hours
    yield Shown("Work done that nobody gets to now", words.hours_a_week(undone.value), undone, HOURS)
    overtime = words.pounds_a_week(found.overtime.value)
    yield Shown("Overtime avoided", overtime, found.overtime, POUNDS)
    agency = words.pounds_a_week(found.agency.value)
    yield Shown("Agency work avoided", agency, found.agency, POUNDS)
    once = found.once.value
    said = f"{words.pounds(once)}, once" if once else NOT_RECORDED
    if case and case.once_for:
        said = f"{said}, for: {case.once_for}"
    yield Shown("Costs that arise once", said, found.once, ONCE)


def text_rows(case: CarveCase | None, support_hours: float | None) -> list[tuple[str, Cell]]:
    """What is said in words; the coach hours are the engine's estimate."""
    case = case or CarveCase(carve_id=0)
    rows = [
        ("What the employer needs", case.need or NOT_RECORDED),
        ("What the undone work is worth", case.undone_worth or NOT_RECORDED),
        ("Quality", case.quality or NOT_RECORDED),
        ("Support to begin with", case.support or NOT_RECORDED),
        ("How support fades", case.support_fades or NOT_RECORDED),
    ]
    if support_hours:
        estimate = f"{support_hours:.4g} hours a week (estimate)"
        rows.append(("Coach time to begin with", estimate))
    return [
        *rows,
        ("Access to Work", words.ACCESS_TO_WORK[case.access_to_work]),
        ("Risks", case.risks or NOT_RECORDED),
        ("Staff consulted", _consulted(case)),
        ("What they said", case.consulted_said or NOT_RECORDED),
    ]


def _consulted(case: CarveCase) -> str:
    if not case.consulted_who:
        return NOT_RECORDED if case.consulted_on is None else f"On {day(case.consulted_on)}, not said who"
    when = f"on {day(case.consulted_on)}" if case.consulted_on else "day not recorded"
    return f"{case.consulted_who}, {when}"


def short(names: Sequence[str]) -> list[str]:
    """Names beside bars: no longer than a phone has room for, each still its own, nothing in them markup."""
    return [
        escape(name if len(name) <= _SHORT else f"{name[: _SHORT - 1].rstrip()}…") + _UNSEEN * number
        for number, name in enumerate(names)
    ]


def who_alt(found: Figure) -> str:
    """The chart of who does the work now, in a sentence."""
    said = "; ".join(f"{line.name} {words.hours(line.value)}" for line in found.lines)
    return f"Hours a week that move into the new job, by who has them now: {said}"
