"""What a pasted e-mail or a dictated note says about a contact, as proposals with the words they come from.

Rules only: nothing is learned and nothing is guessed from elsewhere. Whoever pasted it looks at each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from crm.readers.contact_days import coming_day, past_day
from crm.readers.contact_mail import Mail, read_mail

_MOST = 6_000
_LIKE_ENOUGH = 88
_SHORTEST_NAME = 4

_KINDS: tuple[tuple[str, str], ...] = (
    ("video", r"\b(teams|zoom|video|google meet|facetime)\b"),
    (
        "visit",
        r"\b(visit(?:ed|ing)?|popped (?:in|round)|dropped (?:in|by)|called in|went (?:in|to see))\b",
    ),
    (
        "call",
        r"\b(rang|called|phoned|telephoned|phone call|call (?:with|from|to)|on the phone)\b",
    ),
    ("event", r"\b(job fair|jobs fair|careers fair|breakfast event|networking)\b"),
    ("meeting", r"\b(met|meeting|sat down with|coffee with)\b"),
    ("email", r"\b(e-?mailed|wrote an e-?mail|e-?mail from)\b"),
    ("letter", r"\b(letter|posted)\b"),
)
_STEP = re.compile(
    r"\b(?P<verb>ring|call|phone|telephone|visit|come back|go back|call back|ring back|get back|follow up"
    r"|speak|talk|meet|catch up|chase|e-?mail|check in|be in touch)\b(?P<rest>[^.!?\n]{0,80})",
    re.IGNORECASE,
)
_TITLES = {
    "visit": "Visit",
    "come": "Visit",
    "go": "Visit",
    "meet": "Meet",
    "mail": "Write",
    "chase": "Chase",
}
_LEAD = re.compile(
    r"\b(?:looking for|looking to (?:hire|recruit|take on)|need(?:s|ing)?|recruiting(?: for)?|hiring"
    r"|taking on|vacancy for|opening for|post for)\s+(?:an?|another|some|one|two|three|\d{1,2})\s+"
    r"(?P<title>[a-z][a-z'’/ -]{2,60}?)"
    r"(?=\s*(?:[,.;:(\n]|$|\b(?:for|at|in|on|from|with|to|who|and|starting|because|as)\b|\d))",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\b(\d{1,2}(?:\.\d{1,2})?)\s*(?:hours|hrs|h)\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:clos(?:es|ing)(?: date| on)?|deadline|apply by|applications by)\b[^.!?\n]{0,40}", re.IGNORECASE
)
_MINUTES = re.compile(
    r"\b(?P<number>\d{1,3})[ -]?(?:minutes?|mins?)\b(?!\s*(?:['’]|walk|drive|away|from|break|bus|later))"
    r"|\b(?:for|spent|took|lasted|about) (?:(?P<half>half an hour)|(?P<hour>an hour))\b",
    re.IGNORECASE,
)
_NOT_A_JOB = re.compile(
    r"\b(bit|lot|few|time|week|month|day|call|visit|chat|meeting|way|reply|answer|word)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the employer, as far as it takes to recognise them."""

    id: int
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field and the words that it was read from."""

    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Proposals by the name of the field, and the mail or note in its own words."""

    mail: Mail
    fields: dict[str, Proposal] = field(default_factory=dict[str, Proposal])


def propose(text: str, *, today: date, people: Sequence[KnownPerson] = ()) -> Proposals:
    """What a text says about a contact; what it does not say is not proposed. Never fails."""
    mail = read_mail(text[: 4 * _MOST])
    body = mail.body[:_MOST]
    found = {
        "summary": Proposal(mail.body, "") if mail.body else None,
        "kind": Proposal("email", "the heading of an e-mail") if mail.is_mail else None,
    }
    told = body
    for name, proposal, span in (*_next_step(body, today), *_lead(body, today)):
        found[name] = proposal
        told = told.replace(span, " ")
    found["kind"] = found["kind"] or _kind(told)
    found["held_on"] = _held_on(mail, told, today)
    found["minutes"] = _minutes(told)
    found |= _who(mail, body, people)
    return Proposals(mail, {name: one for name, one in found.items() if one is not None})


