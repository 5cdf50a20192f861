"""The proposals that employers were given, about the work alone, and what the job still lacked for one."""

from typing import Any

from sqlmodel import col, select

from crm.models.carve_proposals import ProposalInput
from crm.models.carves import JobCarve
from crm.models.employers import EmployerPerson
from crm.services import carve_proposals, records
from crm.services.demonstration.files import on, rows
from crm.services.demonstration.scene import Scene

_OF_JOB = ("supervisor", "coworker_contact", "quality_checks")


def load_proposals(scene: Scene) -> None:
    """Complete the first carved job of each employer named, and give its proposal."""
    for row in rows("proposals"):
        _proposal(scene, row)


def _proposal(scene: Scene, row: dict[str, str]) -> None:
    session, employer_id = scene.session, scene.employers[row["employer"]]
    of_employer = select(JobCarve).where(JobCarve.employer_id == employer_id).order_by(col(JobCarve.id))
    carve = session.exec(of_employer.limit(1)).one()
    named = EmployerPerson.employer_id == employer_id, EmployerPerson.name == row["given_to"]
    given_to = session.exec(select(EmployerPerson).where(*named)).one()
    wanting: dict[str, Any] = {name: row[name] for name in _OF_JOB if getattr(carve, name) is None}
    if carve.going_rate is None:
        wanting["going_rate"] = float(row["going_rate"])
    records.change(session, carve, wanting, version=carve.version)
    days = {name: on(scene.today, row[name]) for name in ("answer_by", "meet_by", "starts_by")}
    new = ProposalInput.model_validate({"given_to_id": given_to.key, **days})
    carve_proposals.give(session, carve.key, new, by=scene.staff[row["by"]], today=scene.today)
