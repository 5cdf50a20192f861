"""A vacancy's facts as rows of a table, each with where it came from."""

from crm.models.vacancies import Vacancy
from crm.models.week import DAYS, Slot
from crm.ui.origins import say_origin
from crm.ui.words import NOT_RECORDED, day, hours, hours_range, money, say

Fact = tuple[str, str, str]


def pattern_words(slots: list[Slot]) -> str:
    """The times of a week in words: Monday 09:00-13:00, Friday 09:00-17:00."""
    return ", ".join(f"{DAYS[slot['day']]} {slot['start']}-{slot['end']}" for slot in slots) or NOT_RECORDED


def main_facts(vacancy: Vacancy) -> list[Fact]:
    """What a match and a person ask about first: hours, pay, place and dates."""
    hours_from = "hours_min" if vacancy.hours_min is not None else "hours_max"
    values = [
        ("Hours a week", hours_range(vacancy.hours_min, vacancy.hours_max), hours_from),
        ("Guaranteed hours", hours(vacancy.guaranteed_hours), "guaranteed_hours"),
        ("Hours can be talked about", say(vacancy.hours_negotiable), "hours_negotiable"),
        ("When", pattern_words(vacancy.pattern), "pattern"),
        ("Pay an hour", money(vacancy.pay_hourly), "pay_hourly"),
        ("Pay as written", vacancy.pay_as_written or NOT_RECORDED, "pay_as_written"),
        ("Going rate an hour", money(vacancy.going_rate), "going_rate"),
        ("Contract", say(vacancy.contract), "contract"),
        ("Place", vacancy.place or NOT_RECORDED, "place"),
        ("Postcode", vacancy.postcode or NOT_RECORDED, "postcode"),
        ("Starts", day(vacancy.starts_on), "starts_on"),
        ("Closes", day(vacancy.closes_on), "closes_on"),
    ]
    return [_fact(vacancy, *value) for value in values]


def other_facts(vacancy: Vacancy) -> list[Fact]:
    """The rest: posts, what applicants need beside skills, and how people are chosen."""
    values = [
        ("Posts", NOT_RECORDED if vacancy.posts is None else str(vacancy.posts), "posts"),
        ("Driving needed", say(vacancy.needs_driving), "needs_driving"),
        ("DBS check needed", say(vacancy.needs_dbs), "needs_dbs"),
        ("Qualifications", vacancy.qualifications or NOT_RECORDED, "qualifications"),
        ("How people are chosen", vacancy.recruitment_steps or NOT_RECORDED, "recruitment_steps"),
        ("That can be adapted", say(vacancy.recruitment_adaptable), "recruitment_adaptable"),
        ("SOC 2020", vacancy.soc2020 or NOT_RECORDED, "soc2020"),
    ]
    return [*(_fact(vacancy, *value) for value in values), *_beside(vacancy)]


def _beside(vacancy: Vacancy) -> list[Fact]:
    """What an advert said that no field of a vacancy holds."""
    labels = {
        "employment_type": "Employment type",
        "posted_on": "Advertised since",
        "notes": "Noted in reading",
    }
    return [
        (label, vacancy.figure_sources[name]["value"], say_origin(vacancy.figure_sources, name))
        for name, label in labels.items()
        if name in vacancy.figure_sources
    ]


def _fact(vacancy: Vacancy, label: str, value: str, name: str) -> Fact:
    is_told = value != NOT_RECORDED or name in vacancy.figure_sources
    return (label, value, say_origin(vacancy.figure_sources, name) if is_told else "")
