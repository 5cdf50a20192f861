"""The vocational profile step by step: how far each has come, and what each says when it is saved."""

from typing import Any

from sqlmodel import Session, select

from crm.errors import FieldChange, RuleBrokenError, StaleFormError
from crm.models.profiles import FIELDS_OF, ProfileStep, ProfileStepInput, Step, StepState
from crm.models.seekers import NeedsAsked, VocationalProfile
from crm.models.users import Actor
from crm.policy import Action
from crm.services import drafts, profile_rows, profiles, records, school_age, seekers
from crm.services.access import ensure, scoped
from crm.services.school_age import SchoolAge
from crm.services.seeker_rows import NEEDS, SKILLS

_ROWS_OF = {
    Step.WORK_HISTORY: profile_rows.PAST_JOBS,
    Step.SKILLS: SKILLS,
    Step.EDUCATION: profile_rows.QUALIFICATIONS,
    Step.NEEDS: NEEDS,
    Step.PEOPLE: profile_rows.CONNECTIONS,
}
"""The steps that are about rows of their own."""


def form_of(step: Step) -> str:
    """The name under which a step's form keeps its drafts."""
    return f"profile-{step}"


def states(session: Session, seeker_id: int, *, by: Actor) -> dict[Step, StepState]:
    """How far each step has come.

    One that nobody has saved has begun where something of it is recorded, or typed by this colleague.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    saved = {row.step: row.state for row in _rows(session, seeker_id, by)}
    profile = profiles.of_seeker(session, seeker_id, by=by)
    typed = drafts.forms(session, f"new-{seeker_id}", by=by)
    return {
        step: saved.get(step) or _unsaved(session, seeker_id, step, profile, typed, by=by) for step in Step
    }


def _unsaved(
    session: Session,
    seeker_id: int,
    step: Step,
    profile: VocationalProfile | None,
    typed: set[str],
    *,
    by: Actor,
) -> StepState:
    is_told = profile is not None and any(
        getattr(profile, name) != _default(name) for name in FIELDS_OF[step]
    )
    rows = _ROWS_OF.get(step)
    has_begun = is_told or form_of(step) in typed or (rows and rows.of(session, seeker_id, by=by))
    return StepState.STARTED if has_begun else StepState.NOT_STARTED


def _default(name: str) -> Any:
    return VocationalProfile.model_fields[name].get_default(call_default_factory=True)


def find(session: Session, seeker_id: int, step: Step, *, by: Actor) -> ProfileStep | None:
    """One step of a person's profile as it was saved, None until it was.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    return _row(session, seeker_id, step)


def save(
    session: Session,
    seeker_id: int,
    step: Step,
    edit: ProfileStepInput,
    *,
    version: int,
    school: SchoolAge | None = None,
    by: Actor,
) -> ProfileStep:
    """Record what one step says, and how far it has come; version 0 says that it had never been saved.

    Other steps may be saved meanwhile: each has a version of its own. `school` is what `school_age.ask`
    told, where `school_age.has_to_be_asked`.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: no needs are said while some are listed, or the hours are not for school age.
        StaleFormError: somebody saved this step after the form was drawn.
    """
    seekers.to_change(session, seeker_id, by=by)
    values = edit.model_dump(include=set(FIELDS_OF[step]) & edit.model_fields_set)
    profile = profiles.to_change(session, seeker_id, by=by)
    row = _row(session, seeker_id, step)
    if version != (row.version if row else 0):
        raise _stale(row, profile, values)
    _ensure_needs(session, seeker_id, values, by)
    if step is Step.HOURS:
        school_age.ensure_hours(edit, school, (seeker_id, by.id))
    records.change(session, profile, values, version=profile.version)
    if row is None:
        return records.add(session, ProfileStep(seeker_id=seeker_id, step=step, state=edit.state))
    return records.change(session, row, {"state": edit.state, "saves": row.saves + 1}, version=version)


def _stale(row: ProfileStep | None, profile: VocationalProfile, values: dict[str, Any]) -> StaleFormError:
    changes = [
        FieldChange(name, getattr(profile, name))
        for name, value in values.items()
        if getattr(profile, name) != value
    ]
    return StaleFormError(
        "Somebody saved this step after you opened it. Nothing you typed is lost: compare it with what is "
        "stored now, then save again.",
        changes=changes,
        version=row.version if row else 0,
    )


def _ensure_needs(session: Session, seeker_id: int, values: dict[str, Any], by: Actor) -> None:
    asked = values.get("needs_asked", NeedsAsked.LISTED)
    if asked is not NeedsAsked.LISTED and NEEDS.of(session, seeker_id, by=by):
        raise RuleBrokenError(
            "Support needs are listed for this person. Archive them first, or answer “Listed”.",
            field="needs_asked",
        )


def _row(session: Session, seeker_id: int, step: Step) -> ProfileStep | None:
    query = select(ProfileStep).where(ProfileStep.seeker_id == seeker_id, ProfileStep.step == step)
    return session.exec(query).first()


def _rows(session: Session, seeker_id: int, by: Actor) -> list[ProfileStep]:
    query = select(ProfileStep).where(ProfileStep.seeker_id == seeker_id)
    return list(session.exec(scoped(session, query, ProfileStep, by=by, action=Action.SEEKERS_READ)))
