"""What has been loaded so far: the ids that later tables refer to by their keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from crm.models.base import Record
from crm.models.seekers import JobSeeker
from crm.models.users import Actor, User
from crm.policy import Action, Role
from crm.services.access import may

R = TypeVar("R", bound=Record)

YOU = "you"
STANDS_IN = "officer2"
"""Who has the records of `you` in a service where nobody has the role."""


@dataclass(slots=True)
class Scene:
    """The demonstration as it is being built, on one day, in one transaction."""

    session: Session
    by: Actor
    today: date
    staff: dict[str, Actor] = field(default_factory=dict[str, Actor])
    mine: dict[Role, int] = field(default_factory=dict[Role, int])
    teams: list[int] = field(default_factory=list[int])
    employers: dict[str, int] = field(default_factory=dict[str, int])
    sites: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    postcodes: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    agreements: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    vacancies: dict[str, int] = field(default_factory=dict[str, int])
    analyses: dict[str, int] = field(default_factory=dict[str, int])
    programmes: dict[str, int] = field(default_factory=dict[str, int])
    seekers: dict[str, int] = field(default_factory=dict[str, int])

    def store(self, records: Iterable[R]) -> list[R]:
        """Store records together, so that each has its id."""
        stored = list(records)
        self.session.add_all(stored)
        self.session.flush()
        return stored

    def colleague(self, key: str, role: Role) -> int | None:
        """The id of a colleague, None for an empty key; `you` is the first real user with this role."""
        if key == YOU:
            return self.mine.get(role, self.staff[STANDS_IN].id)
        return self.staff[key].id if key else None

    def allowed(self, key: str, seeker_id: int, action: Action) -> Actor:
        """The colleague with this key, or the person's own coach where only they may act for the person."""
        seeker = self.session.get_one(JobSeeker, seeker_id)
        coach = self.session.get(User, seeker.coach_id)
        is_theirs = coach is not None and not may(self.staff[key], action, seeker)
        return coach.as_actor() if coach is not None and is_theirs else self.staff[key]
