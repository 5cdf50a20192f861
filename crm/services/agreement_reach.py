"""Whom an agreement reaches: which employers it covers, and what being put forward under it tells them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Covers
from crm.models.agreement_parts import AgreementMember
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure

DISCLOSING = (Covers.DISABLED_PEOPLE, Covers.NAMED_GROUPS)
"""Whoever is put forward under these tells the employer something about themselves by it alone."""


def discloses(agreement: Agreement) -> bool:
    """Does being put forward by itself tell the employer that somebody is disabled, or of a group?"""
    return agreement.covers in DISCLOSING


def covering(employer_id: int, *, today: date) -> sa.ColumnElement[bool]:
    """In SQL, of rows of `Agreement`: does it cover this employer on a day, as the signer or as a member?"""
    members = sa.select(col(AgreementMember.agreement_id)).where(
        col(AgreementMember.employer_id) == employer_id, _is_member(today)
    )
    return sa.or_(col(Agreement.employer_id) == employer_id, col(Agreement.id).in_(members))


def employers_of(session: Session, agreement: Agreement, *, by: Actor, today: date) -> dict[int, str]:
    """The names of the employers that an agreement covers on a day by their ids, the one that signs first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    members = sa.select(col(AgreementMember.employer_id)).where(
        col(AgreementMember.agreement_id) == agreement.key, _is_member(today)
    )
    is_signer = col(Employer.id) == agreement.employer_id
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(col(Employer.id), col(Employer.name))
        .where(sa.or_(is_signer, col(Employer.id).in_(members)))
        .order_by(sa.not_(is_signer), col(Employer.name_key), col(Employer.id))
    )
    return {key: name for key, name in session.connection().execute(query)}


def _is_member(today: date) -> sa.ColumnElement[bool]:
    joined, left = col(AgreementMember.joined_on), col(AgreementMember.left_on)
    return sa.and_(
        col(AgreementMember.archived_at).is_(None),
        sa.or_(joined.is_(None), joined <= today),
        sa.or_(left.is_(None), left > today),
    )


def reach(today: date) -> sa.Subquery:
    """Each agreement with each employer that it covers on a day: `agreement_id` and `employer_id`."""
    found: Any = Agreement
    signers: Any = sa.select(found.id.label("agreement_id"), found.employer_id)
    members = sa.select(col(AgreementMember.agreement_id), col(AgreementMember.employer_id))
    return sa.union_all(signers, members.where(_is_member(today))).subquery()
