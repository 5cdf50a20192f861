"""Names, addresses and ways to reach somebody, folded to what tells one from another."""

import re
import unicodedata


def _each_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL_FORMS = _each_of("ltd limited plc llp lp cic inc incorporated co company corp corporation llc gmbh the")
"""What a name says of the form of an organisation, not of which one it is."""

SAYS_LITTLE = LEGAL_FORMS | _each_of(
    "and of for in a an at to companies group holdings uk gb service services solutions international trust"
    " council centre center mr mrs ms miss dr"
)
"""What so many names hold that sharing it says next to nothing."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_STREET_WORDS = {
    "street": "st",
    "saint": "st",
    "str": "st",
    "road": "rd",
    "avenue": "ave",
    "av": "ave",
    "drive": "dr",
    "lane": "ln",
    "boulevard": "blvd",
    "place": "pl",
    "court": "ct",
    "close": "cl",
    "crescent": "cres",
    "square": "sq",
    "terrace": "ter",
    "parkway": "pkwy",
    "highway": "hwy",
    "gardens": "gdns",
    "grove": "gr",
    "industrial": "ind",
    "estate": "est",
    "building": "bldg",
    "floor": "fl",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
}
_KINDS_OF_STREET = frozenset(_STREET_WORDS.values()) - {"n", "s", "e", "w"}
_OPEN_TO_ALL = _each_of(
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol btinternet sky talktalk"
    " virginmedia ntlworld protonmail proton gmx mail tiscali blueyonder"
)
_LEAST_DIGITS = 6


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents and apostrophes; "&" is read as "and"."""
    plain = text.replace("&", " and ").translate(_APOSTROPHES)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold())


def name_words(name: str) -> list[str]:
    """The words of a name without legal forms; all of them when there are no others."""
    found = words(name)
    return [word for word in found if word not in LEGAL_FORMS] or found


def telling_words(name: str) -> list[str]:
    """The words of a name that tell organisations apart; all of them when none does."""
    found = words(name)
    return [word for word in found if word not in SAYS_LITTLE] or found


def address_words(address: str) -> list[str]:
    """The words of an address, each kind of street and point of the compass in its short form."""
    return [_STREET_WORDS.get(word, word) for word in words(address)]


def house_number(address: str) -> str:
    """The first number of an address, with its letter if it has one; empty when there is none."""
    return next((word for word in words(address) if word[0].isdigit()), "")


def street_words(address: str) -> list[str]:
    """What tells a street from others: no house number, no kind of street, no point of the compass."""
    found = [word for word in address_words(address) if not word[0].isdigit() or not word.isdigit()]
    kept = [word for word in found if len(word) > 1 and word not in _KINDS_OF_STREET]
    return kept or found


def digits(phone: str) -> str:
    """The digits of a telephone number without what is dialled before it; empty when they are too few."""
    found = re.sub(r"\D", "", phone)
    if phone.strip().startswith(("+44", "0044")):
        found = found.removeprefix("00").removeprefix("44")
    found = found.lstrip("0")
    return found if len(found) >= _LEAST_DIGITS else ""


def domain(email_or_website: str) -> str:
    """The domain of an address that is an organisation's own; empty for those that anybody can have."""
    host = email_or_website.strip().casefold().rpartition("@")[2]
    host = re.sub(r"^[a-z]+://", "", host).partition("/")[0].partition(":")[0].removeprefix("www.")
    first, dot, _ = host.partition(".")
    return "" if not dot or first in _OPEN_TO_ALL or " " in host else host


def compact(text: str) -> str:
    """Letters and digits alone, in small letters: how postcodes and registered numbers are compared."""
    return "".join(words(text))
