"""Agreements moved from stage to stage, each move kept for good."""

from datetime import date

from sqlmodel import Session, col, select

from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreements import Agreement, AgreementMove
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_signing, agreements, records
from crm.services.access import ensure, may
from crm.services.agreement_move_rules import (
    BY_MANAGERS,
    changes_of,
    ensure_fits,
    ensure_lapse_can_be_undone,
    ensure_mover,
)
from crm.services.agreement_stages import IN_FORCE, MOVES, has_lapsed, shown_since, shown_stage

_DATE_WAS_WRONG = "The end date was wrong."
_IS_OVER = "Its last day is over."


def possible(agreement: Agreement, *, by: Actor, today: date) -> list[AgreementStage]:
    """The stages that this person can move the agreement to, in the usual order."""
    if not may(by, Action.AGREEMENTS_RECORD, agreement):
        return []
    now = shown_stage(agreement.stage, agreement.ends_on, today=today)
    is_manager = may(by, Action.AGREEMENTS_APPROVE)
    return [stage for stage in MOVES[now] if is_manager or stage not in BY_MANAGERS]


def whom_to_ask(agreement: Agreement, *, by: Actor, today: date) -> list[str]:
    """For each stage that comes next and only a manager moves it to: whom this person asks, in words."""
    if not may(by, Action.AGREEMENTS_RECORD, agreement):
        return []
    offered = possible(agreement, by=by, today=today)
    now = shown_stage(agreement.stage, agreement.ends_on, today=today)
    return [BY_MANAGERS[stage] for stage in MOVES[now] if stage in BY_MANAGERS and stage not in offered]


def lapsed_from(session: Session, agreement: Agreement, *, by: Actor, today: date) -> AgreementStage | None:
    """The stage that a lapsed agreement can be taken back to, as its end date was wrong; None if to none.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    if not may(by, Action.AGREEMENTS_RECORD, agreement):
        return None
    return _lapsed_from(session, agreement, today)


def _lapsed_from(session: Session, row: Agreement, today: date) -> AgreementStage | None:
    if has_lapsed(row.stage, row.ends_on, today=today):
        return row.stage
    if row.stage is not AgreementStage.LAPSED:
        return None
    moves = select(AgreementMove).where(AgreementMove.agreement_id == row.key)
    last = session.exec(moves.order_by(col(AgreementMove.id).desc()).limit(1)).first()
    if last is None or last.to_stage is not AgreementStage.LAPSED or last.from_stage not in IN_FORCE:
        return None
    return last.from_stage


def move(
    session: Session, agreement_id: int, wanted: StageMoveInput, *, version: int, by: Actor, today: date
) -> Agreement:
    """Move an agreement to another stage and keep the move.

    What was approved, sent, signed or renewed is frozen as a version, word for word.

    Raises:
        NotAllowedError: the person may not, the agreement is archived, or it takes a manager.
        NotFoundError: there is none with this id.
        RuleBrokenError: there is no such move from here, or something that it needs was not said.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Agreement, agreement_id, called=agreements.KIND.called)
    ensure(session, by, Action.AGREEMENTS_RECORD, row)
    ensure_mover(wanted.to_stage, by=by)
    if row.version == version:
        _ensure_can_go(session, row, wanted, by, today)
    before, lapsed_on = row.stage, shown_since(row.stage, row.stage_since, row.ends_on, today=today)
    now = shown_stage(row.stage, row.ends_on, today=today)
    moved = records.change(session, row, changes_of(row, wanted, today=today), version=version)
    if before is not now:
        _keep(session, moved, before, now, lapsed_on, _IS_OVER)
    why = f"{_DATE_WAS_WRONG} {wanted.why}" if wanted.is_undoing_lapse else wanted.why
    _keep(session, moved, now, wanted.to_stage, wanted.moved_on, why)
    if not wanted.is_undoing_lapse:
        agreement_signing.put_in_writing(session, moved, wanted, by=by, today=today)
    return moved


def _ensure_can_go(session: Session, row: Agreement, wanted: StageMoveInput, by: Actor, today: date) -> None:
    if wanted.is_undoing_lapse:
        ensure_lapse_can_be_undone(row, wanted, _lapsed_from(session, row, today), today=today)
    else:
        ensure_fits(session, row, wanted, by=by, today=today)


def _keep(
    session: Session,
    row: Agreement,
    from_stage: AgreementStage,
    to_stage: AgreementStage,
    on: date,
    why: str | None,
) -> None:
    made = AgreementMove(agreement_id=row.key, from_stage=from_stage, to_stage=to_stage, moved_on=on, why=why)
    records.add(session, made)


def lapse_due(session: Session, *, limit: int, by: Actor, today: date) -> int:
    """Move agreements in force whose last day is over to lapsed, as of the day after it; tells how many.

    Lists and figures have shown them as lapsed since 00:00 of that day. What this adds is the move itself.

    Raises:
        NotAllowedError: the person may not record agreements.
    """
    ensure(session, by, Action.AGREEMENTS_RECORD)
    query = select(Agreement).where(
        col(Agreement.archived_at).is_(None),
        col(Agreement.stage).in_(IN_FORCE),
        col(Agreement.ends_on) < today,
    )
    found = list(session.exec(query.order_by(col(Agreement.id)).limit(limit).with_for_update()))
    for row in found:
        before = row.stage
        lapsed_on = shown_since(before, row.stage_since, row.ends_on, today=today)
        values = {"stage": AgreementStage.LAPSED, "stage_since": lapsed_on}
        records.change(session, row, values, version=row.version)
        _keep(session, row, before, AgreementStage.LAPSED, lapsed_on, _IS_OVER)
    return len(found)


def history(session: Session, agreement_id: int, *, by: Actor) -> list[AgreementMove]:
    """The moves of an agreement, the latest first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = select(AgreementMove).where(AgreementMove.agreement_id == agreement_id)
    return list(session.exec(query.order_by(col(AgreementMove.id).desc())))
