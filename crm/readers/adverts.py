"""What the readers of job adverts hand over: an advert whose every figure says where it came from."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value", float, date, str)

TEXT = "text"
WORKED_OUT = "worked out"


@dataclass(frozen=True, slots=True)
class Figure(Generic[Value]):
    """A value with its origin.

    `source` is `field:<path>` (the property of the JobPosting), `text` (the words of the advert) or
    `worked out`; `quote` is what stood there, or the sum.
    """

    value: Value
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is, as far as the advert says; `text` is all of it in one line."""

    text: str
    town: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    is_remote: bool = False


@dataclass(frozen=True, slots=True)
class Advert:
    """One job advert. None means that the advert does not say; nothing is guessed.

    Hours are a week. `pay_min` and `pay_max` are an hour, in `currency` (ISO code); `pay_text` is the pay as
    written and `pay_period` its period (hour, day, week, month, year). `notes` say what did not fit together.
    """

    title: str
    title_as_written: str
    organisation: str | None
    organisation_url: str | None
    place: Place | None
    hours_min: Figure[float] | None
    hours_max: Figure[float] | None
    guaranteed_hours: Figure[float] | None
    employment_type: Figure[str] | None
    contract: Figure[str] | None
    pay_min: Figure[float] | None
    pay_max: Figure[float] | None
    pay_text: str | None
    pay_period: str | None
    currency: str | None
    posted_on: Figure[date] | None
    closes_on: Figure[date] | None
    starts_on: Figure[date] | None
    text: str
    url: str | None
    identifier: str | None
    fingerprint: str
    file: str
    position: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedAdvert:
    """A record that is no usable advert: where it is, which property is to blame, why, and the original."""

    file: str
    position: int
    field: str | None
    reason: str
    original: str
