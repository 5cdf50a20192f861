"""Numbers inside running text: figures, ranges, halves and number words."""

import re
from functools import lru_cache

_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_WORDS = {word: number for number, word in enumerate(_TO_TWENTY.split())} | {"thirty": 30, "forty": 40}
_UNITS = "one|two|three|four|five|six|seven|eight|nine"

WORD = rf"(?:(?:twenty|thirty|forty)[ -](?:{_UNITS})|{'|'.join(_WORDS)})\b(?: and a half\b)?"
NUMBER = rf"(?:(?<![\d.,:£$€])\d{{1,4}}(?:[.,]\d{{1,2}})?(?![\d])|\b{WORD})"
RANGE = (
    rf"(?P<low>{NUMBER})(?:\s*(?:hours?|hrs?|h)?\.?\s*(?:-|to|or|/|and|&|up to|,(?= ?max))\s*"
    rf"(?:a )?(?:max(?:imum)?(?: of)? )?(?P<high>{NUMBER}))?\s*(?P<plus>\+|plus\b|or more\b)?"
)
"""One number or a range of two, with the unit possibly after the first as well, possibly open upwards."""

_PLAIN = tuple(zip("–—‑‐−\xa0\u202f\u2009’×", "-----   'x", strict=True))
_BEFORE = 130
_AFTER = 90
_MINUTES = re.compile(r"\b(\d{1,2}) ?(?:hours?|hrs?),? (?:and )?(\d{1,2}) ?min(?:ute)?s?\b")
_HALF = re.compile(r"(\d)\s?(?:½|1/2\b)")


@lru_cache(maxsize=8)  # every reader of one advert asks for the same text
def tidy(text: str) -> str:
    """Lower case, plain spaces, hyphens for dashes, .5 for a half: what the patterns are written for."""
    tidied = text.lower()
    if not tidied.isascii():
        for letter, plain in _PLAIN:
            tidied = tidied.replace(letter, plain)
    if "½" in tidied or "1/2" in tidied:
        tidied = _HALF.sub(r"\1.5", tidied)
    return _MINUTES.sub(_in_hours, tidied) if "min" in tidied else tidied


def near(text: str, cue: re.Pattern[str]) -> str:
    """Only the surroundings of a cue, each on a line of its own: what the slower patterns look through."""
    spans: list[list[int]] = []
    for found in cue.finditer(text):
        start, end = max(0, found.start() - _BEFORE), found.end() + _AFTER
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([text.find(" ", start) if start else 0, end])
    return "\n".join(text[start:end] for start, end in spans)


def _in_hours(found: re.Match[str]) -> str:
    return f"{shown(int(found[1]) + int(found[2]) / 60)} hours"


def spoken_number(text: str) -> float:
    """The value of what NUMBER matched: 37.5, "37,5", "sixteen", "thirty-seven and a half"."""
    if text[0].isdigit():
        return float(text.replace(",", "."))
    half = 0.5 if text.endswith(" and a half") else 0.0
    words = re.split(r"[ -]", text.removesuffix(" and a half"))
    return sum(_WORDS[word] for word in words) + half


def shown(value: float) -> str:
    """A number as people write it: 20, 37.5, 18.41."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