def _kind(told: str) -> Proposal | None:
    matches = ((kind, re.search(pattern, told, re.IGNORECASE)) for kind, pattern in _KINDS)
    found = [(match.start(), kind, match[0]) for kind, match in matches if match]
    return Proposal(min(found)[1], min(found)[2]) if found else None


def _held_on(mail: Mail, told: str, today: date) -> Proposal | None:
    if mail.sent_on is not None and mail.sent_on <= today:
        return Proposal(mail.sent_on, mail.sent_words)
    said = None if mail.is_mail else past_day(told, today)
    return Proposal(said.day, said.words) if said else None


def _next_step(body: str, today: date) -> list[tuple[str, Proposal, str]]:
    """The first of what is to be done for which a day to come is said."""
    for step in _STEP.finditer(body):
        said = coming_day(step["rest"], today)
        if said is not None and not re.search(r"\b(clos|deadline)", step["rest"], re.IGNORECASE):
            words = step[0].strip()
            first = step["verb"].lower().replace("-", "").removeprefix("e").split()[0]
            title = _TITLES.get(first, "Ring again")
            return [
                ("next_step", Proposal("day", words), step[0]),
                ("next_step_on", Proposal(said.day, words), step[0]),
                ("next_step_title", Proposal(title, words), step[0]),
            ]
    return []


def _lead(body: str, today: date) -> list[tuple[str, Proposal, str]]:
    """A job that was promised, with its hours and when it closes, where the text names one."""
    lead = next((one for one in _LEAD.finditer(body) if not _NOT_A_JOB.search(one["title"])), None)
    if lead is None:
        return []
    title = " ".join(lead["title"].split())
    after = body[lead.end() : lead.end() + 160]
    found = [("lead_title", Proposal(title[:1].upper() + title[1:], lead[0]), lead[0])]
    hours = _HOURS.search(after)
    if hours and 0 < float(hours[1]) <= 80:
        found.append(("lead_hours", Proposal(float(hours[1]), hours[0]), hours[0]))
    closing = _CLOSES.search(after)
    said = coming_day(closing[0], today) if closing else None
    if closing and said:
        found.append(("lead_closes_on", Proposal(said.day, closing[0].strip()), closing[0]))
    return found


def _minutes(told: str) -> Proposal | None:
    found = _MINUTES.search(told)
    if not found:
        return None
    minutes = int(found["number"]) if found["number"] else 30 if found["half"] else 60
    return Proposal(minutes, found[0]) if minutes else None


def _who(mail: Mail, body: str, people: Sequence[KnownPerson]) -> dict[str, Proposal | None]:
    """Who took part: the sender of a mail, or the employer's people whom a note names."""
    if mail.is_mail:
        sender = _sender(mail, people)
        if sender is not None:
            return {"person_ids": Proposal((sender.id,), f"From: {mail.sender_name or mail.sender_email}")}
        name = mail.sender_name if "@" not in mail.sender_name else ""
        return {"new_person": Proposal(name, f"From: {name}") if name else None}
    named = [person for person in people if _is_named(person, body, people)]
    ids = tuple(person.id for person in named)
    return {"person_ids": Proposal(ids, ", ".join(person.name for person in named)) if ids else None}


def _sender(mail: Mail, people: Sequence[KnownPerson]) -> KnownPerson | None:
    by_address = [one for one in people if one.email and one.email.lower() == mail.sender_email]
    alike = [one for one in people if _ratio(one.name, mail.sender_name) >= _LIKE_ENOUGH]
    return next(iter(by_address + alike), None)


def _ratio(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) if one and other else 0.0


def _is_named(person: KnownPerson, body: str, people: Sequence[KnownPerson]) -> bool:
    """By the whole name, nearly as written, or by a first name that nobody else there has."""
    low, name = body.casefold(), person.name.casefold()
    if len(name) >= _SHORTEST_NAME and fuzz.partial_ratio(name, low, score_cutoff=_LIKE_ENOUGH):
        return " " in name or re.search(rf"\b{re.escape(name)}\b", low) is not None
    first = name.split(" ")[0]
    shared = sum(one.name.casefold().split(" ")[0] == first for one in people)
    is_said = re.search(rf"\b{re.escape(first)}\b", low) is not None
    return len(first) > 1 and shared == 1 and is_said
