"""Where a job is: Place and PostalAddress in any nesting, or one line of text."""

import re
from collections.abc import Mapping

from crm.readers.adverts import Place
from crm.readers.values import listed, mapping, text_of, unpacked

POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_COUNTRIES = {
    name: country
    for country, names in {
        "United Kingdom": "gb|uk|gbr|great britain|united kingdom",
        "United States": "us|usa|united states|united states of america",
        "Ireland": "ie|irl|ireland",
        "England": "england",
        "Scotland": "scotland",
        "Wales": "wales",
        "Northern Ireland": "northern ireland",
        "Canada": "ca|can|canada",
        "Australia": "au|aus|australia",
        "India": "in|ind|india",
        "Germany": "de|deu|germany",
        "France": "fr|fra|france",
    }.items()
    for name in names.split("|")
}
_REMOTE = re.compile(
    r"\b(?:remote|home[- ]?based|work(?:ing)? from home|telecommute|wfh|anywhere)\b", re.IGNORECASE
)
_US_STATES = {"CA", "IN", "DE"}
_DIGIT = re.compile(r"\d")
_DEPTH = 5


def read_place(value: object, *, is_remote: bool = False) -> tuple[Place | None, int]:
    """The first place that says anything, and how many places there are."""
    places = [
        place for item in listed(unpacked(value)) if (place := _place(item, is_remote, _DEPTH)) is not None
    ]
    distinct = list(dict.fromkeys(places))
    if distinct:
        return distinct[0], len(distinct)
    return (Place("Remote", is_remote=True), 1) if is_remote else (None, 0)


def _place(value: object, is_remote: bool, depth: int) -> Place | None:
    held = mapping(unpacked(value))
    if held is None:
        text = text_of(value)
        return None if text is None else _from_line(text, is_remote)
    for key in ("address", "location", "jobLocation"):
        for inner in listed(unpacked(held.get(key))):
            found = _place(inner, is_remote, depth - 1) if depth else None
            if found is not None:
                return found
    return _from_address(held, is_remote)


def _from_address(held: Mapping[str, object], is_remote: bool) -> Place | None:
    street = text_of(held.get("streetAddress"))
    town = text_of(held.get("addressLocality") or held.get("city") or held.get("town"))
    region = text_of(held.get("addressRegion") or held.get("state") or held.get("county"))
    postcode = _tidy_postcode(text_of(held.get("postalCode") or held.get("postcode") or held.get("zip")))
    country = _country(text_of(held.get("addressCountry") or held.get("country")))
    parts = [part for part in (street, town, region, postcode, country) if part]
    if not parts:
        name = text_of(held.get("name") or held.get("description"))
        return None if name is None else _from_line(name, is_remote)
    found = POSTCODE.search(f"{street or ''} {town or ''} {region or ''}")
    postcode = postcode or (f"{found[1]} {found[2]}".upper() if found else None)
    text = ", ".join(dict.fromkeys(parts))
    return Place(text, town, region, postcode, country, is_remote or bool(_REMOTE.search(text)))


def _from_line(text: str, is_remote: bool) -> Place:
    """One line: "12 High St, Leeds, West Yorkshire LS1 4AP, UK"; a part with a number is a street."""
    found = POSTCODE.search(text)
    postcode = f"{found[1]} {found[2]}".upper() if found else None
    rest = POSTCODE.sub("", text)
    parts = [part.strip() for part in re.split(r"[,;|\n]", rest) if part.strip(" .-()")]
    country = _COUNTRIES.get(parts[-1].lower()) if parts and parts[-1].upper() not in _US_STATES else None
    if country is not None:
        parts.pop()
    named = [part for part in parts if not _DIGIT.search(part) and not _REMOTE.search(part)]
    town = named[0] if named else None
    region = named[1] if len(named) > 1 else None
    return Place(text, town, region, postcode, country, is_remote or bool(_REMOTE.search(text)))


def _tidy_postcode(text: str | None) -> str | None:
    if text is None:
        return None
    found = POSTCODE.fullmatch(text)
    return f"{found[1]} {found[2]}".upper() if found else text


def _country(text: str | None) -> str | None:
    return None if text is None else _COUNTRIES.get(text.lower(), text)
