"""More of the profiles of a few invented people: their steps, work so far, and versions agreed with them."""

from typing import Any

from pydantic import BaseModel

from crm.models.profiles import (
    FIELDS_OF,
    AgreementWithMeInput,
    ConnectionInput,
    PastJobInput,
    ProfileStepInput,
    QualificationInput,
    Step,
    StepState,
)
from crm.models.users import Actor
from crm.policy import Action
from crm.services import profile_rows, profile_steps, profile_versions
from crm.services.demonstration.files import filled, on, parts, rows
from crm.services.demonstration.scene import Scene
from crm.services.seeker_rows import SeekerRows

_DAYS = ("gained_on", "expires_on", "adjustments_looked_at")
_ROWS: tuple[tuple[str, SeekerRows[Any], type[BaseModel]], ...] = (
    ("past_jobs", profile_rows.PAST_JOBS, PastJobInput),
    ("qualifications", profile_rows.QUALIFICATIONS, QualificationInput),
    ("connections", profile_rows.CONNECTIONS, ConnectionInput),
)


def load_profiles(scene: Scene) -> None:
    """Store rows of profiles, and what their steps say; of two days, a version before and after."""
    for table, kind, input_type in _ROWS:
        for row in rows(table):
            seeker_id, by = _whose(scene, row)
            new = input_type.model_validate(_told(scene, row))
            profile_rows.add(scene.session, kind, seeker_id, new, by=by)
    for row in rows("profiles"):
        _agree(scene, row, row["first_agreed"])
        for step in Step:
            _tell(scene, row, step)
        _agree(scene, row, row["agreed"])


def _whose(scene: Scene, row: dict[str, str]) -> tuple[int, Actor]:
    seeker_id = scene.seekers[row["seeker"]]
    return seeker_id, scene.allowed("coach", seeker_id, Action.SEEKERS_RECORD)


def _told(scene: Scene, row: dict[str, str]) -> dict[str, Any]:
    return {name: on(scene.today, text) if name in _DAYS else text for name, text in filled(row).items()}


def _tell(scene: Scene, row: dict[str, str], step: Step) -> None:
    told: dict[str, Any] = {name: each for name, each in _told(scene, row).items() if name in FIELDS_OF[step]}
    if step in parts(row["nothing_asked"]):
        state = StepState.NOTHING_ASKED
    else:
        state = StepState.DONE if step in parts(row["done"]) else StepState.STARTED
    if told or state is not StepState.STARTED:
        seeker_id, by = _whose(scene, row)
        edit = ProfileStepInput.model_validate({**told, "state": state})
        profile_steps.save(scene.session, seeker_id, step, edit, version=0, by=by)


def _agree(scene: Scene, row: dict[str, str], days: str) -> None:
    if days:
        seeker_id, by = _whose(scene, row)
        new = AgreementWithMeInput.model_validate({"agreed_on": on(scene.today, days), "how": row["how"]})
        profile_versions.agree(scene.session, seeker_id, new, by=by, today=scene.today)
