"""The invented job seekers: some well known to the service, some referred last week."""

from collections import defaultdict
from typing import Any

from crm.models.base import folded
from crm.models.restricted import RestrictedFacts, RestrictedFactsInput
from crm.models.seeker_inputs import JobSeekerFacts
from crm.models.seekers import (
    JobSeeker,
    NeedsAsked,
    ProfileSkill,
    ProfileSkillInput,
    SupportNeed,
    SupportNeedInput,
    VocationalProfile,
    VocationalProfileInput,
)
from crm.policy import Role
from crm.services import skills
from crm.services.demonstration.files import filled, levels, on, parts, rated, rows, week
from crm.services.demonstration.scene import Scene

_PERSON = ("name", "status", "coach", "referred", "postcode", "programme", "module", "wants_more", "phone")
_PAUSE = ("pause_reason", "pause_review")
_ELSEWHERE = ("availability", "needs", "abilities", "skills", "agreed")


def load_seekers(scene: Scene) -> None:
    """Store the job seekers with their profiles, skills, support needs and restricted facts."""
    listed = rows("seekers")
    stored = scene.store(_seeker(scene, row) for row in listed)
    scene.seekers = {row["name"]: record.key for row, record in zip(listed, stored, strict=True)}
    supports = _supports()
    scene.store(profile for row in listed if (profile := _profile(scene, row, supports[row["name"]])))
    scene.store(
        _need(scene.seekers[row["name"]], text)
        for row in listed
        for text in parts(row["needs"])
        if text != "none"
    )
    _load_skills(scene, listed)
    scene.store(_restricted(scene, row) for row in rows("restricted"))


def _seeker(scene: Scene, row: dict[str, str]) -> JobSeeker:
    values = filled({name: row[name] for name in _PERSON}, "name", "coach", "referred", "programme") | {
        "preferred_name": row["name"],
        "programme_id": scene.programmes.get(row["programme"]),
        "coach_id": scene.colleague(row["coach"], Role.JOB_COACH),
        "referred_on": on(scene.today, row["referred"]),
        "pause_reason": row["pause_reason"],
        "pause_review_on": on(scene.today, row["pause_review"]),
    }
    values |= _end(scene, row["name"])
    # One of them left before the service asked how referrals end, as people have anywhere.
    new = JobSeekerFacts.model_validate(values)
    return JobSeeker(**new.model_dump(), name_key=folded(new.preferred_name))


def _end(scene: Scene, name: str) -> dict[str, Any]:
    """How the referral of somebody who has left ended, and when; nothing where it goes on."""
    found = next((row for row in rows("endings") if row["name"] == name), None)
    if found is None:
        return {}
    return filled(found, "name", "ended") | {"referral_ended_on": on(scene.today, found["ended"])}


def _supports() -> defaultdict[str, dict[str, str]]:
    """With what support a step of a scale works, by person and scale."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows("works_with"):
        found[row["name"]][row["scale"]] = row["support"]
    return found


def _profile(scene: Scene, row: dict[str, str], supports: dict[str, str]) -> VocationalProfile | None:
    """The profile, or None where nothing was asked yet."""
    values: dict[str, Any] = filled(row, *_PERSON, *_PAUSE, *_ELSEWHERE)
    if not values.keys() - {"hours_intent", "travel_mode"}:
        return None
    values |= {
        "availability": week(row["availability"]),
        "abilities": levels(row["abilities"]),
        "ability_supports": supports,
        "needs_asked": _asked(row["needs"]),
    }
    new, agreed_on = VocationalProfileInput.model_validate(_renamed(values)), on(scene.today, row["agreed"])
    seeker_id = scene.seekers[row["name"]]
    return VocationalProfile(**new.model_dump(), seeker_id=seeker_id, agreed_on=agreed_on)


def _renamed(values: dict[str, Any]) -> dict[str, Any]:
    return {"conditions_for_success" if name == "conditions" else name: each for name, each in values.items()}


def _asked(needs: str) -> NeedsAsked:
    if not needs:
        return NeedsAsked.NOT_ASKED
    return NeedsAsked.NONE if needs == "none" else NeedsAsked.LISTED


def _need(seeker_id: int, text: str) -> SupportNeed:
    """`transport_share yes her father`: the kind, whether somebody covers it already, and who."""
    kind, personal_cover, *who = text.split(" ", 2)
    new = SupportNeedInput.model_validate(
        {"kind": kind, "personal_cover": personal_cover, "who": " ".join(who)}
    )
    return SupportNeed(**new.model_dump(), seeker_id=seeker_id)


def _load_skills(scene: Scene, listed: list[dict[str, str]]) -> None:
    typed = [(row, rated(text)) for row in listed for text in parts(row["skills"])]
    settled = skills.settle_all(scene.session, [name for _, (name, _, _) in typed], by=scene.by)
    scene.store(
        _skill(scene, row, rating, meaning.concept_id)
        for (row, rating), meaning in zip(typed, settled, strict=True)
    )


def _skill(scene: Scene, row: dict[str, str], rating: tuple[str, int, str], concept_id: str) -> ProfileSkill:
    name, level, evidence = rating
    new = ProfileSkillInput.model_validate(
        {
            "name": name[:1].upper() + name[1:],
            "level": level,
            "evidence": evidence,
            "evidenced_on": on(scene.today, row["agreed"]),
        }
    )
    return ProfileSkill(**new.model_dump(), seeker_id=scene.seekers[row["name"]], concept_id=concept_id)


def _restricted(scene: Scene, row: dict[str, str]) -> RestrictedFacts:
    new = RestrictedFactsInput.model_validate(filled(row, "name"))
    return RestrictedFacts(**new.model_dump(), seeker_id=scene.seekers[row["name"]])
