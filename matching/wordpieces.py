"""Text cut into the word pieces that the language model was taught with (BERT's, English, lower case)."""

import gzip
import unicodedata
from collections.abc import Iterator
from functools import cache

from matching.postcodes import DATA

LONGEST = 64
"""Pieces of a phrase that the model is shown, with the two at its ends: skills have names, not pages."""

_LONGEST_WORD = 100
_MARKS_IN_ASCII = frozenset(range(33, 48)) | frozenset(range(58, 65)) | frozenset(range(91, 97))
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


@cache
def pieces() -> dict[str, int]:
    """The number of every piece, in the model's own order."""
    text = gzip.decompress((DATA / "wordpieces.txt.gz").read_bytes()).decode("utf-8")
    return {piece: number for number, piece in enumerate(text.removesuffix("\n").split("\n"))}


def numbers(text: str) -> list[int]:
    """The pieces of a text by number, between the marks of its start and end."""
    known = pieces()
    inner = [known[piece] for word in _words(text) for piece in _cut(word, known)]
    return [known[_START], *inner[: LONGEST - 2], known[_END]]


def _words(text: str) -> Iterator[str]:
    """Lower case without accents; every mark of punctuation stands alone."""
    plain = unicodedata.normalize("NFD", text.lower())
    spaced = "".join(_spaced(letter) for letter in plain if unicodedata.category(letter) != "Mn")
    yield from spaced.split()


def _spaced(letter: str) -> str:
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    if category.startswith("C") or letter == "\ufffd":
        return ""
    is_mark = ord(letter) in _MARKS_IN_ASCII or 123 <= ord(letter) <= 126 or category.startswith("P")
    return f" {letter} " if is_mark else letter


def _cut(word: str, known: dict[str, int]) -> list[str]:
    """The longest known piece first, then the longest of what is left."""
    if len(word) > _LONGEST_WORD:
        return [_UNKNOWN]
    found: list[str] = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((each for each in ends if mark + word[start:each] in known), None)
        if end is None:
            return [_UNKNOWN]
        found.append(mark + word[start:end])
        start = end
    return found
