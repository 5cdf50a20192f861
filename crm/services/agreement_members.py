"""The employers that an agreement covers beside the one that signs it, and the one contact of them all."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_parts import AgreementMember, AgreementMemberInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer, EmployerPerson
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped, shown
from crm.services.agreement_parts import TAKEN_OFF, to_change
from crm.services.agreement_reach import employers_of
from crm.services.belonging import live_employer

_CALLED = "employer covered"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An employer covered as the agreement's page names it."""

    member: AgreementMember
    employer: str


def of(session: Session, agreement_id: int, *, by: Actor) -> list[MemberRow]:
    """The employers covered beside the signer by name, those that were taken off last.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    query = (
        select(AgreementMember, Employer.name)
        .join(Employer, col(Employer.id) == col(AgreementMember.employer_id))
        .where(col(AgreementMember.agreement_id) == agreement_id)
        .order_by(col(AgreementMember.archived_at).is_not(None), col(Employer.name_key), col(Employer.id))
    )
    query = scoped(session, query, AgreementMember, by=by, action=Action.AGREEMENTS_READ)
    return [MemberRow(*row) for row in session.exec(query)]


def find(session: Session, member_id: int, *, by: Actor) -> AgreementMember:
    """One employer covered, also one that was taken off.

    Raises:
        NotAllowedError: the person may not see agreements.
        NotFoundError: there is none with this id.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    return records.fetch(session, AgreementMember, member_id, called=_CALLED)


def add(
    session: Session, agreement_id: int, employer_id: int, new: AgreementMemberInput, *, by: Actor
) -> AgreementMember:
    """Have an agreement cover another employer; one that was taken off is put back with these days.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is no such agreement or employer, or the employer is archived.
        RuleBrokenError: the employer signs the agreement itself, or is covered already.
    """
    agreement = to_change(session, agreement_id, by=by)
    live_employer(session, employer_id)
    if employer_id == agreement.employer_id:
        raise RuleBrokenError("This employer signs the agreement, so it is covered already.")
    before = session.exec(
        select(AgreementMember).where(
            AgreementMember.agreement_id == agreement_id, AgreementMember.employer_id == employer_id
        )
    ).first()
    if before is None:
        made = AgreementMember(**new.model_dump(), agreement_id=agreement_id, employer_id=employer_id)
        return records.add(session, made)
    if before.archived_at is None:
        raise RuleBrokenError("The agreement covers this employer already. Change its days below.")
    back = records.bring_back(session, before, version=before.version)
    return records.change(session, back, new, version=back.version)


def change(
    session: Session, member_id: int, edit: AgreementMemberInput, *, version: int, by: Actor
) -> AgreementMember:
    """Change from when until when an employer is covered.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = _to_change(session, member_id, by=by)
    return records.change(session, row, edit, version=version)


def take_off(session: Session, member_id: int, *, version: int, by: Actor) -> AgreementMember:
    """Take an employer off an agreement, as it was never meant; one that left has a last day instead.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = _to_change(session, member_id, by=by)
    return records.archive(session, row, why=TAKEN_OFF, version=version)


def put_back(session: Session, member_id: int, *, version: int, by: Actor) -> AgreementMember:
    """Put an employer that was taken off back, with the days that it had.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = _to_change(session, member_id, by=by)
    return records.bring_back(session, row, version=version)


def _to_change(session: Session, member_id: int, *, by: Actor) -> AgreementMember:
    row = records.fetch_to_change(session, AgreementMember, member_id, called=_CALLED)
    to_change(session, row.agreement_id, by=by)
    return row


def contacts_offered(
    session: Session, agreement: Agreement, *, by: Actor, today: date
) -> list[EmployerPerson]:
    """Who can be the one contact of an agreement: whoever works for an employer covered, by name.

    Raises:
        NotAllowedError: the person may not see agreements or employers.
    """
    covered = employers_of(session, agreement, by=by, today=today)
    query = select(EmployerPerson).where(
        col(EmployerPerson.employer_id).in_(covered),
        sa.or_(
            col(EmployerPerson.archived_at).is_(None),
            col(EmployerPerson.id) == agreement.employer_contact_id,
        ),
    )
    found = session.exec(query.order_by(col(EmployerPerson.name), col(EmployerPerson.id)))
    return [shown(session, row, by=by, action=Action.EMPLOYERS_READ) for row in found]


def name_contact(
    session: Session, agreement_id: int, person_id: int | None, *, version: int, by: Actor, today: date
) -> Agreement:
    """Say through whom everybody goes with questions about an agreement; None for nobody in particular.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: they work for no employer that the agreement covers.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row = to_change(session, agreement_id, by=by)
    offered = {one.key for one in contacts_offered(session, row, by=by, today=today)}
    if person_id is not None and person_id not in offered:
        raise RuleBrokenError(
            "They work for no employer that the agreement covers.", field="employer_contact_id"
        )
    return records.change(session, row, {"employer_contact_id": person_id}, version=version)
