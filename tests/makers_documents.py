"""Files as people attach them, and documents made of them through the services that staff use."""

import zipfile
from io import BytesIO
from typing import Any

from PIL import Image
from sqlmodel import Session

from crm.models.base import Record
from crm.models.documents import DocumentInput
from crm.models.users import SYSTEM, Actor
from crm.services import documents
from crm.services.document_files import checked
from crm.services.document_places import Document, Place

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
EXCEL = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
UPRIGHT = 0x0112
"""The tag of a picture that says how the camera was held."""

OPEN = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}


def picture(kind: str = "PNG", *, place: bool = False, **how: Any) -> bytes:
    """A small picture; with a place, as a telephone writes it: where, by which camera, held upright."""
    told = Image.Exif()
    if place:
        told.update({0x010F: "Canary camera", UPRIGHT: 6})
        told.get_ifd(0x8825).update({1: "N", 2: (53.0, 47.0, 58.0), 3: "W", 4: (1.0, 32.0, 57.0)})
    written = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(written, kind, exif=told, **how)
    return written.getvalue()


PNG = picture()


def package(parts: dict[str, str]) -> bytes:
    """A zip with these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def place(record: Record) -> Place:
    """A record as something that documents are attached to."""
    return Place(type(record).__name__, record.key)


def make_document(
    session: Session,
    record: Record,
    name: str = "Offer.pdf",
    *,
    content: bytes = PDF,
    note: str | None = None,
    by: Actor = SYSTEM,
) -> Document:
    """A document of this record: a PDF unless told otherwise."""
    new = DocumentInput(note=note)
    return documents.attach(session, place(record), checked(name, content), new, by=by)
