"""Which words of a text tell what it is about, folded so that "cleaning" and "clean" are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from matching.folding import fold

_SILENT = frozenset(
    fold(
        "a an the of and or with in to for at on by from as is are be being it my me i we you they not no any"
        " some all lot very more most much work working job like liking love enjoy want wish would thing"
    ).split()
)
_SHORTEST_STEM = 4


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Return the word without -ing or a final e: driving and drive, chopping and chop meet."""
    if word.endswith("ing") and len(word) >= _SHORTEST_STEM + 3:
        stem = word[:-3]
        return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


def stems(text: str) -> list[str]:
    """Return the stem of each word of a text that says something, in their order."""
    return [_stem(word) for word in fold(text).split() if word not in _SILENT]


def telling_words(text: str) -> frozenset[str]:
    """Return the stems of a text's words, without those that say nothing unless there are no others."""
    words = set(fold(text).split())
    return frozenset(map(_stem, words - _SILENT)) or frozenset(map(_stem, words))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wish in the person's own words, and the stems that a text must all hold to mention it."""

    text: str
    words: frozenset[str]

    def is_in(self, words: frozenset[str]) -> bool:
        """Return whether a text of these words mentions the phrase."""
        return self.words <= words


@lru_cache(maxsize=100_000)
def _words_of(text: str) -> frozenset[str]:
    return telling_words(text)


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Return the phrases that hold any word, each meaning once, the first wording kept."""
    by_words: dict[frozenset[str], Phrase] = {}
    for text in texts:
        words = _words_of(text)
        if words:
            by_words.setdefault(words, Phrase(text, words))
    return tuple(by_words.values())
