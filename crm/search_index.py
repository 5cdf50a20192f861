"""The search index, written in the transaction of what it is about, just before the commit.

No service can forget it: what has an entry in the trail that is about to be written is looked at here, so
that records stored by thousands are found as well. Only what differs is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, col

from crm.audit import Changed, changed_records, take_turn
from crm.models.employers import EmployerSite
from crm.models.search import EntryKind, SearchEntry, SearchTrigram, SearchWord, code_lot
from crm.models.search_text import trigrams, words_of
from crm.search_sources import SOURCES, Findable

_AT_ONCE = 500
_ENTRY: Any = SearchEntry
_WORD: Any = SearchWord
_KINDS = {source.table.__name__: kind for kind, source in SOURCES.items()}
_NAMED_AFTER = (EntryKind.PERSON, EntryKind.VACANCY, EntryKind.AGREEMENT)
"""What is found by the name of its employer too."""

Place = tuple[str, str]
"""A word in its lot."""


def watch() -> None:
    """Have every session of this process write the index; before the trail forgets what has changed."""
    event.listen(Session, "before_commit", write)


def write(session: Session) -> None:
    """Bring the index up to what this transaction changes; before every commit."""
    session.flush()
    changed = changed_records(session)
    if not changed or session.in_nested_transaction():
        return
    connection = session.connection()
    touched = _touched(connection, changed)
    if touched:
        take_turn(connection)
    for kind, ids in touched.items():
        refresh(connection, kind, sorted(ids))


def _touched(connection: sa.Connection, changed: Iterable[Changed]) -> dict[EntryKind, set[int]]:
    """The records whose entries may differ now: those that changed, and those named or found after them."""
    found: defaultdict[EntryKind, set[int]] = defaultdict(set)
    sites: set[int] = set()
    renamed: set[int] = set()
    for one in changed:
        kind = _KINDS.get(one.kind)
        if kind and (one.is_new or one.fields & (SOURCES[kind].fields | {"archived_why"})):
            found[kind].add(one.record_id)
        if kind is EntryKind.EMPLOYER and not one.is_new and "name" in one.fields:
            renamed.add(one.record_id)
        if one.kind == EmployerSite.__name__:
            sites.add(one.record_id)
            found[EntryKind.EMPLOYER].update(filter(None, [one.before.get("employer_id")]))
    found[EntryKind.EMPLOYER].update(_owners(connection, sorted(sites)))
    for kind in _NAMED_AFTER if renamed else ():
        table: Any = SOURCES[kind].table
        named = sa.select(table.id).where(table.employer_id.in_(renamed))
        found[kind].update(connection.execute(named).scalars())
    return {kind: ids for kind, ids in found.items() if ids}


def _owners(connection: sa.Connection, sites: Sequence[int]) -> Iterator[int]:
    for some in parts(sites):
        query = sa.select(col(EmployerSite.employer_id)).where(col(EmployerSite.id).in_(some))
        yield from connection.execute(query).scalars()


def refresh(connection: sa.Connection, kind: EntryKind, ids: Sequence[int]) -> None:
    """Have the entries of these records be as the records are now; one that is gone loses its entry."""
    for some in parts(ids):
        records = SOURCES[kind].read(connection, some)
        entries = _store_entries(connection, kind, some, records)
        wanted = {
            (lot, word, entries[one.record_id]) for one in records for lot, word in places_of(kind, one)
        }
        held = sa.select(_WORD.lot, _WORD.word, _WORD.entry_id).where(_WORD.entry_id.in_(entries.values()))
        kept = {tuple(row) for row in connection.execute(held)}
        _add_words(connection, kind, sorted(wanted - kept))
        _drop_words(connection, kind, sorted(kept - wanted))
        gone = entries.keys() - {one.record_id for one in records}
        if gone:
            connection.execute(sa.delete(SearchEntry).where(_ENTRY.id.in_([entries[key] for key in gone])))


def places_of(kind: EntryKind, one: Findable) -> Iterator[Place]:
    """Every word and number that a record is found by."""
    yield from ((kind.value, word) for word in one.words)
    yield from ((code_lot(kind), code) for code in one.codes if code)


def _store_entries(
    connection: sa.Connection, kind: EntryKind, ids: Sequence[int], records: Iterable[Findable]
) -> dict[int, int]:
    """Store what is shown of each record; the ids of all entries by record, of those that are gone too."""
    held: Any = _ENTRY.__table__.select().where(_ENTRY.kind == kind, _ENTRY.record_id.in_(ids))
    before = {row["record_id"]: dict(row) for row in connection.execute(held).mappings()}
    new: list[dict[str, Any]] = []
    for one in records:
        values = values_of(kind, one)
        old = before.get(one.record_id)
        if old is None:
            new.append(values)
        elif {**old, **values} != old:
            connection.execute(sa.update(SearchEntry).where(_ENTRY.id == old["id"]).values(values))
    entries = {record_id: row["id"] for record_id, row in before.items()}
    if new:
        adding = sa.insert(SearchEntry).returning(_ENTRY.id, sort_by_parameter_order=True)
        added = connection.execute(adding, new).scalars()
        entries |= {values["record_id"]: key for values, key in zip(new, added, strict=True)}
    return entries


def values_of(kind: EntryKind, one: Findable) -> dict[str, Any]:
    """What the entry of a record holds."""
    return {
        "kind": kind,
        "record_id": one.record_id,
        "opens_id": one.opens_id,
        "title": one.title,
        "title_key": " ".join(words_of(one.title)),
        "detail": one.detail,
        "is_archived": one.is_archived,
    }


def _add_words(connection: sa.Connection, kind: EntryKind, rows: Sequence[tuple[str, str, int]]) -> None:
    """Add words; those that no entry of the kind had yet bring their trigrams."""
    words = sorted({word for lot, word, _ in rows if lot == kind.value})
    new = set(words) - _in_use(connection, kind, words)
    _insert(connection, SearchWord, [{"lot": lot, "word": word, "entry_id": key} for lot, word, key in rows])
    made = [(trigram, word) for word in sorted(new) for trigram in sorted(trigrams(word))]
    _insert(
        connection, SearchTrigram, [{"lot": kind.value, "trigram": each, "word": word} for each, word in made]
    )


def _drop_words(connection: sa.Connection, kind: EntryKind, rows: Sequence[tuple[str, str, int]]) -> None:
    """Take words away; one that no entry has any more is forgotten with its trigrams."""
    for lot, word, entry_id in rows:
        connection.execute(
            sa.delete(SearchWord).where(_WORD.lot == lot, _WORD.word == word, _WORD.entry_id == entry_id)
        )
    words = sorted({word for lot, word, _ in rows if lot == kind.value})
    gram: Any = SearchTrigram
    for word in sorted(set(words) - _in_use(connection, kind, words)):
        connection.execute(
            sa.delete(SearchTrigram).where(
                gram.lot == kind.value, gram.trigram.in_(trigrams(word)), gram.word == word
            )
        )


def _in_use(connection: sa.Connection, kind: EntryKind, words: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in parts(words):
        query = sa.select(_WORD.word).distinct().where(_WORD.lot == kind.value, _WORD.word.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def _insert(connection: sa.Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; PostgreSQL’s driver takes many at a time only if it is to give something back."""
    if not rows:
        return
    adding = sa.insert(table)
    if connection.dialect.name == "postgresql":
        adding = adding.returning(table.lot)
    connection.execute(adding, rows)


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values, as many at a time as one query takes."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def missing(connection: sa.Connection, kind: EntryKind) -> list[int]:
    """The records of a kind that have no entry: stored before there was an index, or by other means."""
    table: Any = SOURCES[kind].table
    having = sa.select(_ENTRY.record_id).where(_ENTRY.kind == kind)
    return list(
        connection.execute(sa.select(table.id).where(table.id.not_in(having)).order_by(table.id)).scalars()
    )


def known(connection: sa.Connection, kind: EntryKind) -> list[int]:
    """Every record of a kind, and those that are gone and still have an entry."""
    table: Any = SOURCES[kind].table
    having = sa.select(_ENTRY.record_id).where(_ENTRY.kind == kind)
    both = sa.union(sa.select(table.id), having).subquery()
    return list(connection.execute(sa.select(both.c[0]).order_by(both.c[0])).scalars())
