"""An agreement in words: what it is made of, clause by clause, as it is shown, printed and frozen."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.agreement_choices import ClauseKey
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.services import clause_library
from crm.services.agreement_facts import facts_of, title_of
from crm.services.agreement_needs import needed
from crm.services.agreement_terms import Terms, terms_of
from crm.services.clause_filling import paragraphs
from crm.services.clause_library import Wording


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as it is printed: its paragraphs, its Easy Read twin, and which edition of the wording."""

    key: ClauseKey
    heading: str
    paragraphs: tuple[str, ...]
    easy: tuple[str, ...]
    edition: int


@dataclass(frozen=True, slots=True)
class Content:
    """A whole agreement in words. `facts` are the label and value of each row of the table at its head."""

    title: str
    service: str
    employer: str
    facts: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]

    def as_json(self) -> dict[str, Any]:
        """The content as it is kept with a version."""
        return asdict(self)


def content_from(kept: dict[str, Any]) -> Content:
    """The content of a version as it was kept."""
    clauses = tuple(
        Clause(
            ClauseKey(one["key"]),
            one["heading"],
            tuple(one["paragraphs"]),
            tuple(one["easy"]),
            one["edition"],
        )
        for one in kept["clauses"]
    )
    facts = tuple((label, value) for label, value in kept["facts"])
    return Content(kept["title"], kept["service"], kept["employer"], facts, clauses)


def content_of(session: Session, agreement: Agreement, *, by: Actor, today: date) -> Content:
    """An agreement in words as it stands on a day, by the clauses in force: those it needs, filled in.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    terms = terms_of(session, agreement, by=by, today=today)
    wordings = clause_library.in_force(session, by=by)
    clauses = tuple(clause_of(wordings[key], terms) for key in needed(terms))
    return Content(title_of(terms), terms.service, terms.employer, facts_of(terms), clauses)


def clause_of(wording: Wording, terms: Terms) -> Clause:
    """A wording filled in; it has to be one that could be."""
    return Clause(
        wording.clause,
        wording.heading,
        paragraphs(wording.words, terms, is_easy=False),
        paragraphs(wording.easy_words, terms, is_easy=True),
        wording.edition,
    )
