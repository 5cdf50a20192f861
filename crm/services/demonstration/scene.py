"""What has been loaded so far: the ids that later tables refer to by their keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from crm.models.base import Record
from crm.models.users import Actor

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Scene:
    """The demonstration as it is being built, on one day, in one transaction."""

    session: Session
    by: Actor
    today: date
    staff: dict[str, Actor] = field(default_factory=dict[str, Actor])
    employers: dict[str, int] = field(default_factory=dict[str, int])
    sites: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    postcodes: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    agreements: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    vacancies: dict[str, int] = field(default_factory=dict[str, int])
    analyses: dict[str, int] = field(default_factory=dict[str, int])
    seekers: dict[str, int] = field(default_factory=dict[str, int])

    def store(self, records: Iterable[R]) -> list[R]:
        """Store records together, so that each has its id."""
        stored = list(records)
        self.session.add_all(stored)
        self.session.flush()
        return stored

    def colleague(self, key: str) -> int | None:
        """The id of a colleague; `you` is whoever loads the demonstration, None for an empty key."""
        return self.staff[key].id if key else None
