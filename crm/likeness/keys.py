"""Keys that two records of the same one are likely to share: those that share none are not compared."""

from collections.abc import Iterator
from itertools import pairwise

from crm.likeness import words
from crm.likeness.party import Party

_START = 4
_PHONE_END = 7
_MOST_WORDS = 5
_MOST_OF_A_NAME = 80


def keys_of(one: Party) -> frozenset[str]:
    """The keys of a party, each with a letter for its kind, so that no two kinds ever meet."""
    return frozenset(_keys(one))


def _keys(one: Party) -> Iterator[str]:
    yield from (f"n:{register} {number}" for register, number in one.numbers)
    yield from (f"t:{phone[-_PHONE_END:]}" for phone in one.phones)
    yield from (f"e:{email}" for email in one.emails)
    yield from (f"d:{domain}" for domain in one.domains)
    yield from (f"p:{postcode}" for postcode in one.postcodes)
    for address in one.addresses:
        if address.number and address.street:
            yield f"a:{address.number} {address.street[:_START]}"
    for name in one.names:
        yield from _name_keys(name)


def _name_keys(name: str) -> Iterator[str]:
    yield f"b:{' '.join(sorted(name.split()))[:_MOST_OF_A_NAME]}"
    starts = sorted({word[:_START] for word in words.telling_words(name)})[:_MOST_WORDS]
    yield from (f"w:{start}" for start in starts)
    yield from (f"v:{first} {second}" for first, second in pairwise(starts))
