"""UK postcodes as typed and as stored."""

import re
from typing import Annotated

from pydantic import BeforeValidator

_SHAPE = re.compile(r"^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$")


def tidy_postcode(value: object) -> object:
    """A postcode in capitals with one space before its last three characters; blank becomes None.

    Raises:
        ValueError: the text does not have the shape of a UK postcode.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    compact = re.sub(r"\s+", "", str(value)).upper()
    spaced = f"{compact[:-3]} {compact[-3:]}"
    if not _SHAPE.match(spaced):
        raise ValueError("This does not look like a UK postcode, for example LS1 4DY.")
    return spaced


Postcode = Annotated[str | None, BeforeValidator(tidy_postcode)]


def sector_of(postcode: str | None) -> str | None:
    """The sector (“LS1 4”) of a stored postcode: near enough for distance, too coarse to find a door."""
    return postcode[:-2] if postcode else None
