"""What a profile holds in rows of its own: work that a person has done, certificates, whom they know."""

from typing import TypeVar

from pydantic import BaseModel
from sqlmodel import Session

from crm.models.profiles import Connection, PastJob, Qualification
from crm.models.users import Actor
from crm.services import records, seekers
from crm.services.seeker_rows import SeekerRows

PAST_JOBS = SeekerRows(PastJob, "job of the past")
"""Work that people have done, paid or not."""

QUALIFICATIONS = SeekerRows(Qualification, "qualification")
"""Schools, courses, qualifications and licences."""

CONNECTIONS = SeekerRows(Connection, "connection")
"""People of somebody's own circle who may help."""

R = TypeVar("R", PastJob, Qualification, Connection)


def add(session: Session, rows: SeekerRows[R], seeker_id: int, new: BaseModel, *, by: Actor) -> R:
    """Record a row of a person's profile.

    Raises:
        NotAllowedError: the person may not, or the job seeker is archived.
        NotFoundError: there is no such job seeker.
    """
    seekers.to_change(session, seeker_id, by=by)
    return records.add(session, rows.table(**new.model_dump(), seeker_id=seeker_id))


def change(
    session: Session, rows: SeekerRows[R], row_id: int, edit: BaseModel, *, version: int, by: Actor
) -> R:
    """Change a row of a person's profile.

    Raises:
        NotAllowedError: the person may not, or the row or its job seeker is archived.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the form was drawn.
    """
    return records.change(session, rows.to_change(session, row_id, by=by), edit, version=version)
