"""The profile as the person agreed to it on a day: a version of all of it, compared field by field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.base import Record
from crm.models.profiles import AgreementWithMeInput, ProfileVersion
from crm.models.seekers import VocationalProfileInput
from crm.models.users import Actor
from crm.policy import Action
from crm.services import profiles, records, seekers
from crm.services.access import ensure, scoped, shown
from crm.services.profile_rows import CONNECTIONS, PAST_JOBS, QUALIFICATIONS
from crm.services.seeker_rows import NEEDS, SKILLS, SeekerRows

Content = dict[str, Any]
"""A profile as plain values: its fields, and its rows as lists, by name."""

_LISTS: dict[str, SeekerRows[Any]] = {
    "past_jobs": PAST_JOBS,
    "skills": SKILLS,
    "qualifications": QUALIFICATIONS,
    "needs": NEEDS,
}
_OF_NEAR = ("family_views", "family_views_of")
_NOT_TOLD = {
    *("id", "version", "created_at", "created_by", "updated_at", "updated_by"),
    *("archived_at", "archived_by", "archived_why", "seeker_id", "concept_id"),
}


@dataclass(frozen=True, slots=True)
class Differing:
    """One field in which two profiles differ: what the earlier says, and what the later says."""

    field: str
    before: Any
    after: Any


def agree(
    session: Session, seeker_id: int, new: AgreementWithMeInput, *, by: Actor, today: date
) -> ProfileVersion:
    """Keep the whole profile as the person has just agreed to it, with the day.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
        RuleBrokenError: the day lies in the future, or before the last version.
    """
    seeker = seekers.to_change(session, seeker_id, by=by)
    agreed_on = new.agreed_on or today
    if agreed_on > today:
        raise RuleBrokenError("A profile is agreed on a day that has come.", field="agreed_on")
    last = of_seeker(session, seeker.key, by=by)
    if last and last[0].agreed_on > agreed_on:
        raise RuleBrokenError("A later version was agreed already. Check the date.", field="agreed_on")
    profile = profiles.to_change(session, seeker.key, by=by)
    records.change(session, profile, {"agreed_on": agreed_on}, version=profile.version)
    content, people = as_it_stands(session, seeker.key, by=by)
    return records.add(
        session,
        ProfileVersion(
            seeker_id=seeker.key, agreed_on=agreed_on, how=new.how, content=content, people=people
        ),
    )


def of_seeker(session: Session, seeker_id: int, *, by: Actor) -> list[ProfileVersion]:
    """The versions of a person's profile, the latest first, as far as this person may see them.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    query = select(ProfileVersion).where(ProfileVersion.seeker_id == seeker_id)
    query = scoped(session, query, ProfileVersion, by=by, action=Action.SEEKERS_READ)
    rows = session.exec(query.order_by(col(ProfileVersion.agreed_on).desc(), col(ProfileVersion.id).desc()))
    return [shown(session, row, by=by, action=Action.SEEKERS_READ) for row in rows]


def as_it_stands(session: Session, seeker_id: int, *, by: Actor) -> tuple[Content, list[Content]]:
    """The profile of this moment as a version would keep it, and beside it what only those near may see.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    ensure(session, by, Action.SEEKERS_READ)
    profile = profiles.of_seeker(session, seeker_id, by=by)
    told = set(VocationalProfileInput.model_fields)
    content: Content = profile.model_dump(mode="json", include=told - set(_OF_NEAR)) if profile else {}
    for name, rows in _LISTS.items():
        content[name] = _listed(session, rows, seeker_id, by)
    people = _listed(session, CONNECTIONS, seeker_id, by)
    views = profile.model_dump(mode="json", include=set(_OF_NEAR)) if profile else {}
    return content, [*people, views] if any(views.values()) else people


def _listed(session: Session, rows: SeekerRows[Any], seeker_id: int, by: Actor) -> list[Content]:
    # Where something is hidden, words stand in its place that are no value of the field: no warning for that.
    found = rows.of(session, seeker_id, by=by)
    return [_in_order(row.model_dump(mode="json", exclude=_NOT_TOLD, warnings=False), row) for row in found]


def _in_order(told: Content, row: Record) -> Content:
    """What a row says in the order in which its fields are asked, whichever of them were read last."""
    return {name: told[name] for name in type(row).model_fields if name in told}


def differences(
    before: tuple[Content, list[Content] | str], after: tuple[Content, list[Content] | str]
) -> list[Differing]:
    """The fields in which two profiles differ, as far as both are shown; not known is the same."""
    first, second = before[0], after[0]
    if isinstance(before[1], list) and isinstance(after[1], list):
        first, second = {**first, "people": before[1]}, {**second, "people": after[1]}
    names = dict.fromkeys([*VocationalProfileInput.model_fields, *_LISTS, *sorted({*first, *second})])
    return [
        Differing(name, first.get(name), second.get(name))
        for name in names
        if _or_nothing(first.get(name)) != _or_nothing(second.get(name))
    ]


def _or_nothing(value: Any) -> Any:
    """What was never asked is the same whether the version knew of the field or not."""
    return None if value in ("", [], {}, "unknown", "not_asked") else value
