"""What the words of an agreement are filled in from: the agreement and the names around it, read once."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import (
    AgreementKind,
    AgreementStage,
    Covers,
    CriteriaRule,
    InterviewFormat,
    Monitoring,
    OptIn,
    Oversubscription,
)
from crm.models.agreement_parts import AgreementSite
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.employers import EmployerSite
from crm.models.users import Actor, Service
from crm.policy import Action
from crm.services import agreement_reach, setup, staff
from crm.services.access import ensure
from crm.services.employer_parts import PEOPLE


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement with the names that it only has ids of; None is a name that is still open.

    `others` are the employers covered beside the one that signs; without `sites` it holds at every one.
    """

    agreement: Agreement
    service: str
    people: str
    employer: str
    others: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    owner: str | None = None
    employer_contact: str | None = None
    adjustments_contact: str | None = None


def terms_of(session: Session, agreement: Agreement, *, by: Actor, today: date) -> Terms:
    """What is filled into the words of an agreement, as it stands on a day.

    Raises:
        NotAllowedError: the person may not see agreements, or employers.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    service = setup.current(session)
    signer, *others = agreement_reach.employers_of(session, agreement, by=by, today=today).values()
    return Terms(
        agreement,
        service.name,
        service.seeker_words,
        signer,
        tuple(others),
        _sites(session, agreement),
        staff.name_of(session, agreement.owner_id, by=by),
        _person(session, agreement.employer_contact_id, by),
        _person(session, agreement.adjustments_contact_id, by),
    )


def _sites(session: Session, agreement: Agreement) -> tuple[str, ...]:
    chosen = sa.select(col(AgreementSite.site_id)).where(
        col(AgreementSite.agreement_id) == agreement.key, col(AgreementSite.archived_at).is_(None)
    )
    query = sa.select(col(EmployerSite.label)).where(col(EmployerSite.id).in_(chosen))
    named = session.connection().execute(query.order_by(col(EmployerSite.label), col(EmployerSite.id)))
    return tuple(named.scalars())


def _person(session: Session, person_id: int | None, by: Actor) -> str | None:
    """Somebody at the employer, with what they do there."""
    if person_id is None:
        return None
    person = PEOPLE.find(session, person_id, by=by)
    return f"{person.name}, {person.job_title}" if person.job_title else person.name


def example_terms(service: Service) -> Terms:
    """An agreement that does not exist and has agreed on everything: what a wording is tried on."""
    return Terms(
        _example(),
        service.name,
        service.seeker_words,
        "Fernside Bakery",
        others=("Fernside Cafés",),
        sites=("Mill Street", "Station Road"),
        owner="Sam Okafor",
        employer_contact="Dana Holt, shop manager",
        adjustments_contact="Priya Nair, office manager",
    )


def _example() -> Agreement:
    return Agreement(
        employer_id=0,
        kind=AgreementKind.COMBINED,
        covers=Covers.DISABLED_PEOPLE,
        stage=AgreementStage.DRAFTING,
        stage_since=date(2027, 1, 4),
        starts_on=date(2027, 2, 1),
        ends_on=date(2028, 1, 31),
        review_on=date(2027, 8, 2),
        notice_days=28,
        job_families="baking, packing and shop work",
        vacancy_notice_days=7,
        criteria_rule=CriteriaRule.AFTER_ADJUSTMENTS,
        criteria_percent=80,
        must_haves="food hygiene, or willing to learn it",
        opt_in=OptIn.WE_REFER,
        interview_days=14,
        most_interviews=4,
        oversubscription_rule=Oversubscription.LONGEST_WAIT,
        interview_format=InterviewFormat.PANEL,
        interview_alternatives=[InterviewFormat.WORKING_INTERVIEW, InterviewFormat.QUESTIONS_IN_ADVANCE],
        alternative_hours=3,
        alternative_paid=Known.YES,
        mock_sessions=4,
        mock_places=24,
        training_weeks=4,
        training_hours=16,
        training_places=8,
        training_provider="Northside College",
        training_content="food hygiene, safe lifting and the till",
        training_work_experience=Known.YES,
        training_interview=Known.YES,
        trial_weeks=2,
        trial_hours=16,
        trial_places=6,
        trial_paid=Known.YES,
        feedback_days=5,
        monitoring=Monitoring.QUARTERLY,
    )
