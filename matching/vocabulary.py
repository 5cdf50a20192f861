"""The words for skills: concepts with their labels, their families, and how telling each one is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from matching.concept import Concept
from matching.errors import RecordError
from matching.folding import fold
from matching.vocabulary_file import read_concepts, told_as_file

OWN = "own:"
"""Marks the id of words that stand in no vocabulary: `own:` and the folded words."""

LARGEST_FAMILY = 40
"""A broader concept with more skills than this groups a whole trade, so sharing it makes no two skills
closely related. Our own families have 3 to 9 skills; in ESCO 90 % have 18 or fewer, the largest 271."""


class Vocabulary(Mapping[str, Concept]):
    """Concepts by id, in the order of their ids whatever the order they came in."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        self._concepts = dict(sorted(concepts.items()))
        self._children = _children_of(self._concepts.values())
        self._exact = _exact_labels(self._concepts.values())

    @classmethod
    def from_concepts(cls, concepts: Iterable[Concept]) -> Self:
        """A vocabulary of these concepts.

        Raises:
            RecordError: two concepts have one id, or families go round in a circle.
        """
        by_id: dict[str, Concept] = {}
        for concept in concepts:
            if concept.concept_id in by_id:
                raise RecordError("concept_id", f"{concept.concept_id} is given to two concepts")
            by_id[concept.concept_id] = concept
        _refuse_circles(by_id)
        return cls(by_id)

    @classmethod
    def from_csv(cls, path: Path) -> Self:
        """The vocabulary in a CSV file of ours, or in ESCO's `skills_en.csv` as published.

        Raises:
            SourceError: the file cannot be read as either; the message names the line and the field.
        """
        with told_as_file(path):
            return cls.from_concepts(read_concepts(path))

    def __getitem__(self, concept_id: str) -> Concept:
        return self._concepts[concept_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def weight(self, concept_id: str) -> float:
        """How telling the concept is; 1.0 for words that are not in the vocabulary."""
        concept = self._concepts.get(concept_id)
        return 1.0 if concept is None else concept.weight

    def children(self, concept_id: str) -> tuple[str, ...]:
        """The ids of the concepts directly below, in order of id; empty for a skill or an unknown id."""
        return self._children.get(concept_id, ())

    def related(self, concept_id: str) -> frozenset[str]:
        """The closely related concepts: those a person could learn from this one quickly.

        These are the skills of the same family (not families of the same area), the family itself, and what
        is directly below. Families of more than `LARGEST_FAMILY` count as too broad and relate nothing.
        An unknown id has none. The relation is symmetric.
        """
        concept = self._concepts.get(concept_id)
        if concept is None:
            return frozenset()
        below = self._below(concept_id)
        beside: list[str] = []
        if concept.broader_id is not None:
            family = self._below(concept.broader_id)
            if family and concept.broader_id in self._concepts:
                beside.append(concept.broader_id)
            if not self.children(concept_id):
                beside += [member for member in family if not self.children(member)]
        return frozenset((*below, *beside)) - {concept_id}

    def exact(self, phrase: str) -> str | None:
        """The id of the one concept with this label, whatever its case, accents, punctuation or plurals.

        A preferred label goes before an alternative one; None when nothing fits or several concepts share it.
        """
        ids = self.exact_all(phrase)
        return ids[0] if len(ids) == 1 else None

    def exact_all(self, phrase: str) -> tuple[str, ...]:
        """The ids of all concepts with this label, in order of id: several when they share the words."""
        return self._exact.get(fold(phrase), ())

    def _below(self, concept_id: str) -> tuple[str, ...]:
        members = self.children(concept_id)
        return members if len(members) <= LARGEST_FAMILY else ()


def _children_of(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    children: defaultdict[str, list[str]] = defaultdict(list)
    for concept in concepts:
        if concept.broader_id is not None:
            children[concept.broader_id].append(concept.concept_id)
    return {broader: tuple(sorted(members)) for broader, members in children.items()}


def _exact_labels(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    preferred: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for concept in concepts:
        preferred[fold(concept.label)].append(concept.concept_id)
        for folded in dict.fromkeys(map(fold, concept.alternatives)):
            others[folded].append(concept.concept_id)
    found = {folded: tuple(sorted(ids)) for folded, ids in (others | preferred).items()}
    found.pop("", None)
    return found


def _refuse_circles(concepts: Mapping[str, Concept]) -> None:
    done: set[str] = set()
    for start in sorted(concepts):
        above: Counter[str] = Counter()
        current: str | None = start
        while current is not None and current in concepts and current not in done:
            above[current] += 1
            if above[current] > 1:
                raise RecordError(
                    "broader_id", f"of {current} leads back to itself: families go round in a circle"
                )
            current = concepts[current].broader_id
        done.update(above)
