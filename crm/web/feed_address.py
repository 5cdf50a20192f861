"""How the private address of a calendar looks, for the gate and the headers."""

import re

_FEED = re.compile(r"/calendar/[A-Za-z0-9_-]{43}\.ics")


def is_feed(path: str) -> bool:
    """Is this the address of a calendar? Nothing else lies there, and its random part is asked about."""
    return _FEED.fullmatch(path) is not None
