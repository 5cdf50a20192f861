"""What is done regularly: each occasion of it is a row of its own, made by whichever worker comes first."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from crm.db import reading, transaction
from crm.jobs.task import LONDON
from crm.models.jobs import Job


class Rhythm(Protocol):
    """When something is done again."""

    def latest(self, now: datetime) -> tuple[str, datetime]:
        """The latest occasion that has come: what it is called, and its moment."""
        ...


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time in London. Days on which nothing ran are not made up for, only the latest."""

    at: time

    def latest(self, now: datetime) -> tuple[str, datetime]:
        """Today's, or yesterday's before that time of day."""
        local = now.astimezone(LONDON)
        moment = datetime.combine(local.date(), self.at, LONDON)
        if moment > local:
            moment = datetime.combine(local.date() - timedelta(days=1), self.at, LONDON)
        return moment.date().isoformat(), moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """Once in so many minutes, counted from midnight in UTC."""

    minutes: int

    def latest(self, now: datetime) -> tuple[str, datetime]:
        """The last full number of minutes."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        step = timedelta(minutes=self.minutes)
        moment = midnight + (now - midnight) // step * step
        return f"{moment:%Y-%m-%dT%H:%M}", moment


REGULAR: dict[str, Rhythm] = {
    "lapse_agreements": Daily(time(0, 0)),
    "remind_of_renewals": Daily(time(0, 5)),
    "note_anchor": Daily(time(1, 0)),
    "find_duplicates": Daily(time(1, 30)),
    "tidy_up": Daily(time(2, 0)),
    "make_backup": Daily(time(3, 0)),
    "match_everybody": Daily(time(3, 10)),
    "compare_records": Daily(time(4, 0)),
}
"""The kinds of work that nobody has to ask for."""


def make_due(now: datetime) -> None:
    """Make the rows of the occasions that have come; those that are there already stay as they are."""
    for kind, rhythm in REGULAR.items():
        occasion, moment = rhythm.latest(now)
        if not _is_made(kind, occasion):
            _make(kind, occasion, moment)


def _is_made(kind: str, occasion: str) -> bool:
    query = sa.select(col(Job.id)).where(col(Job.kind) == kind, col(Job.occasion) == occasion)
    with reading() as session:
        return session.connection().execute(query).first() is not None


def _make(kind: str, occasion: str, moment: datetime) -> None:
    try:
        with transaction() as session:
            session.add(Job(kind=kind, occasion=occasion, due_at=moment))
    except IntegrityError:
        # Another worker made it between the question and this.
        return
