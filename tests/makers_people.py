"""Job seekers with their profile, skills and needs, made through the services that staff use."""

from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models.matches import Decision, MatchDecision, MatchRun, SeekerView
from crm.models.profiles import FIELDS_OF, ProfileStep, ProfileStepInput, Step
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.seekers import (
    JobSeeker,
    ProfileSkill,
    ProfileSkillInput,
    SupportNeed,
    SupportNeedInput,
    VocationalProfile,
)
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy, VacancyCriterion, VacancyCriterionInput
from crm.policy import Action
from crm.services import criteria, profile_skills, profile_steps, profiles, records, seekers
from crm.services.access import ensure
from crm.services.school_age import SchoolAge

DECIDED_ON = date(2026, 11, 20)

LEFT = {"referral_end": "chose_not_to", "referral_ended_on": date(2026, 11, 2)}
"""How the referral of somebody ended who left."""

WEEK = [{"day": day, "start": "09:00", "end": "17:00"} for day in range(5)]
"""Monday to Friday, the whole day."""


def make_seeker(
    session: Session, name: str = "Amara Nwosu", *, by: Actor = SYSTEM, **facts: object
) -> JobSeeker:
    """Somebody who looks for work; who has left chose not to go on, unless told otherwise."""
    ended = LEFT if facts.get("status") == "exited" else {}
    new = JobSeekerInput.model_validate({"preferred_name": name, **ended, **facts})
    return seekers.add(session, new, by=by)


def make_old_leaver(session: Session, name: str = "Nkechi Obi", **facts: Any) -> JobSeeker:
    """Somebody who left before the service asked how referrals end."""
    row = make_seeker(session, name, status="exited", **facts)
    row.referral_end = row.referral_ended_on = None
    session.flush()
    return row


def make_profile(session: Session, seeker: JobSeeker, **wishes: object) -> VocationalProfile:
    """The profile of a person: free all week, up to 20 hours, no support needs, unless told otherwise."""
    told = {"hours_now_min": 8, "hours_now_max": 20, "availability": WEEK, "needs_asked": "none", **wishes}
    for step, names in FIELDS_OF.items():
        if told.keys() & set(names):
            _save_step(session, seeker, step, {name: told[name] for name in names if name in told})
    found = profiles.of_seeker(session, seeker.key, by=SYSTEM)
    assert found is not None
    return found


def make_step(
    session: Session, seeker: JobSeeker, step: Step, *, version: int = 0, by: Actor = SYSTEM, **said: object
) -> ProfileStep:
    """One step of a person's profile, done unless told otherwise; nothing is known of their age."""
    return _save_step(session, seeker, step, said, version=version, by=by)


def _save_step(
    session: Session,
    seeker: JobSeeker,
    step: Step,
    said: dict[str, Any],
    *,
    version: int = 0,
    by: Actor = SYSTEM,
) -> ProfileStep:
    edit = ProfileStepInput.model_validate(said)
    school = SchoolAge(seeker.key, DECIDED_ON, by.id, is_of_it=None)
    return profile_steps.save(session, seeker.key, step, edit, version=version, school=school, by=by)


def make_skill(
    session: Session, seeker: JobSeeker, name: str = "Fold boxes", **facts: object
) -> ProfileSkill:
    """A skill that somebody has seen, at level 3."""
    told = {"name": name, "level": 3, "evidence": "observed", **facts}
    return profile_skills.add(session, seeker.key, ProfileSkillInput.model_validate(told), by=SYSTEM)


def make_need(session: Session, seeker: JobSeeker, kind: str = "named_buddy", **facts: object) -> SupportNeed:
    """A support that a person needs at work."""
    new = SupportNeedInput.model_validate({"kind": kind, **facts})
    return profiles.add_need(session, seeker.key, new, by=SYSTEM)


def make_criterion(
    session: Session, vacancy: Vacancy, text: str = "Fold boxes", **facts: object
) -> VacancyCriterion:
    """Something that a vacancy asks for, as an essential."""
    new = VacancyCriterionInput.model_validate({"text": text, **facts})
    return criteria.add(session, vacancy.key, new, by=SYSTEM)


def make_decision(
    session: Session, vacancy: Vacancy, seeker: JobSeeker, decision: str = "shortlist", **facts: Any
) -> MatchDecision:
    """A decision about a person and a vacancy as it is kept, without the comparison that came before it."""
    ensure(session, SYSTEM, Action.MATCHES_DECIDE)
    said: dict[str, Any] = {"seeker_view": SeekerView.KEEN, "decided_on": DECIDED_ON, **facts}
    run = records.add(
        session, MatchRun(vacancy_id=vacancy.key, engine_version="1", inputs_digest="0", compared=1)
    )
    return records.add(
        session,
        MatchDecision(
            run_id=run.key,
            vacancy_id=vacancy.key,
            seeker_id=seeker.key,
            decision=Decision(decision),
            **said,
        ),
    )
