"""Pay out of properties and words: amounts, periods, currencies, and what an hour is worth."""

from typing import Any

import pytest

from crm.readers.adverts import Figure
from crm.readers.hours import Hours
from crm.readers.pay import Pay, by_the_hour, pay_in_field, pay_in_text

SIXTEEN = Hours(Figure(16.0, "text", "16 hours"), Figure(16.0, "text", "16 hours"))


def amounts(pay: Pay) -> tuple[float | None, float | None, str | None]:
    return (pay.least and pay.least.value, pay.most and pay.most.value, pay.period)


@pytest.mark.parametrize(
    ("text", "least", "most", "period"),
    [
        ("£12.21 per hour", 12.21, 12.21, "hour"),
        ("£11.44 - £12.00 ph", 11.44, 12, "hour"),
        ("Up to £25k DOE", None, None, None),
        ("Salary: Up to £25k DOE", None, 25000, "year"),
        ("Salary £23,500 pro rata", 23500, 23500, "year"),
        ("NMW", None, None, None),
        ("competitive", None, None, None),
        ("£12.50 an hour", 12.5, 12.5, "hour"),
        ("£100 welcome bonus", None, None, None),
        ("Salary: £10.42 per hour", 10.42, 10.42, "hour"),
        ("£22,383 - £25,000 per annum", 22383, 25000, "year"),
        ("$15.00 - $18.00/hr", 15, 18, "hour"),
        ("£450 per week", 450, 450, "week"),
        ("£1,800 per month", 1800, 1800, "month"),
        ("£95 a day", 95, 95, "day"),
        ("From £12.21 an hour", 12.21, None, "hour"),
        ("Up to £13.50 per hour", None, 13.5, "hour"),
        ("£12.21ph", 12.21, 12.21, "hour"),
        ("£12.21p/h", 12.21, 12.21, "hour"),
        ("Pay rate: 12.21 per hour", 12.21, 12.21, "hour"),
        ("£30k - £35k", None, None, None),
        ("Salary £30-35k", 30000, 35000, "year"),
        ("£24,000pa", 24000, 24000, "year"),
        ("£24,000 p.a.", 24000, 24000, "year"),
        ("$17/hour", 17, 17, "hour"),
        ("Pay: $20.00 - $22.50 per hour", 20, 22.5, "hour"),
        ("GBP 12.50 per hour", 12.5, 12.5, "hour"),
        ("Our turnover is £2 million per year", None, None, None),
        ("£500 per year clothing allowance", None, None, None),
        ("Pay: From £12.60 per hour", 12.6, None, "hour"),
        ("£12.60 to £13.10 hourly, £400 referral bonus per year", 12.6, 13.1, "hour"),
        ("earn £14 per hour", 14, 14, "hour"),
        ("£11.44/hour", 11.44, 11.44, "hour"),
        ("£12.21 (per hour)", 12.21, 12.21, "hour"),
        ("hourly rate of £12.21", 12.21, 12.21, "hour"),
        ("£25,000 FTE per annum (£13,500 actual)", 25000, 25000, "year"),
    ],
)
def test_pay_is_read_from_the_words_or_stays_unknown(
    text: str, least: float | None, most: float | None, period: str | None
):
    assert amounts(pay_in_text(text)) == (least, most, period)


