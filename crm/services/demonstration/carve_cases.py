"""The business cases of the invented carved jobs: one complete, one nearly so, one just begun."""

from sqlmodel import Session, col, select

from crm.models.carve_cases import CarveCaseInput
from crm.models.carves import JobCarve
from crm.services import carve_cases
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene


def load_carve_cases(scene: Scene) -> None:
    """Keep the case of the first carved job at each employer that has one."""
    for row in rows("carve_cases"):
        carve_id = _first_at(scene.session, scene.employers[row["employer"]])
        values = filled(row, "employer", "by") | {"consulted_on": on(scene.today, row["consulted_on"])}
        case, by = CarveCaseInput.model_validate(values), scene.staff[row["by"]]
        carve_cases.save(scene.session, carve_id, case, version=0, by=by, today=scene.today)


def _first_at(session: Session, employer_id: int) -> int:
    query = select(JobCarve).where(JobCarve.employer_id == employer_id).order_by(col(JobCarve.id))
    return session.exec(query.limit(1)).one().key
