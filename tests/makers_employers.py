"""Employers and what belongs to them, made through the services that staff use."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from crm.models.agreement_choices import AgreementKind, AgreementStage, Covers, SignedHow
from crm.models.agreement_inputs import AgreementInput, StageMoveInput
from crm.models.agreements import Agreement
from crm.models.door_openers import DoorOpener, DoorOpenerInput
from crm.models.employers import (
    Employer,
    EmployerInput,
    EmployerPerson,
    EmployerPersonInput,
    EmployerSite,
    EmployerSiteInput,
)
from crm.models.users import SYSTEM, Actor, Service, User
from crm.policy import Role
from crm.services import agreement_moves, agreements, door_openers, employers
from crm.services.employer_parts import PEOPLE, SITES
from tests.makers import make_service, make_user

TODAY = date(2026, 11, 23)
"""The day on which the tests of agreements take place."""

TO_SIGNATURE = (
    AgreementStage.DISCUSSED,
    AgreementStage.DRAFTING,
    AgreementStage.APPROVED,
    AgreementStage.WITH_EMPLOYER,
    AgreementStage.SIGNED,
)


def make_employer(session: Session, name: str = "Fernside Bakery", **facts: object) -> Employer:
    """An employer with these facts."""
    return employers.add(session, EmployerInput.model_validate({"name": name, **facts}), by=SYSTEM)


def make_site(
    session: Session, employer: Employer, label: str = "Main site", **facts: object
) -> EmployerSite:
    """A place where this employer has people working."""
    new = EmployerSiteInput.model_validate({"label": label, **facts})
    return SITES.add(session, employer.key, new, by=SYSTEM)


def make_person(
    session: Session, employer: Employer, name: str = "Dana Holt", **facts: object
) -> EmployerPerson:
    """Somebody who works for this employer."""
    new = EmployerPersonInput.model_validate({"name": name, **facts})
    return PEOPLE.add(session, employer.key, new, by=SYSTEM)


def make_door_opener(
    session: Session, employer: Employer, *, by: Actor = SYSTEM, **facts: object
) -> DoorOpener:
    """Somebody who knows this employer and said yes today, or with these facts."""
    usual = {"tie": "Her brother is the shift leader", "agreed_on": TODAY, "agreed_how": "By telephone"}
    who = {} if "seeker_id" in facts else {"name": "Joan Ackroyd"}
    new = DoorOpenerInput.model_validate(usual | who | facts)
    return door_openers.add(session, employer.key, new, by=by, today=TODAY)


def make_agreement(
    session: Session, employer: Employer | None = None, *, today: date = TODAY, **clauses: object
) -> Agreement:
    """An agreement at its first stage: a guaranteed interview for everyone unless told otherwise."""
    kept = {"kind": AgreementKind.GUARANTEED_INTERVIEW, "covers": Covers.EVERYONE, **clauses}
    employer = employer or make_employer(session)
    new = AgreementInput.model_validate(kept)
    return agreements.add(session, employer.key, new, by=SYSTEM, today=today)


def move_to(
    session: Session,
    agreement: Agreement,
    *stages: AgreementStage,
    on: date = TODAY,
    by: Actor = SYSTEM,
    said: Mapping[str, object] | None = None,
) -> Agreement:
    """Move an agreement through these stages in one day, saying what each needs unless told otherwise."""
    facts = what_moves_need(session, agreement, on) | dict(said or {})
    for stage in stages:
        wanted = StageMoveInput.model_validate({"to_stage": stage, "moved_on": on, **facts})
        agreement_moves.move(
            session, agreement.key, wanted, version=agreement.version, by=by, today=max(on, TODAY)
        )
    return agreement


def what_moves_need(session: Session, agreement: Agreement, on: date = TODAY) -> dict[str, Any]:
    """All that any move asks for: the first colleague as owner, signatures, dates for a year, a reason.

    What is frozen names the service, so that there is one from here on.
    """
    if session.exec(select(Service)).first() is None:
        make_service(session)
    owner = session.exec(select(User).order_by("id")).first() if agreement.owner_id is None else None
    if agreement.owner_id is None and owner is None:
        owner = make_user(session, Role.ENGAGEMENT_OFFICER, name="Ottilie Gray")
    return {
        "owner_id": owner.id if owner else agreement.owner_id,
        "expected_signing_on": on,
        "signed_on": on,
        "signed_by": "Dana Holt for the bakery",
        "signed_by_role": "Head of personnel",
        "signed_for_us": "Ottilie Gray",
        "signed_how": SignedHow.ON_PAPER,
        "starts_on": on,
        "ends_on": on + timedelta(days=365),
        "why": "They closed",
    }


def make_active(
    session: Session, employer: Employer | None = None, *, ends_on: date | None = None
) -> Agreement:
    """An agreement in force since today, or since its last day if that is over; for a year unless told."""
    agreement = move_to(session, make_agreement(session, employer), *TO_SIGNATURE, AgreementStage.ACTIVE)
    last = ends_on or TODAY + timedelta(days=365)
    edit = AgreementInput(
        kind=agreement.kind, covers=agreement.covers, starts_on=min(TODAY, last), ends_on=last
    )
    return agreements.change(session, agreement.key, edit, version=agreement.version, by=SYSTEM)
