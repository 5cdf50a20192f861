"""The fields in which two employers differ, and which of both sides is offered first."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm.models.employers import Employer, EmployerInput, RelationshipStage
from crm.services.merge_plan import CHOSEN_BY_HAND


class Side(StrEnum):
    """Which of two values is kept."""

    KEPT = "kept"
    LOSER = "loser"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two employers differ."""

    field: str
    kept: Any
    loser: Any
    offered: Side

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can be chosen: of two long texts, also both."""
        is_text = self.field in CHOSEN_BY_HAND and not (is_empty(self.kept) or is_empty(self.loser))
        return (Side.KEPT, Side.LOSER, *((Side.BOTH,) if is_text else ()))

    def value(self, side: Side) -> Any:
        """The value that this choice leads to."""
        if side is Side.BOTH and Side.BOTH in self.sides:
            return f"{self.kept}\n\n{self.loser}"
        return self.loser if side is Side.LOSER else self.kept


def is_empty(value: Any) -> bool:
    """Does the field say nothing?"""
    return value in (None, "", "unknown")


def differences(kept: Employer, loser: Employer) -> list[Difference]:
    """The fields of the form in which they differ, each with the fuller or newer side offered."""
    return [
        Difference(field, getattr(kept, field), getattr(loser, field), _offered(field, kept, loser))
        for field in EmployerInput.model_fields
        if getattr(kept, field) != getattr(loser, field)
    ]


def _offered(field: str, kept: Employer, loser: Employer) -> Side:
    """What says something before what says nothing, do-not-contact before all else, then what is newer."""
    mine, theirs = getattr(kept, field), getattr(loser, field)
    if is_empty(mine) or is_empty(theirs):
        return Side.LOSER if is_empty(mine) else Side.KEPT
    if RelationshipStage.DO_NOT_CONTACT in (mine, theirs):
        return Side.LOSER if theirs is RelationshipStage.DO_NOT_CONTACT else Side.KEPT
    if field in CHOSEN_BY_HAND:
        return Side.BOTH
    if field in ("name", "owner_id"):
        return Side.KEPT
    return Side.LOSER if loser.updated_at > kept.updated_at else Side.KEPT
