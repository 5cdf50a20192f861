"""Interviews of a vacancy decided by a named person: put forward by the rule, set aside with the reason.

Whoever is set aside can be taken up again, when an interview is free or the rule was wrong.
"""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import Oversubscription, Standing
from crm.models.agreement_uses import AgreementUse
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_uses, promise_again, records
from crm.services.access import ensure
from crm.services.plain_words import count
from crm.services.slots import Slots, of_vacancy


def decide_by_rule(
    session: Session, vacancy_id: int, *, seen: list[tuple[int, int, bool]], by: Actor, today: date
) -> int:
    """Put forward whom the rule proposes and set the others aside with the reason; gives how many went.

    Those who have not said yes yet stay in the list. `seen` is `Slots.seen` of the page that was drawn.

    Raises:
        NotAllowedError: the person may not put one of them forward.
        RuleBrokenError: the list is not any more what was looked at, or nobody is proposed.
    """
    slots = _as_seen(session, vacancy_id, seen, by, today)
    if not slots.proposed:
        raise RuleBrokenError("Nobody can be put forward now: no interview is free, or nobody has said yes.")
    return _decided(session, slots, {one.use_id for one in slots.proposed}, why_not(slots), by, today)


def decide_otherwise(
    session: Session,
    vacancy_id: int,
    use_ids: Collection[int],
    *,
    why: str,
    seen: list[tuple[int, int, bool]],
    by: Actor,
    today: date,
) -> int:
    """Put forward others than the rule proposes, for a reason that is kept with whoever is set aside.

    Raises:
        NotAllowedError: the person may not put one of them forward.
        RuleBrokenError: no reason is given, nobody is chosen, one of them cannot be put forward, there are
            more of them than interviews left, or the list is not any more what was looked at.
    """
    slots = _as_seen(session, vacancy_id, seen, by, today)
    if not why.strip():
        raise RuleBrokenError("Another choice than the agreement’s rule needs a reason.", field="why")
    can_go = {one.use_id for one in slots.candidates if one.has_said_yes}
    if not use_ids:
        raise RuleBrokenError("Nobody is ticked. Tick at least one person, or leave it to the rule.")
    if not set(use_ids) <= can_go:
        raise RuleBrokenError("Somebody of these cannot be put forward now. Look at the list again.")
    if slots.left is not None and len(set(use_ids)) > slots.left:
        raise RuleBrokenError(f"{count(slots.left, 'interview is', 'interviews are')} left, not more.")
    reason = f"{_wanted(slots)}: not by the agreement’s rule. {why.strip()}"
    return _decided(session, slots, set(use_ids), reason, by, today)


def _as_seen(
    session: Session, vacancy_id: int, seen: list[tuple[int, int, bool]], by: Actor, today: date
) -> Slots:
    slots = of_vacancy(session, vacancy_id, by=by, today=today)
    if [tuple(one) for one in seen] != slots.seen:
        raise RuleBrokenError("The list has changed since you looked at it. Look at it again, then decide.")
    return slots


def _decided(session: Session, slots: Slots, use_ids: set[int], why: str, by: Actor, today: date) -> int:
    for one in slots.candidates:
        if one.use_id in use_ids:
            agreement_uses.refer_asked(session, one.use_id, version=one.version, by=by, today=today)
        elif one.has_said_yes:
            agreement_uses.set_aside(session, one.use_id, why, version=one.version, by=by)
    return len(use_ids)


def take_up_again(session: Session, use_id: int, *, version: int, by: Actor) -> AgreementUse:
    """Put somebody who was set aside back among those who want an interview.

    Raises:
        NotAllowedError: the person may not record promises of this job seeker.
        NotFoundError: there is none with this id.
        RuleBrokenError: they were not set aside, or have been promised the same anew.
        StaleFormError: somebody saved it after the page was drawn.
    """
    use = records.fetch_to_change(session, AgreementUse, use_id, called="promise")
    ensure(session, by, Action.PROMISES_RECORD, use)
    if use.standing is not Standing.NOT_REFERRED:
        raise RuleBrokenError("This person is not set aside: they are in the list, or put forward already.")
    promise_again.ensure_free(session, use, to_be=Standing.ASKED)
    values = {"standing": Standing.ASKED, "not_referred_why": None}
    return records.change(session, use, values, version=version)


def why_not(slots: Slots) -> str:
    """The reason of those whom the rule does not propose, as it is recorded with each."""
    rules = {
        Oversubscription.FEWEST_CHANCES: "those with fewest chances so far went first, then the longest wait",
        Oversubscription.DRAW: "lots were drawn",
    }
    rule = rules.get(slots.agreement.oversubscription_rule, "those who have waited longest went first")
    return f"{_wanted(slots)}: {rule}."


def _wanted(slots: Slots) -> str:
    free = (
        "As many interviews as were wanted"
        if slots.left is None
        else f"{count(slots.left, 'interview')} left"
    )
    return f"{free} and {count(len(slots.candidates), 'person', 'people')} who wanted one"


def can_decide(slots: Slots) -> bool:
    """May whoever looked decide about everybody in the list?"""
    return all(one.is_mine_to_say for one in slots.candidates)
