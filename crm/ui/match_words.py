"""How a comparison is said and drawn: score and band in words, the four parts as bars, everything escaped."""

from crm.services.matches import Comparison, Gap, Part
from crm.ui.look import bar_html
from crm.ui.words import count, hours, say

PART_WORDS = {
    "skills": "Skills",
    "hours": "Hours against 16",
    "natural_supports": "Natural supports",
    "preference": "Preference",
}
"""The parts of a comparison as screens call them."""

_MEASURES = 3


def score_words(match: Comparison) -> str:
    """The score with its band and how much is known: 68 (41–96), from 45 % known."""
    if match.score is None:
        return "No score yet: nothing is known of what is compared"
    known = f"from {match.coverage:.0%} known".replace("%", " %")
    return f"{match.score:.0f} ({match.low:.0f}–{match.high:.0f}), {known}"


def part_words(part: Part) -> str:
    """A part in words: its score out of 100, and how much of it is known."""
    if not part.weight:
        return "none needed" if part.name == "natural_supports" else "not counted"
    if part.score is None:
        return "not known yet"
    if part.coverage >= 1:
        return f"{100 * part.score:.0f}"
    return f"{100 * part.score:.0f}, {100 * part.coverage:.0f} % known"


def hours_words(match: Comparison) -> str:
    """How the hours stand against 16, with the hours that are missing."""
    short = f", {hours(match.hours_missing)} short of what they want" if match.hours_missing else ""
    return f"{say(match.hours_status)}{short}"


def travel_words(match: Comparison, is_further: bool) -> str:
    """The estimated journey; one that is longer than the person wishes is marked, never hidden."""
    if match.travel_minutes is None:
        return "journey not known"
    about = f"about {count(match.travel_minutes, 'minute')} one way"
    return f"{about}: further than they wish to travel" if is_further else about


def main_reason(match: Comparison) -> str | None:
    """What speaks for the pair most: the first reason of the part that gives it most points."""
    for part in sorted(match.components, key=lambda part: -part.weight * part.low):
        if part.weight * part.low > 0:
            told = [reason for reason in part.reasons if "ot recorded" not in reason]
            if told:
                return told[0]
    return None


def main_unknown(match: Comparison, *, asks: str = "") -> str | None:
    """What would tell most if it were found out, with how to do so; only where `asks` is told of if given."""
    unknown = (gap for gap in match.gaps if _is_unknown(gap) and asks in gap.measure)
    return next(map(_gap_words, unknown), None)


def main_measures(match: Comparison) -> list[tuple[str, str]]:
    """What is short that weighs most, each with the measure that would close it, as lines of a card."""
    short = [gap for gap in match.gaps if not _is_unknown(gap)]
    return [("Measure", _gap_words(gap)) for gap in short[:_MEASURES]]


def _is_unknown(gap: Gap) -> bool:
    return any(words in gap.what for words in ("ot recorded", "ot compared", "ot mentioned"))


def _gap_words(gap: Gap) -> str:
    return f"{gap.what}. {gap.measure}."


def part_bar(match: Comparison, name: str) -> str:
    """One part of a comparison as a bar with words: what is known is filled, what is not yet is hatched."""
    part = next(part for part in match.components if part.name == name)
    score = None if part.score is None else 100 * part.score
    low, high = (100 * part.low, 100 * part.high) if part.weight else (0.0, 0.0)
    return bar_html(PART_WORDS[name], part_words(part), score=score, low=low, high=high)
