"""What the hours of a comparison rest on, for words that are said to the person."""

from matching.hours import OUTSIDE
from matching.match import Match


def are_days_outside(match: Match) -> bool:
    """Is it the days and times, not the amount of hours, in which the person and the job do not meet?"""
    return any(gap.what == OUTSIDE for gap in match.gaps)


def are_days_compared(match: Match) -> bool:
    """Are the days and times recorded on both sides, so that the hours are told for sure?"""
    return next(part.coverage == 1.0 for part in match.components if part.name == "hours")
