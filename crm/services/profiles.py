"""The vocational profile of a person and its support needs."""

from sqlmodel import Session, select

from crm.errors import RuleBrokenError
from crm.models.seekers import (
    NeedsAsked,
    SupportNeed,
    SupportNeedInput,
    VocationalProfile,
)
from crm.models.users import Actor
from crm.policy import Action
from crm.services import records, seekers
from crm.services.access import ensure, shown
from crm.services.seeker_rows import NEEDS


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> VocationalProfile | None:
    """The profile of a person, None until one is recorded.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    row = _of_seeker(session, seeker_id)
    return None if row is None else shown(session, row, by=by, action=Action.SEEKERS_READ)


def _of_seeker(session: Session, seeker_id: int) -> VocationalProfile | None:
    return session.exec(select(VocationalProfile).where(VocationalProfile.seeker_id == seeker_id)).first()


def to_change(session: Session, seeker_id: int, *, by: Actor) -> VocationalProfile:
    """The profile that somebody is about to change; an empty one is made for a person who has none.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
    """
    seekers.to_change(session, seeker_id, by=by)
    row = _of_seeker(session, seeker_id)
    return row or records.add(session, VocationalProfile(seeker_id=seeker_id))


def add_need(session: Session, seeker_id: int, new: SupportNeedInput, *, by: Actor) -> SupportNeed:
    """Record a support that a person needs at work; their profile then says that needs are listed.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: this kind of support is listed already.
    """
    seekers.to_change(session, seeker_id, by=by)
    _ensure_once(session, seeker_id, new, by)
    row = records.add(session, SupportNeed(**new.model_dump(), seeker_id=seeker_id))
    profile = to_change(session, seeker_id, by=by)
    records.change(session, profile, {"needs_asked": NeedsAsked.LISTED}, version=profile.version)
    return row


def change_need(
    session: Session, need_id: int, edit: SupportNeedInput, *, version: int, by: Actor
) -> SupportNeed:
    """Change a support need.

    Raises:
        NotAllowedError: the person may not, or the need or its job seeker is archived.
        NotFoundError: there is none with this id.
        RuleBrokenError: this kind of support is listed in another row.
        StaleFormError: somebody saved it after the form was drawn.
    """
    row = NEEDS.to_change(session, need_id, by=by)
    if edit.kind is not row.kind:
        _ensure_once(session, row.seeker_id, edit, by)
    return records.change(session, row, edit, version=version)


def _ensure_once(session: Session, seeker_id: int, new: SupportNeedInput, by: Actor) -> None:
    listed = NEEDS.of(session, seeker_id, by=by)
    if any(row.kind is new.kind for row in listed):
        raise RuleBrokenError(
            "This support is listed for the person already. Change that row instead.", field="kind"
        )
