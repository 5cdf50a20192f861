"""Weekly hours out of the words of adverts: what is said, what is worked out, and what is no hours at all."""

import pytest

from crm.readers.adverts import Figure
from crm.readers.hours import Hours, hours_in_field, hours_in_text, hours_in_title


def pair(hours: Hours) -> tuple[float | None, float | None]:
    return (hours.least and hours.least.value, hours.most and hours.most.value)


PHRASES: list[tuple[str, float | None, float | None]] = [
    ("16 hours per week", 16, 16),
    ("16-20 hrs/wk", 16, 20),
    ("20 hours a week over 4 days", 20, 20),
    ("37.5hpw", 37.5, 37.5),
    ("Mon–Fri 9am-1pm", 20, 20),
    ("part time (22.5 hrs)", 22.5, 22.5),
    ("up to 30 hours", None, 30),
    ("minimum 12 hours", 12, None),
    ("full time 40 hours per week", 40, 40),
    ("two days a week", None, None),
    ("24 hour care", None, None),
    ("within 48 hours", None, None),
    ("per month 80 hours", 18.41, 18.41),
    ("Hours: 16 per week", 16, 16),
    ("16hrs p/w", 16, 16),
    ("3 x 5 hour shifts", 15, 15),
    ("Monday to Friday 06:00–10:00", 20, 20),
    ("Posts available: 16 hours per week and 20 hours per week", 16, 20),
    ("We provide 24 hour care, 7 days a week", None, None),
    ("24 hours a day, 7 days a week", None, None),
    ("8 hours per day, 5 days per week", 40, 40),
    ("4 hours a day Monday to Friday", 20, 20),
    ("Salary: £12.21 per hour, 16 hours per week", 16, 16),
    ("£12.50 - £13.00 an hour 25 hours weekly", 25, 25),
    ("a 40-hour week", 40, 40),
    ("16 hour contract", 16, 16),
    ("0 hour contract", None, None),
    ("Hours: 9am - 5pm", None, None),
    ("Hours: 9-5", None, None),
    ("Hours: 37.5", 37.5, 37.5),
    ("Weekly Hours: 30", 30, 30),
    ("Hours per week: 20", 20, 20),
    ("Contracted hours: 20 - 30", 20, 30),
    ("average of 48 hours per week opt-out", None, None),
    ("employees who work 30 or more hours per week are eligible for benefits", None, None),
    ("£23,500 pro rata (based on 37 hours per week), 0.6 FTE", 22.2, 22.2),
    ("sixteen hours per week", 16, 16),
    ("37 1/2 hours per week", 37.5, 37.5),
    ("37½ hours a week", 37.5, 37.5),
    ("16 hours or more per week", 16, None),
    ("20+ hours per week", 20, None),
    ("min 16, max 25 hours per week", 16, 25),
    ("between 16 and 24 hours per week", 16, 24),
    ("Monday - Friday 5am - 8am", 15, 15),
    ("Mon-Fri 9-5", 40, 40),
    ("Working pattern: Monday, Wednesday and Friday, 10:00 - 14:00", 12, 12),
    ("6pm-9pm Monday to Friday", 15, 15),
    ("open Monday to Friday 9am to 5pm", None, None),
    ("12 month fixed term, 22 hours per week", 22, 22),
    ("1 hour unpaid break", None, None),
    ("must give 24 hours notice", None, None),
    ("20 hours (4 days) per week", 20, 20),
    ("Part-time - 16 hours", 16, 16),
    ("Full-time or part-time", None, None),
    ("up to 20 hours per week on a student visa", None, None),
    ("International students may work 20 hours per week", None, None),
    ("Guaranteed 12 hours per week with overtime available", 12, 12),
    ("30 hours per fortnight", 15, 15),
    ("Hours – 25 hours per week, Monday to Friday", 25, 25),
    ("This is a part time role working 15 hours per week, 3 hours per day", 15, 15),
    ("40 hours/week", 40, 40),
    ("35 hrs. per week", 35, 35),
    ("Hours:\n16 hours per week", 16, 16),
    ("Hours of work: 18.5", 18.5, 18.5),
    ("Working hours: 8am to 4pm Monday to Friday", 40, 40),
    ("Saturday and Sunday 8am-2pm", 12, 12),
    ("Two 6 hour shifts a week", 12, 12),
    ("Mon-Thu 9am-5pm, Fri 9am-4pm", 39, 39),
    ("Monday to Friday 6am-2pm or 2pm-10pm", 40, 40),
    ("full time salary is £23,500 based on a 37 hour week; this post is 20 hours per week", 20, 20),
    ("works 5 hours per week of supervision", None, None),
    ("16 or 20 or 24 hours per week", 16, 24),
    ("Part Time: 20 Hours", 20, 20),
    ("contract: 25hrs", 25, 25),
    ("25hrs per week", 25, 25),
    ("8 hours per week (Saturday only)", 8, 8),
    ("Shift: 10 hour shifts, 4 days per week", 40, 40),
    ("4 x 10 hour days", 40, 40),
    ("hours per week will be 30", 30, 30),
    ("40 hours wk", 40, 40),
    ("Full-Time\n40 Hrs/Week", 40, 40),
    ("Hours/Week: 24", 24, 24),
    ("Schedule: 20-29 hours", 20, 29),
    ("Able to lift 50 lbs for 8 hours", None, None),
    ("Average 10-15 hours a week", 10, 15),
    ("Required to work 40 hours per week, with occasional overtime", 40, 40),
    ("1950 hours per annum", 37.5, 37.5),
    ("You'll work 3 days per week 8:30am - 5pm", None, None),
    ("work at least 16 hours per week", 16, None),
    ("no more than 15 hours per week", None, 15),
    ("Shifts are 4 hours, 5 days a week", 20, 20),
    ("Contract type: Permanent Part Time 21 hours", 21, 21),
    ("28.75 hours per week", 28.75, 28.75),
    ("Hours: Part time, 15 hours per week (5 mornings)", 15, 15),
    ("Hours: Full-time 8 hour shifts", None, None),
    ("this role requires 37 hours 30 minutes per week", 37.5, 37.5),
    ("16h/week", 16, 16),
    ("Hours are 16 per week", 16, 16),
    ("15.0 hours per week, worked 3 days", 15, 15),
    ("requires a minimum of 10 hours availability per week", 10, None),
    ("20-25 hours", 20, 25),
    ("Monday 9am-5pm, Tuesday 9am-1pm", 12, 12),
    ("M-F 8am-5pm", 45, 45),
    ("Time Type: Part time\nScheduled Weekly Hours: 24", 24, 24),
    ("Standard Hours: 20.00", 20, 20),
    ("Job Type: Part-time, Hours 15-20 per week", 15, 20),
    ("Expected hours: 16 – 20 per week", 16, 20),
    ("Expected hours: No more than 20 per week", None, 20),
    ("Expected hours: No less than 16 per week", 16, None),
    ("0.5 FTE (18.75 hours per week)", 18.75, 18.75),
    ("Full time (37.5hrs) and part time (from 16 hours) contracts", 16, 37.5),
    ("Sign on bonus. Pay based on experience. Schedule: 36 hours/week", 36, 36),
    ("18.5 hours per week (based on full time hours of 37 per week)", 18.5, 18.5),
    ("shifts 24-48 hours", None, None),
    ("Monday to Friday 22:00 - 06:00", 40, 40),
    ("weekends 10am - 2pm", 8, 8),
    ("Monday to Friday 12 noon - 1pm", 5, 5),
    ("Monday 9am-5pm or Monday 9am-1pm", 4, 8),
    ("24/7 support", None, None),
    ("M-F 9am-midday", 15, 15),
    ("Friday 6pm - midnight", 6, 6),
    ("Monday 25:00 - 27:00", None, None),
    ("Monday to Friday 0900 - 1300", 20, 20),
    ("Monday to Sunday 8am - 8pm", None, None),
    ("weekdays 7-11am", 20, 20),
    ("Saturdays 12am - 6am", 6, 6),
    ("7 x 12 hour shifts", None, None),
    ("Monday to Friday working pattern 9 - 5", None, None),
    ("2 hours per annum", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "least", "most"), PHRASES)
