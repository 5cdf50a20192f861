"""The clauses of agreements as parts of screens: their list, one, its editions, a wording tried out."""

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.agreement_choices import AgreementKind, ClauseKey
from crm.services.agreement_needs import is_for
from crm.services.agreement_placeholders import PLACEHOLDERS
from crm.services.agreement_terms import Terms
from crm.services.agreement_text import clause_of
from crm.services.clause_changes import differences, left_unsaid
from crm.services.clause_filling import ensure_fillable
from crm.services.clause_library import Wording
from crm.services.reading_ease import hints
from crm.ui.agreement_paper import draw_clauses, easy_part
from crm.ui.calling import in_our_words
from crm.ui.easy_read import ReadingStyle, draw_parts
from crm.ui.field import Field, Typed
from crm.ui.tables import Cell, link, table
from crm.ui.words import moment, plain, say

COLUMNS = ["Clause", "Heading", "Edition", "Changed on", "By", "In agreements of"]
LABELS = {"heading": "Heading", "words": "Words", "easy_words": "Easy Read"}
"""What the parts of a wording are called."""


def asked_clause() -> ClauseKey:
    """The clause that the address names.

    Raises:
        NotFoundError: it names none.
    """
    asked = str(st.query_params.get("of", ""))
    if asked not in set(ClauseKey):
        raise NotFoundError("There is no such clause. Choose one from the list of clauses.")
    return ClauseKey(asked)


def clause_row(wording: Wording) -> list[Cell]:
    """A clause in the list: its heading, its edition, who made that when."""
    return [
        link(say(wording.clause), "clauses", of=wording.clause.value),
        wording.heading,
        wording.edition,
        moment(wording.made_at) if wording.made_at else "Not changed",
        wording.made_by or "",
        _kinds(wording.clause),
    ]


def tall(name: str, label: str, *, hint: str) -> Field:
    """Several lines of text over the whole width, most of them in sight."""
    return Field(name, label, _draw_tall, show=str, hint=hint, is_wide=True)


def _draw_tall(key: str, label: str, hint: str | None) -> Typed:
    return st.text_area(label, key=key, help=hint, height=220)


def _kinds(clause: ClauseKey) -> str:
    kinds = [kind for kind in AgreementKind if is_for(clause, kind)]
    return "Every kind" if len(kinds) == len(AgreementKind) else ", ".join(map(say, kinds))


def draw_wording(wording: Wording, terms: Terms) -> None:
    """Draw a wording filled in, and its Easy Read twin below."""
    clause = clause_of(wording, terms)
    draw_clauses((clause,))
    draw_parts([easy_part(clause)], ReadingStyle.EASY_READ)


def draw_trial(wording: Wording, before: Wording, terms: Terms) -> None:
    """Draw a wording as it is typed and would read, and what is hard in it; or why it cannot be filled in."""
    st.header("As it would read, on an example", anchor=False)
    try:
        for part in ("words", "easy_words"):
            ensure_fillable(getattr(wording, part), field=part)
    except RuleBrokenError as problem:
        st.warning(plain(str(problem)))
        return
    draw_wording(wording, terms)
    for hint in _hints(wording, before):
        st.info(plain(hint))


def _hints(wording: Wording, before: Wording) -> list[str]:
    said = [f"Words. {hint}" for hint in hints(wording.words, is_easy=False)]
    said += [f"Easy Read. {hint}" for hint in hints(wording.easy_words, is_easy=True)]
    unsaid = left_unsaid(before, wording)
    if unsaid:
        names = ", ".join(f"{{{name}}}" for name in unsaid)
        said.append(f"It does not say {names} any more: agreements will be silent on what was agreed there.")
    return said


def draw_placeholders(terms: Terms) -> None:
    """Draw what can stand in braces, and what it comes to in the example."""
    with st.expander("What can be filled in"):
        rows = [
            (f"{{{name}}}", in_our_words(one.meaning), one.words(terms) or "(nothing)")
            for name, one in PLACEHOLDERS.items()
        ]
        table("What can be filled in", ["Write", "What it stands for", "In the example"], rows)


def _edition_row(one: Wording) -> tuple[Cell, ...]:
    made_on = moment(one.made_at) if one.made_at else "Came with the product"
    return f"Edition {one.edition}", made_on, one.made_by or "", one.why or ""


def draw_editions(editions: Sequence[Wording]) -> None:
    """Draw the editions of a clause, the latest first, and what each changed of the one before."""
    st.header("Editions", anchor=False)
    rows = [_edition_row(one) for one in editions]
    table("Editions, the latest first", ["Edition", "Made on", "By", "Why"], rows)
    for later, earlier in pairwise(editions):
        with st.expander(f"What edition {later.edition} changed"):
            changed = [(LABELS[one.part], one.was, one.now) for one in differences(earlier, later)]
            table(
                f"What edition {later.edition} changed",
                ["Part", f"Edition {earlier.edition}", f"Edition {later.edition}"],
                changed,
            )
