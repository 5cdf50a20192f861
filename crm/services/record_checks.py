"""Records compared with the trail: does each field hold what was saved last, and is everything there?

The database itself would not tell: a disk that loses a bit, or somebody who writes past this product, leaves
a file that is sound. The trail is read beside the records, both in the order of their ids and some at a time,
so it takes no more memory for many than for few. What has no trail (sessions, drafts, jobs, uploads, a loaded
vocabulary) is not compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from crm import audit_values, schema_shape, search_proof
from crm.audit import CHANGES
from crm.models.audit import AuditEntry
from crm.models.base import Record
from crm.models.users import Actor
from crm.policy import Action
from crm.secret_store import audit_key
from crm.services.access import ensure
from crm.services.record_cells import Row, rows, streamed
from crm.services.record_proof import Difference, Proof, Told, told_by

_NAMED = 20
"""So many are told of one by one; whoever meets more has a damaged database, not a damaged record."""


_INDEX = "The search index"
_VALUES = "What is kept beside the trail’s entry"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing found: how many records there are, what differs, and how many differences in all."""

    records: int
    named: tuple[Difference, ...]
    count: int

    @property
    def words(self) -> str:
        """Each difference in a sentence, as far as they are named; empty when there is none."""
        more = self.count - len(self.named)
        said = [one.words for one in self.named]
        return " ".join([*said, f"{more:,} more differ."] if more else said)


def compare(session: Session, *, by: Actor) -> Comparison:
    """Compare every record with what the trail tells of it, as both are at one moment (`crm.db.one_moment`).

    What is kept beside the trail is opened as well, and the search index compared with the records: neither
    has a trail of its own.

    Raises:
        NotAllowedError: the person may not read the trail.
    """
    ensure(session, by, Action.AUDIT_READ)
    return _compare(session, _of_values, _of_index)


def compare_copy(session: Session) -> Comparison:
    """The same of the records of a database of its own, such as a restored copy, for who runs the machine."""
    return _compare(session)


def _compare(session: Session, *others: Callable[[Session], Iterator[Difference]]) -> Comparison:
    connection = session.connection()
    _ensure_one_moment(connection)
    proof, count, named = Proof(audit_key()), 0, list[Difference]()
    of_kinds = (_differences(connection, kind, proof) for kind in kinds())
    for differing in (_of_schema(connection), *of_kinds, *(other(session) for other in others)):
        named += islice(differing, _NAMED - len(named))
        count += sum(1 for _ in differing)
    return Comparison(proof.records, tuple(named), len(named) + count)


def _of_schema(connection: sa.Connection) -> Iterator[Difference]:
    if not schema_shape.is_as_noted(connection):
        yield Difference("The schema of the database", None, "", "is not what the last step made of it")


def _of_values(session: Session) -> Iterator[Difference]:
    try:
        for entry_id in audit_values.closed(session):
            yield Difference(_VALUES, entry_id, "", "cannot be opened")
    except DBAPIError:
        yield Difference("What is kept beside the trail", None, "", "cannot all be read")


def _of_index(session: Session) -> Iterator[Difference]:
    try:
        count = search_proof.differing(session.connection())
    except (DBAPIError, LookupError, ValueError):
        yield Difference(_INDEX, None, "", "cannot be compared with the records: run python -m crm reindex")
        return
    if count:
        yield Difference(
            _INDEX, None, "", f"is not as the records are in {count:,} places: run python -m crm reindex"
        )


def _ensure_one_moment(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql" and connection.get_isolation_level() != "REPEATABLE READ":
        raise RuntimeError("Records and trail are compared as they are at one moment.")


def kinds() -> list[type[Record]]:
    """Every kind of record, by name."""
    return sorted(Record.__subclasses__(), key=lambda kind: kind.__name__)


def _differences(connection: sa.Connection, kind: type[Record], proof: Proof) -> Iterator[Difference]:
    """What differs among the records of one kind; where they cannot be read on, that is the last."""
    name = kind.__name__
    try:
        for record_id, row, told in _side_by_side(rows(connection, kind), _told(connection, name)):
            if row is None:
                yield Difference(name, record_id, "", "is in the trail and not there any more")
            else:
                yield from proof.differences(kind, row, told)
    except DBAPIError:
        # What the database says of it may hold what is in the cell.
        yield Difference(name, None, "", "cannot all be read")


def _side_by_side(rows: Iterator[Row], told: Iterator[Told]) -> Iterator[tuple[int, Row | None, Told | None]]:
    """Each record with what the trail tells of it; both come by id, and either may be missing."""
    row, one = next(rows, None), next(told, None)
    while row is not None or one is not None:
        lowest = min(side.id for side in (row, one) if side is not None)
        has_row, is_told = row is not None and row.id == lowest, one is not None and one.id == lowest
        yield lowest, row if has_row else None, one if is_told else None
        row = next(rows, None) if has_row else row
        one = next(told, None) if is_told else one


def _told(connection: sa.Connection, kind: str) -> Iterator[Told]:
    query = (
        sa.select(
            col(AuditEntry.record_id),
            col(AuditEntry.at),
            col(AuditEntry.actor_id),
            col(AuditEntry.action),
            col(AuditEntry.digests),
        )
        .where(col(AuditEntry.record_kind) == kind, col(AuditEntry.action).in_(CHANGES))
        .order_by(col(AuditEntry.record_id), col(AuditEntry.id))
    )
    for record_id, entries in groupby(streamed(connection, query), key=lambda entry: entry.record_id):
        yield told_by(record_id, entries)
