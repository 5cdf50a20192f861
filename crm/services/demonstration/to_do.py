"""The invented tasks that follow from no contact: about an employer, a vacancy, a job seeker, or nothing."""

from crm.models.tasks import Task, TaskInput
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import account_dates
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

_OWN = ("owner", "role", "due", "employer", "vacancy", "seeker", "interview")


def load_to_do(scene: Scene) -> None:
    """Store the tasks, and the next steps of employers that follow from them."""
    stored = scene.store([_task(scene, row) for row in rows("to_do")])
    account_dates.refresh(scene.session, [one.employer_id for one in stored if one.employer_id is not None])


def _task(scene: Scene, row: dict[str, str]) -> Task:
    vacancy_id = scene.vacancies[row["vacancy"]] if row["vacancy"] else None
    employer_id = scene.employers[row["employer"]] if row["employer"] else None
    if vacancy_id is not None:
        employer_id = scene.session.get_one(Vacancy, vacancy_id).employer_id
    values = filled(row, *_OWN) | {
        "due_on": on(scene.today, row["due"]),
        "owner_id": scene.colleague(row["owner"], Role(row["role"])),
        "employer_id": employer_id,
        "vacancy_id": vacancy_id,
        "seeker_id": scene.seekers[row["seeker"]] if row["seeker"] else None,
        "is_interview": row["interview"] == "yes",
    }
    return Task(**TaskInput.model_validate(values).model_dump())
