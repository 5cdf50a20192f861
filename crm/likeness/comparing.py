"""Two parties side by side: how alike each kind of fact is. What either lacks is unknown, not different."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import product

from rapidfuzz import fuzz

from crm.likeness.party import Address, Party
from crm.likeness.words import SAYS_LITTLE

_SAME_WORD = 80.0
"""Words this much alike (RapidFuzz ratio) are the same word, spelt differently."""

_SAME_STREET = 0.8
_NEAR_POSTCODE = 70.0
_LITTLE = 0.2


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each kind of fact from 0 (nothing alike) to 1 (the same). `…_unknown`: one of the two lacks it.

    `name_part` is how much of the shorter name is in the longer one, `name_whole` the other way round.
    """

    name_unknown: float = 0.0
    name_part: float = 0.0
    name_whole: float = 0.0
    name_spelling: float = 0.0
    reach_same: float = 0.0
    reach_differs: float = 0.0
    address_unknown: float = 0.0
    number_same: float = 0.0
    number_differs: float = 0.0
    street: float = 0.0
    address_same: float = 0.0
    postcode_same: float = 0.0
    postcode_differs: float = 0.0

    def features(self) -> dict[str, float]:
        """What the model weighs: each fact, and some that say more, or less, together."""
        is_elsewhere = (1 - self.address_unknown) * (1 - self.address_same)
        return asdict(self) | {
            "name_nearly_whole": max(0.0, self.name_whole - 0.8) * 5,
            "reach_and_name": self.reach_same * self.name_part,
            "reach_and_address": self.reach_same * self.address_same,
            "reach_elsewhere": self.reach_same * is_elsewhere,
            "address_and_name": self.address_same * self.name_part,
        }


def compare(one: Party, other: Party) -> Comparison:
    """How alike two parties are, in every kind of fact but the numbers of registers, which decide alone."""
    return Comparison(
        **_names(one.names, other.names),
        **_reach(one, other),
        **_addresses(one.addresses, other.addresses),
        **_postcodes(one.postcodes, other.postcodes),
    )


def _names(ones: tuple[str, ...], others: tuple[str, ...]) -> dict[str, float]:
    if not (ones and others):
        return {"name_unknown": 1.0}
    shared = ((_share(one, other), _share(other, one)) for one, other in product(ones, others))
    first, second = max(shared, key=sum)
    return {
        "name_part": max(first, second),
        "name_whole": min(first, second),
        "name_spelling": _best(fuzz.token_sort_ratio, ones, others) / 100,
    }


def _share(name: str, other: str) -> float:
    """How much of a name is in another one, word by word; words that say little weigh little."""
    others = other.split()
    whole = found = 0.0
    for word in name.split():
        weight = _LITTLE if word in SAYS_LITTLE else 1.0
        whole += weight
        likeness = 100.0 if word in others else _best(fuzz.ratio, (word,), others)
        if likeness >= _SAME_WORD:
            found += weight * likeness / 100
    return found / whole


def _reach(one: Party, other: Party) -> dict[str, float]:
    """Can both be reached the same way: by a telephone number or an e-mail address that both have?"""
    if _share_a_phone(one, other) or set(one.emails) & set(other.emails):
        return {"reach_same": 1.0}
    return {"reach_differs": 1.0} if one.phones and other.phones else {}


def _share_a_phone(one: Party, other: Party) -> bool:
    """Is one number the other, or its end? Without the code of the area, numbers are shorter."""
    return any(
        first.endswith(second) or second.endswith(first)
        for first, second in product(one.phones, other.phones)
    )


def _addresses(ones: tuple[Address, ...], others: tuple[Address, ...]) -> dict[str, float]:
    if not (ones and others):
        return {"address_unknown": 1.0}
    return max((_address(*pair) for pair in product(ones, others)), key=_how_near)


def _address(one: Address, other: Address) -> dict[str, float]:
    is_same = bool(one.number) and one.number == other.number
    spelling = fuzz.ratio(one.street, other.street)
    street = max(spelling, fuzz.token_sort_ratio(one.street, other.street)) / 100
    return {
        "number_same": float(is_same),
        "number_differs": float(bool(one.number and other.number) and not is_same),
        "street": street,
        "address_same": float(is_same and street > _SAME_STREET),
    }


def _how_near(compared: dict[str, float]) -> float:
    return compared["number_same"] + compared["street"]


def _postcodes(ones: tuple[str, ...], others: tuple[str, ...]) -> dict[str, float]:
    """A postcode that is nearly the same is neither: it may be a slip, or the next street."""
    if set(ones) & set(others):
        return {"postcode_same": 1.0}
    is_far = bool(ones and others) and _best(fuzz.ratio, ones, others) < _NEAR_POSTCODE
    return {"postcode_differs": float(is_far)}


def _best(alike: Callable[[str, str], float], ones: Iterable[str], others: Iterable[str]) -> float:
    return max((alike(one, other) for one, other in product(ones, others)), default=0.0)
