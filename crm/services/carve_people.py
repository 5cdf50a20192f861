"""Finding people whom a job is built for by their name, and by nothing else."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import NotFoundError
from crm.models.base import folded
from crm.models.seekers import JobSeeker
from crm.models.users import Actor
from crm.policy import Action
from crm.services.access import scoped
from crm.services.listing import contains
from crm.services.matching_inputs import rows_of
from crm.services.seeker_inputs import is_live

MOST_NAMES = 12
"""People that a search offers; a longer list is narrowed by typing."""


def names(session: Session, words: str, *, by: Actor) -> dict[int, str]:
    """The first people by name who look for work and whose name holds the words, by id.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    chosen = contains(JobSeeker.name_key, words) if folded(words) else sa.true()
    return _names(session, sa.and_(is_live(), chosen), by)


def named(session: Session, seeker_ids: Collection[int], *, by: Actor) -> dict[int, str]:
    """Those of these people who look for work, by id, in order of name.

    Raises:
        NotAllowedError: the person may not see job seekers.
    """
    return _names(session, sa.and_(is_live(), col(JobSeeker.id).in_(list(seeker_ids))), by)


def name_of(session: Session, seeker_id: int, *, by: Actor) -> str:
    """The name of somebody who looks for work.

    Raises:
        NotAllowedError: the person may not see job seekers.
        NotFoundError: they do not look for work now.
    """
    found = named(session, [seeker_id], by=by).get(seeker_id)
    if found is None:
        raise NotFoundError("This person does not look for work now, so no job is built for them.")
    return found


def _names(session: Session, chosen: sa.ColumnElement[bool], by: Actor) -> dict[int, str]:
    query = (
        sa.select(col(JobSeeker.id), col(JobSeeker.preferred_name))
        .where(chosen)
        .order_by(col(JobSeeker.name_key), col(JobSeeker.id))
        .limit(MOST_NAMES)
    )
    query = scoped(session, query, JobSeeker, by=by, action=Action.SEEKERS_READ)
    return {row[0]: row[1] for row in rows_of(session, query)}
