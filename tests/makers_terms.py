"""Agreements as their words are filled in from them, without a database."""

from datetime import date
from typing import Any

from crm.models.agreement_choices import AgreementKind, Covers
from crm.models.agreements import Agreement
from crm.models.users import Service
from crm.services.agreement_needs import needed
from crm.services.agreement_terms import Terms, example_terms
from crm.services.agreement_text import Clause, clause_of
from crm.services.clause_library import shipped

FULL = example_terms(Service(name="Northside"))
"""An agreement of the combined kind that has agreed on everything."""


def make_terms(**fields: Any) -> Terms:
    """An agreement that has agreed on nothing but its kind, or on these fields."""
    usual: dict[str, Any] = {"kind": AgreementKind.COMBINED, "covers": Covers.EVERYONE}
    agreement = Agreement(employer_id=0, stage_since=date(2026, 11, 23), **usual | fields)
    return Terms(agreement, "Northside", "job seekers", "Fernside")


def with_fields(terms: Terms, **fields: Any) -> Terms:
    """The same with these fields of the agreement."""
    kept: dict[str, Any] = {name: getattr(terms.agreement, name) for name in Agreement.model_fields}
    agreement = Agreement(**kept | fields)
    names = (terms.others, terms.sites, terms.owner, terms.employer_contact, terms.adjustments_contact)
    return Terms(agreement, terms.service, terms.people, terms.employer, *names)


def printed(terms: Terms) -> list[Clause]:
    """The clauses of an agreement in the words that the product came with."""
    return [clause_of(shipped()[key], terms) for key in needed(terms)]


def words_of(clauses: list[Clause], *, is_easy: bool = False) -> str:
    """All that clauses say."""
    return "\n".join(line for one in clauses for line in (one.easy if is_easy else one.paragraphs))
