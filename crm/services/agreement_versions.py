"""Agreements frozen word for word as they were approved, sent, signed or renewed, and what changed since."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from pydantic_core import to_jsonable_python
from sqlmodel import Session, col, select

from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_papers import AgreementSignature, AgreementVersion
from crm.models.agreement_parts import AgreementMember, AgreementPanelist, AgreementSite
from crm.models.agreements import Agreement
from crm.models.base import Record
from crm.models.employers import Employer, EmployerPerson, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure
from crm.services.agreement_text import content_of

FROZEN_AT = (
    AgreementStage.APPROVED,
    AgreementStage.WITH_EMPLOYER,
    AgreementStage.SIGNED,
    AgreementStage.RENEWED,
)
"""The stages at which an agreement is frozen."""

_OURS = {"owner_id", "started_from_id", "expected_signing_on", "review_on", "notes"}
"""What is recorded with an agreement and not agreed with the employer."""

_CLAUSES = tuple(name for name in AgreementInput.model_fields if name not in _OURS)
_PARTS: dict[str, tuple[type[Record], str]] = {
    "members": (AgreementMember, "employer_id"),
    "sites": (AgreementSite, "site_id"),
    "panel": (AgreementPanelist, "person_id"),
}
_NAMES: dict[str, Any] = {
    "employer_contact_id": EmployerPerson.name,
    "adjustments_contact_id": EmployerPerson.name,
    "members": Employer.name,
    "sites": EmployerSite.label,
    "panel": EmployerPerson.name,
}


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that differs from a version: its field, what it is now and what it was, as plain values.

    Of people, employers and sites it holds the names.
    """

    field: str
    now: Any
    was: Any


def freeze(
    session: Session, agreement: Agreement, *, at_stage: AgreementStage, by: Actor, today: date
) -> AgreementVersion:
    """Keep an agreement as it stands, word for word, as its next version.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
    """
    ensure(session, by, Action.AGREEMENTS_RECORD, agreement)
    content = to_jsonable_python(content_of(session, agreement, by=by, today=today).as_json())
    last = sa.select(sa.func.max(col(AgreementVersion.number)))
    last = last.where(col(AgreementVersion.agreement_id) == agreement.key)
    made = AgreementVersion(
        agreement_id=agreement.key,
        number=(session.connection().execute(last).scalar() or 0) + 1,
        made_on=today,
        at_stage=at_stage,
        content=content,
        facts=_facts(session, agreement),
        digest=digest_of(content),
    )
    return records.add(session, made)


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the content as JSON with its keys in order and no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(version: AgreementVersion) -> bool:
    """Are the words of a version those that were frozen?"""
    return digest_of(version.content) == version.digest


def find(session: Session, version_id: int, *, by: Actor) -> AgreementVersion:
    """One version.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return records.fetch(session, AgreementVersion, version_id, called="version of an agreement")


def of_agreement(session: Session, agreement_id: int, *, by: Actor) -> list[AgreementVersion]:
    """The versions of an agreement, the latest first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = select(AgreementVersion).where(AgreementVersion.agreement_id == agreement_id)
    return list(session.exec(query.order_by(col(AgreementVersion.number).desc())))


def signed(session: Session, agreement: Agreement, *, by: Actor) -> AgreementVersion | None:
    """The latest version of an agreement that somebody has signed; None while it is unsigned.

    One that is taken up again after it ended or was declined is unsigned until it is signed anew.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    if agreement.signed_on is None:
        return None
    under = sa.select(col(AgreementSignature.version_id))
    under = under.where(col(AgreementSignature.agreement_id) == agreement.key)
    query = select(AgreementVersion).where(col(AgreementVersion.id).in_(under))
    return session.exec(query.order_by(col(AgreementVersion.number).desc()).limit(1)).first()


def differences(
    session: Session, agreement: Agreement, version: AgreementVersion, *, by: Actor
) -> list[ClauseChange]:
    """Which clauses of an agreement differ from what a version of it says, in the order of the form.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    now = _facts(session, agreement)
    return [
        ClauseChange(name, _named(session, name, now[name]), _named(session, name, was))
        for name, was in version.facts.items()
        if name in now and now[name] != was
    ]


def _facts(session: Session, agreement: Agreement) -> dict[str, Any]:
    facts = {name: getattr(agreement, name) for name in _CLAUSES}
    parts = {name: _parts(session, agreement, *where) for name, where in _PARTS.items()}
    return to_jsonable_python(facts | parts)


def _parts(session: Session, agreement: Agreement, table: Any, column: str) -> list[int]:
    its = col(table.agreement_id) == agreement.key
    query = sa.select(getattr(table, column)).where(its, col(table.archived_at).is_(None))
    if table is AgreementMember:
        query = query.where(col(AgreementMember.left_on).is_(None))
    return sorted(session.connection().execute(query).scalars())


def _named(session: Session, field: str, value: Any) -> Any:
    """People, employers and sites by their names instead of their ids."""
    if field not in _NAMES or value is None:
        return value
    name = _NAMES[field]
    ids = cast("Iterable[int]", value if isinstance(value, list) else [value])
    query = sa.select(name).where(name.class_.id.in_(ids)).order_by(name)
    names = list(session.connection().execute(query).scalars())
    return names if isinstance(value, list) else next(iter(names), None)
