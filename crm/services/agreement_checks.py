"""The checks of an agreement: what stands in the way of a manager's approval, and what is still missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session, col

from crm.models.agreement_choices import ClauseKey, Covers
from crm.models.agreement_clauses import AgreementForm
from crm.models.agreement_parts import AgreementSite
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerSite
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services.access import ensure
from crm.services.agreement_reach import employers_of, panel_of
from crm.services.agreement_rules import Around as Around
from crm.services.agreement_rules import Check as Check
from crm.services.agreement_rules import found

_CLAUSE_OF: dict[str, ClauseKey] = {
    "covers": ClauseKey.WHOM,
    "named_groups": ClauseKey.WHOM,
    "criteria_percent": ClauseKey.CRITERIA,
    "training_weeks": ClauseKey.TRAINING,
    "training_hours": ClauseKey.TRAINING,
    "starts_on": ClauseKey.ENDING,
    "ends_on": ClauseKey.ENDING,
    "review_on": ClauseKey.MONITORING,
}
_NEEDS = {"named_groups": "covers", "criteria_percent": "criteria_rule"}
"""What is refused for want of an answer goes with the one that asks for it."""


def checks(session: Session, agreement: Agreement, *, by: Actor, today: date) -> list[Check]:
    """Everything to see to in a stored agreement; what stands in the way of approval comes first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    return found(
        agreement, around(session, agreement.employer_id, agreement, by=by, today=today), today=today
    )


def blocking(session: Session, agreement: Agreement, *, by: Actor, today: date) -> list[Check]:
    """What stands in the way of a manager's approval; nothing where none does.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    return [one for one in checks(session, agreement, by=by, today=today) if one.is_blocking]


def around(
    session: Session, employer_id: int, agreement: Agreement | None, *, by: Actor, today: date
) -> Around:
    """What the checks ask beside the clauses; of an agreement that is not stored yet, only who signs it.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    if agreement is None:
        return Around(insured=_insured(session, {employer_id}))
    open_ones = sa.select(sa.func.count()).where(
        col(Vacancy.agreement_id) == agreement.key,
        col(Vacancy.archived_at).is_(None),
        col(Vacancy.status).in_(OPEN_STATUSES),
    )
    return Around(
        frozenset(panel_of(session, agreement.key)),
        session.connection().execute(open_ones).scalar_one(),
        _insured(session, _with_a_site(session, agreement, by=by, today=today)),
    )


def of_typed(values: Mapping[str, Any], around: Around, *, today: date) -> list[Check]:
    """The checks of what is typed so far, also where some of it cannot be read or saved yet."""
    refused: dict[str, str] = {}
    kept = dict(values)
    try:
        AgreementForm.model_validate(kept)
    except ValidationError as problem:
        refused = _refused(problem)
    for name in refused:
        kept.pop(name, None)
        kept.pop(_NEEDS.get(name, name), None)
    if "kind" in refused:
        return []
    typed = AgreementForm.model_validate({"covers": Covers.EVERYONE} | kept)
    wrong = [
        Check(_CLAUSE_OF.get(name, ClauseKey.PURPOSE), words, is_blocking=True)
        for name, words in refused.items()
        if words
    ]
    return [*wrong, *found(typed, around, today=today)]


def _refused(problem: ValidationError) -> dict[str, str]:
    """The fields that would be refused, with our own words where a rule of ours refuses them."""
    said = {"covers": "Say whom the agreement covers."}
    fields: dict[str, str] = {}
    for one in problem.errors(include_url=False, include_input=False):
        name = str(one["loc"][0])
        reason = one.get("ctx", {}).get("error") if one["type"] == "value_error" else None
        fields[name] = said.get(name, str(reason or ""))
    return fields


def _with_a_site(session: Session, agreement: Agreement, *, by: Actor, today: date) -> set[int]:
    """The employers covered at whose sites it holds; all of them where it names no site."""
    sites = (
        sa.select(col(EmployerSite.employer_id))
        .join(AgreementSite, col(AgreementSite.site_id) == col(EmployerSite.id))
        .where(col(AgreementSite.agreement_id) == agreement.key, col(AgreementSite.archived_at).is_(None))
    )
    covered = set(employers_of(session, agreement, by=by, today=today))
    return (covered & set(session.scalars(sites))) or covered


def _insured(session: Session, employer_ids: set[int]) -> list[tuple[str, date | None]]:
    query = sa.select(col(Employer.name), col(Employer.insurance_until)).where(
        col(Employer.id).in_(employer_ids)
    )
    rows = session.connection().execute(query.order_by(col(Employer.name_key), col(Employer.id)))
    return [(name, until) for name, until in rows]
