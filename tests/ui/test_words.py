"""How values are said on screens."""

from datetime import UTC, date, datetime

from crm.models.employers import RelationshipStage
from crm.ui import words


def test_a_date_is_said_in_full():
    assert words.day(date(2026, 11, 3)) == "3 November 2026"


def test_a_missing_date_is_said_to_be_not_recorded():
    assert words.day(None) == "Not recorded"


def test_a_moment_is_said_in_london_time():
    assert words.moment(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "1 July 2026, 13:05"
    assert words.moment(None) == "Not recorded"


def test_a_value_of_a_list_is_said_in_words():
    assert words.say(RelationshipStage.LEARNING) == "Learning their business"
    assert words.say("unknown") == "Not recorded"
    assert words.say(None) == "Not recorded"


def test_a_number_agrees_with_its_noun():
    assert [words.count(n, "vacancy", "vacancies") for n in (0, 1, 1204)] == [
        "0 vacancies",
        "1 vacancy",
        "1,204 vacancies",
    ]


def test_hours_and_money_carry_their_units():
    assert [words.hours(each) for each in (16.0, 7.5, 20 / 3, 1.0, None)] == [
        "16 hours",
        "7.5 hours",
        "6.67 hours",
        "1 hour",
        "Not recorded",
    ]
    assert [words.money(12.5), words.money(None)] == ["£12.50", "Not recorded"]


def test_a_distance_in_days_is_said_from_the_day_on_which_one_looks():
    on = date(2026, 11, 22)
    days = (date(2026, 11, 17), on, date(2026, 11, 23))
    assert [words.distance_in_days(when, on) for when in days] == ["5 days overdue", "today", "in 1 day"]


def test_signs_of_markdown_lose_their_effect():
    assert words.plain("*Bold* & [x](y)\n# :smile: $a$") == (r"\*Bold\* \& \[x\]\(y\) \# \:smile\: \$a\$")
