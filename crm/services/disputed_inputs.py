"""Rows that a person says are not right, on their way to matching: until settled they are as not recorded."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from crm.models.disputes import DisputedPart, RowDispute
from crm.services.matching_inputs import Ids, is_wanted
from matching.records import Seeker, SeekerHours, Travel

_NOT_KNOWN: Mapping[DisputedPart, Callable[[Seeker], Seeker]] = {
    DisputedPart.HOURS: lambda record: replace(record, hours=SeekerHours()),
    DisputedPart.WEEK: lambda record: replace(record, availability=()),
    DisputedPart.TRAVEL: lambda record: replace(record, travel=Travel()),
    DisputedPart.INTERESTS: lambda record: replace(record, interests=()),
    DisputedPart.MUST: lambda record: replace(record, must=()),
    DisputedPart.AVOID: lambda record: replace(record, avoid=()),
    # The engine knows no half-asked needs: with one in doubt, what support they need is not known.
    DisputedPart.SUPPORT_NEED: lambda record: replace(record, support_needs=None),
}


def disputed_rows(ids: Ids) -> Any:
    """The open disputes of these people, all of them when None: whose, which part, which row of it."""
    rows = RowDispute
    return (
        sa.select(col(rows.seeker_id), col(rows.part), col(rows.row_key))
        .where(col(rows.settled_on).is_(None), is_wanted(col(rows.seeker_id), ids))
        .order_by(col(rows.id))
    )


def undisputed_skills(skills: Iterable[Any], disputed: Collection[Any]) -> Sequence[Any]:
    """The rows of skills without those that a person says are not right; the concept stands second."""
    concepts = {key for _, part, key in disputed if part is DisputedPart.SKILL}
    return [row for row in skills if row[1] not in concepts]


def as_not_known(record: Seeker, disputed: Collection[Any]) -> Seeker:
    """The record with what is in doubt left open; skills are left out before it is made."""
    for _, part, key in disputed:
        if part is DisputedPart.SCALE:
            abilities = {scale: level for scale, level in record.abilities.items() if scale != key}
            supports = tuple(scale for scale in record.ability_supports if scale != key)
            record = replace(record, abilities=abilities, ability_supports=supports)
        elif part in _NOT_KNOWN:
            record = _NOT_KNOWN[part](record)
    return record
