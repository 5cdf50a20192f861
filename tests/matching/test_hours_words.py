"""What people read of hours compared, word for word: every reason, every gap, its measure and its share."""

from typing import Any

import pytest

from matching.finding import Shortfall
from matching.hours import HoursFit
from tests.matching.makers import days, job, profiles, seeker, told

WISH = {"now_min": 8, "now_max": 30, "goal": 20, "intent": "aims_for_16"}
FEWER, BUILDING = WISH | {"intent": "prefers_fewer"}, WISH | {"intent": "building_up"}
ASK_MORE = "Ask for more hours, add tasks from other posts, or look for a second post"
ASK_OTHER = "Ask the employer about other hours, or for tasks to be added or taken out"
NO_DAYS = "The days and times are not recorded on both sides: days not compared."
ALL_WEEK = days(*range(7), start="00:00", end="24:00")


def days_open(share: float) -> Shortfall:
    return Shortfall("Days not compared", "Find out the days and times", share)


@pytest.mark.parametrize(
    ("wish", "offer", "reason", "shortfalls"),
    [
        (WISH, {"guaranteed": 20}, "20 hours a week can be worked: the goal of 20 hours is reached.", []),
        (
            WISH,
            {"guaranteed": 10},
            "10 hours of the 20 hours a week aimed for can be worked.",
            [Shortfall("10 hours a week short", ASK_MORE, 0.5)],
        ),
        (
            WISH | {"goal": 16},
            {"guaranteed": 16},
            "16 hours a week can be worked: the goal of 16 hours is reached.",
            [],
        ),
        (FEWER, {"guaranteed": 8}, "8 hours a week, fewer than 16 by the person's own wish.", []),
        (FEWER, {"guaranteed": 20}, "20 hours a week can be worked: the goal of 8 hours is reached.", []),
        (BUILDING, {"guaranteed": 8}, "8 hours a week now, building up.", []),
        (
            BUILDING,
            {"guaranteed": 7},
            "7 hours of the 8 hours a week aimed for can be worked.",
            [Shortfall("1 hour a week short", ASK_MORE, 1 / 8)],
        ),
    ],
)
def test_hours_are_told(
    wish: dict[str, Any], offer: dict[str, Any], reason: str, shortfalls: list[Shortfall]
):
    person, post = seeker(hours=wish, availability=ALL_WEEK), job(hours=offer, pattern=days(0, 1, 2, 3, 4))
    reasons, found = told(HoursFit().compare(*profiles(person, post)))
    assert (reasons, found) == ([reason], shortfalls)


def test_hours_without_days_say_so_and_share_what_is_open():
    offer = {"guaranteed": 10}
    reasons, found = told(HoursFit().compare(*profiles(seeker(hours=WISH), job(hours=offer))))
    assert reasons == ["10 hours of the 20 hours a week aimed for can be worked.", NO_DAYS]
    assert found == [Shortfall("10 hours a week short", ASK_MORE, 0.5), days_open(0.25)]


@pytest.mark.parametrize(
    ("wish", "offer", "blocked", "measure"),
    [
        (WISH, {"max": 6}, "The job offers at most 6 hours, the person wants at least 8 hours", ASK_OTHER),
        (
            WISH | {"now_max": 10},
            {"min": 12.5},
            "The job needs at least 12.5 hours, the person wants at most 10 hours",
            ASK_OTHER,
        ),
        (
            WISH,
            {"guaranteed": 4},
            "The job's days and times are all outside the person's",
            "Ask the employer whether the days or times could move",
        ),
    ],
)
def test_hours_that_never_meet_are_told(
    wish: dict[str, Any], offer: dict[str, Any], blocked: str, measure: str
):
    person, post = seeker(hours=wish, availability=days(5)), job(hours=offer, pattern=days(1))
    finding = HoursFit().compare(*profiles(person, post))
    assert told(finding) == ([f"{blocked}."], [Shortfall(blocked, measure, 1.0)])
    assert (finding.low, finding.high, finding.certain) == (0.0, 0.0, 1.0)


ASK_PERSON = ("The hours wished are not recorded", "Ask the person about their hours")
ASK_EMPLOYER = ("The guaranteed hours are not recorded", "Ask the employer for guaranteed hours")


@pytest.mark.parametrize(
    ("wish", "offer", "shortfalls"),
    [
        ({}, {"guaranteed": 9}, [Shortfall(*ASK_PERSON, 0.5)]),
        (WISH, {}, [Shortfall(*ASK_EMPLOYER, 0.5)]),
        ({}, {}, [Shortfall(*ASK_PERSON, 0.25), Shortfall(*ASK_EMPLOYER, 0.25)]),
        ({"now_max": 9, "intent": "building_up"}, {"guaranteed": 9}, [Shortfall(*ASK_PERSON, 0.5)]),
    ],
)
def test_hours_that_are_not_recorded_are_asked_for(
    wish: dict[str, Any], offer: dict[str, Any], shortfalls: list[Shortfall]
):
    finding = HoursFit().compare(*profiles(seeker(hours=wish), job(hours=offer)))
    assert told(finding) == ([f"{each.what}." for each in shortfalls], shortfalls)
    assert finding.certain == 0.0
