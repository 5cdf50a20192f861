"""Files as people attach them, and documents made of them through the services that staff use."""

import zipfile
from io import BytesIO

from sqlmodel import Session

from crm.models.base import Record
from crm.models.documents import DocumentInput
from crm.models.users import SYSTEM, Actor
from crm.services import documents
from crm.services.document_files import checked
from crm.services.document_places import Document, Place

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WORD = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
EXCEL = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
OPEN = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}


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
