"""Whose sake employers are called for: people who look for work, with skills, wishes and how far they travel.

Nothing restricted is within reach. A home is the sector of its postcode, never the door.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.postcodes import sector_of
from crm.models.seekers import JobSeeker, ProfileSkill, SeekerStatus, TravelMode, VocationalProfile
from crm.models.users import Actor
from crm.policy import Action, Relation
from crm.services.access import scoped
from crm.services.matching_inputs import rows_of
from crm.services.relations import in_relation
from crm.services.skills import parted
from crm.services.task_list import Whose
from matching.calls import Looking
from matching.postcodes import locate
from matching.trades import folded_words, phrases
from matching.travel import MODES

MOST_PEOPLE = 60
"""So many people are looked at together, those who have waited longest first; the others are counted."""

_LIVE = (SeekerStatus.ACTIVE, SeekerStatus.REFERRED, SeekerStatus.RETURNED)
_NEAR = {
    Whose.MINE: (Relation.OWN, Relation.CASELOAD),
    Whose.TEAM: (Relation.OWN, Relation.CASELOAD, Relation.TEAM),
    Whose.EVERYBODY: tuple(Relation)[:4],
}


@dataclass(frozen=True, slots=True)
class Caseload:
    """Those who are looked at, by id and in order of id, and their names; how many more there are."""

    people: tuple[Looking, ...]
    names: dict[int, str]
    left: int

    @property
    def silent(self) -> list[tuple[int, str]]:
        """Those of whom nothing is recorded that one could go by."""
        return [(person.id, self.names[person.id]) for person in self.people if not person.is_told]


def of(session: Session, whose: Whose, seeker_id: int | None, *, by: Actor) -> Caseload:
    """People who look for work and whom this person may see, in three queries; or one of them.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    query = scoped(session, _chosen(whose, seeker_id, by), JobSeeker, by=by, action=Action.SEEKERS_READ)
    counted = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
    total = session.connection().execute(counted).scalar_one()
    rows = rows_of(session, query.limit(MOST_PEOPLE))
    skills = _skills(session, [row[0] for row in rows])
    people = sorted((_looking(row, skills[row[0]]) for row in rows), key=lambda person: person.id)
    return Caseload(tuple(people), {row[0]: row[1] for row in rows}, total - len(rows))


def _chosen(whose: Whose, seeker_id: int | None, by: Actor) -> sa.Select[*tuple[Any, ...]]:
    told = VocationalProfile
    query = (
        sa.select(
            *(col(JobSeeker.id), col(JobSeeker.preferred_name), col(JobSeeker.postcode)),
            *(col(told.interests), col(told.avoid), col(told.aspirations), col(told.dream)),
            *(col(told.travel_mode), col(told.travel_minutes)),
        )
        .join(told, col(told.seeker_id) == col(JobSeeker.id), isouter=True)
        .where(col(JobSeeker.archived_at).is_(None), col(JobSeeker.status).in_(_LIVE))
        .order_by(col(JobSeeker.referred_on).is_(None), col(JobSeeker.referred_on), col(JobSeeker.id))
    )
    if seeker_id is not None:
        return query.where(col(JobSeeker.id) == seeker_id)
    return query.where(sa.or_(*(in_relation(JobSeeker, by, near) for near in _NEAR[whose])))


def _skills(session: Session, ids: Sequence[int]) -> defaultdict[int, set[str]]:
    """What people can do; level 0 says that they have not done it yet."""
    rows = ProfileSkill
    query = sa.select(col(rows.seeker_id), col(rows.concept_id)).where(
        col(rows.archived_at).is_(None), col(rows.level).is_distinct_from(0), col(rows.seeker_id).in_(ids)
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for seeker_id, concept_id in rows_of(session, query):
        found[seeker_id].add(concept_id)
    return found


def _looking(row: Any, concepts: set[str]) -> Looking:
    key, _, postcode, interests, avoid, aspirations, dream, mode, minutes = row
    sector = sector_of(postcode)
    return Looking(
        key,
        frozenset(concepts),
        phrases(parted(interests)),
        folded_words(f"{aspirations or ''} {dream or ''}"),
        phrases(parted(avoid)),
        locate(sector) if sector else None,
        None if mode in (None, TravelMode.UNKNOWN) else MODES.get(mode.value),
        minutes,
    )
