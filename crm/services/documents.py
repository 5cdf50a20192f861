"""Documents attached to records: attached, listed, taken away, archived and brought back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import DamagedError, NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.base import Record
from crm.models.documents import DocumentContent, DocumentInput
from crm.models.users import Actor, User
from crm.policy import Action, FieldGroup
from crm.readers.file_types import FileType
from crm.services import archiving, records
from crm.services.access import ensure, scoped, scoped_to_group
from crm.services.archiving import Kind
from crm.services.document_files import CheckedFile
from crm.services.document_places import (
    SIDES,
    Document,
    Holder,
    Place,
    employer_of,
    holder_of,
    place_of,
    record_at,
)
from crm.services.listing import Listing, in_all

RECORD_BYTES = 100 * 1024 * 1024
"""Most bytes that the documents of one record may have together, archived ones too."""

NO_SUCH = "There is no such document."


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the page of its record lists it."""

    id: int
    version: int
    name: str
    file_type: FileType
    size: int
    note: str | None
    attached_at: datetime
    attached_by: str | None
    archived_why: str | None
    is_archived: bool


def attach(session: Session, place: Place, file: CheckedFile, new: DocumentInput, *, by: Actor) -> Document:
    """Attach a file to a record.

    Raises:
        NotAllowedError: the person may not change the record or see its documents, or it is archived.
        NotFoundError: there is no such record.
        RuleBrokenError: it is attached already, or the documents of the record would be too large together.
    """
    holder = holder_of(place)
    ensure(session, by, holder.record)
    record = record_at(session, place, by=by, is_changed=True)
    ensure(session, by, holder.record, record)
    _ensure_room(session, holder, place, file)
    content = DocumentContent(content=file.content)
    session.add(content)
    session.flush()
    known: dict[str, Any] = {
        "name": file.name,
        "file_type": file.file_type,
        "size": len(file.content),
        "sha256": file.sha256,
        "note": new.note,
        "content_id": content.id,
    }
    if not holder.is_about_a_person:
        known["employer_id"] = employer_of(record)
    table: Any = holder.documents
    return records.add(session, table(**known | {holder.column: place.id}))


def _ensure_room(session: Session, holder: Holder, place: Place, file: CheckedFile) -> None:
    it = holder.documents
    those = holder.those_of(place.id)
    same = sa.select(col(it.name)).where(those, col(it.sha256) == file.sha256, col(it.archived_at).is_(None))
    held = session.connection().execute(same.limit(1)).scalar()
    if held is not None:
        raise RuleBrokenError(f"This very file is attached already, as “{held}”.")
    used = session.connection().execute(sa.select(sa.func.sum(col(it.size))).where(those)).scalar() or 0
    if used + len(file.content) > RECORD_BYTES:
        raise RuleBrokenError(
            f"The documents of one record can be {RECORD_BYTES // 1024**2} MB together, archived ones too; "
            f"{used / 1024**2:,.1f} MB are taken. Keep this file elsewhere, and note where."
        )


def listing(session: Session, place: Place, *, limit: int, by: Actor) -> Listing[DocumentRow]:
    """The documents of a record, the latest first, archived ones last.

    Raises:
        NotAllowedError: the person may not see the record, or not its documents.
        NotFoundError: there is no such record.
    """
    holder = holder_of(place)
    record_at(session, place, by=by)
    it = holder.documents
    query = sa.select(
        *(col(it.id), col(it.version), col(it.name), col(it.file_type), col(it.size), col(it.note)),
        *(col(it.created_at), col(User.name), col(it.archived_why), col(it.archived_at).is_not(None)),
    )
    query = query.join_from(it, User, col(User.id) == col(it.created_by), isouter=True)
    query = query.where(holder.those_of(place.id))
    if holder.is_about_a_person:
        group = FieldGroup.SEEKER_CONTACT
        query = scoped_to_group(session, query, it, group, by=by, action=Action.SEEKERS_READ)
    else:
        query = scoped(session, query, it, by=by, action=holder.read)
    latest = (col(it.archived_at).is_not(None), col(it.created_at).desc(), col(it.id).desc())
    page = session.connection().execute(query.order_by(*latest).limit(limit)).all()
    rows = [DocumentRow(*row) for row in page]
    return Listing(rows, in_all(session, query, offset=0, shown=len(rows), limit=limit))


def find(session: Session, side: str, document_id: int, *, by: Actor) -> Document:
    """What is known of one document, archived ones too.

    Raises:
        NotAllowedError: the person may not see the record that it is attached to, or not its documents.
        NotFoundError: there is none with this id.
    """
    table = SIDES.get(side)
    row = session.get(table, document_id) if table is not None else None
    if row is None:
        raise NotFoundError(NO_SUCH)
    record_at(session, place_of(row), by=by)
    return row


def take_away(session: Session, side: str, document_id: int, *, by: Actor) -> tuple[Document, bytes]:
    """One document with its bytes, which are those that were attached.

    Raises:
        DamagedError: the bytes are not those that were attached.
        NotFoundError: there is none with this id, or none that this person may see.
    """
    try:
        row = find(session, side, document_id, by=by)
    except NotAllowedError as problem:
        raise NotFoundError(NO_SUCH) from problem
    held = session.get(DocumentContent, row.content_id)
    if held is None or hashlib.sha256(held.content).hexdigest() != row.sha256:
        raise DamagedError("This document is not as it was attached. Tell whoever runs this service.")
    return row, held.content


def archive(session: Session, side: str, document_id: int, *, why: str, version: int, by: Actor) -> Document:
    """Put a document aside, with the reason; it can still be opened.

    Raises:
        NotAllowedError: the person may not change the record, or the document is archived already.
        NotFoundError: there is none with this id.
        RuleBrokenError: no reason is given.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row, kind = _to_change(session, side, document_id, by=by)
    return archiving.put_aside(session, type(row), document_id, kind, why=why, version=version, by=by)


def bring_back(session: Session, side: str, document_id: int, *, version: int, by: Actor) -> Document:
    """Take a document out of the archive.

    Raises:
        NotAllowedError: the person may not change the record.
        NotFoundError: there is none with this id.
        StaleFormError: somebody saved it after the page was drawn.
    """
    row, kind = _to_change(session, side, document_id, by=by)
    return archiving.take_back(session, type(row), document_id, kind, version=version, by=by)


def _to_change(session: Session, side: str, document_id: int, *, by: Actor) -> tuple[Document, Kind]:
    row = find(session, side, document_id, by=by)
    place = place_of(row)
    action = holder_of(place).record
    record: Record = record_at(session, place, by=by, is_changed=True)
    ensure(session, by, action, record)
    return row, Kind("document", action)
