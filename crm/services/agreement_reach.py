"""Whom an agreement reaches: which employers it covers, and what being put forward under it tells them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import Covers
from crm.models.agreement_parts import AgreementMember, AgreementPanelist
from crm.models.agreements import Agreement
from crm.models.duplicates import EmployerMerge
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import merging
from crm.services.access import ensure
from crm.services.listing import contains

DISCLOSING = (Covers.DISABLED_PEOPLE, Covers.NAMED_GROUPS)
"""Whoever is put forward under these tells the employer something about themselves by it alone."""


def is_telling(agreement: Agreement) -> bool:
    """Does being put forward by itself tell the employer that somebody is disabled, or of a group?"""
    return agreement.covers in DISCLOSING


def covering(employer_id: int, *, today: date | None) -> sa.ColumnElement[bool]:
    """In SQL, of rows of `Agreement`: does it cover this employer, as the signer or as a member?

    As of a day, or of any day at all. An employer stands for those merged into it: where both were members,
    only one of the two rows could move.
    """
    members = sa.select(col(AgreementMember.agreement_id)).where(
        col(AgreementMember.employer_id).in_(_merged_into(employer_id)), _is_member(today)
    )
    return sa.or_(col(Agreement.employer_id) == employer_id, col(Agreement.id).in_(members))


def naming(words: str, *, today: date) -> sa.ColumnElement[bool]:
    """In SQL, of rows of `Agreement`: does it cover an employer as a member whose name has these words?"""
    members = sa.select(col(AgreementMember.agreement_id)).join(
        Employer, col(Employer.id) == col(AgreementMember.employer_id)
    )
    return col(Agreement.id).in_(members.where(contains(Employer.name_key, words), _is_member(today)))


def _merged_into(employer_id: int) -> sa.Select[Any]:
    """An employer and all that were merged into it, also over several merges; undone ones left out."""
    merge: Any = EmployerMerge
    first: sa.Select[Any] = sa.select(col(Employer.id)).where(col(Employer.id) == employer_id)
    reached = first.cte("merged_into", recursive=True)
    further = sa.select(merge.loser_id).where(merge.kept_id == reached.c.id, merge.undone_on.is_(None))
    return sa.select(reached.union(further).c.id)


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
        sa.select(col(Employer.id), col(Employer.name), col(Employer.archived_at))
        .where(sa.or_(is_signer, col(Employer.id).in_(members)))
        .order_by(sa.not_(is_signer), col(Employer.name_key), col(Employer.id))
    )
    named: dict[int, str] = {}
    for key, name, archived_at in session.connection().execute(query):
        kept = merging.kept_instead_of(session, key, by=by) if archived_at else None
        if kept is None:
            named[key] = name
        elif kept not in named:
            named[kept] = session.get_one(Employer, kept).name
    return named


def panel_of(session: Session, agreement_id: int) -> set[int]:
    """Who sits on interview panels under an agreement that somebody may see, by their ids."""
    query = sa.select(col(AgreementPanelist.person_id)).where(
        col(AgreementPanelist.agreement_id) == agreement_id, col(AgreementPanelist.archived_at).is_(None)
    )
    return set(session.scalars(query))


def _is_member(today: date | None) -> sa.ColumnElement[bool]:
    joined, left = col(AgreementMember.joined_on), col(AgreementMember.left_on)
    is_live = col(AgreementMember.archived_at).is_(None)
    if today is None:
        return is_live
    return sa.and_(
        is_live,
        sa.or_(joined.is_(None), joined <= today),
        sa.or_(left.is_(None), left > today),
    )


def reach(today: date) -> sa.Subquery:
    """Each agreement with each employer that it covers on a day: `agreement_id` and `employer_id`."""
    found: Any = Agreement
    signers: Any = sa.select(found.id.label("agreement_id"), found.employer_id)
    members = sa.select(col(AgreementMember.agreement_id), col(AgreementMember.employer_id))
    return sa.union_all(signers, members.where(_is_member(today))).subquery()
