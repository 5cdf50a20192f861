"""What a person can do, row by row, each settled against the vocabulary when it is saved."""

from dataclasses import dataclass

from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.seekers import ProfileSkill, ProfileSkillInput
from crm.models.users import Actor
from crm.services import disputes, records, seekers, skills
from crm.services.seeker_rows import SKILLS


@dataclass(frozen=True, slots=True)
class SkillMeaning:
    """One skill of a person with the label of the concept that it was settled to."""

    skill: ProfileSkill
    meaning: str


def of_seeker(
    session: Session, seeker_id: int, *, by: Actor, is_archived: bool = False
) -> list[SkillMeaning]:
    """The skills of a person as they were added, either those in force or the archived ones.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    found = SKILLS.of(session, seeker_id, by=by, is_archived=is_archived)
    meanings = skills.labels(session, [row.concept_id for row in found])
    return [SkillMeaning(row, meanings[row.concept_id]) for row in found]


def find(session: Session, skill_id: int, *, by: Actor) -> SkillMeaning:
    """One skill, archived ones too.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: there is none with this id.
    """
    row = SKILLS.find(session, skill_id, by=by)
    return SkillMeaning(row, skills.labels(session, [row.concept_id])[row.concept_id])


def add(session: Session, seeker_id: int, new: ProfileSkillInput, *, by: Actor) -> ProfileSkill:
    """Record something that a person can do, or has not done yet.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: a skill of the same meaning is listed already.
    """
    seekers.to_change(session, seeker_id, by=by)
    settled = skills.settle(session, new.name, chosen=new.meanings, by=by)
    _ensure_once(session, seeker_id, settled.concept_id, settled.label, by)
    row = ProfileSkill(**new.model_dump(), seeker_id=seeker_id, concept_id=settled.concept_id)
    return records.add(session, row)


def change(
    session: Session, skill_id: int, edit: ProfileSkillInput, *, version: int, by: Actor
) -> ProfileSkill:
    """Change a skill; new words are settled anew, the same words keep the meaning that was chosen.

    Raises:
        NotAllowedError: the person may not, or the skill or its job seeker is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: a skill of the same meaning is listed already.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = SKILLS.to_change(session, skill_id, by=by)
    values = edit.model_dump()
    if row.version == version and (edit.name != row.name or edit.name in edit.meanings):
        settled = skills.settle(session, edit.name, chosen=edit.meanings, by=by)
        if settled.concept_id != row.concept_id:
            _ensure_once(session, row.seeker_id, settled.concept_id, settled.label, by)
            disputes.follow(session, row.seeker_id, row.concept_id, settled.concept_id)
        values["concept_id"] = settled.concept_id
    return records.change(session, row, values, version=version)


def choose(session: Session, skill_id: int, concept_id: str, *, version: int, by: Actor) -> ProfileSkill:
    """Say which concept of the vocabulary a skill means, or that its words stand for themselves.

    Raises:
        NotAllowedError: the person may not, or the skill or its job seeker is archived.
        NotFoundError: there is no such skill, or no such concept.
        RuleBrokenError: another skill of the person means the same.
        StaleFormError: somebody saved it after the screen was drawn.
    """
    row = SKILLS.to_change(session, skill_id, by=by)
    settled = skills.settle(session, row.name, chosen={row.name: concept_id}, by=by)
    if concept_id != row.concept_id:
        _ensure_once(session, row.seeker_id, concept_id, settled.label, by)
        disputes.follow(session, row.seeker_id, row.concept_id, concept_id)
    return records.change(session, row, {"concept_id": concept_id}, version=version)


def _ensure_once(session: Session, seeker_id: int, concept_id: str, label: str, by: Actor) -> None:
    listed = SKILLS.of(session, seeker_id, by=by)
    if any(row.concept_id == concept_id for row in listed):
        raise RuleBrokenError(
            f"“{label}” is listed for this person already. Change that row instead.", field="name"
        )
