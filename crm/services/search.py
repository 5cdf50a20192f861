"""Finding records by what is typed: employers, people, vacancies, agreements, job seekers.

Every term has to be there. Best is a word that is, or begins with, what was typed; then one that holds it;
then one written like it, asked for only where few were found. The order is always the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from crm.models.search import EntryKind
from crm.models.search_text import terms_of
from crm.models.users import Actor
from crm.policy import Action
from crm.services import search_pages
from crm.services.access import ensure
from crm.services.listing import Listing
from crm.services.search_query import Hit
from crm.services.search_scope import kinds_for, scope_of

MOST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first of them, and how many there are."""

    kind: EntryKind
    hits: list[Hit]
    total: int


def find(session: Session, typed: str, *, limit: int, by: Actor) -> list[Group]:
    """What is found of every kind, `limit` records in all, shared out among the kinds that have any.

    Raises:
        NotAllowedError: the person is no colleague.
    """
    ensure(session, by, Action.SERVICE_READ)
    terms = terms_of(typed[:MOST_TYPED])
    scopes = [scope_of(session, kind, by=by) for kind in kinds_for(by)] if terms else []
    found = search_pages.pages(session, scopes, terms, offset=0, limit=limit)
    groups = [
        Group(scope.kind, page.rows, page.total)
        for scope, page in zip(scopes, found, strict=True)
        if page.total
    ]
    rooms = _shared_out([len(group.hits) for group in groups], limit)
    return [
        Group(group.kind, group.hits[:room], group.total) for group, room in zip(groups, rooms, strict=True)
    ]


def listing(
    session: Session, kind: EntryKind, typed: str, *, offset: int, limit: int, by: Actor
) -> Listing[Hit]:
    """One page of what is found of one kind.

    Raises:
        NotAllowedError: the person may not see this kind of record.
    """
    ensure(session, by, Action.SERVICE_READ)
    terms = terms_of(typed[:MOST_TYPED])
    scope = scope_of(session, kind, by=by)
    return search_pages.page(session, scope, terms, offset=offset, limit=limit)


def _shared_out(wanted: Sequence[int], room: int) -> list[int]:
    """Room for each in turn until it is used up, so that no kind crowds out another."""
    given = [0] * len(wanted)
    while room > 0 and given != list(wanted):
        for place, most in enumerate(wanted):
            if given[place] < most and room > 0:
                given[place] += 1
                room -= 1
    return given
