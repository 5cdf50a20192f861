"""What became of a promise, as it is recorded, and what follows: a task, or the interview after training."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import CriteriaMet, Given, Promise, Standing
from crm.models.agreement_uses import AgreementUse, OutcomeInput
from crm.models.base import Known
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_uses, promise_terms, records, staff, tasks
from crm.services.access import ensure, may
from crm.services.promises import Count, count_of, live_uses

TASK_WITHIN = timedelta(days=7)
"""How soon somebody talks with the employer about a promise that was broken or is disputed: ours."""

_TO_SETTLE = {
    Count.BROKEN: "Promise {id} was not kept: find out why, and what the employer does now",
    Count.DISPUTED: "Promise {id} is disputed: settle with the employer what was owed",
}
_NOT_FINISHED = "The training was not finished after all."


def record(
    session: Session, use_id: int, edit: OutcomeInput, *, version: int, by: Actor, today: date
) -> AgreementUse:
    """Say what became of a promise, or put right what was said.

    What is broken or disputed by it, and was not before, gives the agreement's owner one task. Training that
    is finished brings the interview that the agreement guarantees, and takes it back if it was a slip.

    Raises:
        NotAllowedError: the person may not record promises to this job seeker.
        NotFoundError: there is none with this id.
        RuleBrokenError: nobody was put forward yet, or the days do not fit; the field says which.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, AgreementUse, use_id, called=agreement_uses.KIND.called)
    ensure(session, by, Action.PROMISES_RECORD, row)
    if row.standing is not Standing.REFERRED:
        raise RuleBrokenError("The employer has not been told of this person. Put them forward first.")
    _ensure_days(row, edit, today)
    _ensure_of_its_kind(row, edit)
    before = _to_settle(row, today)
    saved = records.change(session, row, edit, version=version)
    now = _to_settle(saved, today)
    if now is not None and before is None:
        _give_task(session, saved, now, by=by, today=today)
    _follow_training(session, saved, by=by, today=today)
    return saved


def tasks_of(session: Session, use: AgreementUse, *, by: Actor) -> list[Task]:
    """The tasks that came of a promise which was broken or is disputed, open ones first.

    Raises:
        NotAllowedError: the person may not see tasks.
    """
    ensure(session, by, Action.TASKS_READ)
    query = select(Task).where(
        Task.agreement_id == use.agreement_id,
        col(Task.title).startswith(f"Promise {use.key} ", autoescape=True),
        col(Task.archived_at).is_(None),
    )
    return list(session.exec(query.order_by(col(Task.status) != TaskStatus.OPEN, col(Task.id).desc())))


def after_training(session: Session, use: AgreementUse, *, by: Actor) -> AgreementUse | None:
    """The interview that was promised to whoever finished this training, if any.

    Raises:
        NotAllowedError: the person may not see promises.
    """
    ensure(session, by, Action.PROMISES_READ)
    query = select(AgreementUse).where(AgreementUse.after_use_id == use.key, live_uses())
    return session.exec(query.order_by(col(AgreementUse.id))).first()


def _to_settle(use: AgreementUse, today: date) -> Count | None:
    """Broken or disputed, if either: a dispute is settled best before the promise is due, when it counts."""
    counts_as = count_of(use, today=today)
    if counts_as is Count.NOT_DUE and use.criteria_met is CriteriaMet.DISPUTED:
        return Count.DISPUTED
    return counts_as if counts_as in _TO_SETTLE else None


def _ensure_days(row: AgreementUse, edit: OutcomeInput, today: date) -> None:
    referred_on = row.referred_on or today
    if edit.due_on is None and row.due_on is not None:
        raise RuleBrokenError(
            "Say by which day it is due: without one nobody would be asked what became of it.", field="due_on"
        )
    if edit.due_on is not None and edit.due_on < referred_on:
        raise RuleBrokenError("It cannot be due before the person was put forward.", field="due_on")
    if edit.happens_on is not None and edit.happens_on < referred_on:
        raise RuleBrokenError("It cannot be on a day before the person was put forward.", field="happens_on")
    if edit.given is Given.YES and edit.happens_on is not None and edit.happens_on > today:
        raise RuleBrokenError(
            "That day is still to come. Leave the answer at “Not yet” until then.", field="given"
        )
    said = {"feedback_on": edit.feedback_on, "finished_on": edit.finished_on, "result_on": edit.result_on}
    for field, day in said.items():
        if day is not None and not (edit.happens_on or referred_on) <= day <= today:
            raise RuleBrokenError(
                "It cannot be on that day: it is before the first day, or still to come.", field=field
            )


def _ensure_of_its_kind(row: AgreementUse, edit: OutcomeInput) -> None:
    if edit.finished is Known.UNKNOWN and edit.finished_on is None:
        return
    if row.promise is not Promise.TRAINING:
        raise RuleBrokenError("Only training is finished. Leave this empty.", field="finished")
    if edit.given is not Given.YES:
        raise RuleBrokenError("Say first that the place on the training was given.", field="given")
    if edit.finished is Known.YES and edit.finished_on is None:
        raise RuleBrokenError("Say on which day the training was finished.", field="finished_on")


def _give_task(session: Session, use: AgreementUse, now: Count, *, by: Actor, today: date) -> None:
    is_open = any(one.status is TaskStatus.OPEN for one in tasks_of(session, use, by=by))
    if is_open or not may(by, Action.TASKS_RECORD):
        return
    agreement = promise_terms.of_use(session, use, by=by)
    owner = agreement.owner_id if agreement.owner_id in staff.names(session, by=by) else None
    new = TaskInput(
        title=_TO_SETTLE[now].format(id=use.key),
        due_on=today + TASK_WITHIN,
        owner_id=owner,
        agreement_id=agreement.key,
    )
    tasks.add(session, new, by=by)


def _follow_training(session: Session, use: AgreementUse, *, by: Actor, today: date) -> None:
    if use.promise is not Promise.TRAINING:
        return
    promised = after_training(session, use, by=by)
    agreement = promise_terms.of_use(session, use, by=by)
    if use.finished is Known.YES:
        if promised is None and agreement.training_interview is Known.YES:
            agreement_uses.refer_finisher(session, use, by=by, today=today)
    elif promised is not None and promised.given is Given.NOT_YET:
        records.archive(session, promised, why=_NOT_FINISHED, version=promised.version)
