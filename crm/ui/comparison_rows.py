"""One comparison as rows of tables: the parts, gaps with measures, skills, decisions."""

from collections.abc import Sequence

from crm.models.disputes import DisputedPart, RowDispute
from crm.services.matches import Comparison, Decided
from crm.ui.dispute_parts import in_doubt
from crm.ui.match_words import PART_WORDS, part_words, score_words
from crm.ui.seeker_facts import next_words
from crm.ui.tables import Cell
from crm.ui.words import NOT_RECORDED, day, say

PART_COLUMNS = ["Part", "Score of 100", "Weight", "Reasons"]
GAP_COLUMNS = ["What is short or not known", "Measure", "Points"]
SKILL_COLUMNS = ["Asked for", "Must-have", "Level asked", "How they stand", "What they bring", "How we know"]
DECISION_COLUMNS = ["Decision", "On", "By", "Their own view", "Why", "Next"]

STANDS = {
    "met": "Met",
    "met_with_adjustment": "Met with an adjustment",
    "learnable": "Can be learnt on the job",
    "gap": "Needs a measure",
    "not_recorded": NOT_RECORDED,
}
"""How a task or a skill stands, in words."""

_RESTS_ON = {
    "hours": (DisputedPart.HOURS, DisputedPart.WEEK),
    "natural_supports": (DisputedPart.SUPPORT_NEED,),
    "preference": (DisputedPart.INTERESTS, DisputedPart.MUST, DisputedPart.AVOID),
}
"""What each part of a comparison rests on; skills are told row by row."""


def part_rows(match: Comparison, disputed: Sequence[RowDispute] = ()) -> list[tuple[Cell, ...]]:
    """The four parts with their reasons; what the person says is not right is told where it is left open."""
    return [
        (
            PART_WORDS[part.name],
            part_words(part),
            f"{part.weight:g}",
            " ".join([*part.reasons, in_doubt(disputed, *_RESTS_ON.get(part.name, ()))]).strip(),
        )
        for part in match.components
    ]


def gap_rows(match: Comparison) -> list[tuple[Cell, ...]]:
    """What is short or not known, with the measure that closes it and the points that this would give."""
    return [(gap.what, gap.measure, f"{gap.points:.0f}" if gap.points else "") for gap in match.gaps]


def skill_rows(match: Comparison, disputed: Sequence[RowDispute] = ()) -> list[tuple[Cell, ...]]:
    """What the job asks, beside what is recorded of the person and what they say is not right of it."""
    found: list[tuple[Cell, ...]] = []
    for row in match.skill_rows:
        held = row.held
        support = f", with {held.with_support}" if held and held.with_support else ""
        found.append(
            (
                row.asked.name,
                "Essential" if row.asked.is_essential else "Preferred",
                str(row.asked.level),
                STANDS[row.status],
                in_doubt(disputed, DisputedPart.SKILL, key=row.asked.concept)
                or (f"Level {held.lowest}" if held else "Not listed") + support,
                say(held.evidence) if held else "",
            )
        )
    return found


def decision_rows(history: Sequence[Decided]) -> list[tuple[Cell, ...]]:
    """The decisions, the latest first."""
    return [
        (
            say(one.decision.decision),
            day(one.decision.decided_on),
            one.by,
            say(one.decision.seeker_view),
            one.decision.reason or "",
            next_words(one),
        )
        for one in history
    ]


def chart_bars(match: Comparison) -> tuple[list[str], list[float], list[str]]:
    """Labels, lengths and words of the bars; a part that is not known has no length."""
    parts = match.components
    return (
        [PART_WORDS[part.name] for part in parts],
        [100 * (part.score or 0.0) for part in parts],
        [part_words(part) for part in parts],
    )


def chart_alt(match: Comparison) -> str:
    """What the picture says, in words."""
    parts = "; ".join(f"{PART_WORDS[part.name]}: {part_words(part)}" for part in match.components)
    return f"The parts of the score {score_words(match)}. {parts}."
