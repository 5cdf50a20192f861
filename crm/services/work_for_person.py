"""For one person: known roles, and employers without an open vacancy whose analysed tasks fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import OPEN_STATUSES, Vacancy
from crm.policy import Action
from crm.services import records, service
from crm.services.access import ensure
from crm.services.known_work import KNOWN_WORK, KnownWork
from crm.services.match_index import Progress, Ready
from crm.services.matching_inputs import rows_of
from crm.services.seeker_inputs import person
from matching.index import JobIndex
from matching.match import Match
from matching.profiles import SeekerProfile

FIRST_ROWS = 5
"""So many of each are shown before anybody asks for more."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One analysed job or typical role for a person; `others` are more analysed jobs of the same employer."""

    work: KnownWork
    match: Match
    is_further: bool
    others: list[KnownWork] = field(default_factory=list[KnownWork])


@dataclass(frozen=True, slots=True)
class WorkList:
    """How many there are, and the first of them."""

    total: int
    rows: list[WorkRow]


@dataclass(frozen=True, slots=True)
class WorkForPerson:
    """Known roles, and employers without an open vacancy, each with the analysed job that suits best."""

    roles: WorkList
    employers: WorkList


def for_seeker(
    session: Session,
    seeker_id: int,
    *,
    roles_shown: int = FIRST_ROWS,
    employers_shown: int = FIRST_ROWS,
    by: Actor,
    progress: Progress | None = None,
) -> WorkForPerson:
    """Compare a person with all work that is known and not advertised. Only shown rows are explained.

    Known roles are typical ones, and jobs analysed at employers who are hiring for something else.

    Raises:
        NotAllowedError: the person may not see matches or job analyses.
        NotFoundError: there is no such job seeker.
    """
    ensure(session, by, Action.MATCHES_READ)
    ensure(session, by, Action.ANALYSES_READ)
    seeker = records.fetch(session, JobSeeker, seeker_id, called="job seeker")
    hiring, advertised = _hiring(session)
    with KNOWN_WORK.ready(session, service.current(session, by=by), progress) as ready:
        ranked = _Ranked.of(ready, ready.index.prepare([person(session, seeker, ready.meanings).record])[0])
        known = [work for work in ranked.works() if work.vacancy_id not in advertised]
        roles = [[work] for work in known if not work.employer_id or work.employer_id in hiring]
        employers = _by_employer(work for work in known if work.employer_id not in {0, *hiring})
        return WorkForPerson(ranked.told(roles, roles_shown), ranked.told(employers, employers_shown))


def _hiring(session: Session) -> tuple[set[int], set[int]]:
    """The employers who have an open vacancy, and the open vacancies."""
    query = sa.select(col(Vacancy.employer_id), col(Vacancy.id)).where(
        col(Vacancy.archived_at).is_(None), col(Vacancy.status).in_(OPEN_STATUSES)
    )
    rows = rows_of(session, query)
    return {row[0] for row in rows}, {row[1] for row in rows}


def _by_employer(works: Iterable[KnownWork]) -> list[list[KnownWork]]:
    """Each employer's analysed jobs, the one that suits best first; employers by that one."""
    found: dict[int, list[KnownWork]] = {}
    for work in works:
        found.setdefault(work.employer_id, []).append(work)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Ranked:
    """All known work in the order that suits one person best."""

    ready: Ready[KnownWork, JobIndex]
    profile: SeekerProfile
    keys: list[int]
    further: frozenset[int]

    @classmethod
    def of(cls, ready: Ready[KnownWork, JobIndex], profile: SeekerProfile) -> "_Ranked":
        ranking = ready.index.rank(profile)
        beyond = ready.index.is_beyond_limit(profile)
        keys = [int(ranking.ids[place]) for place in map(int, ranking.order)]
        further = frozenset(int(ranking.ids[place]) for place in map(int, np.flatnonzero(beyond)))
        return cls(ready, profile, keys, further)

    def works(self) -> Iterable[KnownWork]:
        return map(self.ready.known.__getitem__, self.keys)

    def told(self, works: Sequence[Sequence[KnownWork]], shown: int) -> WorkList:
        rows = [
            WorkRow(
                best,
                self.ready.index.match(str(best.id), self.profile),
                best.id in self.further,
                list(others),
            )
            for best, *others in works[:shown]
        ]
        return WorkList(len(works), rows)
