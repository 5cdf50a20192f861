"""Interviews shared out in two ways, as rows of tables and as a chart."""

from collections.abc import Sequence

from crm.models.agreement_choices import Oversubscription
from crm.services.interview_ways import EitherWay, Shared
from crm.services.interview_wishes import SharedVacancy
from crm.ui.tables import Cell, link
from crm.ui.words import count, day, say

USUAL = 28
PERIODS = {str(USUAL): "4 weeks", "14": "2 weeks", "91": "3 months"}

CHANCES = "Put forward so far"
FIGURE_COLUMNS = ["Put forward so far", "Want one", "Have one by the rules", "Have one by the proposal"]
FIGURE_NUMBERS = ", ".join(FIGURE_COLUMNS[1:])
PERSON_COLUMNS = [
    "Person",
    "By the proposal they",
    CHANCES,
    "Waiting",
    "By the rules",
    "By the proposal",
    "To settle",
]
VACANCY_COLUMNS = ["Vacancy", "Employer", "Closes", "Left", "Want one", "Rule"]
VACANCY_NUMBERS = "Left, Want one"

_OFTEN = ("Never before", "Once before", "Twice or more before")
_WAYS = ("by the rules", "by the proposal")


def _group(one: EitherWay) -> str:
    return _OFTEN[min(one.chances, 2)]


def _figures(found: Shared) -> list[tuple[str, int, int, int]]:
    """By how often people were put forward: how many they are, and how many have an interview either way."""
    groups = [(name, [one for one in found.people if _group(one) == name]) for name in _OFTEN]
    return [
        (name, len(people), *_with_one(people))
        for name, people in [*groups, ("All of them", found.people)]
        if people
    ]


def _with_one(people: list[EitherWay]) -> tuple[int, int]:
    """How many of them have an interview by the rules, and by the proposal."""
    return sum(bool(one.by_rule) for one in people), sum(bool(one.by_proposal) for one in people)


def figure_rows(found: Shared) -> list[list[Cell]]:
    """A row for each group of people, and one for all of them."""
    return [list(row) for row in _figures(found)]


def bars(found: Shared) -> tuple[list[str], list[float], list[str]]:
    """Labels, lengths and words of the bars: for each group one bar for each way."""
    each = [
        (f"{name}: {way}", number, f"{number} of {total}")
        for name, total, *numbers in _figures(found)
        for way, number in zip(_WAYS, numbers, strict=True)
    ]
    return [one[0] for one in each], [float(one[1]) for one in each], [one[2] for one in each]


def chart_alt(found: Shared) -> str:
    """What the chart says."""
    each = [
        f"{name.lower()}: {total}, by the rules {rule}, by the proposal {proposal}"
        for name, total, rule, proposal in _figures(found)
    ]
    return f"People with an interview by how often they were put forward so far. {'; '.join(each)}."


def person_rows(found: Shared) -> list[list[Cell]]:
    """A row for each person, those who gain by the proposal first."""
    titles = {one.id: f"{one.title} at {one.employer}" for one in found.vacancies}
    return [_person_row(one, titles) for one in found.people]


def _person_row(one: EitherWay, titles: dict[int, str]) -> list[Cell]:
    waiting = "Not recorded" if one.days_waiting is None else count(one.days_waiting, "day")
    asks = [f"Their yes to {titles[key]}" for key in one.lacks_yes]
    return [
        link(one.name, "seeker", id=one.seeker_id),
        outcome(one),
        one.chances,
        waiting,
        _interviews(one.by_rule, titles),
        _interviews(one.by_proposal, titles),
        "; ".join(asks) or "Nothing",
    ]


def outcome(one: EitherWay) -> str:
    """Whether somebody gains or loses by the proposal beside the rules, in words."""
    if one.by_rule == one.by_proposal:
        return "Have the same"
    if not one.by_rule:
        return "Gain: have an interview"
    if not one.by_proposal:
        return "Lose: have none now"
    if one.difference == 0:
        return "Have another that suits as well"
    return (
        "Gain: it suits better, or there are more"
        if one.difference > 0
        else "Lose: it suits less, or there are fewer"
    )


def _interviews(given: dict[int, float], titles: dict[int, str]) -> str:
    best_first: Sequence[tuple[int, float]] = sorted(given.items(), key=lambda each: (-each[1], each[0]))
    return "; ".join(f"{titles[key]} ({points:.0f} points)" for key, points in best_first) or "None this time"


def vacancy_rows(found: Shared, within: int) -> list[list[Cell]]:
    """A row for each vacancy, with the way to decide on its interviews."""
    return [_vacancy_row(one, within) for one in found.vacancies]


def _vacancy_row(one: SharedVacancy, within: int) -> list[Cell]:
    unknown = one.rule is Oversubscription.UNKNOWN
    return [
        link(one.title, "slots", id=one.id, within=within),
        one.employer,
        day(one.closes_on) if one.closes_on else "No day recorded",
        "As many as want one" if one.left is None else one.left,
        one.wanted,
        "None recorded: the longest wait comes first" if unknown else say(one.rule),
    ]
