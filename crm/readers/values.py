"""Values as boards really publish them: wrapped, listed, stringified, escaped twice, or the word "null"."""

import ast
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

_ABSENT = {"", "null", "none", "nan", "n/a", "na", "undefined", "unknown", "not specified", "-", "[]", "{}"}
_LONGEST_ABSENT = 60
_WRAPPERS = ("@value", "name", "legalName", "value", "text", "@id")
_LITERAL_CHARACTERS = 200_000
_LITERAL_DEPTH = 100
_DEPTH = 40
_OPENED = re.compile(r"[\[{(]")
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
_COMMENTS = re.compile(
    r"\A\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|//\]\]>|/\*\]\]>\*/|\]\]>)\s*\Z"
)


def mapping(value: object) -> Mapping[str, object] | None:
    """The value as an object with text keys, or None."""
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    return None


def listed(value: object) -> Sequence[object]:
    """The value as a list: itself, or the one thing in it; nothing for None."""
    if isinstance(value, list | tuple | set):
        return list(cast("Sequence[object]", value))
    return [] if value is None else [value]


def unpacked(value: object) -> object:
    """A string that holds an object or a list, as JSON or as Python prints it, becomes that; others stay."""
    if not isinstance(value, str):
        return value
    stripped = value.strip()
    if stripped[:1] not in ("{", "[") or stripped[-1:] not in ("}", "]"):
        return value
    parsed = loosely_parsed(stripped)
    return value if parsed is None or is_too_deep(parsed) else parsed


def is_too_deep(value: object) -> bool:
    """Is a parsed value nested deeper than any real advert?"""
    layer = [value]
    for _ in range(_DEPTH):
        layer = [inner for item in layer for inner in _inside(item)]
        if not layer:
            return False
    return True


def _inside(value: object) -> Sequence[object]:
    held = mapping(value)
    if held is not None:
        return list(held.values())
    return [] if isinstance(value, str | bytes) else _items(value)


def _items(value: object) -> Sequence[object]:
    return listed(cast("object", value)) if isinstance(value, list | tuple) else []


def loosely_parsed(text: str) -> object | None:
    """Parse JSON, nearly-JSON (trailing commas, comments, escaped quotes) or a Python literal, else None."""
    text = _COMMENTS.sub("", text.strip()).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), html.unescape(text)):
        try:
            return cast("object", json.loads(attempt, strict=False))
        except (ValueError, RecursionError):
            continue
    return _python_literal(text)


def _python_literal(text: str) -> object | None:
    if len(text) > _LITERAL_CHARACTERS or len(_OPENED.findall(text)) > _LITERAL_CHARACTERS // 50:
        return None
    if _depth(text) > _LITERAL_DEPTH:
        return None
    try:
        value: object = ast.literal_eval(text.replace("\0", ""))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return cast("object", value) if isinstance(value, dict | list | tuple) else None


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character in "[{(":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]})":
            depth -= 1
    return deepest


def text_of(value: object) -> str | None:
    """The value as one line of text: unwrapped, unescaped, single-spaced; None where it says nothing."""
    value = unpacked(value)
    for item in listed(value):
        found = _scalar_text(item)
        if found is not None:
            return found
    return None


def _scalar_text(value: object) -> str | None:
    held = mapping(value)
    if held is not None:
        for key in _WRAPPERS:
            inner = held.get(key)
            found = text_of(inner) if inner is not None and mapping(inner) is None else None
            if found is not None:
                return found
        return None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < 1e15 else value
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    text = " ".join(text.split())
    return None if text.lower() in _ABSENT else text


def says_something(value: object) -> bool:
    """Does a property hold anything: an object, or text that is not just a word for nothing?"""
    if isinstance(value, str):
        return len(value) > _LONGEST_ABSENT or text_of(value) is not None
    return any(mapping(item) or text_of(item) is not None for item in listed(value))


def number_of(value: object) -> float | None:
    """The value as a number: 16.5, "16.5", "£12,500", "12,50"; None for anything else, NaN and infinity."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if abs(number) < 1e12 else None
    text = text_of(value)
    return None if text is None else plain_number(text.strip("£$€ ").removesuffix(".").strip())


_PLAIN = re.compile(r"\d{1,9}(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,6},\d{1,2}")


def plain_number(text: str) -> float | None:
    """A number written with UK thousands commas, or with a decimal comma before one or two digits."""
    if not text.isascii() or not _PLAIN.fullmatch(text):
        return None
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(text.replace(",", ""))