def test_hours_are_read_from_the_words_or_stay_unknown(text: str, least: float | None, most: float | None):
    assert pair(hours_in_text(text)) == (least, most)


def test_hours_are_found_in_the_middle_of_a_long_advert():
    padding = "We are a friendly team and look forward to meeting you. " * 60
    assert pair(hours_in_text(f"{padding}You will work 16 hours per week. {padding}")) == (16, 16)


def test_the_words_are_quoted_and_sums_are_shown():
    assert hours_in_text("Hours: 16 per week").least == Figure(16.0, "text", "hours: 16 per week")
    assert hours_in_text("up to 30 hours per week").most == Figure(30.0, "text", "up to 30 hours per week")
    worked_out = hours_in_text("Mon–Fri 9am-1pm").least
    assert worked_out == Figure(20.0, "worked out", "5 × 4: “mon-fri 9am-1pm”, no break taken off")
    monthly = hours_in_text("80 hours per month").least
    assert monthly is not None
    assert monthly.quote.startswith("80 ÷ 4.345 = 18.41")


@pytest.mark.parametrize(
    ("title", "least", "most", "guaranteed"),
    [
        ("Cleaner - 16 hours - £12.21", 16, 16, None),
        ("Care Assistant 24 hours", 24, 24, None),
        ("24 Hour Care Home Manager", None, None, None),
        ("Bank Healthcare Assistant", None, None, 0),
        ("Domestic Assistant (Bank)", None, None, 0),
        ("Sales Assistant (20 hrs)", 20, 20, None),
        ("Kitchen Porter, 25 hours per week", 25, 25, None),
        ("12 Hour shifts Warehouse", None, None, None),
        ("Bank Cashier 16hrs", 16, 16, None),
        ("Customer Assistant 7.5 - 15 hours", 7.5, 15, None),
        ("Cleaner 0 hours contract", None, None, 0),
    ],
)
def test_hours_glued_to_a_title_are_read(
    title: str, least: float | None, most: float | None, guaranteed: float | None
):
    hours = hours_in_title(title)
    assert (*pair(hours), hours.guaranteed and hours.guaranteed.value) == (least, most, guaranteed)


