"""What somebody has chosen so far for a job composed by hand, and the way back through every step of it.

It is pure. It is kept as a draft of its writer (`crm.services.drafts`): no error, lost line or restart loses
it. What is typed is held as typed, also where it is no number yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

MOST_STEPS = 100
"""Steps that can be undone; older ones are forgotten."""

Seen = dict[int, list[Any]]
"""By the id of each chosen task how it stood when it was drawn: its name, its hours, and its versions."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The state after one step: for whom, the goal and the pay as typed, and the ticked tasks."""

    seeker_id: int | None = None
    goal: str = "16"
    pay: str = ""
    task_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """Every state since the beginning, and which of them holds now."""

    plans: tuple[Plan, ...]
    at: int = 0

    @property
    def now(self) -> Plan:
        """The state that holds."""
        return self.plans[self.at]

    @property
    def can_undo(self) -> bool:
        """Is there a step before?"""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Was a step undone, and nothing else done since?"""
        return self.at < len(self.plans) - 1

    def then(self, **changes: Any) -> "Steps":
        """Take one step on from what holds now; what was undone is forgotten. No change is no step."""
        plan = replace(self.now, **changes)
        if plan == self.now:
            return self
        plans = (*self.plans[: self.at + 1], plan)[-MOST_STEPS:]
        return Steps(plans, len(plans) - 1)

    def ticked(self, task_id: int, *, is_chosen: bool) -> "Steps":
        """Choose a task, or take it out."""
        others = tuple(key for key in self.now.task_ids if key != task_id)
        return self.then(task_ids=(*others, task_id) if is_chosen else others)

    def undone(self) -> "Steps":
        """One step back."""
        return replace(self, at=max(0, self.at - 1))

    def redone(self) -> "Steps":
        """One step that was undone taken again."""
        return replace(self, at=min(self.at + 1, len(self.plans) - 1))

    def as_draft(self, seen: Seen) -> dict[str, Any]:
        """What is kept: every step in plain JSON, and how the chosen tasks stood."""
        plans = [[plan.seeker_id, plan.goal, plan.pay, list(plan.task_ids)] for plan in self.plans]
        return {"plans": plans, "at": self.at, "seen": {str(key): value for key, value in seen.items()}}


def from_draft(kept: Mapping[str, Any]) -> tuple[Steps, Seen]:
    """The steps as they were kept, and how the chosen tasks stood then."""
    plans = tuple(Plan(who, goal, pay, tuple(tasks)) for who, goal, pay, tasks in kept["plans"])
    return Steps(plans, kept["at"]), {int(key): value for key, value in kept["seen"].items()}
