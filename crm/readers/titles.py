"""Job titles without the pay, hours, place and contract that boards glue on to them."""

import re

from crm.readers.numbers import tidy
from crm.readers.places import POSTCODE

_PARTS = re.compile(r"(\s+[-–—|•]+\s+|\s*\|\s*|\s*[,;]\s+|\s*[\[(][^()\[\]]*[\])]\s*|\s+/\s+)")
_KINDS = (
    r"permanent|temporary|temp|fixed[- ]term|part[- ]?time|full[- ]?time|p/t|f/t|pt|ft|casual|bank|"
    r"zero[- ]hours?(?: contract)?|immediate start|start asap|asap|urgent|urgently required"
)
_HOURS = (
    r"(?:up to |min(?:imum)? )?\d[\d.,]*(?: ?(?:-|to) ?\d[\d.,]*)? ?(?:hours?|hrs?|h|hpw)\b[ ./-]*"
    r"(?:(?:per|a|p/?|/) ?(?:week|wk|w)|pw|weekly|contract)?"
)
_PAY = (
    r"(?:up to |from )?[£$€] ?\d[\d.,]*k?(?: ?(?:-|to) ?[£$€]? ?\d[\d.,]*k?)?"
    r"(?: ?(?:per|an?|/|p\.?h|p\.?a|hour|annum|doe|\+|pro rata).*)?|[\d.,]+ ?(?:p/?h|per hour)"
)
_GLUED = re.compile(rf"(?:{_PAY}|{_HOURS}|(?:{_KINDS})(?:(?:[ &-]| and | or )+(?:{_KINDS}))*)")
_LIST = re.compile(r"\s*[,;/]\s+|\s+-\s+")
_PAY_AT_END = re.compile(r"(?<=\w)\s+(?:up to |from )?[£$€] ?\d.*$", re.IGNORECASE)
_HOURS_AT_END = re.compile(
    r"(?<=\w)\s+\d[\d.]*(?: ?- ?\d[\d.]*)? ?(?:hours|hrs)(?: per week| pw| p/w)?$", re.IGNORECASE
)
_TRAILING = re.compile(r"[\s,;|–—-]+$")


def plain_title(title: str, *, town: str | None = None, organisation: str | None = None) -> str:
    """The title's own words: "Cleaner - 16 hours - £12.21 per hour - Leeds" is "Cleaner".

    The first part always stays; a later part goes only when all of it is pay, hours, contract, the town or
    the organisation.
    """
    places = {name.casefold() for name in (town, organisation) if name}
    pieces = _PARTS.split(title)
    kept = pieces[0]
    for separator, words in zip(pieces[1::2], pieces[2::2], strict=True):
        inner = separator.strip()
        if inner.startswith(("(", "[")):
            kept += "" if _is_glued(inner[1:-1], places) else separator.rstrip()
            separator = " "
        if words.strip() and not _is_glued(words, places):
            kept += separator + words
    plain = _TRAILING.sub("", " ".join(kept.split()))
    plain = _HOURS_AT_END.sub("", _PAY_AT_END.sub("", plain))
    return plain or title


def _is_glued(words: str, places: set[str]) -> bool:
    return all(
        part.casefold() in places or _GLUED.fullmatch(tidy(part)) or POSTCODE.fullmatch(part)
        for part in _LIST.split(words.strip())
    )
