"""The search index compared with the records that it is worked out of, some at a time; nothing is written."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from crm.models.search import EntryKind, SearchEntry, SearchTrigram, SearchWord
from crm.models.search_text import trigrams
from crm.search_index import known, parts, places_of, values_of
from crm.search_sources import SOURCES

_ENTRY: Any = SearchEntry
_WORD: Any = SearchWord
_TRIGRAM: Any = SearchTrigram
_AT_A_TIME = 500
_SHOWN = ("record_id", "opens_id", "title", "title_key", "detail")

_trigrams = lru_cache(maxsize=4_096)(trigrams)


def differing(connection: sa.Connection) -> int:
    """In how many places the index is not as the records are."""
    entries = sum(
        _differing_entries(connection, kind, some)
        for kind in EntryKind
        for some in parts(known(connection, kind))
    )
    return entries + sum(_differing_trigrams(connection, kind) for kind in EntryKind)


def _differing_entries(connection: sa.Connection, kind: EntryKind, ids: Sequence[int]) -> int:
    records = {one.record_id: one for one in SOURCES[kind].read(connection, ids)}
    is_archived = sa.cast(_ENTRY.is_archived, sa.Integer)
    shown = sa.select(_ENTRY.id, is_archived, *(getattr(_ENTRY, name) for name in _SHOWN))
    held = {
        row.record_id: row
        for row in connection.execute(shown.where(_ENTRY.kind == kind, _ENTRY.record_id.in_(ids)))
    }
    words: dict[int, set[tuple[str, str]]] = {row.id: set() for row in held.values()}
    of_these = sa.select(_WORD.entry_id, _WORD.lot, _WORD.word).where(_WORD.entry_id.in_(list(words)))
    for entry_id, lot, word in connection.execute(of_these):
        words[entry_id].add((lot, word))
    count = len(records.keys() ^ held.keys())
    for key in records.keys() & held.keys():
        one, row = records[key], held[key]
        expected = values_of(kind, one)
        is_shown = [int(expected["is_archived"]), *(expected[name] for name in _SHOWN)] == list(row[1:])
        count += not is_shown or words[row.id] != set(places_of(kind, one))
    return count


def _differing_trigrams(connection: sa.Connection, kind: EntryKind) -> int:
    """Trigrams that are none of their word, and whether all of every word are there and none of others."""
    lot, options = kind.value, {"yield_per": _AT_A_TIME}
    held = sa.select(_TRIGRAM.trigram, _TRIGRAM.word).where(_TRIGRAM.lot == lot)
    wrong, found = 0, 0
    for trigram, word in connection.execute(held.order_by(_TRIGRAM.trigram), execution_options=options):
        found += 1
        wrong += trigram not in _trigrams(word)
    words = sa.select(_WORD.word).where(_WORD.lot == lot).distinct()
    expected = sum(
        len(_trigrams(word)) for word in connection.execute(words, execution_options=options).scalars()
    )
    in_use = sa.exists().where(_WORD.lot == lot, _WORD.word == _TRIGRAM.word)
    strange = sa.select(sa.func.count()).select_from(SearchTrigram).where(_TRIGRAM.lot == lot, ~in_use)
    return wrong + abs(expected - found) + connection.execute(strange).scalar_one()
