"""One pair of a person and a job as a card: what speaks for it and what to find out, then the figures.

A card opens in place, without the server: what it holds was worked out with the row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st

from crm.models.matches import MatchDecision
from crm.services.matches import Comparison
from crm.services.own_views import OwnView
from crm.services.requirements import Requirement
from crm.ui.comparison_rows import STANDS
from crm.ui.match_words import main_measures, main_reason, main_unknown, part_bar, score_words
from crm.ui.requirement_words import at_a_glance
from crm.ui.tables import Link, badge, cell_html
from crm.ui.words import count, day, say

NO_REASON = "Nothing recorded speaks for it yet."
NO_UNKNOWN = "Nothing: all that is compared is known."
_BARS = ("skills", "hours", "natural_supports")
_TASKS = 8
"""So many tasks are told of a card that is opened; the comparison has them all."""


@dataclass(frozen=True, slots=True)
class Card:
    """One pair: whose card it is, what is said of it at a glance, and beside the figures.

    `links` stand in what is opened, `ways` on the card itself; `asks` is whom there is to ask, if not all.
    """

    name: Link | str
    match: Comparison
    asks: str = ""
    badges: Sequence[str] = ()
    facts: Sequence[str] = ()
    lines: Sequence[tuple[str, str]] = ()
    links: Sequence[Link] = field(default_factory=list[Link])
    ways: Sequence[Link] = field(default_factory=list[Link])

    def html(self) -> str:
        """The card as a list item."""
        match = self.match
        glance = [
            ("For it", main_reason(match) or NO_REASON),
            ("To find out", main_unknown(match, asks=self.asks) or NO_UNKNOWN),
        ]
        held = "".join(f" {badge(text)}" for text in self.badges if text)
        told = "".join(f"<li>{escape(fact[0].upper() + fact[1:])}</li>" for fact in self.facts if fact)
        return (
            f'<li class="crm-card"><div class="crm-card-head">{cell_html(self.name)}{held}</div>'
            f'{_lines(glance, "crm-glance")}<div class="crm-card-body"><div>'
            f'<p class="crm-card-score"><strong>{escape(score_words(match))}</strong></p>'
            f'{"".join(_bars(match))}</div><div><ul class="crm-card-facts">{told}</ul>'
            f"{_lines(self.lines)}</div></div>{_links(self.ways)}{self._opened()}</li>"
        )

    def _opened(self) -> str:
        name = self.name.text if isinstance(self.name, Link) else self.name
        hidden = f'<span class="crm-hidden"> for {escape(name)}</span>'
        return (
            f'<details class="crm-fold"><summary>Task by task and measures{hidden}</summary>'
            f"{_tasks(self.match)}{_lines(main_measures(self.match))}{part_bar(self.match, 'preference')}"
            f"{_links(self.links)}</details>"
        )


def pair_lines(
    own_view: OwnView | None, decision: MatchDecision | None, requirements: Sequence[Requirement]
) -> list[tuple[str, str]]:
    """What stands beside the figures of any pair: the person's own view, the decision, what the job needs."""
    asked = "Not asked yet" if own_view is None else f"{say(own_view.view)}, {day(own_view.said_on)}"
    decided = f"{say(decision.decision)}, {day(decision.decided_on)}" if decision else ""
    return [("Their view", asked), ("Decided", decided), ("Also needed", at_a_glance(requirements))]


def cards(items: Iterable[Card], *, label: str) -> None:
    """Draw cards as one list."""
    inner = "".join(each.html() for each in items)
    st.html(f'<ul class="crm-cards" aria-label="{escape(label)}">{inner}</ul>')


def _bars(match: Comparison) -> Iterator[str]:
    for name in _BARS:
        yield part_bar(match, name)


def _links(ways: Sequence[Link]) -> str:
    inner = "".join(f"<li>{way.html()}</li>" for way in ways)
    return f'<ul class="crm-links">{inner}</ul>' if inner else ""


def _lines(lines: Sequence[tuple[str, str]], also: str = "") -> str:
    inner = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(value)}</dd></div>" for term, value in lines if value
    )
    return f'<dl class="crm-card-lines {also}">{inner}</dl>' if inner else ""


def _tasks(match: Comparison) -> str:
    rows = match.task_rows[:_TASKS]
    told = [(task.name, STANDS[task.status]) for task in rows] or [
        (row.asked.name, STANDS[row.status]) for row in match.skill_rows[:_TASKS]
    ]
    left = len(match.task_rows) - len(rows)
    more = f"<li>and {count(left, 'more task')}</li>" if left > 0 else ""
    inner = "".join(f"<li>{escape(name)}: <strong>{escape(words)}</strong></li>" for name, words in told)
    return f'<ul class="crm-card-facts">{inner}{more}</ul>'
