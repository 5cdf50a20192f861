"""What became of promises, as parts of the pages of agreements and employers."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import may
from crm.services.promise_counts import FIELD_OF, Promised, PromiseFilter, Tally
from crm.services.promise_figures import PromiseFigures, figures, outcomes
from crm.services.promise_honours import SiteHonour, honour_by_site
from crm.services.promise_words import COUNT_WORDS, KIND_WORDS, honour_words, percent, sentences
from crm.ui.charts import bar_chart, show_chart
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.words import count, say, today

_SHOWN = (Action.AGREEMENTS_READ, Action.PROMISES_READ, Action.PLACEMENTS_READ)


def may_see_figures(user: Actor) -> bool:
    """May this person see what became of promises?"""
    return all(may(user, action) for action in _SHOWN)


def draw_what_became(agreement: Agreement, user: Actor) -> None:
    """What became of one agreement: in sentences, as a chart and as a table, and the pack to take along.

    Nothing where there is nothing to tell: the promises beside it say that nobody was put forward.
    """
    if not may_see_figures(user):
        return
    with reading() as session:
        found = figures(session, PromiseFilter(agreement_id=agreement.key), by=user, today=today())
    if not found.are_any:
        return
    st.header("What became of it", anchor=False)
    for words in sentences(found):
        said(words)
    if found.outcomes:
        _draw_chart(found, agreement.key)
    pack = link("Renewal pack for the employer", "renewal-pack", id=agreement.key)
    links([pack], label="What became of it")


def _draw_chart(found: PromiseFigures, agreement_id: int) -> None:
    all_kinds = found.of(*Promised).tally
    counted = {words: getattr(all_kinds, name) for name, words in COUNT_WORDS.items()}
    told = {words: number for words, number in counted.items() if number}
    summed = ", ".join(f"{words.lower()} {number:,}" for words, number in told.items())
    kinds = [kind for kind in KIND_WORDS if kind in found.outcomes]
    columns = ["What became of it", *(KIND_WORDS[kind] for kind in kinds)]
    show_chart(
        bar_chart(list(told), list(told.values()), [f"{number:,}" for number in told.values()]),
        alt=f"Bar chart: what became of {count(all_kinds.all, 'promise')} to people: {summed}",
        columns=columns,
        rows=_rows([found.of(kind).tally for kind in kinds], agreement_id),
        numbers=",".join(columns[1:]),
        key="what-became",
    )


def _rows(tallies: list[Tally], agreement_id: int) -> list[tuple[Cell, ...]]:
    counted: list[tuple[Cell, ...]] = [
        (
            link(COUNT_WORDS[name], "promises", agreement=agreement_id, count=say(told)),
            *(getattr(tally, name) for tally in tallies),
        )
        for told, name in FIELD_OF.items()
    ]
    rates: list[tuple[Cell, ...]] = [
        ("Kept, of those due", *(percent(tally.honour.rate) for tally in tallies)),
        ("If every dispute is a break", *(percent(tally.honour.low) for tally in tallies)),
        ("If every dispute is kept", *(percent(tally.honour.high) for tally in tallies)),
    ]
    return counted + rates


_SITE_COLUMNS = ["Site", "Kept", "Broken", "Disputed", "Kept, of those due"]


def _draw_sites(found: list[SiteHonour]) -> None:
    """The interviews promised at each site, where any is known."""
    rows = [
        (one.site, one.tally.kept, one.tally.broken, one.tally.disputed, percent(one.tally.honour.rate))
        for one in found
    ]
    if rows:
        table("Interviews promised at each site", _SITE_COLUMNS, rows, numbers=",".join(_SITE_COLUMNS[1:]))


def draw_honour(session: Session, employer: Employer, user: Actor) -> None:
    """How an employer keeps each kind of promise, a line each; nothing where there are none."""
    if not may_see_figures(user):
        return
    found = outcomes(session, PromiseFilter(employer_id=employer.key), by=user, today=today())
    for kind, words in KIND_WORDS.items():
        if kind in found:
            said(f"{words} promised here: {honour_words(found[kind].tally.honour)}.")
    if Promised.INTERVIEW in found:
        _draw_sites(honour_by_site(session, employer.key, by=user, today=today()))
    if found:
        behind = link("Every promise of this employer", "promises", employer=employer.key)
        links([behind], label="Promised here")
