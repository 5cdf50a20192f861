"""schema.org JobPosting, in the messy forms that boards publish, to adverts whose figures keep their origin.

for advert in read_adverts([("jobs.json", content)]):
...  # an Advert, or a RefusedAdvert with file, position, property and reason
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator

from crm.readers import dates, employment
from crm.readers.adverts import WORKED_OUT, Advert, Figure, Place, RefusedAdvert
from crm.readers.hours import Hours, hours_in_field, hours_in_text, hours_in_title
from crm.readers.markup import plain_text
from crm.readers.numbers import shown
from crm.readers.pay import Pay, by_the_hour, pay_in_field, pay_in_text
from crm.readers.places import read_place
from crm.readers.posting import Posting, listed_mappings
from crm.readers.sources import Record, records_in, refused
from crm.readers.titles import plain_title
from crm.readers.values import listed, mapping, text_of, unpacked

__all__ = ["Advert", "Figure", "Place", "RefusedAdvert", "read_advert", "read_adverts"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE_CHARACTERS = 300
_FULL_TIME_HOURS = 30
NOT_TEXT = "It holds a character that no text may hold (NUL or half a character)."
"""Why an advert with broken letters is refused."""
_TEXT_CHARACTERS = 100_000


def read_adverts(
    files: Iterable[tuple[str, bytes]], *, progress: Callable[[int], None] | None = None
) -> Iterator[Advert | RefusedAdvert]:
    """Read adverts from files (name, content) one record at a time; `progress` hears how many files are done.

    Nothing is raised for bad input: a file or record that cannot be used comes out as a RefusedAdvert.
    """
    for done, (name, content) in enumerate(files, start=1):
        for record in records_in(name, content):
            yield read_advert(record) if isinstance(record, Record) else record
        if progress is not None:
            progress(done)


def read_advert(record: Record) -> Advert | RefusedAdvert:
    """Read one JobPosting; only a record without a usable title, or with broken letters, is refused."""
    posting = record.posting
    title = posting.text("title")
    if title is None:
        return _refused(record, "title", "The advert has no title.")
    title = plain_text(title).replace("\n", " ")
    text = _text(posting)
    for field, words in (("title", title), ("description", text)):
        if "\0" in words or _SURROGATE.search(words):
            return _refused(record, field, NOT_TEXT)
    if not title or len(title) > _TITLE_CHARACTERS:
        return _refused(record, "title", f"The title is empty or longer than {_TITLE_CHARACTERS} characters.")
    return _advert(record, posting, title, text)


def _refused(record: Record, field: str, reason: str) -> RefusedAdvert:
    original = json.dumps(dict(record.posting.record), default=str)
    return refused(record.file, record.position, reason, original, field)


def _advert(record: Record, posting: Posting, title: str, text: str) -> Advert:
    employer, employer_url = _organisation(posting)
    place, places = _place(posting)
    tag_path, tag = posting.find("employmentType")
    kind, disagreement = employment.employment_type(tag, tag_path, title, text)
    hours = _hours(posting, title, text, is_part_time=kind is not None and kind.value == "part time")
    kind, disagreement = _type_by_hours(kind, hours, disagreement)
    pay = _pay(posting, title, text)
    pay_min, pay_max = by_the_hour(pay, hours)
    closes = dates.dated(*posting.find("validThrough")) or dates.closing_in(text)
    url, identifier = _url(posting), _identifier(posting)
    notes = (
        disagreement,
        pay.note,
        f"The advert names {places} places; the first was taken." if places > 1 else None,
    )
    town = place.text if place else None
    return Advert(
        title=plain_title(title, town=place.town if place else None, organisation=employer),
        title_as_written=title,
        organisation=employer,
        organisation_url=employer_url,
        place=place,
        hours_min=hours.least,
        hours_max=hours.most,
        guaranteed_hours=hours.guaranteed,
        employment_type=kind,
        contract=employment.contract(tag, tag_path, title, text),
        pay_min=pay_min,
        pay_max=pay_max,
        pay_text=pay.as_written,
        pay_period=pay.period,
        currency=pay.currency,
        posted_on=dates.dated(*posting.find("datePosted")),
        closes_on=closes,
        starts_on=dates.dated(*posting.find("jobStartDate")),
        text=text,
        url=url,
        identifier=identifier,
        fingerprint=_fingerprint(identifier, url, employer, (title, employer, town, closes and closes.value)),
        file=record.file,
        position=record.position,
        notes=tuple(note for note in notes if note),
    )


def _text(posting: Posting) -> str:
    description = posting.find("description")[1]
    parts = [item for item in listed(description) if isinstance(item, str)] or [text_of(description) or ""]
    plain: list[str] = []
    for part in [*parts, *posting.more_text()]:
        words = plain_text(part)
        if words and not any(words in earlier for earlier in plain):
            plain.append(words)
    return "\n".join(plain)[:_TEXT_CHARACTERS]


def _organisation(posting: Posting) -> tuple[str | None, str | None]:
    value = posting.find("hiringOrganization")[1]
    name = text_of(value)
    held = mapping(value) or next(iter(listed_mappings(value)), None)
    url = text_of(held.get("sameAs") or held.get("url")) if held else None
    if name is not None and name.startswith(("http://", "https://")):
        name, url = None, url or name
    return (plain_text(name).replace("\n", " ")[:_TITLE_CHARACTERS] or None) if name else None, url


def _place(posting: Posting) -> tuple[Place | None, int]:
    kind = (posting.text("jobLocationType") or "").lower()
    is_remote = kind in {"telecommute", "remote", "true", "fully remote"}
    return read_place(posting.find("jobLocation")[1], is_remote=is_remote)


def _hours(posting: Posting, title: str, text: str, *, is_part_time: bool) -> Hours:
    """The property first, then the title, then the text; a guarantee from wherever one is stated."""
    path, value = posting.find("workHours")
    words = text_of(value)
    in_text = hours_in_text(text, is_part_time=is_part_time)
    found = [hours_in_field(words, path)] if words else []
    found += [hours_in_title(title), in_text]
    chosen = next((hours for hours in found if hours.least or hours.most), Hours())
    guaranteed = next((hours.guaranteed for hours in found if hours.guaranteed), None)
    return Hours(chosen.least, chosen.most, guaranteed, in_text.full_week)


def _pay(posting: Posting, title: str, text: str) -> Pay:
    """The property first, then the title, then the text."""
    path, value = posting.find("baseSalary")
    currency = posting.text("salaryCurrency")
    currency = currency.upper() if currency and len(currency) == 3 else None
    stated = pay_in_field(value, path, currency, posting.text("salaryUnit"))
    if stated.least or stated.most:
        return stated
    found = pay_in_text(title, "field:title")
    if not (found.least or found.most):
        found = pay_in_text(text)
    return found if found.least or found.most else stated


def _url(posting: Posting) -> str | None:
    value = posting.find("url")[1]
    held = mapping(unpacked(value))
    found = text_of(held.get("@id") or held.get("url")) if held else text_of(value)
    return found if found and found.startswith(("http://", "https://")) else None


def _identifier(posting: Posting) -> str | None:
    """The number of the advert: in a PropertyValue the name is whose number it is, not the number."""
    value = posting.find("identifier")[1]
    held = next(iter(listed_mappings(value)), None)
    return text_of(value) if held is None else text_of(held.get("value"))


def _type_by_hours(
    kind: Figure[str] | None, hours: Hours, note: str | None
) -> tuple[Figure[str] | None, str | None]:
    """Hours outweigh a FULL_TIME tag: under 30 a week is part time, as official statistics count."""
    if hours.most is None or hours.most.value >= _FULL_TIME_HOURS or (kind and "part" in kind.value):
        return kind, note
    quote = f"{shown(hours.most.value)} hours a week is under {_FULL_TIME_HOURS}"
    if kind is not None:
        note = f"Called {kind.value}, but {quote}."
    return Figure("part time", WORKED_OUT, quote), note


def _fingerprint(
    identifier: str | None, url: str | None, employer: str | None, rest: tuple[object, ...]
) -> str:
    """The same for the same advert: employer and identifier, else url, else title, employer, place, date."""
    if identifier and not identifier.startswith("http"):
        key: tuple[object, ...] = ("id", employer, identifier)
    else:
        key = ("url", url.rstrip("/")) if url else rest
    folded = "\n".join(" ".join(str(part or "").casefold().split()) for part in key)
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:16]
