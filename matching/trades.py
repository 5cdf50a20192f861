"""Trades by SIC 2007 division, and the roles usual in them: for employers of whom little is known."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from matching.folding import fold
from matching.vocabulary_file import told_as_file

_CODE = re.compile(r"(?<![\d.])(\d{2})(?:\.?\d{1,3}(?:/\d)?)?(?![\d.])", re.ASCII)


class Phrase(NamedTuple):
    """A few words as they were written, and the same words folded."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Role:
    """A typical role of ours: what it asks for, and all its words folded.

    Attributes:
        role_id: Its id in roles.csv.
        name: What it is called.
        concepts: The ids of the skills that its tasks ask for.
        words: The folded words of its name and its tasks.
    """

    role_id: str
    name: str
    concepts: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Trade:
    """A division of SIC 2007.

    Attributes:
        division: Its two digits.
        name: Our short name of it.
        roles: The roles that are usual in it.
        sectors: Phrases that stand for it in the name of a sector.
        hopes: Phrases that mean it where somebody tells what they hope for.
    """

    division: str
    name: str
    roles: tuple[Role, ...]
    sectors: tuple[Phrase, ...]
    hopes: tuple[Phrase, ...]


class Trades:
    """All trades; which of them an employer is in, by its SIC codes or else by the name of its sector."""

    def __init__(self, trades: Iterable[Trade]) -> None:
        self._by_division = {trade.division: trade for trade in trades}
        self.of = lru_cache(maxsize=10_000)(self._of)

    @classmethod
    def from_csv(cls, folder: Path) -> Self:
        """The trades of sic_roles.csv with the roles of roles.csv, both in this folder.

        Raises:
            SourceError: a file cannot be read.
        """
        path = folder / "sic_roles.csv"
        roles = read_roles(folder / "roles.csv")
        with told_as_file(path), path.open(encoding="utf-8", newline="") as lines:
            return cls([_trade(row, roles) for row in csv.DictReader(lines)])

    def __iter__(self) -> Iterator[Trade]:
        return iter(self._by_division.values())

    def _of(self, sic_codes: str | None, sector: str | None) -> tuple[Trade, ...]:
        """The trades of an employer, in order of division; none where neither tells."""
        divisions = sorted(set(_CODE.findall(sic_codes or "")))
        found = [self._by_division[code] for code in divisions if code in self._by_division]
        said = folded_words(sector or "")
        return tuple(found or [trade for trade in self if _is_mentioned(trade, said)])


def read_roles(path: Path) -> dict[str, Role]:
    """The roles of roles.csv by id.

    Raises:
        SourceError: the file cannot be read.
    """
    names: dict[str, str] = {}
    concepts: defaultdict[str, set[str]] = defaultdict(set)
    words: defaultdict[str, set[str]] = defaultdict(set)
    with told_as_file(path), path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            role_id = row["role_id"]
            names[role_id] = row["role"]
            concepts[role_id].update(row["skill_ids"].split("|"))
            words[role_id] |= folded_words(row["role"]) | folded_words(row["task"])
    return {
        role_id: Role(role_id, name, frozenset(concepts[role_id]), frozenset(words[role_id]))
        for role_id, name in names.items()
    }


def folded_words(text: str) -> frozenset[str]:
    """The words of a text, folded so that plurals and accents do not tell them apart."""
    return frozenset(fold(text).split())


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Each text with its folded words; those without any word are left out."""
    return tuple(Phrase(text, words) for text in texts if (words := folded_words(text)))


def _trade(row: dict[str, str], roles: dict[str, Role]) -> Trade:
    usual = tuple(roles[role_id] for role_id in row["role_ids"].split("|") if role_id)
    sectors, hopes = (phrases(row[column].split("|")) for column in ("sector_words", "wish_words"))
    return Trade(row["division"], row["trade"], usual, sectors, hopes)


def _is_mentioned(trade: Trade, said: frozenset[str]) -> bool:
    return any(phrase.words <= said for phrase in trade.sectors)
