"""Typical roles with their tasks: where a job analysis can start, found by whatever they are called."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from matching.concept import Concept
from matching.folding import fold
from matching.normalise import PhraseIndex
from matching.sentences import Sentences
from matching.vocabulary import Vocabulary
from matching.vocabulary_file import told_as_file

_LEAST_LIKE = 0.2
"""A role that is less like the words than this has nothing to do with them."""

_SENTENCE_WORDS = 4
"""From so many words on somebody tells what is done in a job, rather than what it is called."""


@dataclass(frozen=True, slots=True)
class UsualTask:
    """A task as it is usual in a role.

    Attributes:
        name: What is done.
        minutes: How long it usually takes each time, None where nobody says.
        times_week: How often a week it is usually done, None where nobody says.
        skills: The ids of the skills it takes.
        could_move: Could a colleague often take it over?
    """

    name: str
    minutes: float | None = None
    times_week: float | None = None
    skills: tuple[str, ...] = ()
    could_move: bool = False


@dataclass(frozen=True, slots=True)
class TypicalRole:
    """A role with its usual tasks.

    Attributes:
        role_id: Its id, which stays when the name is reworded.
        name: What it is called.
        tasks: What is usually done in it.
        others: Other names for it.
    """

    role_id: str
    name: str
    tasks: tuple[UsualTask, ...]
    others: tuple[str, ...] = ()


class RoleLibrary(Mapping[str, TypicalRole]):
    """Roles by id, found by their names however they are spelt."""

    def __init__(self, roles: Iterable[TypicalRole]) -> None:
        self._roles = {role.role_id: role for role in roles}
        concepts = [
            Concept(role.role_id, role.name, alternatives=role.others) for role in self._roles.values()
        ]
        self._index = PhraseIndex(Vocabulary.from_concepts(concepts))

    @classmethod
    def from_csv(cls, folder: Path) -> Self:
        """The roles of roles.csv with their other names of role_names.csv, both in this folder.

        Raises:
            SourceError: a file cannot be read.
        """
        return cls(read_typical_roles(folder))

    def __getitem__(self, role_id: str) -> TypicalRole:
        return self._roles[role_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._roles)

    def __len__(self) -> int:
        return len(self._roles)

    def search(self, words: str, top: int = 8) -> list[TypicalRole]:
        """The roles that are called so, or where this is done, best first; slips of the keys are forgiven."""
        begun = fold(words)
        if not begun:
            return []
        like = self._index.candidates(words, top)
        exact = [self[each.concept_id] for each in like if each.how == "exact"]
        named = [role for role in self.values() if _begins(role.name, begun)]
        called = [role for role in self.values() if any(_begins(name, begun) for name in role.others)]
        found = [self[each.concept_id] for each in like if each.score >= _LEAST_LIKE]
        done = self.doing([words], top) if len(begun.split()) >= _SENTENCE_WORDS else []
        return list(dict.fromkeys([*exact, *named, *called, *done, *found]))[:top]

    def doing(
        self, tasks: Iterable[str], top: int = 8, *, among: Collection[str] | None = None
    ) -> list[TypicalRole]:
        """The roles in which most such things are done, best first; those of `among` only, if given.

        All sentences about one person's or one post's tasks are best told together.
        """
        text = ". ".join(tasks)
        scores = self._sentences.scores([text])[0].round(6)
        ranked: list[int] = np.argsort(-scores, kind="stable").tolist()
        roles = list(self._roles.values())
        found = (roles[place] for place in ranked if scores[place] > 0)
        return [role for role in found if among is None or role.role_id in among][:top]

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(
            [
                Concept(
                    role.role_id,
                    role.name,
                    alternatives=role.others,
                    description=". ".join(task.name for task in role.tasks),
                )
                for role in self.values()
            ]
        )


def read_typical_roles(folder: Path) -> list[TypicalRole]:
    """The roles of a folder's roles.csv and role_names.csv, in the order of the file.

    Raises:
        SourceError: a file cannot be read.
    """
    names: dict[str, str] = {}
    tasks: defaultdict[str, list[UsualTask]] = defaultdict(list)
    others = _other_names(folder / "role_names.csv")
    path = folder / "roles.csv"
    with told_as_file(path), path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names[row["role_id"]] = row["role"]
            tasks[row["role_id"]].append(_task(row))
    return [
        TypicalRole(role_id, name, tuple(tasks[role_id]), others.get(role_id, ()))
        for role_id, name in names.items()
    ]


def _other_names(path: Path) -> dict[str, tuple[str, ...]]:
    with told_as_file(path), path.open(encoding="utf-8", newline="") as lines:
        return {row["role_id"]: tuple(row["other_names"].split("|")) for row in csv.DictReader(lines)}


def _task(row: dict[str, str]) -> UsualTask:
    skills = tuple(row["skill_ids"].split("|"))
    minutes, times = float(row["minutes"]), float(row["times_week"])
    return UsualTask(row["task"], minutes, times, skills, row["could_move"] == "yes")


def _begins(name: str, begun: str) -> bool:
    """Does the name, or a word of it, begin so?"""
    folded = fold(name)
    return folded.startswith(begun) or f" {begun}" in folded
