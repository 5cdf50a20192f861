"""Carved jobs moved from stage to stage, each move kept for good."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.models.carve_cases import CarveCase
from crm.models.carve_stages import CarveMove, CarveMoveInput
from crm.models.carves import CarveStage, JobCarve
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_becomes, records
from crm.services.access import ensure, may
from crm.services.carve_move_rules import ensure_fits, ensure_mover, may_move, only_asked, words_for_others
from crm.services.carve_stages import MOVES, ends_vacancy, makes_vacancy

_NOTHING_MADE: dict[str, Any] = {"vacancy_id": None, "analysis_id": None}


def possible(carve: JobCarve, *, by: Actor) -> list[CarveStage]:
    """The stages that this person can move the job to, in the usual order."""
    return [stage for stage in MOVES[carve.stage] if may_move(carve, stage, by=by)]


def whom_to_ask(carve: JobCarve, *, by: Actor) -> list[str]:
    """For the moves that only those make who record vacancies: whom this person asks, in words, each once."""
    if not may(by, Action.CARVES_RECORD, carve):
        return []
    others = [stage for stage in MOVES[carve.stage] if not may_move(carve, stage, by=by)]
    return list(dict.fromkeys(words_for_others(carve, stage) for stage in others))


def move(
    session: Session, carve_id: int, wanted: CarveMoveInput, *, version: int, by: Actor, today: date
) -> JobCarve:
    """Move a carved job to another stage and keep the move.

    With “agreed” its vacancy and its job analysis are made. A job that is declined after that has its vacancy
    withdrawn, and its tasks are free again.

    Raises:
        NotAllowedError: the person may not, it is archived, or it takes somebody who records vacancies.
        NotFoundError: there is none with this id.
        RuleBrokenError: there is no such move from here, something that it needs was not said, or is missing.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = records.fetch_to_change(session, JobCarve, carve_id, called="carved job")
    ensure(session, by, Action.CARVES_RECORD, row)
    wanted = only_asked(row, wanted)
    before, changed = row.stage, {"stage": wanted.to_stage, "stage_since": wanted.moved_on}
    if row.version == version:
        _take_turns(session, row)
        if wanted.to_stage in MOVES[before]:
            ensure_mover(row, wanted.to_stage, by=by)
        ensure_fits(session, row, wanted, by=by, today=today)
        changed |= _with_vacancy(session, row, wanted, by, today)
    moved = records.change(session, row, changed, version=version)
    if wanted.to_stage is CarveStage.NEEDS_CONFIRMED and before is CarveStage.IDEA:
        _keep_need(session, moved, wanted.words)
    records.add(session, CarveMove(**wanted.model_dump(), carve_id=moved.key, from_stage=before))
    return moved


def _take_turns(session: Session, row: JobCarve) -> None:
    """Have two jobs of one employer moved one after the other, so that the second sees what the first took.

    Whoever adds something to the employer meanwhile need not wait.
    """
    held = select(Employer.id).where(Employer.id == row.employer_id)
    session.exec(held.with_for_update(key_share=True)).one()


def _with_vacancy(
    session: Session, row: JobCarve, wanted: CarveMoveInput, by: Actor, today: date
) -> dict[str, Any]:
    """What becomes of the vacancy with this move, and what of it the carved job keeps."""
    if makes_vacancy(row.stage, wanted.to_stage):
        first = wanted.starts_on or wanted.moved_on
        return dict(carve_becomes.make(session, row, first, by=by, today=today))
    if not ends_vacancy(row.stage, wanted.to_stage):
        return _NOTHING_MADE if row.stage is CarveStage.DECLINED else {}
    if wanted.to_stage is CarveStage.DECLINED:
        carve_becomes.withdraw(session, row, by=by)
        return {}
    carve_becomes.unmake(session, row, why=wanted.words or "", by=by)
    return _NOTHING_MADE


def _keep_need(session: Session, row: JobCarve, words: str | None) -> None:
    """The need in the employer's words is what the business case begins with, where nothing stands there."""
    case = session.exec(select(CarveCase).where(CarveCase.carve_id == row.key).with_for_update()).first()
    if case is None:
        records.add(session, CarveCase(carve_id=row.key, need=words))
    elif not case.need:
        records.change(session, case, {"need": words}, version=case.version)


def history(session: Session, carve_id: int, *, by: Actor) -> list[CarveMove]:
    """The moves of a carved job, the latest first.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    query = select(CarveMove).where(CarveMove.carve_id == carve_id)
    return list(session.exec(query.order_by(col(CarveMove.id).desc())))
