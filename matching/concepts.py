"""Phrases to concepts, each looked up once: everything after compares ids."""

from collections.abc import Iterable

from matching.normalise import PhraseIndex, resolve
from matching.vocabulary import Vocabulary

UNITS = 1_000_000_000
"""Concept weights are whole billionths, so that sums are exact and do not depend on their order."""


class Concepts:
    """The concepts of all phrases met so far, with their weights and relations; share one between indexes."""

    @classmethod
    def of(cls, vocabulary: "Vocabulary | Concepts") -> "Concepts":
        """Return the concepts of a vocabulary; what was looked up already is kept."""
        return vocabulary if isinstance(vocabulary, Concepts) else cls(vocabulary)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._search: PhraseIndex | None = None
        self._of: dict[str, str] = {}
        self._related: dict[str, frozenset[str]] = {}

    def learn(self, phrases: Iterable[str]) -> None:
        """Look up phrases in one go: cheaper than one by one when many are new."""
        new = sorted(set(phrases) - self._of.keys())
        if self._search is None and any(self._vocabulary.exact(phrase) is None for phrase in new):
            self._search = PhraseIndex(self._vocabulary)
        self._of.update(resolve(new, self._vocabulary, self._search))

    def settle(self, phrase: str, concept: str) -> None:
        """Take over what a phrase was settled to when it was saved; it is not looked up any more."""
        self._of[phrase] = concept

    def __getitem__(self, phrase: str) -> str:
        """Return the concept of a phrase; words of one's own are a concept of their own."""
        if phrase not in self._of:
            self.learn([phrase])
        return self._of[phrase]

    def units(self, concept: str) -> int:
        """Return how telling the concept is, in billionths, never 0."""
        return max(1, round(self._vocabulary.weight(concept) * UNITS))

    def related(self, concept: str) -> frozenset[str]:
        """Return the closely related concepts, the same object each time; words of one's own have none."""
        if concept not in self._related:
            self._related[concept] = self._vocabulary.related(concept)
        return self._related[concept]
