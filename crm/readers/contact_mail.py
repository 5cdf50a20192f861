"""A pasted e-mail: who sent it, when, and its own words without what it quotes."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr, parsedate_to_datetime

from crm.readers.dates import date_in

_HEADER = re.compile(r"\s*\*?(from|sent|date|to|cc|bcc|subject|reply-to)\*?:\*?\s*(.*)", re.IGNORECASE)
_QUOTES_FOLLOW = re.compile(
    r"\s*(-{2,}\s*(original|forwarded) message.*|_{10,}\s*|on .{4,200}wrote:\s*|begin forwarded message:.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>@,;:\"'()\[\]]+@[^\s<>@,;:\"'()\[\]]+\.[a-z]{2,}", re.IGNORECASE)
_MOST = 20_000
_LEAST_HEADERS = 2


@dataclass(frozen=True, slots=True)
class Mail:
    """What a pasted text says of itself; with no headers it is a note, and only `body` is filled."""

    body: str
    sender_name: str = ""
    sender_email: str = ""
    subject: str = ""
    sent_on: date | None = None
    sent_words: str = ""

    @property
    def is_mail(self) -> bool:
        """Has it the headers of an e-mail?"""
        return bool(self.sender_email or self.sender_name)


def read_mail(text: str) -> Mail:
    r"""The headers at the top of a text, if it has any, and its own words; never fails.

    >>> read_mail("From: Dana <dana@bakery.example>\nSubject: Monday\n\nCome at ten.\n> When?").body
    'Come at ten.'
    """
    lines = text[:_MOST].replace("\r\n", "\n").split("\n")
    headers, rest = _headers(lines)
    if len(headers) < _LEAST_HEADERS or "from" not in headers:
        return Mail(_own_words(lines))
    name, address = _sender(headers["from"])
    sent = headers.get("date") or headers.get("sent") or ""
    return Mail(_own_words(rest), name, address, headers.get("subject", ""), _sent_on(sent), sent)


def _headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The headers by name in small letters, and the lines after them."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        header = _HEADER.match(line)
        if header:
            found.setdefault(header[1].lower(), header[2].strip())
        elif line.strip() and not (found and line.startswith((" ", "\t"))):
            return found, lines[number:]
        elif found and not line.strip():
            return found, lines[number + 1 :]
    return found, []


def _own_words(lines: list[str]) -> str:
    """What the writer wrote: neither lines quoted with > nor what follows the head of an older message."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _QUOTES_FOLLOW.fullmatch(line) or _begins_older(lines[number : number + 4]):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def _begins_older(lines: list[str]) -> bool:
    """Do headers begin here, as programs write them above the message that is answered?"""
    named = [found[1].lower() if (found := _HEADER.match(line)) else "" for line in lines]
    return named[0] == "from" and len([name for name in named if name]) > _LEAST_HEADERS


def _sender(said: str) -> tuple[str, str]:
    address = _ADDRESS.search(said)
    name = parseaddr(said)[0] if "<" in said else said.replace(address[0] if address else "", "")
    return " ".join(name.strip(" \"'[]()<>").split())[:200], address[0].lower() if address else ""


def _sent_on(said: str) -> date | None:
    try:
        moment: datetime = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return date_in(said)
    return moment.date()
