"""How the analysis of a job starts on site: the tasks of a role that are ticked, and the supports seen."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, model_validator

from crm.models.analyses import (
    AnalysisMethod,
    MinutesEach,
    SupportKind,
    SupportState,
    TimesAWeek,
)
from crm.models.base import Line, Name, WeekHours

OWN_TASKS = 8
"""Most tasks that can be added to those of a role while an analysis starts; more are added to its record."""


class TickedTask(BaseModel):
    """A task that is done here: one of the role's (by its `place`), or one of its own `name`.

    The times count only when `is_confirmed`; otherwise what is usual stays an assumption.
    """

    place: int | None = None
    name: Line = None
    times: TimesAWeek = None
    minutes: MinutesEach = None
    is_confirmed: bool = False
    could_move: bool = False
    done_by: Line = None

    @model_validator(mode="after")
    def _ensure_named(self) -> "TickedTask":
        if self.place is None and self.name is None:
            raise ValueError("Say what is done, or leave the whole task empty.")
        return self


def ticked_rows(typed: Any) -> Any:
    """The tasks from fields such as `0:done`, `0:times` and `own1:name`; those not ticked are left out."""
    if not isinstance(typed, Mapping):
        return typed
    rows: dict[str, dict[str, Any]] = {}
    for name, value in typed.items():  # pyright: ignore[reportUnknownVariableType]
        place, _, part = str(name).partition(":")  # pyright: ignore[reportUnknownArgumentType]
        rows.setdefault(place, {})[part] = value
    found: list[dict[str, Any]] = []
    for place, row in rows.items():
        if place.startswith("own"):
            if any(row.get(part) for part in ("name", "times", "minutes", "done_by")):
                found.append(row | {"is_confirmed": True})
        elif row.pop("done", False):
            found.append(row | {"place": int(place)})
    return found


class AnalysisStart(BaseModel):
    """What is recorded in the first five minutes at a workplace; a support that is not named is unknown."""

    title: Name
    site_id: int | None = None
    vacancy_id: int | None = None
    method: AnalysisMethod = AnalysisMethod.OBSERVED
    hours_week: WeekHours = None
    tasks: Annotated[list[TickedTask], BeforeValidator(ticked_rows)] = []
    supports: dict[SupportKind, SupportState] = {}
