"""A paper as PDF that assistive technology reads (PDF/UA-1): an extra, as it needs Pango beside Python.

Nothing is fetched while it is made, from no network and from no disk: the page holds its pictures too.
"""

import hashlib
import logging
from functools import cache
from importlib import import_module
from typing import Any

from PIL import ImageFile

from crm.errors import CrmError
from crm.papers.page import as_page
from crm.papers.paper import Paper

NOT_HERE = (
    "PDF files cannot be made on this machine. Take the Word file, or open the page to print and save that "
    "as PDF in your browser. Who runs the service can add PDF: the guide for operators says how."
)


class PaperNotMadeError(CrmError):
    """A paper cannot be drawn in the form that was asked for; the message says what to take instead."""


@cache
def is_possible() -> bool:
    """Are WeasyPrint and the libraries that it needs on this machine? Asked once a process."""
    try:
        _weasyprint()
    except (ImportError, OSError):
        return False
    return True


def _weasyprint() -> Any:
    """WeasyPrint, half a second the first time: not at the start of the service.

    As it is imported, Pillow begins to take damaged pictures for whole ones, wherever they come from. What
    people upload is still refused.
    """
    is_lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        return import_module("weasyprint")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = is_lenient


def as_pdf(paper: Paper) -> bytes:
    """The paper as tagged PDF in our language, the same bytes each time on one machine.

    Raises:
        PaperNotMadeError: the extra, or a library that it needs, is not on this machine.
    """
    if not is_possible():
        raise PaperNotMadeError(NOT_HERE)
    page = as_page(paper)
    weasyprint = _weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # What it warns of can hold what was typed.
    only_itself = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=page, url_fetcher=only_itself)
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
