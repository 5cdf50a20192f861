"""The way of the invented carved jobs from stage to stage, through the same rules as any other."""

from datetime import date
from typing import Any

from sqlmodel import col, select

from crm.models.carve_cases import CarveCase, CarveCaseInput
from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveInput, CarveStage, JobCarve
from crm.models.employers import EmployerPerson
from crm.models.users import Actor
from crm.services import carve_edits, carve_moves, records
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

_BESIDE = ("title", "going_rate", "supervisor", "coworker_contact", "quality_checks")
_CASE = ("need", "consulted_who", "support", "support_fades", "risks")


def load_carve_moves(scene: Scene) -> None:
    """Say what is known of each carved job beside its tasks, and move it on; an agreed one is a vacancy."""
    for row in rows("carve_words"):
        _say(scene, row)
    for row in rows("carve_moves"):
        _move(scene, row)


def _first_at(scene: Scene, employer: str) -> JobCarve:
    query = select(JobCarve).where(JobCarve.employer_id == scene.employers[employer])
    return scene.session.exec(query.order_by(col(JobCarve.id)).limit(1)).one()


def _say(scene: Scene, row: dict[str, str]) -> None:
    carve, by = _first_at(scene, row["employer"]), scene.staff[row["by"]]
    known = {name: getattr(carve, name) for name in CarveInput.model_fields}
    edit = CarveInput.model_validate(known | {name: row[name] for name in _BESIDE if row[name]})
    carve_edits.change(scene.session, carve.key, edit, version=carve.version, by=by)
    begun = {"stage_since": on(scene.today, row["begun"])}
    records.change(scene.session, carve, begun, version=carve.version)
    if row["consulted_who"]:
        _begin_case(scene, carve, row)


def _begin_case(scene: Scene, carve: JobCarve, row: dict[str, str]) -> None:
    """The business case, where nobody has begun one."""
    if scene.session.exec(select(CarveCase).where(CarveCase.carve_id == carve.key)).first() is None:
        values: dict[str, Any] = filled({name: row[name] for name in _CASE})
        typed = CarveCaseInput.model_validate(values | {"consulted_on": on(scene.today, row["consulted_on"])})
        records.add(scene.session, CarveCase(carve_id=carve.key, **typed.model_dump()))


def _move(scene: Scene, row: dict[str, str]) -> None:
    carve, by = _first_at(scene, row["employer"]), scene.staff[row["by"]]
    to_stage = CarveStage(row["to"])
    wanted = CarveMoveInput(
        to_stage=to_stage,
        moved_on=_day(scene, row["on"]),
        contact_id=_works_there(scene, row),
        words=row["words"] or None,
        starts_on=on(scene.today, row["starts"]),
        ends_on=on(scene.today, row["ends"]),
        is_agreed_by_seeker=to_stage is CarveStage.AGREED,
    )
    _go(scene, carve, wanted, by)


def _go(scene: Scene, carve: JobCarve, wanted: CarveMoveInput, by: Actor) -> None:
    carve_moves.move(scene.session, carve.key, wanted, version=carve.version, by=by, today=scene.today)


def _day(scene: Scene, days: str) -> date:
    return on(scene.today, days) or scene.today


def _works_there(scene: Scene, row: dict[str, str]) -> int | None:
    if not row["contact"]:
        return None
    wanted = select(EmployerPerson.id).where(
        col(EmployerPerson.employer_id) == scene.employers[row["employer"]],
        col(EmployerPerson.name) == row["contact"],
    )
    return scene.session.exec(wanted).one()
