"""Is somebody at an employer recorded already, there or at another employer? Told beside the form."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, col

from crm.likeness.party import Party, party
from crm.likeness.reasons import said_together
from crm.models.duplicates import LikenessKind
from crm.models.employers import Employer, EmployerPerson
from crm.models.reach import Phone
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure
from crm.services.likeness_search import Alike, like

_MOST_SHOWN = 5
_PHONE: TypeAdapter[str | None] = TypeAdapter(Phone)


@dataclass(frozen=True, slots=True)
class PersonSketch:
    """What has been typed of a person so far; nothing of it needs to be whole, or right."""

    name: str = ""
    phone: str | None = None
    email: str | None = None

    def as_party(self) -> Party:
        """The same, as it is compared."""
        return party(names=(self.name,), phones=(_tidy_phone(self.phone),), emails=(self.email,))


def _tidy_phone(typed: str | None) -> str | None:
    try:
        return _PHONE.validate_python(typed)
    except ValidationError:
        return typed


@dataclass(frozen=True, slots=True)
class SimilarPerson:
    """Somebody who may be the person that is being added, and why they may be."""

    id: int
    name: str
    employer_id: int
    employer: str
    is_archived: bool
    why: str = ""


def similar(session: Session, typed: PersonSketch, employer_id: int, *, by: Actor) -> list[SimilarPerson]:
    """The people who may be the same, the likest first: alike at this employer, or reached alike anywhere.

    A name alone is shared by too many people to say anything of another employer's.

    Raises:
        NotAllowedError: the person may not record employers.
    """
    ensure(session, by, Action.EMPLOYERS_RECORD)
    one = typed.as_party()
    found = {each.id: each for each in like(session, LikenessKind.PERSON, one) if each.likeness.is_likely}
    shown = [
        SimilarPerson(*row, why=said_together(found[row[0]].likeness.reasons))
        for row in session.connection().execute(_people(list(found)))
        if row[2] == employer_id or _is_reached_alike(one, found[row[0]])
    ]
    return sorted(shown, key=lambda each: list(found).index(each.id))[:_MOST_SHOWN]


def _is_reached_alike(one: Party, other: Alike) -> bool:
    shared = set(one.phones) & set(other.party.phones) or set(one.emails) & set(other.party.emails)
    return bool(shared)


def _people(ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(col(EmployerPerson.id), col(EmployerPerson.name), col(Employer.id), col(Employer.name)),
            col(EmployerPerson.archived_at).is_not(None),
        )
        .join(Employer, col(Employer.id) == col(EmployerPerson.employer_id))
        .where(col(EmployerPerson.id).in_(ids), col(Employer.archived_at).is_(None))
    )
