"""Agreements moved from stage to stage, each move kept for good."""

from datetime import date

from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreements import Agreement, AgreementMove, AgreementStage, StageMoveInput
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


def possible(agreement: Agreement, *, by: Actor, today: date) -> list[AgreementStage]:
    """The stages that this person can move the agreement to, in the usual order."""
    if not may(by, Action.AGREEMENTS_RECORD, agreement):
        return []
    now = shown_stage(agreement.stage, agreement.ends_on, today=today)
    can_approve = may(by, Action.AGREEMENTS_APPROVE)
    return [stage for stage in MOVES[now] if can_approve or stage is not AgreementStage.APPROVED]


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
        _ensure_fits(row, wanted, today)
    now = shown_stage(row.stage, row.ends_on, today=today)
    moved = records.change(session, row, _changes(wanted), version=version)
    records.add(
        session,
        AgreementMove(
            agreement_id=row.key,
            from_stage=now,
            to_stage=wanted.to_stage,
            moved_on=wanted.moved_on,
            why=wanted.why,
        ),
    )
    return moved


def _changes(wanted: StageMoveInput) -> dict[str, object]:
    asked = [name for name in needs(wanted.to_stage) if name != "why"]
    kept = {name: getattr(wanted, name) for name in asked}
    return {"stage": wanted.to_stage, "stage_since": wanted.moved_on, **kept}


def _ensure_fits(row: Agreement, wanted: StageMoveInput, today: date) -> None:
    now = shown_stage(row.stage, row.ends_on, today=today)
    if wanted.to_stage not in MOVES[now]:
        raise RuleBrokenError("An agreement cannot go there from where it stands.", field="to_stage")
    for name in needs(wanted.to_stage):
        if not getattr(wanted, name):
            raise RuleBrokenError(_ASKED[name], field=name)
    _ensure_day_fits(row, wanted, today)
    if has_lapsed(wanted.to_stage, wanted.ends_on or row.ends_on, today=today):
        raise RuleBrokenError("Its last day is over already. Change its end date first.", field="to_stage")
    first = max(wanted.moved_on, row.starts_on or wanted.moved_on)
    if "ends_on" in needs(wanted.to_stage) and wanted.ends_on and wanted.ends_on <= first:
        raise RuleBrokenError("It can only be renewed until a later day than this move.", field="ends_on")


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
