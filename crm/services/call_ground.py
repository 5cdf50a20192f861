"""What is known of all employers for finding whom to call: trade, place, work they had, and warm links.

A fixed number of queries, narrowed by area and trade in the database; nothing of an employer is read that is
not needed to compare it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.analyses import JobAnalysis, JobTask
from crm.models.contacts import AccountDates, ContactSeeker, EmployerContact
from crm.models.door_openers import DoorOpener
from crm.models.employers import Employer, EmployerSite, RelationshipStage
from crm.models.users import Actor
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyStatus
from crm.policy import Action
from crm.services import door_openers
from crm.services.access import scoped
from crm.services.employer_filters import in_area
from crm.services.listing import contains
from crm.services.matching_inputs import is_wanted, rows_of
from matching.calls import Looking, Work
from matching.trades import folded_words

NEVER_SIGNED = (
    AgreementStage.IDEA,
    AgreementStage.DISCUSSED,
    AgreementStage.DRAFTING,
    AgreementStage.DECLINED,
)
"""Agreements at these stages are no link to an employer."""

_SECTOR = sa.func.substr(col(EmployerSite.postcode), 1, sa.func.length(col(EmployerSite.postcode)) - 2)


@dataclass(frozen=True, slots=True)
class Links:
    """The employers that there is a link to, of each kind that is not in the row of the employer itself."""

    agreed: frozenset[int]
    met: frozenset[int]
    opened: frozenset[int]


def sectors(session: Session) -> list[str]:
    """The postcode sectors in which employers have sites."""
    live = sa.and_(col(EmployerSite.archived_at).is_(None), col(EmployerSite.postcode).is_not(None))
    return [row[0] for row in rows_of(session, sa.select(_SECTOR).where(live).distinct())]


def own_work(session: Session, people: Sequence[Looking]) -> dict[int, list[Work]]:
    """Work that employers are known to have had and that somebody could do or would like, by employer."""
    concepts = frozenset(key for person in people for key in person.concepts)
    texts = sorted({wish.text for person in people for wish in person.wishes})
    found: defaultdict[int, list[Work]] = defaultdict(list)
    for employer_id, title, asked in (*_vacancies(session, concepts, texts), *_analyses(session, concepts)):
        found[employer_id].append(Work(title, asked, folded_words(title), is_own=True))
    return found


Found = tuple[int, str, frozenset[str]]


def _vacancies(session: Session, concepts: Collection[str], texts: Sequence[str]) -> Iterable[Found]:
    rows = VacancyCriterion
    fits = sa.and_(
        col(rows.vacancy_id) == col(Vacancy.id),
        col(rows.archived_at).is_(None),
        col(rows.concept_id).in_(concepts),
    )
    query = (
        sa.select(col(Vacancy.employer_id), col(Vacancy.title), col(Vacancy.id), col(rows.concept_id))
        .join(rows, fits, isouter=True)
        .where(
            col(Vacancy.archived_at).is_(None),
            sa.or_(col(rows.id).is_not(None), *(contains(Vacancy.title_key, text) for text in texts)),
        )
        .order_by(col(Vacancy.id))
    )
    asked: defaultdict[tuple[int, str, int], set[str]] = defaultdict(set)
    for employer_id, title, key, concept_id in rows_of(session, query):
        asked[employer_id, title, key] |= {concept_id} - {None}
    return [(employer_id, title, frozenset(said)) for (employer_id, title, _), said in asked.items()]


def _analyses(session: Session, concepts: frozenset[str]) -> Iterable[Found]:
    rows = JobTask
    query = (
        sa.select(
            col(JobAnalysis.employer_id), col(JobAnalysis.title), col(JobAnalysis.id), col(rows.concept_ids)
        )
        .join(rows, col(rows.analysis_id) == col(JobAnalysis.id))
        .where(col(JobAnalysis.archived_at).is_(None), col(rows.archived_at).is_(None))
        .order_by(col(JobAnalysis.id))
    )
    asked: defaultdict[tuple[int, str, int], set[str]] = defaultdict(set)
    for employer_id, title, key, concept_ids in rows_of(session, query):
        asked[employer_id, title, key] |= concepts.intersection(concept_ids)
    return [(employer_id, title, frozenset(said)) for (employer_id, title, _), said in asked.items() if said]


def links(session: Session, seeker_ids: Sequence[int]) -> Links:
    """Employers with an agreement, those at whom somebody was placed or met, and those with a door-opener."""
    agreed = sa.select(col(Agreement.employer_id)).where(
        col(Agreement.archived_at).is_(None), col(Agreement.stage).not_in(NEVER_SIGNED)
    )
    placed = sa.select(col(Vacancy.employer_id)).where(
        col(Vacancy.archived_at).is_(None), col(Vacancy.status) == VacancyStatus.FILLED_BY_US
    )
    met = (
        sa.select(col(EmployerContact.employer_id))
        .join(ContactSeeker, col(ContactSeeker.contact_id) == col(EmployerContact.id))
        .where(
            col(EmployerContact.archived_at).is_(None),
            col(ContactSeeker.archived_at).is_(None),
            col(ContactSeeker.seeker_id).in_(seeker_ids),
        )
    )
    return Links(
        frozenset(row[0] for row in rows_of(session, agreed.distinct())),
        frozenset(row[0] for row in rows_of(session, sa.union(placed, met))),
        frozenset(door_openers.opened(session)),
    )


def is_known() -> sa.ColumnElement[bool]:
    """In SQL, whether anybody here has had to do with an employer; the rest stands in a register only."""
    dealt = (
        sa.select(col(table.employer_id)).where(col(table.archived_at).is_(None))
        for table in (Agreement, Vacancy, JobAnalysis, DoorOpener)
    )
    return sa.or_(
        col(Employer.stage) != RelationshipStage.IDENTIFIED,
        col(Employer.owner_id).is_not(None),
        col(AccountDates.last_contact_on).is_not(None),
        *(col(Employer.id).in_(ids) for ids in dealt),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """How employers are narrowed in the database; `sectors` None is anywhere, `divisions` are of SIC."""

    area: str
    is_known_only: bool
    sectors: Collection[str] | None
    divisions: Collection[str]
    own: Collection[int]


def employers(session: Session, ground: Ground, *, by: Actor) -> Sequence[Any]:
    """One row for each employer and site: id, SIC codes, sector, postcode sector, shut?, in contact?

    Those whose place is not recorded stand here too, where somebody has had to do with them.

    Raises:
        NotAllowedError: the person may not see employers.
    """
    place = [col(EmployerSite.employer_id) == col(Employer.id), col(EmployerSite.archived_at).is_(None)]
    query = (
        sa.select(
            *(col(Employer.id), col(Employer.sic_codes), col(Employer.sector), _SECTOR),
            col(Employer.stage) == RelationshipStage.DO_NOT_CONTACT,
            col(AccountDates.last_contact_on).is_not(None),
        )
        .join(EmployerSite, sa.and_(*place, col(EmployerSite.postcode).is_not(None)), isouter=True)
        .join(AccountDates, col(AccountDates.employer_id) == col(Employer.id), isouter=True)
        .where(col(Employer.archived_at).is_(None), *_narrowed(ground))
    )
    return rows_of(session, scoped(session, query, Employer, by=by, action=Action.EMPLOYERS_READ))


def _narrowed(ground: Ground) -> Iterable[sa.ColumnElement[bool]]:
    if ground.is_known_only:
        yield is_known()
    if ground.area.strip():
        yield in_area(ground.area)
    if ground.sectors is not None:
        nowhere = sa.and_(col(EmployerSite.id).is_(None), is_known())
        yield sa.or_(_SECTOR.in_(ground.sectors), nowhere)
    codes = col(Employer.sic_codes)
    yield sa.or_(
        sa.func.substr(codes, 1, 2).in_(ground.divisions),
        *(codes.like(sign) for sign in ("%,%", "%;%", "% %")),
        col(Employer.sector).is_not(None),
        is_wanted(col(Employer.id), ground.own),
    )
