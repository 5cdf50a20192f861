"""One asked skill in every way that somebody can stand to it: each way is worked out once for a job."""

from enum import StrEnum
from typing import NamedTuple

from matching.finding import Shortfall
from matching.profiles import AskedSkill, HeldSkill

MET = 10
"""Credits are whole tenths, so that sums of them are exact."""


class RowStatus(StrEnum):
    """How one asked skill stands."""

    MET = "met"
    WITH_ADJUSTMENT = "met_with_adjustment"
    LEARNABLE = "learnable"
    GAP = "gap"
    NOT_RECORDED = "not_recorded"


class SkillRow(NamedTuple):
    """One asked skill beside what the person brings.

    Attributes:
        asked: What the job asks.
        held: What is recorded of the person, None when it is not listed.
        has_related: Whether the person holds a closely related skill.
        weight: How much the row counts, in billionths.
        low: Credit in tenths at the lowest level that the record allows.
        high: Credit in tenths at the highest level that the record allows.
        status: How the row stands, for a person to read.
    """

    asked: AskedSkill
    held: HeldSkill | None
    has_related: bool
    weight: int
    low: int
    high: int
    status: RowStatus


class SkillCase(NamedTuple):
    """How anybody stands to an asked skill who holds it between the same levels.

    Attributes:
        row: The row of somebody who does not list the skill.
        low: Weight times the least credit.
        high: Weight times the most credit.
        is_unmet: Whether it is essential and not known to be met.
        hopeless: The weight of an essential gap that nobody can adjust, move or build on a related skill.
        shortfall: What is short, None when the skill is met.
    """

    row: SkillRow
    low: int
    high: int
    is_unmet: bool
    hopeless: int
    shortfall: Shortfall | None


def skill_case(row: SkillRow, lowest: int, whole: int) -> SkillCase:
    """Return a row with what follows from it; `whole` is the full credit of all that the job asks."""
    asked, _, _, weight, low, high, _ = row
    is_hopeless = asked.is_essential and high == 0 and not asked.could_move
    share = weight * (2 * MET - low - high) / (2 * whole)
    return SkillCase(
        row=row,
        low=weight * low,
        high=weight * high,
        is_unmet=asked.is_essential and low < MET,
        hopeless=weight if is_hopeless else 0,
        shortfall=Shortfall(_what(row, lowest), _measure(row, lowest), share) if low < MET else None,
    )


def status_of(low: int, high: int, is_reached: bool) -> RowStatus:
    """Return how a row stands, by its credits and whether the level asked is reached."""
    if low == MET:
        return RowStatus.MET if is_reached else RowStatus.WITH_ADJUSTMENT
    if low != high:
        return RowStatus.NOT_RECORDED
    return RowStatus.LEARNABLE if low else RowStatus.GAP


def _what(row: SkillRow, lowest: int) -> str:
    if row.status is RowStatus.NOT_RECORDED:
        return f"Not recorded: {row.asked.name}"
    return f"{row.asked.name}: {f'level {lowest} of {row.asked.level} asked' if lowest else 'not yet'}"


def _measure(row: SkillRow, lowest: int) -> str:
    if row.status is RowStatus.NOT_RECORDED:
        return "Find out with the person what they can do here"
    if row.asked.could_move:
        return "Ask whether a colleague could take this on"
    if lowest:
        return "Teach it on the job, step by step"
    if row.asked.is_adjustable:
        return "Agree the adjustment with the employer, then teach it step by step"
    if row.has_related:
        return "Build on a related skill with step-by-step instruction"
    return special_measure(row.asked.name) or _OTHERWISE


CHECK = "Apply for the DBS check with the employer before the start date"
"""What is done about a check that nobody can adjust, teach or give to a colleague."""

_OTHERWISE = "Ask which part of it the job really needs, and whether it could be left out or taught"
_SPECIAL = (
    (("driv", "licen"), "Ask whether the driving is needed or could be shared, or plan lessons"),
    (("dbs", "disclosure and barring"), CHECK),
    (
        ("qualif", "certificate", "nvq", "gcse", "diploma", "degree"),
        "Ask whether experience counts instead, or plan the course",
    ),
)


def special_measure(name: str) -> str | None:
    """Return what is done about driving, checks and qualifications; None where it is none of them."""
    folded = name.casefold()
    for marks, measure in _SPECIAL:
        if any(mark in folded for mark in marks):
            return measure
    return None
