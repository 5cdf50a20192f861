"""What support a person needs at work beside what the workplace has, as bars, a table and in words."""

from collections.abc import Sequence

from crm.services.matches import Comparison, Support
from crm.ui.charts import show_chart
from crm.ui.state_chart import StateBar, state_chart
from crm.ui.tables import Cell, said
from crm.ui.words import NOT_RECORDED, count, say

COLUMNS = ["Support", "At this workplace", "Who", "Confirmed", "Covered by their own circle", "What to do"]

_STATES = {
    "own": ("met", 1.0, "By their own circle", "Plan for when that person is away"),
    "exists": ("met", 1.0, "There already", ""),
    "could_be_facilitated": ("learnable", 0.6, "Could be set up", "Agree who does it, and from when"),
    "not_available": (
        "gap",
        0.05,
        "Not there",
        "Look at technology, Access to Work or coach time instead",
    ),
    "unknown": ("not_recorded", 1.0, NOT_RECORDED, "Ask the employer about it"),
}
"""How each state is drawn, how long, how it is said, and what to do about it."""


def draw_supports(match: Comparison, *, key: str) -> None:
    """Draw every support that the person needs in this job."""
    rows = match.support_rows
    if not rows:
        part = next(part for part in match.components if part.name == "natural_supports")
        said(" ".join(part.reasons))
        return
    said(share_words(rows))
    show_chart(
        state_chart([_bar(row) for row in rows]),
        alt=_alt(rows),
        columns=COLUMNS,
        rows=support_rows(rows),
        key=key,
        caption="Supports that they need at work",
        is_open=True,
    )


def share_words(rows: Sequence[Support]) -> str:
    """How many of the supports stand in each way: Of 2 supports that they need: 1 there already."""
    states = [_state(row) for row in rows]
    told = [f"{states.count(state)} {_STATES[state][2].lower()}" for state in _STATES if state in states]
    return f"Of {count(len(rows), 'support')} that they need: {', '.join(told)}."


def support_rows(rows: Sequence[Support]) -> list[tuple[Cell, ...]]:
    """The supports that the person needs, beside what the workplace has and what is left to do."""
    return [
        (
            say(row.kind),
            say(row.support.state) if row.support else NOT_RECORDED,
            row.support.who or "" if row.support else "",
            "Yes" if row.support and row.support.confirmed else "No",
            "Yes" if row.is_personal else "No",
            _STATES[_state(row)][3],
        )
        for row in rows
    ]


def _state(row: Support) -> str:
    if row.is_personal:
        return "own"
    return row.support.state if row.support else "unknown"


def _bar(row: Support) -> StateBar:
    state, length, words, _ = _STATES[_state(row)]
    return StateBar(say(row.kind), length, state, words)


def _alt(rows: Sequence[Support]) -> str:
    told = "; ".join(f"{say(row.kind)}: {_STATES[_state(row)][2].lower()}" for row in rows)
    return f"The supports that the person needs, beside what the workplace has. {told}."
