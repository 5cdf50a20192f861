"""Full or part time, and the kind of contract, from the tag and from the words."""

import re

from crm.readers.adverts import TEXT, Figure
from crm.readers.numbers import tidy
from crm.readers.values import listed, text_of, unpacked

_PART = re.compile(r"p(?:art[-_ ]?time|/t)\b")
_FULL = re.compile(r"f(?:ull[-_ ]?time|/t)\b")
_FULL_SALARY = re.compile(r"full[- ]time (?:equivalent|salary|hours|staff|employees|position.{0,20}eligible)")
_CONTRACTS = (
    ("apprenticeship", re.compile(r"\bapprentice(?:ship)?s?\b")),
    ("supported internship", re.compile(r"\bsupported intern")),
    ("internship", re.compile(r"\bintern(?:ship)?\b")),
    ("volunteering", re.compile(r"\bvolunteer(?:ing)?\b")),
    ("zero hours", re.compile(r"\bzero[- _]?hours?\b|\bcasual\b|\bbank\b|\bper[-_ ]?diem\b|\bprn\b")),
    ("seasonal", re.compile(r"\bseasonal\b")),
    ("fixed term", re.compile(r"\bfixed[- _]?term\b|\bmaternity cover\b|\bftc\b")),
    ("temporary", re.compile(r"\btemp(?:orary)?\b")),
    ("contractor", re.compile(r"\bcontractor\b|\bfreelance\b|\bself[- ]employed\b")),
    ("permanent", re.compile(r"\bpermanent\b|\bregular\b")),
)
_STEMS = ("permanent", "fixed", "temporary", "zero", "apprenticeship", "seasonal", "casual", "contract")
_CONTRACT_WORDS = re.compile(
    r"(?:permanent|fixed[- ]term|temporary|zero[- ]hours?|apprenticeship|seasonal|casual)\b"
    r"(?=[ ,/-]*(?:and |or )?(?:\(|contract|position|role|post|job|basis|part|full|vacancy|\n|$))|"
    r"contract(?: type)?\s*[:=-]\s*\w+[- ]?\w*"
)


def employment_type(tag: object, path: str, title: str, text: str) -> tuple[Figure[str] | None, str | None]:
    """Full time, part time or either, words before tag, and a note where the two disagree.

    Boards tag nearly everything FULL_TIME, so the tag counts only where the words are silent.
    """
    said = _time(tidy(title), "field:title") or _time(_FULL_SALARY.sub("", tidy(text)), TEXT)
    tagged = _time(_tags(tag), f"field:{path}")
    if said is None or tagged is None or said.value == tagged.value:
        return said or tagged, None
    return said, f"Tagged as {tagged.value}, but the words say {said.value}; the words were followed."


def _time(text: str, source: str) -> Figure[str] | None:
    part, full = _PART.search(text), _FULL.search(text)
    if part and full:
        return Figure("full or part time", source, f"{full[0]} … {part[0]}")
    if part:
        return Figure("part time", source, part[0])
    return Figure("full time", source, full[0]) if full else None


def contract(tag: object, path: str, title: str, text: str) -> Figure[str] | None:
    """The kind of contract: from the title, else the tag, else where the text names one."""
    found = _kind(tidy(title), "field:title", is_title=True) or _kind(_tags(tag), f"field:{path}")
    if found is not None:
        return found
    tidied = tidy(text)
    positions = sorted(position for stem in _STEMS if (position := tidied.find(stem)) >= 0)
    for words in (_CONTRACT_WORDS.match(tidied, position) for position in positions):
        named = _kind(words[0], TEXT) if words else None
        if named is not None:
            return named
    return None


def _kind(text: str, source: str, *, is_title: bool = False) -> Figure[str] | None:
    for name, pattern in _CONTRACTS:
        words = pattern.search(text)
        if words and not (is_title and name in {"volunteering", "zero hours"} and words.start() > 0):
            return Figure(name, source, words[0])
    return None


def _tags(value: object) -> str:
    texts = [text_of(item) or "" for item in listed(unpacked(value))]
    return tidy(" , ".join(texts)).replace("_", " ")
