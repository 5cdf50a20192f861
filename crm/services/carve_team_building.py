"""Jobs for several people at once from one employer's tasks, none of them in two, kept all together."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.carves import CarveMade, CarveWish, JobCarve
from crm.models.users import Actor
from crm.services.carve_building import keep_all
from crm.services.carve_ground import Built, Ground, lay
from matching.carve_model import TEAM_AIMS as TEAM_AIMS
from matching.carve_team import MOST_PEOPLE as MOST_PEOPLE
from matching.carve_team import MOST_TEAM_TASKS, carve_team

FEWEST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class PostKept:
    """A post that gives tasks: its hours a week, what it gave to other carved jobs, and what it gives now."""

    title: str
    hours: float
    given_before: float
    given: float

    @property
    def left(self) -> float:
        """Hours a week that it keeps."""
        return round(self.hours - self.given_before - self.given, 6)


@dataclass(frozen=True, slots=True)
class ForTeam:
    """Jobs that share no task.

    Attributes:
        ground: What they were built from.
        jobs: One for each person, by name; without tasks where nothing is left.
        posts: What every post that gives tasks keeps.
        is_optimal: Whether it is proven that nothing better keeps the guard rails.
    """

    ground: Ground
    jobs: tuple[Built, ...]
    posts: tuple[PostKept, ...]
    is_optimal: bool


def for_team(
    session: Session,
    employer_id: int,
    seeker_ids: Collection[int],
    wish: CarveWish,
    *,
    by: Actor,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> ForTeam:
    """Build the best jobs for several people at once; `progress` hears how far, an error it raises ends it.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived, or one of them does not look for work.
        RuleBrokenError: too few or too many people, or tasks, or no job analysis of this employer.
    """
    chosen = set(seeker_ids)
    if not FEWEST_PEOPLE <= len(chosen) <= MOST_PEOPLE:
        raise RuleBrokenError(f"Choose between {FEWEST_PEOPLE} and {MOST_PEOPLE} people.", field="seeker_ids")
    ground = lay(
        session,
        employer_id,
        wish,
        by=by,
        today=today,
        only=chosen,
        most_tasks=MOST_TEAM_TASKS,
        progress=progress,
    )
    team = carve_team(
        [one.record for one in ground.people.values()],
        ground.bank,
        goal=wish.goal,
        pay=wish.pay_hourly,
        minimum_wage=ground.minimum_wage,
        rails=ground.rails,
        employer=ground.employer.employer.name,
        progress=progress,
    )
    jobs = sorted(map(ground.built, team.carves), key=lambda built: (built.name, built.seeker_id))
    return ForTeam(ground, tuple(jobs), _posts(ground, jobs), team.optimal)


def _posts(ground: Ground, jobs: Collection[Built]) -> tuple[PostKept, ...]:
    given: dict[str, float] = {}
    for built in jobs:
        for task in built.carve.tasks:
            given[task.job_id] = given.get(task.job_id, 0.0) + task.hours_week
    posts = {job_id: ground.employer.posts[int(job_id)] for job_id in given}
    return tuple(
        PostKept(posts[job_id].title, posts[job_id].hours, posts[job_id].given, round(hours, 6))
        for job_id, hours in sorted(given.items())
        if posts[job_id].is_held
    )


def keep_team(session: Session, team: ForTeam, *, by: Actor) -> list[JobCarve]:
    """Keep the jobs of all of them as ideas, or none. What they were built from is read again first.

    Raises:
        NotAllowedError: the person may not record carved jobs.
        NotFoundError: the employer is unknown or archived, or one of them does not look for work now.
        RuleBrokenError: there is no task in any, or what is recorded has changed since they were built.
    """
    return keep_all(session, team.ground, team.jobs, made=CarveMade.AS_TEAM, by=by)
