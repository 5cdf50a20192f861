"""Where a figure of a vacancy came from, in words."""

from collections.abc import Mapping
from typing import Any

_BY_HAND = "Recorded by hand"


def say_origin(origins: Mapping[str, Any], name: str) -> str:
    """Where the value of a field came from: a property of the advert, its words, a sum, or a colleague."""
    origin: dict[str, str] | None = origins.get(name)
    if origin is None:
        return _BY_HAND
    left_out = f" Left out: {origin['left_out']}" if "left_out" in origin else ""
    quote = f": “{origin['quote']}”" if origin.get("quote") else ""
    return f"{_place(origin.get('source', ''))}{quote}{left_out}"


def _place(source: str) -> str:
    if source == "text":
        return "The advert’s text"
    if source == "worked out":
        return "Worked out"
    return f"The advert’s {source.removeprefix('field:')}"