@pytest.mark.parametrize(
    ("text", "guaranteed"),
    [
        ("0 hour contract", 0),
        ("zero hours contract, up to 40 hours", 0),
        ("Bank staff needed", 0),
        ("Casual basis, as and when required", 0),
        ("bank holidays off", None),
        ("We don't offer zero hour contracts. 16 hours per week", None),
        ("16 hour contract", 16),
        ("contracted to 20 hours per week", 20),
        ("12 hours guaranteed", 12),
        ("16 hours per week. Guaranteed hours.", 16),
        ("16 hours per week", None),
    ],
)
def test_guaranteed_hours_are_only_what_is_guaranteed(text: str, guaranteed: float | None):
    found = hours_in_text(text).guaranteed
    assert (found and found.value) == guaranteed


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("16", 16, 16),
        ("16.5", 16.5, 16.5),
        ("16-20", 16, 20),
        ("40 hours", 40, 40),
        ("40 hours per week", 40, 40),
        ("9am-1pm Monday to Friday", 20, 20),
        ("Flexible", None, None),
        ("0", None, None),
    ],
)
def test_a_bare_number_in_the_hours_property_is_hours_a_week(
    value: str, least: float | None, most: float | None
):
    assert pair(hours_in_field(value, "workHours")) == (least, most)


def test_a_reference_week_is_not_the_hours_of_a_part_time_post():
    hours = hours_in_text("Salary based on 37.5 hours per week", is_part_time=True)
    assert (pair(hours), hours.full_week) == ((None, None), 37.5)
    assert pair(hours_in_text("Salary based on 37.5 hours per week")) == (37.5, 37.5)
