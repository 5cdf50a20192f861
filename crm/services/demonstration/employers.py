"""The invented employers: who they are, where they are, who works there, what they have agreed to."""

from crm.models.awareness import AwarenessInput, AwarenessSession
from crm.models.base import folded
from crm.models.employers import (
    Employer,
    EmployerInput,
    EmployerPerson,
    EmployerPersonInput,
    EmployerSite,
    EmployerSiteInput,
)
from crm.policy import Role
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

LEAD = "Invented for the demonstration"


def load_employers(scene: Scene) -> None:
    """Store the employers with their sites, their people, and the awareness sessions they were given."""
    listed = rows("employers")
    stored = scene.store(_employer(scene, row) for row in listed)
    scene.employers = {row["key"]: record.key for row, record in zip(listed, stored, strict=True)}
    _load_sites(scene)
    scene.store(_person(scene, row) for row in rows("people"))
    scene.store(_awareness(scene, row) for row in rows("awareness"))


def _employer(scene: Scene, row: dict[str, str]) -> Employer:
    days = ("quiet_days", "confident_days", "insurance_days", "strategy_days")
    values = filled(row, "key", "owner", "second_owner", "single_contact", *days) | {
        "owner_id": scene.colleague(row["owner"], Role.ENGAGEMENT_OFFICER),
        "second_owner_id": scene.colleague(row["second_owner"], Role.ENGAGEMENT_OFFICER),
        "single_contact_id": scene.colleague(row["single_contact"], Role.ENGAGEMENT_OFFICER),
        "quiet_until": on(scene.today, row["quiet_days"]),
        "disability_confident_until": on(scene.today, row["confident_days"]),
        "insurance_until": on(scene.today, row["insurance_days"]),
        "strategy_agreed_on": on(scene.today, row["strategy_days"]),
        "lead_source": LEAD,
    }
    new = EmployerInput.model_validate(values)
    return Employer(**new.model_dump(), name_key=folded(new.name))


def _load_sites(scene: Scene) -> None:
    listed = rows("sites")
    stored = scene.store(_site(scene, row) for row in listed)
    for row, record in zip(listed, stored, strict=True):
        scene.sites[row["employer"], row["label"]] = record.key
        scene.postcodes[row["employer"], row["label"]] = record.postcode or ""


def _site(scene: Scene, row: dict[str, str]) -> EmployerSite:
    new = EmployerSiteInput.model_validate(filled(row, "employer"))
    return EmployerSite(**new.model_dump(), employer_id=scene.employers[row["employer"]])


def _person(scene: Scene, row: dict[str, str]) -> EmployerPerson:
    values = filled(row, "employer", "left_days") | {"left_on": on(scene.today, row["left_days"])}
    new = EmployerPersonInput.model_validate(values)
    return EmployerPerson(**new.model_dump(), employer_id=scene.employers[row["employer"]])


def _awareness(scene: Scene, row: dict[str, str]) -> AwarenessSession:
    values = filled(row, "employer", "held_days", "site") | {
        "held_on": on(scene.today, row["held_days"]),
        "site_id": scene.sites[row["employer"], row["site"]],
        "given_by": scene.colleague(row["given_by"], Role.ENGAGEMENT_OFFICER),
    }
    new = AwarenessInput.model_validate(values)
    return AwarenessSession(**new.model_dump(), employer_id=scene.employers[row["employer"]])
