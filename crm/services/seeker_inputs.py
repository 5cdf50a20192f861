"""Job seekers from rows to what matching compares. A home is the sector of its postcode, never the door."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.models.base import Known
from crm.models.disputes import RowDispute
from crm.models.postcodes import sector_of
from crm.models.seekers import (
    HoursIntent,
    JobSeeker,
    NeedsAsked,
    ProfileSkill,
    SeekerStatus,
    SupportNeed,
    TravelMode,
    VocationalProfile,
)
from crm.services.disputed_inputs import as_not_known, disputed_rows, undisputed_skills
from crm.services.matching_inputs import Ids, Meanings, is_wanted, pulse, rows_by, rows_of, times, versions_by
from crm.services.skills import parted
from matching.records import Place, Seeker, SeekerHours, SeekerSkill, Travel
from matching.records import SupportNeed as Need

LIVE = (SeekerStatus.ACTIVE, SeekerStatus.REFERRED, SeekerStatus.RETURNED)
"""Who looks for work. Beside them stand people in work who want more hours or a next step, marked so."""


@dataclass(frozen=True, slots=True)
class Person:
    """A job seeker as matching sees them (`record`), and beside it what only lists say."""

    id: int
    name: str
    coach_id: int | None
    referred_on: date | None
    is_in_work: bool
    record: Seeker


def is_live() -> sa.ColumnElement[bool]:
    """Who stands in every shortlist: nobody else is left out, whatever is or is not recorded of them."""
    status = col(JobSeeker.status)
    wants_more = sa.and_(status == SeekerStatus.IN_WORK, col(JobSeeker.wants_more) == Known.YES)
    return sa.and_(col(JobSeeker.archived_at).is_(None), sa.or_(status.in_(LIVE), wants_more))


class PeopleSource:
    """Reads people for an index, and tells what has changed since."""

    def pulse(self, session: Session) -> tuple[int, ...]:
        """Differs as soon as anything that `read` reads has changed."""
        return pulse(session, JobSeeker, VocationalProfile, ProfileSkill, SupportNeed, RowDispute)

    def versions(self, session: Session) -> dict[int, tuple[int, ...]]:
        """For each live person what tells whether their record has changed."""
        query = sa.select(col(JobSeeker.id), col(JobSeeker.version)).where(is_live())
        live = rows_of(session, query)
        parts = [
            versions_by(session, table, col(table.seeker_id))
            for table in (VocationalProfile, ProfileSkill, SupportNeed, RowDispute)
        ]
        return {key: (version, *(part.get(key, 0) for part in parts)) for key, version in live}

    def read(self, session: Session, ids: Ids, meanings: Meanings) -> Iterator[Person]:
        """The live people with these ids, all of them when None, in four queries."""
        return _people(session, is_live(), ids, meanings)


def person(session: Session, seeker: JobSeeker, meanings: Meanings) -> Person:
    """One person, whether they look for work or not."""
    return next(_people(session, sa.true(), [seeker.key], meanings))


def _people(
    session: Session, chosen: sa.ColumnElement[bool], ids: Ids, meanings: Meanings
) -> Iterator[Person]:
    skills = rows_by(session, _skills(ids))
    needs = rows_by(session, _needs(ids))
    disputed = rows_by(session, disputed_rows(ids))
    profile_is_theirs = col(VocationalProfile.seeker_id) == col(JobSeeker.id)
    query = (
        select(JobSeeker, VocationalProfile)
        .join(VocationalProfile, profile_is_theirs, isouter=True)
        .where(chosen, is_wanted(col(JobSeeker.id), ids))
        .order_by(col(JobSeeker.id))
    )
    for seeker, profile in session.exec(query):
        if ids is None or seeker.key in ids:
            said = disputed[seeker.key]
            held = undisputed_skills(skills[seeker.key], said)
            one = _person(seeker, profile, held, needs[seeker.key], meanings)
            yield replace(one, record=as_not_known(one.record, said)) if said else one


def _skills(ids: Ids) -> Any:
    rows = ProfileSkill
    return (
        sa.select(
            col(rows.seeker_id),
            col(rows.concept_id),
            col(rows.name),
            col(rows.level),
            col(rows.evidence),
            col(rows.with_support),
        )
        .where(col(rows.archived_at).is_(None), is_wanted(col(rows.seeker_id), ids))
        .order_by(col(rows.id))
    )


def _needs(ids: Ids) -> Any:
    rows = SupportNeed
    return (
        sa.select(col(rows.seeker_id), col(rows.kind), col(rows.personal_cover))
        .where(col(rows.archived_at).is_(None), is_wanted(col(rows.seeker_id), ids))
        .order_by(col(rows.id))
    )


def _person(
    seeker: JobSeeker,
    profile: VocationalProfile | None,
    skills: Sequence[Any],
    needs: Sequence[Any],
    meanings: Meanings,
) -> Person:
    told = profile or VocationalProfile(seeker_id=seeker.key)
    record = Seeker(
        id=str(seeker.key),
        skills=tuple(
            SeekerSkill(meanings.phrase(concept_id, name), level, evidence.value, with_support)
            for _, concept_id, name, level, evidence, with_support in skills
        ),
        hours=SeekerHours(
            told.hours_now_min,
            told.hours_now_max,
            told.hours_goal,
            None if told.hours_intent is HoursIntent.UNKNOWN else told.hours_intent.value,
        ),
        availability=times(told.availability),
        support_needs=_asked_needs(told, needs),
        abilities=told.abilities,
        interests=tuple(parted(told.interests)),
        must=tuple(parted(told.must)),
        avoid=tuple(parted(told.avoid)),
        home=Place(postcode=sector_of(seeker.postcode)),
        travel=Travel(
            None if told.travel_mode is TravelMode.UNKNOWN else told.travel_mode.value, told.travel_minutes
        ),
        waiting_since=seeker.referred_on,
        ability_supports=tuple(key for key in told.abilities if key in told.ability_supports),
    )
    return Person(
        seeker.key,
        seeker.preferred_name,
        seeker.coach_id,
        seeker.referred_on,
        seeker.status is SeekerStatus.IN_WORK,
        record,
    )


def _asked_needs(told: VocationalProfile, rows: Sequence[Any]) -> tuple[Need, ...] | None:
    """The listed needs; none of them only where somebody asked and the answer was none."""
    if rows:
        return tuple(Need(kind.value, cover is Known.YES) for _, kind, cover in rows)
    return () if told.needs_asked is NeedsAsked.NONE else None
