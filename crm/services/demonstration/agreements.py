"""The demonstration's agreements: their clauses, whom they cover, and the moves that led to their stage."""

from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import col, select

from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import AgreementInput, StageMoveInput
from crm.models.agreement_parts import AgreementMember, AgreementPanelist, AgreementSite
from crm.models.agreements import Agreement, AgreementMove
from crm.models.employers import EmployerPerson
from crm.policy import Role
from crm.services.demonstration.files import filled, on, parts, rows
from crm.services.demonstration.scene import Scene

_OWN = ("employer", "owner", "moves", "signed_by", "signed_for_us", "starts", "ends", "review", "why")
_NAMED = ("expected", "employer_contact", "adjustments_contact", "panel", "sites", "interview_alternatives")


def load_agreements(scene: Scene) -> None:
    """Store the agreements with every move between stages that led to where they stand."""
    listed = rows("agreements")
    stored = scene.store(_agreement(scene, row) for row in listed)
    moves: list[AgreementMove] = []
    for row, record in zip(listed, stored, strict=True):
        scene.agreements[row["employer"], row["kind"]] = record.key
        moves += _moves(scene, row, record.key)
        scene.store(_places(scene, row, record.key))
        scene.store(_panel(scene, row, record.key))
    scene.store(moves)
    scene.store(_member(scene, row) for row in rows("agreement_members"))


def _places(scene: Scene, row: dict[str, str], agreement_id: int) -> list[AgreementSite]:
    sites = [scene.sites[row["employer"], label] for label in parts(row["sites"])]
    return [AgreementSite(agreement_id=agreement_id, site_id=site) for site in sites]


def _panel(scene: Scene, row: dict[str, str], agreement_id: int) -> list[AgreementPanelist]:
    people = [_works_there(scene, row["employer"], name) for name in parts(row["panel"])]
    return [AgreementPanelist(agreement_id=agreement_id, person_id=key) for key in people if key]


def _member(scene: Scene, row: dict[str, str]) -> AgreementMember:
    return AgreementMember(
        agreement_id=scene.agreements[row["employer"], row["kind"]],
        employer_id=scene.employers[row["member"]],
        joined_on=on(scene.today, row["joined"]),
        left_on=on(scene.today, row["left"]),
    )


def _works_there(scene: Scene, employer: str, name: str) -> int | None:
    """The id of somebody who works for an employer, None for an empty name."""
    if not name:
        return None
    wanted = select(EmployerPerson.id).where(
        col(EmployerPerson.employer_id) == scene.employers[employer], col(EmployerPerson.name) == name
    )
    return scene.session.exec(wanted).one()


def _agreement(scene: Scene, row: dict[str, str]) -> Agreement:
    values = filled(row, *_OWN, *_NAMED) | {
        "owner_id": scene.colleague(row["owner"], Role.ENGAGEMENT_OFFICER),
        "starts_on": on(scene.today, row["starts"]),
        "ends_on": on(scene.today, row["ends"]),
        "review_on": on(scene.today, row["review"]),
        "expected_signing_on": on(scene.today, row["expected"]),
        "employer_contact_id": _works_there(scene, row["employer"], row["employer_contact"]),
        "adjustments_contact_id": _works_there(scene, row["employer"], row["adjustments_contact"]),
        "interview_alternatives": parts(row["interview_alternatives"]),
    }
    new = AgreementInput.model_validate(values)
    path = path_of(scene, row)
    stage, since = path[-1]
    return Agreement(
        **new.model_dump(),
        employer_id=scene.employers[row["employer"]],
        stage=stage,
        stage_since=since,
        signed_on=dict(path).get(AgreementStage.SIGNED),
        signed_by=row["signed_by"] or None,
    )


def path_of(scene: Scene, row: dict[str, str]) -> list[tuple[AgreementStage, date]]:
    """The stages in order, each with the day it was reached, from `idea -420; discussed -400`."""
    path: list[tuple[AgreementStage, date]] = []
    for part in parts(row["moves"]):
        stage, days = part.split(" ")
        path.append((AgreementStage(stage), scene.today + timedelta(days=int(days))))
    return path


def _moves(scene: Scene, row: dict[str, str], agreement_id: int) -> list[AgreementMove]:
    path = path_of(scene, row)
    moves: list[AgreementMove] = []
    for (before, _), (after, reached) in pairwise(path):
        is_last = (after, reached) == path[-1]
        new = StageMoveInput(to_stage=after, moved_on=reached, why=row["why"] if is_last else None)
        moves.append(
            AgreementMove(
                agreement_id=agreement_id,
                from_stage=before,
                to_stage=new.to_stage,
                moved_on=new.moved_on,
                why=new.why,
            )
        )
    return moves
