"""Composing a job by hand: what the chosen tasks come to, and keeping them as an idea.

Everything is worked out here from what is recorded; of the screen only the choice is taken.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from crm.models.carves import HandChoice
from crm.models.users import Actor
from crm.policy import Action
from crm.services import composing_bank, composing_pay, composing_people
from crm.services.access import ensure
from crm.services.composing_bank import HandBank, Offer
from crm.services.composing_pay import PayCheck
from crm.services.composing_people import ForWhom, SupportBeside
from crm.services.overlays import OverlayRow
from matching.carve_breaks import PostLeft as EnginePost
from matching.carve_measure import Measured, measure
from matching.carve_model import SUPPORT_SHARE, GuardRails

PostLeft = EnginePost
"""What is left of one post, as screens know it."""

RAILS = GuardRails()
COACH_SHARE = SUPPORT_SHARE
"""Coach hours for each hour of a task that takes support to begin with: an assumption."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The chosen tasks and what they come to, for one person or for nobody yet."""

    bank: HandBank
    choice: HandChoice
    who: ForWhom | None
    chosen: list[Offer]
    measured: Measured
    pay: PayCheck
    demands: list[OverlayRow]
    supports: list[SupportBeside]

    @property
    def broken(self) -> tuple[str, ...]:
        """What holds it back: it cannot go beyond “needs confirmed” while anything is said here."""
        return (*self.measured.broken, *self.pay.broken)

    @property
    def is_created(self) -> bool:
        """Are all its tasks work that nobody does yet?"""
        return bool(self.chosen) and all(one.is_undone for one in self.chosen)


def look(session: Session, bank: HandBank, choice: HandChoice, *, by: Actor, today: date) -> Composed:
    """Work out what the chosen tasks come to; what is not in the bank, or is taken, counts for nothing.

    Raises:
        NotAllowedError: the person may not see carved jobs, or this job seeker.
        NotFoundError: the job seeker does not look for work now.
    """
    ensure(session, by, Action.CARVES_READ)
    who = None
    if choice.seeker_id is not None:
        who = composing_people.find(session, choice.seeker_id, bank.meanings, by=by)
    chosen = bank.chosen(choice.task_ids)
    return Composed(
        bank=bank,
        choice=choice,
        who=who,
        chosen=chosen,
        measured=measure(
            bank.bank,
            {(str(one.analysis.key), str(one.task.key)) for one in chosen},
            who.record if who else None,
            goal=choice.goal,
            rate=choice.pay_hourly,
            rails=RAILS,
            titles={str(key): title for key, title in bank.posts.items()},
            given=bank.given,
        ),
        pay=composing_pay.check(choice.pay_hourly, chosen, today),
        demands=composing_people.demands(chosen, who),
        supports=composing_people.supports(session, chosen, who, by=by),
    )


def look_again(session: Session, employer_id: int, choice: HandChoice, *, by: Actor, today: date) -> Composed:
    """The same with the bank read afresh.

    Raises:
        NotAllowedError: the person may not see carved jobs, or this job seeker.
        NotFoundError: there is no such employer, or the job seeker does not look for work now.
    """
    bank = composing_bank.read(session, employer_id, by=by)
    return look(session, bank, choice, by=by, today=today)
