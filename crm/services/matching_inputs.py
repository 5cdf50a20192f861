"""The one bridge from rows to what matching compares: people in `seeker_inputs`, jobs in `job_inputs`.

Nothing restricted is within reach: no health, no benefits, no age, no reason for fewer hours. Every reading
makes a fixed number of queries, however many people or jobs there are.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.base import Known, Record
from crm.models.week import Slot as Time
from matching.concepts import Concepts
from matching.records import Slot
from matching.vocabulary import OWN, Vocabulary

MOST_NAMED = 500
"""More wanted rows than this are not named in a query: all are read, and the others passed over."""

Ids = Collection[int] | None
"""The ids of wanted records; None for all of them."""


class Meanings:
    """Gives each concept one phrase of its own, so that matching takes over what was settled when saved."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.concepts = Concepts(vocabulary)
        self._phrases: dict[str, str] = {}
        self._taken: set[str] = set()

    def phrase(self, concept_id: str, typed: str | None = None) -> str:
        """The words for a concept: its label, or for words of one's own what was typed."""
        known = self._phrases.get(concept_id)
        return known if known is not None else self._name(concept_id, typed)

    def _name(self, concept_id: str, typed: str | None) -> str:
        concept = self.vocabulary.get(concept_id)
        words = concept.label if concept else (typed or concept_id.removeprefix(OWN)).strip()
        phrase = words if words not in self._taken else f"{words} ({concept_id})"
        self._phrases[concept_id] = phrase
        self._taken.add(phrase)
        self.concepts.settle(phrase, concept_id)
        return phrase


def times(slots: Sequence[Time]) -> tuple[Slot, ...]:
    """Times of the week as matching writes them: minutes after midnight."""
    return tuple(Slot(slot["day"], _minutes(slot["start"]), _minutes(slot["end"])) for slot in slots)


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def yes_or_no(answer: Known) -> bool | None:
    """Yes, no, or not recorded."""
    return None if answer is Known.UNKNOWN else answer is Known.YES


def is_wanted(column: Any, ids: Ids) -> sa.ColumnElement[bool]:
    """Narrow a query to the wanted ids, where they are few enough to be named."""
    return sa.true() if ids is None or len(ids) > MOST_NAMED else column.in_(list(ids))


def rows_of(session: Session, query: Any) -> Sequence[Any]:
    """All rows of a query as tuples."""
    return session.connection().execute(query).all()


def rows_by(session: Session, query: Any) -> defaultdict[int, list[Any]]:
    """The rows of a query by their first column, in order."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows_of(session, query):
        found[row[0]].append(row)
    return found


def pulse(session: Session, *tables: type[Record]) -> tuple[int, ...]:
    """The sum of all versions of each table: versions only rise and rows are kept, so every change shows."""
    totals = [sa.select(sa.func.coalesce(sa.func.sum(col(table.version)), 0)) for table in tables]
    query = sa.select(*(total.scalar_subquery() for total in totals))
    return tuple(rows_of(session, query)[0])


def versions_by(session: Session, table: type[Record], owner: Any) -> dict[int, int]:
    """The sum of the versions of the rows that belong to each owner."""
    query = sa.select(owner, sa.func.sum(col(table.version))).where(owner.is_not(None)).group_by(owner)
    return {row[0]: row[1] for row in rows_of(session, query)}
