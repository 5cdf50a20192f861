"""When two rows of job analyses are one and the same task, recorded twice: pure, and careful."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz

NEAR = 80
"""How near the words of two names are at least, from 0 to 100, to be taken for one name."""

_BEGINNING = 3
_LITTLE = frozenset({"a", "all", "an", "and", "any", "at", "each", "every", "for", "of", "the", "to", "with"})
Times = frozenset[tuple[int, str, str]]


@dataclass(frozen=True)
class Recorded:
    """A task as one analysis has it, with no more than tells whether another row is the same task.

    `name`, `role` (who does it now) and the words of `posts` are folded, as they are compared. `posts` tell
    which post it is of: the vacancy and the title of its analysis. `times` are when it has to be done.
    """

    id: int
    analysis_id: int
    analysed_on: date
    name: str
    posts: frozenset[str] = frozenset()
    site_id: int | None = None
    role: str | None = None
    times: Times = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name that tell something, in order."""
        words = re.findall(r"\w+", self.name)
        return tuple(sorted(word for word in words if word not in _LITTLE)) or tuple(sorted(words))

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """How these words begin; numbers are kept whole. Names that differ in this are no near ones."""
        return tuple(sorted(word[:_BEGINNING] if word.isalpha() else word for word in self.words))


def is_same(one: Recorded, other: Recorded) -> bool:
    """Are these two rows one task, recorded twice?

    Never where both sites, or both who do it, are recorded and differ, nor where the times of both are and
    share no moment. In one analysis: only under the same name. In two: under the same name for the same post
    or the same who does it; or under nearly the same name where site and who does it are recorded and equal.
    """
    if _differ(one.site_id, other.site_id) or _differ(one.role, other.role) or _are_apart(one, other):
        return False
    if one.analysis_id == other.analysis_id:
        return one.name == other.name
    is_same_role = one.role is not None and one.role == other.role
    if one.name == other.name:
        return is_same_role or bool(one.posts & other.posts)
    is_same_site = one.site_id is not None and one.site_id == other.site_id
    return is_same_role and is_same_site and _is_near(one, other)


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _are_apart(one: Recorded, other: Recorded) -> bool:
    if not one.times or not other.times:
        return False
    return not any(
        day == another and start < until and begin < end
        for day, start, end in one.times
        for another, begin, until in other.times
    )


def _is_near(one: Recorded, other: Recorded) -> bool:
    if one.beginnings != other.beginnings:
        return False
    return fuzz.token_set_ratio(" ".join(one.words), " ".join(other.words)) >= NEAR


@dataclass(slots=True)
class _Joined:
    """Rows that are one task, each the same as every other: `first` is the one that counts."""

    first: Recorded
    ids: list[int] = field(default_factory=list[int])
    kinds: dict[Recorded, None] = field(default_factory=dict[Recorded, None])

    def takes(self, row: Recorded, kind: Recorded) -> bool:
        """Is the row the same task as all that are in it? Then it is in it from now on."""
        if kind not in self.kinds and not all(is_same(row, known) for known in self.kinds):
            return False
        self.ids.append(row.id)
        self.kinds[kind] = None
        return True


def joined(rows: Iterable[Recorded]) -> dict[int, int]:
    """By the id of each row that is recorded again later: the id of the row that counts, the latest one.

    Rows are joined only where each is the same as every other, so that no chain of them leads from one site,
    role or post to another.
    """
    alike: defaultdict[tuple[str, ...], list[Recorded]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.analysed_on, row.id), reverse=True):
        alike[row.beginnings].append(row)
    return {
        row_id: group.first.id
        for rows_alike in alike.values()
        for group in _grouped(rows_alike)
        for row_id in group.ids[1:]
    }


def _grouped(rows: Sequence[Recorded]) -> list[_Joined]:
    groups: list[_Joined] = []
    for row in rows:
        kind = replace(row, id=0, analysed_on=date.min)
        if not any(group.takes(row, kind) for group in groups):
            groups.append(_Joined(row, [row.id], {kind: None}))
    return groups
