"""Why a vacancy is suggested now, in words: what has changed since everybody was compared last."""

from typing import Any

from crm.services.compared import Changed
from crm.services.ranking_ground import Ground
from matching.records import Job, Seeker

FIRST = "First comparison"
NEW_VACANCY = "New vacancy"
NEW_PERSON = "New among those who look for work"

_OF_PEOPLE = (
    (("skills",), "Their skills were recorded", "Their skills have changed"),
    (("hours",), "Their hours were recorded", "Their hours have changed"),
    (("availability",), "When they can work was recorded", "When they can work has changed"),
    (("support_needs",), "The help they need was recorded", "The help they need has changed"),
    (("travel", "home"), "How they travel was recorded", "How they travel has changed"),
    (("interests", "must", "avoid"), "What they like was recorded", "What they like has changed"),
)
_OF_JOBS = (
    (("criteria",), "What the vacancy asks has changed"),
    (("hours", "pattern"), "The hours of the vacancy have changed"),
    (("supports",), "The support at the workplace has changed"),
    (("tasks", "demands"), "The job was analysed"),
    (("place",), "The place of work has changed"),
)
_OTHER_OF_PERSON = "What is recorded of the person has changed"
_OTHER_OF_JOB = "What is recorded of the vacancy has changed"


def reason(ground: Ground, seeker_id: int, vacancy_id: int) -> str:
    """Why this vacancy is suggested to this person."""
    if ground.is_first:
        return FIRST
    person, job = ground.people_changed.get(seeker_id), ground.jobs_changed.get(vacancy_id)
    if job is not None and job.before is None:
        return NEW_VACANCY
    return _of_person(person) if person is not None else _of_job(job)


def _of_person(change: Changed[Seeker]) -> str:
    if change.before is None or change.after is None:
        return NEW_PERSON
    old, new = change.before.record, change.after.record
    for names, recorded, changed in _OF_PEOPLE:
        if _differ(old, new, names):
            return changed if any(_is_known(getattr(old, name)) for name in names) else recorded
    return _OTHER_OF_PERSON


def _of_job(change: Changed[Job] | None) -> str:
    if change is None or change.before is None or change.after is None:
        return _OTHER_OF_JOB
    old, new = change.before.record, change.after.record
    return next((words for names, words in _OF_JOBS if _differ(old, new, names)), _OTHER_OF_JOB)


def _differ(old: Any, new: Any, names: tuple[str, ...]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _is_known(value: Any) -> bool:
    """Is anything recorded? A part whose every field is empty holds nothing."""
    return value is not None and value != () and value != type(value)()
