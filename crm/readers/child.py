"""What the limited process reads: tables, job adverts, office files. Run as `python -m crm.readers.child`."""

import sys
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from crm.readers.adverts import Advert, RefusedAdvert
from crm.readers.jobposting import NOT_TEXT, read_adverts
from crm.readers.limited import Files, answer
from crm.readers.packages import package_type
from crm.readers.tables import Table, read_table

TABLE = TypeAdapter(Table)
ADVERT: TypeAdapter[Advert | RefusedAdvert] = TypeAdapter(Advert | RefusedAdvert)


def read(wanted: dict[str, Any], files: Files) -> Iterator[bytes]:
    """One line for a table or an office file; for adverts one line each."""
    if wanted["what"] == "table":
        ((name, content),) = files
        yield TABLE.dump_json(read_table(content, name, sheet=wanted["sheet"]))
        return
    if wanted["what"] == "package":
        ((name, content),) = files
        yield package_type(content, name).encode()
        return
    for one in read_adverts(files):
        yield _line(one)


def _line(one: Advert | RefusedAdvert) -> bytes:
    """The advert as JSON; one with half a character in it cannot be written, so it is refused here."""
    try:
        return ADVERT.dump_json(one)
    except PydanticSerializationError:
        return ADVERT.dump_json(RefusedAdvert(one.file, one.position, None, NOT_TEXT, ""))


if __name__ == "__main__":
    sys.exit(answer(read))
