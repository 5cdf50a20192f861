"""What the invented people agreed to, whom they know, and who looked at their restricted facts."""

from crm.models.consents import ConsentInput, WithdrawalInput
from crm.models.door_openers import DoorOpenerInput
from crm.models.restricted import OpeningInput
from crm.policy import Action
from crm.services import consent_giving, door_openers, restricted, restricted_views
from crm.services.demonstration.files import filled, on, parts, rows
from crm.services.demonstration.scene import Scene

_OWN = ("seeker", "employer", "facts", "given", "until", "recorded_by")
_WITHDRAWAL = ("withdrawn", "withdrawn_by", "withdrawn_how")
_NOBODYS = "demonstration"
"""Stands for the sign-in in which an invented colleague looked: nobody's is called so."""


def load_consents(scene: Scene) -> None:
    """Store what people agreed to and took back, whom they know, and who looked at restricted facts."""
    for row in rows("consents"):
        _consent(scene, row)
    for row in rows("door_openers"):
        _door_opener(scene, row)
    for row in rows("looks"):
        _look(scene, row)


def _consent(scene: Scene, row: dict[str, str]) -> None:
    values = filled(row, *_OWN, *_WITHDRAWAL) | {
        "employer_id": scene.employers[row["employer"]] if row["employer"] else None,
        "facts": parts(row["facts"]),
        "given_on": on(scene.today, row["given"]),
        "until": on(scene.today, row["until"]),
    }
    new, seeker_id = ConsentInput.model_validate(values), scene.seekers[row["seeker"]]
    by = scene.allowed(row["recorded_by"], seeker_id, Action.CONSENTS_RECORD)
    kept = consent_giving.give(scene.session, seeker_id, new, by=by, today=scene.today)
    withdrawn_on = on(scene.today, row["withdrawn"])
    if withdrawn_on is not None:
        said = WithdrawalInput.model_validate(filled({name: row[name] for name in _WITHDRAWAL}, "withdrawn"))
        consent_giving.withdraw(scene.session, kept.key, said, by=by, today=withdrawn_on)


def _door_opener(scene: Scene, row: dict[str, str]) -> None:
    values = filled(row, "employer", "seeker", "agreed_days") | {
        "seeker_id": scene.seekers[row["seeker"]] if row["seeker"] else None,
        "agreed_on": on(scene.today, row["agreed_days"]),
    }
    new, employer_id = DoorOpenerInput.model_validate(values), scene.employers[row["employer"]]
    by = scene.staff["coach"]
    if new.seeker_id is not None:
        by = scene.allowed("coach", new.seeker_id, Action.CONSENTS_RECORD)
    door_openers.add(scene.session, employer_id, new, by=by, today=scene.today)


def _look(scene: Scene, row: dict[str, str]) -> None:
    seeker_id = scene.seekers[row["seeker"]]
    by = scene.allowed(row["by"], seeker_id, Action.RESTRICTED_READ)
    why = OpeningInput.model_validate(filled(row, "seeker", "by"))
    restricted_views.open_facts(scene.session, seeker_id, why, in_session=_NOBODYS, by=by)
    restricted.view(scene.session, seeker_id, in_session=_NOBODYS, by=by)
