"""What the invented colleagues decided after looking at matches, through the same service that staff use."""

from datetime import date

from crm.models.matches import MatchDecisionInput
from crm.policy import Action, Role
from crm.services import matches
from crm.services.demonstration.files import filled, on, rows
from crm.services.demonstration.scene import Scene

_OWN = ("vacancy", "seeker", "owner", "due", "decided_by", "decided")


def load_decisions(scene: Scene) -> None:
    """Store the decisions with the comparison that each was made on, in the order of the file."""
    for row in rows("decisions"):
        _decide(scene, row)


def _decide(scene: Scene, row: dict[str, str]) -> None:
    vacancy_id, seeker_id = scene.vacancies[row["vacancy"]], scene.seekers[row["seeker"]]
    by = scene.allowed(row["decided_by"], seeker_id, Action.MATCHES_DECIDE)
    seen = matches.compare(scene.session, vacancy_id, seeker_id, by=by)
    values = filled(row, *_OWN) | {
        "owner_id": scene.colleague(row["owner"], Role.JOB_COACH),
        "due_on": on(scene.today, row["due"]),
    }
    decided_on: date = on(scene.today, row["decided"]) or scene.today
    matches.decide(
        scene.session,
        vacancy_id,
        seeker_id,
        MatchDecisionInput.model_validate(values),
        seen=seen.digest,
        by=by,
        today=decided_on,
    )
