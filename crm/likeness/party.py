"""What is known of an organisation or a person that may be recorded twice, ready to be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crm.likeness import words


@dataclass(frozen=True, slots=True)
class Address:
    """One address, folded."""

    number: str
    street: str
    whole: str


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or a person, folded. Anything may be missing, and nothing follows from that.

    `numbers` are those that a register gives to one alone, by the register, such as a company number: they
    decide.
    """

    names: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()


def party(
    *,
    names: Iterable[str | None] = (),
    numbers: Mapping[str, str | None] | None = None,
    phones: Iterable[str | None] = (),
    emails: Iterable[str | None] = (),
    websites: Iterable[str | None] = (),
    postcodes: Iterable[str | None] = (),
    addresses: Iterable[str | None] = (),
) -> Party:
    """A party from what is recorded, as it is recorded; what is empty is left out."""
    mails = _kept(emails)
    return Party(
        names=_unique(" ".join(words.name_words(name)) for name in _kept(names)),
        numbers=_numbers(numbers or {}),
        phones=_unique(words.digits(phone) for phone in _kept(phones)),
        emails=_unique(mail.strip().casefold() for mail in mails),
        domains=_unique(words.domain(place) for place in (*mails, *_kept(websites))),
        postcodes=_unique(words.compact(postcode) for postcode in _kept(postcodes)),
        addresses=tuple(dict.fromkeys(_address(text) for text in _kept(addresses))),
    )


def _numbers(numbers: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    found = ((register, words.compact(number or "")) for register, number in numbers.items())
    return tuple((register, number) for register, number in found if number)


def _address(text: str) -> Address:
    return Address(
        words.house_number(text), " ".join(words.street_words(text)), " ".join(words.address_words(text))
    )


def _kept(values: Iterable[str | None]) -> list[str]:
    return [value for value in values if value and value.strip()]


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
