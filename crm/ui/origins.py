"""Where a figure of a vacancy came from, in words."""

from collections.abc import Mapping
from typing import Any

_BY_HAND = "Recorded by hand"


def say_origin(origins: Mapping[str, Any], name: str) -> str:
    """Where the value of a field came from: a property of the advert, its words, a sum, or a colleague."""
    origin: dict[str, str] | None = origins.get(name)
    if origin is None:
        return _BY_HAND
    quote = f": “{origin['quote']}”" if origin.get("quote") else ""
    source = origin.get("source", "")
    if source == "text":
        return f"The advert’s text{quote}"
    if source == "worked out":
        return f"Worked out{quote}"
    return f"The advert’s {source.removeprefix('field:')}{quote}"
