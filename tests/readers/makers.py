"""Files and adverts with readable defaults."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crm.readers.jobposting import Advert, RefusedAdvert, read_adverts

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference material (../shared/reference) is not here"
)


def workbook(rows: list[list[Any]], *, more_sheets: dict[str, list[list[Any]]] | None = None) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"remove_timezone": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, filled in {"List": rows, **(more_sheets or {})}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(filled):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def posting(**properties: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "JobPosting", "title": "Cleaner", **properties}


def read_all(content: str | bytes, name: str = "adverts.json") -> list[Advert | RefusedAdvert]:
    return list(read_adverts([(name, content.encode() if isinstance(content, str) else content)]))


def advert(**properties: Any) -> Advert:
    (only,) = read_all(json.dumps(posting(**properties)))
    assert isinstance(only, Advert), only
    return only
