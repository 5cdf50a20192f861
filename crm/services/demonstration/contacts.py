"""The invented contacts with employers, what comes next, and how far each relationship has come."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import select

from crm.models.base import Known
from crm.models.contacts import IN_PERSON_KINDS, ContactInput, ContactPerson, EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerStageMove, RelationshipStage
from crm.models.tasks import Task, TaskInput, TaskStatus
from crm.policy import Role
from crm.services import account_dates
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

_OWN = ("employer", "by", "days", "at", "with", "next_title", "next", "next_by", "done", "no_next_why")
_BETWEEN_MOVES = 45
_PATH = (
    *(RelationshipStage.IDENTIFIED, RelationshipStage.INTRODUCED, RelationshipStage.LEARNING),
    *(RelationshipStage.TALKING, RelationshipStage.PARTNER),
)


def load_contacts(scene: Scene) -> None:
    """Store the contacts with whom they named, the next steps, and the dates that follow from both."""
    listed = rows("contacts")
    people = {(one.employer_id, one.name): one for one in scene.session.exec(select(EmployerPerson))}
    met = [people.get((scene.employers[row["employer"]], row["with"])) for row in listed]
    contacts = scene.store(_contact(scene, row, one) for row, one in zip(listed, met, strict=True))
    scene.store(
        ContactPerson(contact_id=contact.key, person_id=one.key)
        for contact, one in zip(contacts, met, strict=True)
        if one is not None
    )
    scene.store(
        _next_step(scene, row, contact) for row, contact in zip(listed, contacts, strict=True) if row["next"]
    )
    _load_moves(scene)
    scene.session.flush()
    account_dates.refresh(scene.session, list(scene.employers.values()))


def _contact(scene: Scene, row: dict[str, str], met: EmployerPerson | None) -> EmployerContact:
    values: dict[str, Any] = filled(row, *_OWN) | {
        "held_on": on(scene.today, row["days"]),
        "held_at": row["at"] or None,
        "no_next_step_why": row["no_next_why"] or None,
    }
    new = ContactInput.model_validate(values)
    new.is_in_person = new.kind in IN_PERSON_KINDS
    return EmployerContact(
        **new.model_dump(exclude={"person_ids", "seeker_ids"}),
        employer_id=scene.employers[row["employer"]],
        held_by=scene.colleague(row["by"], Role.ENGAGEMENT_OFFICER),
        with_hiring_manager=met is not None and met.hires is Known.YES,
    )


def _next_step(scene: Scene, row: dict[str, str], contact: EmployerContact) -> Task:
    due_on = on(scene.today, row["next"])
    owner_id = scene.colleague(row["next_by"], Role.ENGAGEMENT_OFFICER)
    values = {"title": row["next_title"], "due_on": due_on, "owner_id": owner_id}
    new = TaskInput.model_validate(values | {"employer_id": contact.employer_id})
    task = Task(**new.model_dump(), contact_id=contact.key)
    if row["done"]:
        task.status, task.settled_on, task.settled_by = TaskStatus.DONE, due_on, owner_id
    return task


def _load_moves(scene: Scene) -> None:
    """The moves that led each employer to where it stands, the last one some weeks ago."""
    moves: list[EmployerStageMove] = []
    for employer in scene.session.exec(select(Employer)):
        if employer.stage not in _PATH:
            continue
        path = _PATH[: _PATH.index(employer.stage) + 1]
        for back, (before, after) in zip(range(len(path) - 1, 0, -1), pairwise(path), strict=True):
            moved_on = scene.today - timedelta(days=_BETWEEN_MOVES * back)
            moves.append(
                EmployerStageMove(
                    employer_id=employer.key, from_stage=before, to_stage=after, moved_on=moved_on
                )
            )
    scene.store(moves)
