"""The chain of the audit trail: each seal holds an entry and the seal before it.

So nothing can be changed, taken out, put in or moved without the seals being wrong from there on. Cutting
off the end, or rebuilding all of it with a stolen key, is found by anchors kept elsewhere: how many entries
there were on a day, and the last seal. Pure: lines in, seals and verdicts out.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

SEALED = ("at", "actor_id", "actor_name", "action", "record_kind", "record_id", "fields", "digests")
"""The columns of an entry that its seal holds."""

START = ""
"""What stands for the seal before the first entry."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How long the chain was, and its last seal, at some moment."""

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Attributes:
        count: How many sealed entries were read.
        head: The last seal.
        unsealed: How many entries come from before there were seals.
        broken_at: The id of the first entry that does not fit; None when all do.
        missing: How many entries an anchor tells of that are not there any more.
        is_rebuilt: Whether an anchor tells of another seal than the one found at its place.
    """

    count: int
    head: str
    unsealed: int
    broken_at: int | None
    missing: int
    is_rebuilt: bool

    @property
    def is_whole(self) -> bool:
        """Is the trail as it was written?"""
        return self.broken_at is None and not self.missing and not self.is_rebuilt


def seal(key: bytes, before: str, line: Mapping[str, Any]) -> str:
    """Return the seal of an entry that follows the one sealed `before`."""
    held = [before, *(_plain(line[name]) for name in SEALED)]
    text = json.dumps(held, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def verify(key: bytes, lines: Iterable[Mapping[str, Any]], anchors: Iterable[Anchor]) -> Verdict:
    """Read the entries in order of their ids, and say whether they are as they were written."""
    known = {anchor.count: anchor.head for anchor in anchors}
    before, count, unsealed, broken_at, is_rebuilt = START, 0, 0, None, False
    for line in lines:
        if line["seal"] is None and not count:
            unsealed += 1
            continue
        count += 1
        if broken_at is None and not _fits(key, before, line):
            broken_at = int(line["id"])
        before = line["seal"] or ""
        is_rebuilt = is_rebuilt or known.get(count, before) != before
    missing = max(0, max(known, default=0) - count)
    return Verdict(count, before, unsealed, broken_at, missing, is_rebuilt)


def _fits(key: bytes, before: str, line: Mapping[str, Any]) -> bool:
    return hmac.compare_digest(seal(key, before, line), line["seal"] or "")
