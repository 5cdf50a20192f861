"""All that jobs at one employer are built from, read at one moment: the bank, the people, the wish."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.carves import CarveWish
from crm.models.users import Actor
from crm.policy import Action
from crm.services import seekers, service, wages
from crm.services.access import ensure
from crm.services.carve_banks import EmployerBank, bank_of
from crm.services.match_index import PEOPLE, Progress
from crm.services.seeker_inputs import Person
from matching.carve_bank import MOST_TASKS, Bank
from matching.carve_model import Carve, GuardRails


@dataclass(frozen=True, slots=True)
class Built:
    """A job that can be built for one person; where a cost is not recorded, its figures are "from"."""

    seeker_id: int
    name: str
    is_in_work: bool
    days_waiting: int | None
    is_from: bool
    carve: Carve


@dataclass(frozen=True, slots=True)
class Ground:
    """What jobs are built from.

    Attributes:
        wish: What was asked for.
        employer: Whose tasks.
        people: Those that jobs are built for, by id.
        minimum_wage: Pounds an hour for people of 21 and over today, None where none is loaded.
        day: The day it is.
    """

    wish: CarveWish
    employer: EmployerBank = field(repr=False)
    people: dict[int, Person] = field(repr=False)
    minimum_wage: float | None
    day: date

    @property
    def bank(self) -> Bank:
        """The tasks that can be chosen, as the engine sees them."""
        return self.employer.bank

    @property
    def rails(self) -> GuardRails:
        """The guard rails, as strict as was asked for."""
        return GuardRails(
            contact_hours=self.wish.contact_hours,
            most_hard=self.wish.hard_percent / 100,
            most_posts=self.wish.most_posts,
        )

    @property
    def rate(self) -> float | None:
        """Pounds an hour that the figures reckon with: what was typed, else the going rate."""
        return self.bank.going_rate if self.wish.pay_hourly is None else self.wish.pay_hourly

    def built(self, carve: Carve) -> Built:
        """A job that the engine built, with what lists say of the person."""
        one = self.people[int(carve.seeker_id)]
        chosen = {task.task_id for task in carve.tasks}
        costs = [task.cost for task in self.bank.tasks if task.task_id in chosen and not task.is_undone]
        return Built(
            seeker_id=one.id,
            name=one.name,
            is_in_work=one.is_in_work,
            days_waiting=seekers.days_waiting(one.referred_on, self.day),
            is_from=None in costs,
            carve=carve,
        )

    def is_still(self, now: "Ground", seeker_ids: Collection[int]) -> bool:
        """Would the same jobs be built for these people from what is recorded now?"""
        before, after = self.bank, now.bank
        return (
            (self.wish, self.rate, self.minimum_wage) == (now.wish, now.rate, now.minimum_wage)
            and (before.tasks, before.post_hours) == (after.tasks, after.post_hours)
            and all(self.people[key].record == now.people[key].record for key in seeker_ids)
        )


def lay(
    session: Session,
    employer_id: int,
    wish: CarveWish,
    *,
    by: Actor,
    today: date,
    only: Collection[int] | None = None,
    most_tasks: int = MOST_TASKS,
    progress: Progress | None = None,
) -> Ground:
    """Read what jobs are built from, for everybody who looks for work or for some of them (`only`).

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived, or one of `only` does not look for work.
        RuleBrokenError: no job analysis was chosen, or one that is not this employer's, or too many tasks.
    """
    ensure(session, by, Action.CARVES_READ)
    with PEOPLE.ready(session, service.current(session, by=by), progress) as ready:
        employer = bank_of(session, employer_id, wish.analysis_ids, ready.meanings, by=by)
        _ensure_not_too_many(employer.bank, most_tasks)
        people = {key: one for key, one in ready.known.items() if only is None or key in only}
    if only is not None and len(people) < len(set(only)):
        raise NotFoundError("This person does not look for work now, so no job is built for them.")
    lawful = wages.minimum_wage(today)
    return Ground(wish, employer, people, lawful.pounds if lawful else None, today)


def _ensure_not_too_many(bank: Bank, most: int) -> None:
    if len(bank.tasks) > most:
        raise RuleBrokenError(
            f"{len(bank.tasks):,} movable tasks are too many to choose from at once: choose fewer job "
            f"analyses, for instance those of one site, with {most:,} tasks at most.",
            field="analysis_ids",
        )
