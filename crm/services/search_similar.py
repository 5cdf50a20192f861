"""Words that are written like a word that was typed: with its letters inside them, or with a slip in it.

Candidates share its rarest trigrams; how far each is away is measured afterwards. Only lots that the person
may see are looked into, so that no word of another changes what is found.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from rapidfuzz.distance import OSA
from sqlmodel import Session

from crm.models.search import SearchTrigram, SearchWord
from crm.models.search_text import LAST, trigrams

_GRAM: Any = SearchTrigram
_WORD: Any = SearchWord
_MOST_ROWS = 6_000
"""How many places of trigrams are looked at; the rarest ones come first."""

_MOST_CANDIDATES = 600
_MOST = 40
_SHORTEST = 3
_SHORT, _LONG = 5, 6

_COMMON = 500
"""A word that so many places begin with already is taken for what was meant."""

INSIDE, ONE_SLIP, BEGINS_WITH_SLIP, TWO_SLIPS = 2, 3, 4, 5
"""How much worse than the word itself; a word that begins with what was typed counts 1."""

PENALTIES = (INSIDE, ONE_SLIP, BEGINS_WITH_SLIP, TWO_SLIPS)

Similar = dict[str, dict[str, int]]
"""By lot: each word like the typed one, and how much worse it is."""


def similar(session: Session, lots: Sequence[str], word: str) -> Similar:
    """The words of these lots that are written like this one, the nearest of each lot."""
    if not lots or len(word) < _SHORTEST or not word.isalpha():
        return {}
    grams = {gram for one in (word, *_swapped(word)) for gram in trigrams(one)}
    found: dict[str, list[tuple[int, str]]] = {}
    for lot, candidate in _candidates(session, lots, _rarest(session, lots, grams)):
        penalty = _penalty(word, candidate)
        if penalty is not None:
            found.setdefault(lot, []).append((penalty, candidate))
    return {lot: {one: penalty for penalty, one in sorted(some)[:_MOST]} for lot, some in found.items()}


def uncommon(session: Session, lots: Sequence[str], words: Sequence[str]) -> dict[str, list[str]]:
    """For each word the lots in which few places begin with it, so that it may be a slip there."""
    pairs = [(word, lot) for word in words for lot in lots]
    if len(words) < 2:
        return {word: list(lots) for word in words}
    counts = session.connection().execute(sa.select(*(_places(lot, word) for word, lot in pairs))).one()
    found: dict[str, list[str]] = {word: [] for word in words}
    for (word, lot), count in zip(pairs, counts, strict=True):
        if count < _COMMON:
            found[word].append(lot)
    return found


def _places(lot: str, word: str) -> Any:
    begins = sa.select(_WORD.entry_id).where(_WORD.lot == lot, _WORD.word >= word, _WORD.word < word + LAST)
    return sa.select(sa.func.count()).select_from(begins.limit(_COMMON).subquery()).scalar_subquery()


def _swapped(word: str) -> list[str]:
    """The word with two neighbours swapped, in each way: a swap in a short word leaves no trigram."""
    if len(word) > _LONG:
        return []
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def _rarest(session: Session, lots: Sequence[str], grams: Iterable[str]) -> list[str]:
    query = (
        sa.select(_GRAM.trigram, sa.func.count())
        .where(_GRAM.lot.in_(lots), _GRAM.trigram.in_(sorted(grams)))
        .group_by(_GRAM.trigram)
    )
    chosen: list[str] = []
    looked_at = 0
    for count, trigram in sorted((count, trigram) for trigram, count in session.connection().execute(query)):
        looked_at += count
        if chosen and looked_at > _MOST_ROWS:
            break
        chosen.append(trigram)
    return chosen


def _candidates(session: Session, lots: Sequence[str], grams: Sequence[str]) -> Iterable[tuple[str, str]]:
    query = (
        sa.select(_GRAM.lot, _GRAM.word)
        .where(_GRAM.lot.in_(lots), _GRAM.trigram.in_(grams))
        .group_by(_GRAM.lot, _GRAM.word)
        .order_by(sa.func.count().desc(), _GRAM.lot, _GRAM.word)
        .limit(_MOST_CANDIDATES)
    )
    return [(lot, word) for lot, word in session.connection().execute(query)]


def _penalty(typed: str, word: str) -> int | None:
    """How much worse the word is than the typed one itself; None if they are not alike."""
    if typed in word:
        return INSIDE
    allowed = 1 if len(typed) <= _SHORT else 2
    away = OSA.distance(typed, word, score_cutoff=allowed)
    if away == 1 and len(word) > _SHORTEST:
        return ONE_SLIP
    if len(typed) >= _SHORT and _begins_alike(typed, word):
        return BEGINS_WITH_SLIP
    return TWO_SLIPS if away == 2 and allowed == 2 else None


def _begins_alike(typed: str, word: str) -> bool:
    lengths = range(len(typed) - 1, min(len(typed) + 1, len(word) - 1) + 1)
    return any(OSA.distance(typed, word[:length], score_cutoff=1) <= 1 for length in lengths)
