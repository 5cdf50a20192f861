"""Laws of the figures of a business case: what guesses turn out to be lies in the range that is said."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import add, mul, sub
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm.models.carve_cases import RANGES, CarveCase
from crm.services.carve_case_rows import TaskRow
from crm.services.carve_figures import CaseFigures, reckoned
from crm.services.carve_ranges import Range, known, printed, total
from crm.services.carve_sums import Figure

PENNY = Fraction(1, 100)
numbers = st.decimals(-500, 500, places=2).map(Fraction)
parts = st.fractions(0, 1, max_denominator=8)


@st.composite
def ranges(draw: st.DrawFn, values: st.SearchStrategy[Fraction] = numbers) -> Range:
    one, two = draw(values), draw(values)
    return Range(min(one, two), max(one, two))


def inside(one: Range, part: Fraction) -> Fraction:
    return one.least + (one.most - one.least) * part


def point(value: Fraction) -> Range:
    return Range(value, value)


@given(ranges(), ranges(), parts, parts)
def test_what_any_two_values_come_to_lies_in_the_range_of_their_ranges(
    one: Range, two: Range, a: Fraction, b: Fraction
):
    for reckon in (add, sub, mul):
        within = reckon(one, two)
        assert within.least <= reckon(inside(one, a), inside(two, b)) <= within.most


@given(ranges(), ranges())
def test_both_ends_of_a_range_can_really_happen(one: Range, two: Range):
    ends = [(a, b) for a in (one.least, one.most) for b in (two.least, two.most)]
    for reckon in (add, sub, mul):
        found = [reckon(a, b) for a, b in ends]
        assert (min(found), max(found)) == (reckon(one, two).least, reckon(one, two).most)


@given(numbers, numbers)
def test_what_is_known_comes_to_one_value(one: Fraction, two: Fraction):
    for reckon in (add, sub, mul):
        assert reckon(point(one), point(two)) == point(reckon(one, two))


@given(st.lists(ranges(st.fractions(-300, 300, max_denominator=60)), max_size=8))
def test_printed_rows_add_up_to_their_total_and_none_is_turned_round(rows: list[Range]):
    each, whole = printed(rows)
    assert sum(row.least for row in each) == whole.least
    assert sum(row.most for row in each) == whole.most
    exact, said = total(rows), whole.exactly()
    assert abs(said.least - exact.least) <= PENNY / 2
    assert abs(said.most - exact.most) <= PENNY / 2
    for row, shown in zip(rows, (one.exactly() for one in each), strict=True):
        assert shown.least <= shown.most
        assert abs(shown.least - row.least) < PENNY
        assert abs(shown.most - row.most) < 2 * PENNY
        if row.least == row.most:
            assert shown.least == shown.most


hours = st.fractions(0, 40, max_denominator=60)
costs = st.decimals(5, 60, places=2).map(Fraction)
counted = st.builds(
    TaskRow,
    name=st.sampled_from(("Fold boxes", "Label trays", "Greet drivers")),
    analysis_id=st.just(1),
    post=st.just("Packer"),
    done_by=st.sampled_from((None, "Packers", "packers", "Shift leader")),
    is_undone=st.booleans(),
    hours=ranges(hours),
    cost=st.none() | ranges(costs),
)
banks = st.lists(counted, min_size=1, max_size=6)
pays = st.none() | st.decimals(8, 30, places=2).map(float)


@st.composite
def cases(draw: st.DrawFn) -> CarveCase:
    """A case in which each figure is known, a guess or not recorded."""
    values: dict[str, Any] = {}
    fields = {"overtime_hours": 30, "overtime_rate": 40, "agency_hours": 30, "agency_rate": 60}
    for field, most in (fields | {"on_costs_percent": 40, "once_cost": 900}).items():
        ends = sorted(draw(st.lists(st.decimals(0, most, places=1).map(float), max_size=2)))
        names = (field, f"{field}_most")
        values |= dict(zip(names, ends, strict=False))
    return CarveCase(carve_id=1, **values)


def figures_of(found: CaseFigures) -> dict[str, Figure]:
    return {name: getattr(found, name) for name in CaseFigures.__slots__}


@st.composite
def settled(draw: st.DrawFn) -> tuple[list[TaskRow], list[TaskRow], CarveCase, CarveCase]:
    """Rows and a case with guesses, and the same as they turn out: a value of each range."""
    rows, case = draw(banks), draw(cases())
    later = [
        replace(
            row,
            hours=point(inside(row.hours, draw(parts))),
            cost=point(inside(row.cost, draw(parts))) if row.cost else None,
        )
        for row in rows
    ]
    typed = case.model_dump()
    for field, most in RANGES.items():
        if typed[most] is not None and draw(st.booleans()):
            typed[field] = typed[most]
        typed[most] = None
    return rows, later, case, CarveCase(**typed)


@given(settled(), pays)
def test_every_figure_holds_what_the_guesses_turn_out_to_be(
    drawn: tuple[list[TaskRow], list[TaskRow], CarveCase, CarveCase], pay: float | None
):
    rows, later, case, case_later = drawn
    guessed = figures_of(reckoned(rows, pay, case))
    for name, figure in figures_of(reckoned(later, pay, case_later)).items():
        within = guessed[name].value
        if figure.value is None:
            assert within is None
            continue
        assert within is not None
        slack = Decimal("0.02")  # On-costs are rounded after the wage was.
        assert within.least - slack <= figure.value.least
        assert figure.value.most <= within.most + slack


@given(banks, pays, cases())
def test_what_is_known_to_the_penny_is_said_as_one_figure(
    rows: list[TaskRow], pay: float | None, case: CarveCase
):
    exact = [
        replace(row, hours=point(row.hours.least), cost=point(row.cost.least) if row.cost else None)
        for row in rows
    ]
    typed: dict[str, Any] = case.model_dump()
    typed |= dict.fromkeys(RANGES.values())
    for name, figure in figures_of(reckoned(exact, pay, CarveCase(**typed))).items():
        assert figure.value is None or figure.value.is_point, name


@given(banks, pays, cases())
def test_the_lines_of_every_figure_add_up_to_it(rows: list[TaskRow], pay: float | None, case: CarveCase):
    for name, figure in figures_of(reckoned(rows, pay, case)).items():
        if figure.value is None:
            assert figure.lines == (), name
            continue
        assert sum(line.value.least for line in figure.lines) == figure.value.least, name
        assert sum(line.value.most for line in figure.lines) == figure.value.most, name


@given(banks, pays)
def test_the_three_figures_stay_consistent_and_apart(rows: list[TaskRow], pay: float | None):
    found = reckoned(rows, pay, None)
    freed, undone, whole = found.freed_hours.value, found.undone_hours.value, found.by_who.value
    assert freed is not None
    assert undone is not None
    assert whole is not None
    assert abs(freed.least + undone.least - whole.least) <= Decimal("0.01")
    assert found.difference.left_out == (found.freed_cost.left_out if pay is not None else ())
    assert (found.wage.value is None) == (pay is None)
    assert found.wage_with_on_costs.value is None


@given(banks)
def test_bars_stand_from_the_longest_down_and_everybody_once(rows: list[TaskRow]):
    lines = reckoned(rows, None, None).by_who.lines
    names = [line.name.casefold() for line in lines]
    assert len(names) == len(set(names))
    assert all(one.value.most >= two.value.most - Decimal("0.02") for one, two in pairwise(lines))


def test_a_figure_typed_is_the_decimal_that_was_typed():
    assert known(13.6) == point(Fraction(136, 10))
