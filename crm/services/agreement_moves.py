"""Agreements moved from stage to stage, each move kept for good."""

from datetime import date

from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreements import Agreement, AgreementMove
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements, records
from crm.services.access import ensure, may
from crm.services.agreement_stages import IN_FORCE, MOVES, has_lapsed, needs, shown_since, shown_stage

_ASKED = {
    "signed_on": "Say on which day it was signed.",
    "signed_by": "Say who signed it.",
    "ends_on": "Say until when it is renewed.",
    "why": "Say why, so that nobody has to ask again.",
}

_NO_WAY = "An agreement cannot go there from where it stands."
_DATE_WAS_WRONG = "The end date was wrong."


def possible(agreement: Agreement, *, by: Actor, today: date) -> list[AgreementStage]:
    """The stages that this person can move the agreement to, in the usual order."""
    if not may(by, Action.AGREEMENTS_RECORD, agreement):
        return []
    now = shown_stage(agreement.stage, agreement.ends_on, today=today)
    can_approve = may(by, Action.AGREEMENTS_APPROVE)
    return [stage for stage in MOVES[now] if can_approve or stage is not AgreementStage.APPROVED]


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

    Raises:
        NotAllowedError: the person may not, the agreement is archived, or only a manager approves.
        NotFoundError: there is none with this id.
        RuleBrokenError: there is no such move from here, or something that it needs was not said.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, Agreement, agreement_id, called=agreements.KIND.called)
    ensure(session, by, Action.AGREEMENTS_RECORD, row)
    if wanted.to_stage is AgreementStage.APPROVED and not may(by, Action.AGREEMENTS_APPROVE):
        raise NotAllowedError("A manager approves agreements. Ask one to look at this draft.")
    if row.version == version:
        _ensure_fits(session, row, wanted, today)
    now = shown_stage(row.stage, row.ends_on, today=today)
    moved = records.change(session, row, _changes(wanted), version=version)
    records.add(
        session,
        AgreementMove(
            agreement_id=row.key,
            from_stage=now,
            to_stage=wanted.to_stage,
            moved_on=wanted.moved_on,
            why=f"{_DATE_WAS_WRONG} {wanted.why}" if wanted.is_undoing_lapse else wanted.why,
        ),
    )
    return moved


def _changes(wanted: StageMoveInput) -> dict[str, object]:
    asked = [name for name in needs(wanted.to_stage) if name != "why"]
    kept: dict[str, object] = {name: getattr(wanted, name) for name in asked}
    if wanted.is_undoing_lapse:
        kept = {"ends_on": wanted.ends_on} if wanted.ends_on else {}
    return {"stage": wanted.to_stage, "stage_since": wanted.moved_on, **kept}


def _ensure_fits(session: Session, row: Agreement, wanted: StageMoveInput, today: date) -> None:
    now = shown_stage(row.stage, row.ends_on, today=today)
    if wanted.is_undoing_lapse:
        _ensure_can_be_undone(row, wanted, _lapsed_from(session, row, today), today)
        return
    if wanted.to_stage not in MOVES[now]:
        raise RuleBrokenError(_NO_WAY, field="to_stage")
    for name in needs(wanted.to_stage):
        if not getattr(wanted, name):
            raise RuleBrokenError(_ASKED[name], field=name)
    _ensure_day_fits(row, wanted, today)
    if has_lapsed(wanted.to_stage, wanted.ends_on or row.ends_on, today=today):
        raise RuleBrokenError("Its last day is over already. Change its end date first.", field="to_stage")
    first = max(wanted.moved_on, row.starts_on or wanted.moved_on)
    if "ends_on" in needs(wanted.to_stage) and wanted.ends_on and wanted.ends_on <= first:
        raise RuleBrokenError("It can only be renewed until a later day than this move.", field="ends_on")


def _ensure_can_be_undone(
    row: Agreement, wanted: StageMoveInput, before: AgreementStage | None, today: date
) -> None:
    if before is None or wanted.to_stage is not before:
        raise RuleBrokenError(_NO_WAY, field="to_stage")
    if not wanted.why:
        raise RuleBrokenError("Say how it came to be wrong, so that nobody has to ask again.", field="why")
    _ensure_day_fits(row, wanted, today)
    ends_on = wanted.ends_on or row.ends_on
    if ends_on is not None and ends_on < max(today, row.starts_on or today):
        raise RuleBrokenError(
            "By this date it is over, or has not begun. Give the last day as it was agreed.", field="ends_on"
        )


def _ensure_day_fits(row: Agreement, wanted: StageMoveInput, today: date) -> None:
    since = shown_since(row.stage, row.stage_since, row.ends_on, today=today)
    if wanted.moved_on > today:
        raise RuleBrokenError(
            "The move is dated in the future. Record it when it has happened.", field="moved_on"
        )
    if wanted.moved_on < since:
        raise RuleBrokenError(
            f"It came to its present stage on {since.day} {since:%B %Y}; it cannot have left it before.",
            field="moved_on",
        )
    if wanted.signed_on and wanted.signed_on > today:
        raise RuleBrokenError("It cannot have been signed in the future.", field="signed_on")


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
        kept = AgreementMove(
            agreement_id=row.key,
            from_stage=before,
            to_stage=AgreementStage.LAPSED,
            moved_on=lapsed_on,
            why="Its last day is over.",
        )
        records.add(session, kept)
    return len(found)


def history(session: Session, agreement_id: int, *, by: Actor) -> list[AgreementMove]:
    """The moves of an agreement, the latest first.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = select(AgreementMove).where(AgreementMove.agreement_id == agreement_id)
    return list(session.exec(query.order_by(col(AgreementMove.id).desc())))
