"""Which columns of an uploaded list hold what about employers, guessed from their headers."""

import re
from collections.abc import Mapping, Sequence

from crm.models.base import folded
from crm.models.employers import SizeBand
from crm.services import import_fields
from crm.services.import_fields import NOT_SAID, ImportField

FIELDS = (
    ImportField(
        "name",
        "Name of the organisation",
        ("name", "employer name", "employer", "company name", "company", "organisation", "organisation name",
         "organization", "business name", "current name"),
    ),
    ImportField("trading_name", "Trading name", ("trading name", "trading as", "known as")),
    ImportField(
        "address", "Address", ("address", "site address", "full address", "registered address", "address 1")
    ),
    ImportField("postcode", "Postcode", ("postcode", "post code", "postal code", "zip")),
    ImportField(
        "company_number",
        "Companies House number",
        ("company number", "company no", "companies house number", "registration number", "crn",
         "company registration number"),
    ),
    ImportField("charity_number", "Charity number", ("charity number", "charity no")),
    ImportField("sic_codes", "SIC 2007 codes", ("sic codes", "sic code", "sic", "sic 2007")),
    ImportField("sector", "Sector", ("sector", "industry")),
    ImportField(
        "size_band", "Employees", ("employer size", "size", "size band", "employees", "number of employees",
                                    "headcount")
    ),
    ImportField("website", "Website", ("website", "web site", "url", "web address")),
    ImportField("trade_body", "Trade body or group", ("trade body", "group", "parent company")),
    ImportField("lead_source", "Where the lead came from", ("lead source", "source")),
)  # fmt: skip
"""What an employer list may hold; `address` and `postcode` make the employer's site."""

_BANDS = ((1, 9, SizeBand.MICRO), (10, 49, SizeBand.SMALL), (50, 249, SizeBand.MEDIUM))
_LARGE_FROM = 250
_WORDS = {
    "micro": SizeBand.MICRO,
    "small": SizeBand.SMALL,
    "medium": SizeBand.MEDIUM,
    "large": SizeBand.LARGE,
}


def guess(header: Sequence[str]) -> dict[str, str]:
    """The column for each field whose header is known, by field name; no column is used twice."""
    return import_fields.guess(FIELDS, header)


def usable(mapping: Mapping[str, str | None], header: Sequence[str]) -> dict[str, str]:
    """Those parts of a chosen mapping that name a field and a column that exist."""
    return import_fields.usable(FIELDS, mapping, header)


def size_band(written: str) -> SizeBand:
    """The band of a size as lists write it: a number of people, “250 to 499”, “5000 or more”, “small”.

    A size that may lie in two bands, such as “Less than 250”, is not recorded: it would be a guess.

    Raises:
        ValueError: it is written in no way that we know.
    """
    text = folded(written).replace(",", "").replace("–", "-")
    if text in NOT_SAID:
        return SizeBand.UNKNOWN
    word = text.removesuffix(" business").removesuffix(" employer").strip()
    if word in _WORDS:
        return _WORDS[word]
    ends = _ends(text)
    if ends is None:
        raise ValueError(f"“{written}” is not a size that we know. Write a number, 10-49, or 250 to 499.")
    return _band_of(*ends)


def _ends(text: str) -> tuple[int, int | None] | None:
    """The least and the most people that a text means; the most is open at None."""
    text = re.sub(r"\s*(employees|people|staff)$", "", text)
    if found := re.fullmatch(r"(\d+)(?:\.0+)?", text):
        return int(found[1]), int(found[1])
    if found := re.fullmatch(r"(\d+)\s*(?:-|to|and)\s*(\d+)", text):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"(?:(?:more than|over|>)\s*)?(\d+)\s*(?:\+|or more|and over|plus)?", text):
        return int(found[1]), None
    if found := re.fullmatch(r"(?:less than|fewer than|under|up to|<)\s*(\d+)", text):
        return 1, int(found[1]) - (0 if text.startswith("up to") else 1)
    return None


def _band_of(least: int, most: int | None) -> SizeBand:
    if least >= _LARGE_FROM:
        return SizeBand.LARGE
    for low, high, band in _BANDS:
        if most is not None and low <= least and most <= high:
            return band
    return SizeBand.UNKNOWN
