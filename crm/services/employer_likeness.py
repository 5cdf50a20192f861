"""Is an employer that somebody is about to add recorded already? Told beside the form, never in its way."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session, col

from crm.likeness.model import LIKELY, Likeness
from crm.likeness.party import Party, party
from crm.likeness.reasons import said_together
from crm.likeness.words import telling_words
from crm.models.duplicates import EmployerMerge, LikenessKind
from crm.models.employers import CompanyNumber, Employer, EmployerSite
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import ensure
from crm.services.likeness_parties import CHARITY, COMPANY
from crm.services.likeness_search import Alike, like

_MOST_SHOWN = 5
_NUMBER: TypeAdapter[str | None] = TypeAdapter(CompanyNumber)


@dataclass(frozen=True, slots=True)
class EmployerSketch:
    """What has been typed of an employer so far; nothing of it needs to be whole, or right."""

    name: str = ""
    trading_name: str | None = None
    company_number: str | None = None
    charity_number: str | None = None
    website: str | None = None

    def as_party(self) -> Party:
        """The same, as it is compared."""
        return party(
            names=(self.name, self.trading_name),
            numbers={COMPANY: _tidy_number(self.company_number), CHARITY: self.charity_number},
            websites=(self.website,),
        )


def _tidy_number(typed: str | None) -> str | None:
    try:
        return _NUMBER.validate_python(typed)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class SimilarEmployer:
    """An employer that may be the one somebody is about to add, and why it may be."""

    id: int
    name: str
    postcode: str | None
    company_number: str | None
    is_archived: bool
    why: str = ""


def similar(session: Session, typed: EmployerSketch, *, by: Actor) -> list[SimilarEmployer]:
    """The employers, archived ones too, that may be the same, the likest first.

    One that was merged into another is left out, as the other one stands for it.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    ensure(session, by, Action.EMPLOYERS_READ)
    one = typed.as_party()
    found = {
        each.id: each.likeness for each in like(session, LikenessKind.EMPLOYER, one) if is_alike(one, each)
    }
    return _shown(session, found)


def is_alike(one: Party, other: Alike) -> bool:
    """Is it worth telling of? More likely the same than not, or of the same name wherever it is.

    An employer has many sites, so one of the same name elsewhere may well be the same; two company numbers
    say that it is not.
    """
    return other.likeness.probability >= LIKELY or (
        has_same_name(one, other.party) and not _numbers_differ(one, other.party)
    )


def has_same_name(one: Party, other: Party) -> bool:
    """Do both have a name of two telling words or more in common, in any order?"""
    mine, theirs = ({tuple(sorted(telling_words(name))) for name in each.names} for each in (one, other))
    return any(len(words) > 1 for words in mine & theirs)


def _numbers_differ(one: Party, other: Party) -> bool:
    theirs = dict(other.numbers)
    return any(theirs.get(register, number) != number for register, number in one.numbers)


def _shown(session: Session, found: dict[int, Likeness]) -> list[SimilarEmployer]:
    postcode = (
        sa.select(sa.func.min(col(EmployerSite.postcode)))
        .where(col(EmployerSite.employer_id) == col(Employer.id))
        .scalar_subquery()
    )
    query = sa.select(
        col(Employer.id),
        col(Employer.name),
        postcode,
        col(Employer.company_number),
        col(Employer.archived_at).is_not(None),
    ).where(col(Employer.id).in_(found), col(Employer.id).not_in(merged_away()))
    rows = {row[0]: row for row in session.connection().execute(query)}
    shown: Sequence[int] = [key for key in found if key in rows][:_MOST_SHOWN]
    return [SimilarEmployer(*rows[key], why=said_together(found[key].reasons)) for key in shown]


def merged_away() -> sa.Select[int]:
    """The ids of the employers that were merged into another and have not been taken out again."""
    return sa.select(col(EmployerMerge.loser_id)).where(col(EmployerMerge.undone_on).is_(None))
