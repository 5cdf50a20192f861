"""How well pairs of people and vacancies suit, in points: many pairs in a fixed number of queries."""

from collections.abc import Collection

from sqlmodel import Session

from crm.models.users import Actor
from crm.policy import Action
from crm.services import service
from crm.services.access import ensure
from crm.services.job_inputs import OpeningsSource
from crm.services.match_index import PEOPLE, Progress

NOT_KNOWN = 50.0
"""Points of a pair of which nothing is known, or of somebody who does not look for work now: half."""


def points_of(
    session: Session, pairs: Collection[tuple[int, int]], *, by: Actor, progress: Progress | None = None
) -> dict[tuple[int, int], float]:
    """The points, 0 to 100, of pairs of a person and an open vacancy, by their ids.

    Raises:
        NotAllowedError: the person may not see matches.
        NotFoundError: the service has not been set up yet.
    """
    ensure(session, by, Action.MATCHES_READ)
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        found = OpeningsSource().read(session, {vacancy for _, vacancy in pairs}, ready.meanings)
        jobs = {one.id: one.record for one in found}
        posts = dict(zip(jobs, ready.index.prepare(jobs.values()), strict=True))
        points: dict[tuple[int, int], float] = {}
        for seeker_id, vacancy_id in pairs:
            score = None
            if seeker_id in ready.known and vacancy_id in posts:
                score = ready.index.match(str(seeker_id), posts[vacancy_id], with_rows=False).score
            points[seeker_id, vacancy_id] = NOT_KNOWN if score is None else score
        return points
