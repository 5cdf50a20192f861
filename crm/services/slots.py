"""The interviews of a vacancy under an agreement: who wants one, who gets one by the rule, and who does not.

A named person decides (crm.services.slot_deciding); the rule only proposes. Nobody is left out silently.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import Promise, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.agreements import Agreement
from crm.models.consents import SharedFact
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.models.vacancies import Vacancy
from crm.policy import Action
from crm.services import consent_reach, records, slot_counts
from crm.services.access import ensure, may, scoped
from crm.services.agreement_reach import is_telling
from crm.services.promises import live_uses
from crm.services.seekers import days_waiting
from crm.services.slot_order import Wanting, chosen_by_rule, in_order, left, lot

Asked = dict[int, tuple[AgreementUse, JobSeeker]]
"""The wishes for an interview, by the person."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who wants an interview: what the rule looks at, and whether the rule gives them one.

    `is_mine_to_say`: whoever looks may put them forward, or set them aside.
    """

    use_id: int
    version: int
    seeker_id: int
    name: str
    days_waiting: int | None
    chances: int
    lot: str
    has_said_yes: bool
    is_proposed: bool
    is_mine_to_say: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """Somebody who wanted an interview and was not put forward, with the reason that was recorded.

    `is_mine_to_say`: whoever looks may put them back among those who want one.
    """

    use_id: int
    version: int
    seeker_id: int
    name: str
    why: str
    is_mine_to_say: bool


@dataclass(frozen=True, slots=True)
class Slots:
    """The interviews of one vacancy: how many at most and left (None: no most was agreed), and for whom."""

    vacancy: Vacancy
    agreement: Agreement
    taken: int
    left: int | None
    candidates: list[Candidate]
    set_aside: list[SetAside]

    @property
    def proposed(self) -> list[Candidate]:
        """Whom the rule gives an interview now."""
        return [one for one in self.candidates if one.is_proposed]

    @property
    def seen(self) -> list[tuple[int, int, bool]]:
        """What a form was drawn from: each wish with its version, and what the rule said of it."""
        return [(one.use_id, one.version, one.is_proposed) for one in self.candidates]


def of_vacancy(session: Session, vacancy_id: int, *, by: Actor, today: date) -> Slots:
    """Who wants an interview for a vacancy, in the order of its agreement's rule.

    Somebody without a yes in force for this employer stays in the list and is passed over until they say so.

    Raises:
        NotAllowedError: the person may not see promises.
        NotFoundError: there is no such vacancy.
        RuleBrokenError: the vacancy is under no agreement.
    """
    ensure(session, by, Action.PROMISES_READ)
    vacancy = records.fetch(session, Vacancy, vacancy_id, called="vacancy")
    if vacancy.agreement_id is None:
        raise RuleBrokenError("This vacancy is under no agreement. Edit the vacancy and choose one first.")
    agreement = records.fetch(session, Agreement, vacancy.agreement_id, called="agreement")
    uses = _uses(session, vacancy_id)
    asked = {seeker.key: (use, seeker) for use, seeker in uses if use.standing is Standing.ASKED}
    mine = _mine_to_say(session, [seeker.key for _, seeker in uses], by)
    taken = slot_counts.taken(session, vacancy_id)
    free = left(agreement.most_interviews, taken)
    return Slots(
        vacancy=vacancy,
        agreement=agreement,
        taken=taken,
        left=free,
        candidates=_candidates(session, agreement, vacancy, asked, free, mine, by=by, today=today),
        set_aside=[
            SetAside(
                use.key,
                use.version,
                seeker.key,
                seeker.preferred_name,
                use.not_referred_why or "",
                seeker.key in mine,
            )
            for use, seeker in uses
            if use.standing is Standing.NOT_REFERRED
        ],
    )


def _uses(session: Session, vacancy_id: int) -> list[tuple[AgreementUse, JobSeeker]]:
    query = (
        select(AgreementUse, JobSeeker)
        .join(JobSeeker, col(JobSeeker.id) == col(AgreementUse.seeker_id))
        .where(
            col(AgreementUse.vacancy_id) == vacancy_id,
            col(AgreementUse.promise) == Promise.INTERVIEW,
            # Whoever finished training has their interview by that, whatever the rule for vacancies says.
            col(AgreementUse.after_use_id).is_(None),
            live_uses(),
            col(JobSeeker.archived_at).is_(None),
        )
        .order_by(col(AgreementUse.id))
    )
    return list(session.exec(query))


def _candidates(
    session: Session,
    agreement: Agreement,
    vacancy: Vacancy,
    asked: Asked,
    free: int | None,
    mine: set[int],
    *,
    by: Actor,
    today: date,
) -> list[Candidate]:
    chances = slot_counts.chances(session, list(asked))
    yes = _who_said_yes(session, agreement, vacancy.employer_id, asked, by=by, today=today)
    wanting = [Wanting(key, seeker.referred_on, chances.get(key, 0)) for key, (_, seeker) in asked.items()]
    rule = agreement.oversubscription_rule
    order = in_order(wanting, rule, vacancy_id=vacancy.key)
    proposed = chosen_by_rule([one.seeker_id for one in order if one.seeker_id in yes], rule, free)
    return [
        Candidate(
            use_id=use.key,
            version=use.version,
            seeker_id=seeker.key,
            name=seeker.preferred_name,
            days_waiting=days_waiting(seeker.referred_on, today),
            chances=one.chances,
            lot=lot(vacancy.key, seeker.key),
            has_said_yes=seeker.key in yes,
            is_proposed=seeker.key in proposed,
            is_mine_to_say=seeker.key in mine,
        )
        for one in order
        for use, seeker in [asked[one.seeker_id]]
    ]


def _mine_to_say(session: Session, seeker_ids: list[int], by: Actor) -> set[int]:
    """Whom of these people this person may put forward or set aside, all asked at once."""
    if not may(by, Action.PROMISES_RECORD):
        return set()
    query: sa.Select[Any] = sa.select(col(JobSeeker.id)).where(col(JobSeeker.id).in_(seeker_ids))
    return set(session.scalars(scoped(session, query, JobSeeker, by=by, action=Action.PROMISES_RECORD)))


def _who_said_yes(
    session: Session, agreement: Agreement, employer_id: int, asked: Asked, *, by: Actor, today: date
) -> set[int]:
    """Who can be put forward: by the yes that `agreement_uses.yes_for` asks of each, all asked at once."""
    yes = consent_reach.who_may_be_put_forward(session, employer_id, list(asked), on=today, by=by)
    if is_telling(agreement):
        return yes
    named = consent_reach.who_lets(session, SharedFact.NAME, [employer_id], on=today, by=by)
    return yes | {seeker_id for seeker_id, _ in named} & set(asked)
