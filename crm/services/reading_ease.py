"""How hard a text is to read: our own small measure of what job seekers are told.

Easy Read guides (the Department of Health's of 2010, Change's "How to make information accessible") ask for
one idea a sentence, ten to fifteen words at most, and everyday words. So a sentence has at most 15 words, a
word that is not among a few known ones has at most three syllables, and a text as a whole has a reading grade
of at most 6: Flesch and Kincaid's grade of 1975, 0.39 x words a sentence + 11.8 x syllables a word - 15.59,
which is what children of about eleven read. GOV.UK asks for reading age 9 and at most 25 words a sentence.

Syllables are counted as groups of vowels, less a silent e at the end: near enough for averages, wrong for
single words such as "area". Numbers and names that are put in stand as one short word. It cannot tell whether
a sentence makes sense: only people who read it can.
"""

import re
from dataclasses import dataclass

MOST_WORDS, MOST_SYLLABLES, MOST_GRADE = 15, 3, 6.0
MOST_WORDS_AT_WORK = 25
KNOWN = frozenset({"disability", "employer", "telephone"})
"""Longer words that job seekers meet every day with us."""

_PUT_IN = re.compile(r"\{\w+\}")
_ENDS = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[a-z]+(?:[’'-][a-z]+)*|\d+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured of a text."""

    longest: int
    hard: frozenset[str]
    grade: float

    @property
    def is_easy(self) -> bool:
        """Does it keep to the limits?"""
        return self.longest <= MOST_WORDS and not self.hard and self.grade <= MOST_GRADE


def words_of(sentence: str) -> list[str]:
    """The words of a sentence; a name that is put in is one short word."""
    return _WORD.findall(_PUT_IN.sub("Sam", sentence).casefold())


def syllables(word: str) -> int:
    """How many groups of vowels a word has, a silent e at its end left out; at least one."""
    if word.isdigit():
        return 1
    groups = len(_VOWELS.findall(word))
    is_silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, groups - (1 if is_silent and groups > 1 else 0))


def measure(text: str) -> Reading:
    """Measure a text of one sentence or more."""
    sentences = [words for part in _ENDS.split(text) if (words := words_of(part))]
    words = [word for sentence in sentences for word in sentence]
    a_sentence = len(words) / len(sentences)
    a_word = sum(map(syllables, words)) / len(words)
    hard = frozenset(word for word in words if syllables(word) > MOST_SYLLABLES and word not in KNOWN)
    return Reading(max(map(len, sentences)), hard, 0.39 * a_sentence + 11.8 * a_word - 15.59)


def hints(text: str, *, is_easy: bool) -> list[str]:
    """What makes a text hard to read, sentence by sentence; nothing where it is easy enough.

    Easy Read is held to its own limits, other texts to a sentence of 25 words.
    """
    most = MOST_WORDS if is_easy else MOST_WORDS_AT_WORK
    sentences = {part.strip(): len(words_of(part)) for part in _ENDS.split(text)}
    found = [
        f"This sentence has {count} words, more than {most}: {sentence}"
        for sentence, count in sentences.items()
        if count > most
    ]
    hard = sorted(measure(text).hard) if is_easy and words_of(text) else []
    return [*found, f"Long words: {', '.join(hard)}."] if hard else found