@pytest.mark.parametrize(
    ("value", "unit", "least", "period"),
    [
        (12.5, None, 12.5, "hour"),
        ("12,50", None, 12.5, "hour"),
        ("£12.50 an hour", None, 12.5, "hour"),
        (
            {"currency": "GBP", "value": {"minValue": "11.44", "maxValue": "12", "unitText": "HOUR"}},
            None,
            11.44,
            "hour",
        ),
        ({"currency": "GBP", "value": 25000, "unitText": "per annum"}, None, 25000, "year"),
        ("25000-30000", None, 25000, "year"),
        ({"value": {"value": "£23,500 pro rata"}}, None, 23500, "year"),
        ("NMW", None, None, None),
        ({"value": {"minValue": 0, "maxValue": 0}}, None, None, None),
        (
            "{'@type': 'MonetaryAmount', 'currency': 'USD', 'value': {'value': 15, 'unitText': 'HOUR'}}",
            None,
            15,
            "hour",
        ),
        ({"value": {"value": 25000, "unitText": "HOUR"}}, None, 25000, "year"),
        ("20000", "YEAR", 20000, "year"),
        ("£11.44 - £12.00", None, 11.44, "hour"),
        ({"value": "nan"}, None, None, None),
        ("£12.21 - £13.00 per hour + tips", None, 12.21, "hour"),
        ({"value": {"minValue": "£22,000", "maxValue": "£24,000", "unitText": "ANNUM"}}, None, 22000, "year"),
        ("USD 100000", None, 100000, "year"),
        ("100000", None, 100000, "year"),
        ({"value": -5}, None, None, None),
        ({"value": 300}, None, 300, None),
        ({"value": 25, "unitText": "YEAR"}, None, 25, "hour"),
        ({"value": 3000, "unitText": "HOUR"}, None, 3000, None),
        ([{"value": None}, {"value": 13, "unitText": "HOUR"}], None, 13, "hour"),
        ({"minValue": 14, "maxValue": 12, "unitText": "HUR"}, None, 12, "hour"),
    ],
)
def test_pay_is_read_from_the_property_in_any_form(
    value: Any, unit: str | None, least: float | None, period: str | None
):
    pay = pay_in_field(value, "baseSalary", None, unit)
    assert amounts(pay)[::2] == (least, period)


def test_pay_that_names_no_amount_is_kept_as_written():
    assert pay_in_field("NMW", "baseSalary", "GBP", None) == Pay(currency="GBP", as_written="NMW")
    assert pay_in_field("Competitive", "baseSalary", None, None).as_written == "Competitive"


def test_another_currency_is_kept_and_not_converted():
    pay = pay_in_field(
        {"currency": "USD", "value": {"value": 15, "unitText": "HOUR"}}, "baseSalary", None, None
    )
    assert (pay.currency, pay.as_written) == ("USD", "USD 15 HOUR")
    assert by_the_hour(pay, Hours()) == (pay.least, pay.most)


def test_a_slip_in_the_period_is_said():
    pay = pay_in_field({"value": 25_000, "unitText": "HOUR"}, "baseSalary", None, None)
    assert pay.note == "The pay says hour; by its size it is taken to be for a year."


@pytest.mark.parametrize(
    ("text", "hourly", "quote"),
    [
        ("£12,000 per annum", 14.42, "12,000.00 ÷ 52 ÷ 16 = 14.42: “£12,000 per annum”"),
        ("£200 per week", 12.5, "200.00 × 52 ÷ 52 ÷ 16 = 12.50: “£200 per week”"),
        ("£900 per month", 12.98, "900.00 × 12 ÷ 52 ÷ 16 = 12.98: “£900 per month”"),
    ],
)
def test_pay_an_hour_is_worked_out_where_the_hours_are_known(text: str, hourly: float, quote: str):
    assert by_the_hour(pay_in_text(text), SIXTEEN)[0] == Figure(hourly, "worked out", quote)


def test_pay_an_hour_stays_unknown_where_the_hours_are():
    assert by_the_hour(pay_in_text("£12,000 per annum"), Hours()) == (None, None)
    assert by_the_hour(pay_in_text("£95 per day"), SIXTEEN) == (None, None)
    assert by_the_hour(pay_in_text("£600,000 per annum"), SIXTEEN) == (None, None)
    ranged = Hours(Figure(16.0, "text", ""), Figure(20.0, "text", ""))
    assert by_the_hour(pay_in_text("£12,000 per annum"), ranged) == (None, None)


def test_pay_pro_rata_is_divided_by_the_full_week_only():
    pay = pay_in_text("£24,000 per annum pro rata")
    assert by_the_hour(pay, SIXTEEN) == (None, None)
    full = Hours(SIXTEEN.least, SIXTEEN.most, full_week=37.5)
    hourly = by_the_hour(pay, full)[0]
    assert hourly is not None
    assert hourly.value == 12.31
