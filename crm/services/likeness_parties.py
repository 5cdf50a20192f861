"""Recorded employers and people at employers as `crm.likeness` compares them, many at a time."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.likeness.party import Party, party
from crm.models.duplicates import LikenessKind
from crm.models.employers import Employer, EmployerPerson, EmployerSite

COMPANY, CHARITY = "company", "charity"
"""The registers whose numbers decide."""


def parties(session: Session, kind: LikenessKind, ids: Sequence[int]) -> dict[int, Party]:
    """What is recorded of these, by id, archived ones too."""
    return _employers(session, ids) if kind is LikenessKind.EMPLOYER else _people(session, ids)


def _employers(session: Session, ids: Sequence[int]) -> dict[int, Party]:
    """Employers with the addresses of their sites, and how their people can be reached."""
    columns = (
        *(Employer.id, Employer.name, Employer.trading_name),
        *(Employer.company_number, Employer.charity_number, Employer.website),
    )
    places = _parts(session, EmployerSite, ("address", "postcode"), ids)
    reach = _parts(session, EmployerPerson, ("phone", "email"), ids)
    return {
        key: party(
            names=(name, trading_name),
            numbers={COMPANY: company, CHARITY: charity},
            websites=(website,),
            addresses=(address for address, _ in places[key]),
            postcodes=(postcode for _, postcode in places[key]),
            phones=(phone for phone, _ in reach[key]),
            emails=(email for _, email in reach[key]),
        )
        for key, name, trading_name, company, charity, website in _rows(session, Employer, columns, ids)
    }


def _people(session: Session, ids: Sequence[int]) -> dict[int, Party]:
    columns = (EmployerPerson.id, EmployerPerson.name, EmployerPerson.phone, EmployerPerson.email)
    return {
        key: party(names=(name,), phones=(phone,), emails=(email,))
        for key, name, phone, email in _rows(session, EmployerPerson, columns, ids)
    }


def _rows(session: Session, table: Any, columns: Sequence[Any], ids: Sequence[int]) -> Sequence[Any]:
    return session.connection().execute(sa.select(*columns).where(table.id.in_(ids))).all()


def _parts(
    session: Session, table: Any, fields: tuple[str, str], ids: Sequence[int]
) -> defaultdict[int, list[tuple[Any, Any]]]:
    """Two fields of the live parts of each employer."""
    first, second = (getattr(table, field) for field in fields)
    query = sa.select(table.employer_id, first, second).where(
        table.employer_id.in_(ids), col(table.archived_at).is_(None)
    )
    found: defaultdict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for employer_id, one, other in session.connection().execute(query.order_by(table.id)):
        found[employer_id].append((one, other))
    return found
