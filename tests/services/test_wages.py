"""The minimum wage of a day, and what forbids a pay."""

from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from crm.services.wages import minimum_wage, pay_doubts, pay_problems, rates

TODAY = date(2026, 11, 26)


def test_the_rate_holds_from_its_first_day_to_its_last():
    for each in rates():
        assert minimum_wage(each.first, each.rate) == each
        assert minimum_wage(each.last, each.rate) == each


def test_rates_of_one_kind_never_overlap():
    kinds = groupby(sorted(rates(), key=lambda each: (each.rate, each.first)), key=lambda each: each.rate)
    for _, grouped in kinds:
        spans = list(grouped)
        assert all(before.last < after.first for before, after in pairwise(spans))
        assert all(span.first <= span.last and span.pounds > 0 for span in spans)


def test_every_rate_names_the_law_that_sets_it():
    assert all(each.source.startswith("https://www.legislation.gov.uk/") for each in rates())


def test_the_rate_is_that_of_people_of_21_and_over_unless_another_is_named():
    assert [minimum_wage(TODAY, rate).pounds for rate in ("21_and_over", "18_to_20", "apprentice")] == [  # pyright: ignore[reportOptionalMemberAccess]
        12.71,
        10.85,
        8.00,
    ]
    assert minimum_wage(TODAY) == minimum_wage(TODAY, "21_and_over")


def test_there_is_no_rate_for_a_day_that_none_is_loaded_for():
    assert minimum_wage(max(each.last for each in rates()) + timedelta(days=1)) is None
    assert minimum_wage(date(1998, 1, 1)) is None


def test_a_penny_below_the_minimum_wage_may_not_be_paid():
    assert pay_problems(12.71, None, TODAY) == ()
    (said,) = pay_problems(12.70, None, TODAY)
    assert said == (
        "£12.70 an hour may not be paid: it is below the minimum wage of £12.71 on 26 November 2026."
    )


def test_the_minimum_wage_of_a_younger_person_is_their_own():
    assert pay_problems(10.85, None, TODAY, "18_to_20") == ()
    assert pay_problems(10.84, None, TODAY, "18_to_20")


def test_a_lower_grade_for_the_same_tasks_is_said():
    assert pay_problems(13.50, 13.50, TODAY) == ()
    (said,) = pay_problems(13.49, 13.50, TODAY)
    assert "is below the going rate of £13.50 for the same tasks" in said


def test_both_problems_are_said():
    assert len(pay_problems(9.0, 13.50, TODAY)) == 2


@pytest.mark.parametrize("pay", [None, 12.71])
def test_what_is_not_recorded_is_a_doubt_and_no_problem(pay: float | None):
    assert pay_problems(pay, None, TODAY) == ()
    assert pay_doubts(pay, None, TODAY)


def test_pay_beyond_the_last_rate_is_a_doubt_and_never_fine():
    assert "No minimum wage is loaded for 1 April 2040" in pay_doubts(15.0, 14.0, date(2040, 4, 1))[0]


def test_nothing_is_in_doubt_where_pay_and_rates_are_recorded():
    assert pay_doubts(13.0, 13.0, TODAY) == ()
