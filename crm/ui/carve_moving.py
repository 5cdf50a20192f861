"""The form of a move between the stages of a carved job: it asks for what the stage needs, field by field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationInfo, field_validator

from crm.models.carve_stages import CarveMoveInput
from crm.models.carves import CarveStage, JobCarve
from crm.services.carve_move_rules import asked
from crm.services.carve_stages import is_back, needs
from crm.ui.fields import Field, day, pick, text, tick
from crm.ui.words import today

_WHO = {
    CarveStage.NEEDS_CONFIRMED: "Who at the employer confirmed it",
    CarveStage.NEGOTIATING: "Who at the employer we talk with",
    CarveStage.AGREED: "Who at the employer agreed",
}
_WORDS = {
    CarveStage.NEEDS_CONFIRMED: "What the employer needs, in their words",
    CarveStage.NEGOTIATING: "What is still open",
    CarveStage.DECLINED: "Why",
}
_STARTS = {
    CarveStage.AGREED: "First day of the job",
    CarveStage.TRIAL: "First day of the trial",
    CarveStage.LIVE: "The job began on",
}
_NAMES = ("contact_id", "words", "starts_on", "ends_on", "is_agreed_by_seeker")


def fields_for(
    carve: JobCarve, target: CarveStage, people: Mapping[int, str], seeker: str | None
) -> list[Field]:
    """What a move to a stage asks for: its day, what the stage needs, and whatever is worth knowing."""
    moved_on = replace(day("moved_on", "Moved on"), show=_or_today)
    named = needs(carve, target)
    fields = [moved_on, *(_field(name, carve, target, people, seeker) for name in named)]
    return fields if "words" in named else [*fields, text("words", "Anything worth knowing")]


def _field(
    name: str, carve: JobCarve, target: CarveStage, people: Mapping[int, str], seeker: str | None
) -> Field:
    if name == "contact_id":
        return pick(name, _WHO[target], people)
    if name == "words":
        return text(name, "What was wrong" if is_back(carve.stage, target) else _WORDS[target])
    if name == "is_agreed_by_seeker":
        hint = "Their own answer, after they heard what the job is. Nobody says yes for them."
        return tick(name, f"{seeker or 'The person'} said yes to this job", hint=hint)
    return day(name, _STARTS[target] if name == "starts_on" else "Last day of the trial")


def input_for(carve: JobCarve, target: CarveStage) -> type[CarveMoveInput]:
    """What a move to this stage is checked by: whatever is missing is said at its own field, all at once."""
    named = needs(carve, target)

    class Move(CarveMoveInput):
        to_stage: CarveStage = target

        @field_validator(*_NAMES, mode="after")
        @classmethod
        def _is_said(cls, value: Any, about: ValidationInfo) -> Any:
            if not value and about.field_name and about.field_name in named:
                raise ValueError(asked(carve, target, about.field_name))
            return value

    return Move


def _or_today(given: date | None) -> date:
    return given or today()
