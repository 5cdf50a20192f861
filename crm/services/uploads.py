"""Uploaded files, kept while somebody looks at what an import of them would do, over a restart too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import NotFoundError, NotSignedInError
from crm.models.imports import ImportKind
from crm.models.jobs import Upload, UploadedFile
from crm.models.users import Actor
from crm.services import imports
from crm.services.access import ensure

KEPT = timedelta(days=7)
"""So long files wait for an import that nobody starts."""

Files = Sequence[tuple[str, bytes]]
"""Files as they were sent: name and content."""

_NAME = 200


def keep(session: Session, kind: ImportKind, files: Files, *, by: Actor) -> Upload:
    """Keep files for an import of this kind, in place of those that this person had for one before.

    Raises:
        NotAllowedError: the person may not run such imports.
    """
    ensure(session, by, imports.run_action(kind))
    _drop(session, sa.and_(col(Upload.user_id) == _owner(by), col(Upload.kind) == kind))
    upload = Upload(
        user_id=_owner(by),
        kind=kind,
        name=name_of(files),
        digest=imports.digest_of(*(content for _, content in files)),
        size=sum(len(content) for _, content in files),
    )
    session.add(upload)
    session.flush()
    session.add_all(
        UploadedFile(upload_id=upload.key, name=name[:_NAME], content=content) for name, content in files
    )
    session.flush()
    return upload


def name_of(files: Files) -> str:
    """What an upload of these files is called."""
    first = files[0][0] if files else ""
    return (first if len(files) < 2 else f"{first} and {len(files) - 1:,} more")[:_NAME]


def waiting(session: Session, kind: ImportKind, *, by: Actor) -> Upload | None:
    """What this person has uploaded for such an import and not let go of, if anything.

    Raises:
        NotAllowedError: the person may not run such imports.
    """
    ensure(session, by, imports.run_action(kind))
    return session.exec(select(Upload).where(Upload.user_id == _owner(by), Upload.kind == kind)).first()


def files_of(session: Session, upload_id: int, *, by: Actor) -> list[tuple[str, bytes]]:
    """The files of one's own upload, in their order.

    Raises:
        NotAllowedError: the person may not run such imports.
        NotFoundError: it was let go of, or is somebody else's.
    """
    upload = _own(session, upload_id, by)
    query = select(UploadedFile).where(UploadedFile.upload_id == upload.key).order_by(col(UploadedFile.id))
    return [(file.name, file.content) for file in session.exec(query)]


def give_to(session: Session, upload_id: int, job_id: int, *, by: Actor) -> None:
    """Note which job takes the upload in.

    Raises:
        NotAllowedError: the person may not run such imports.
        NotFoundError: it was let go of, or is somebody else's.
    """
    upload = _own(session, upload_id, by)
    upload.job_id = job_id
    session.add(upload)


def drop(session: Session, upload_id: int, *, by: Actor) -> None:
    """Let go of one's own upload: it came in, or is not wanted.

    Raises:
        NotAllowedError: the person may not run such imports.
        NotFoundError: it was let go of before, or is somebody else's.
    """
    upload = _own(session, upload_id, by)
    _drop(session, col(Upload.id) == upload.key)


def drop_old(session: Session, *, now: datetime) -> int:
    """Let go of uploads that nobody has taken in for a week; tells how many."""
    return _drop(session, col(Upload.uploaded_at) < now - KEPT)


def _own(session: Session, upload_id: int, by: Actor) -> Upload:
    upload = session.get(Upload, upload_id)
    if upload is None or upload.user_id != _owner(by):
        raise NotFoundError("These files are not kept any more. Upload them again.")
    ensure(session, by, imports.run_action(upload.kind))
    return upload


def _drop(session: Session, which: sa.ColumnElement[bool]) -> int:
    ids = list(session.exec(select(Upload.id).where(which)))
    session.exec(sa.delete(UploadedFile).where(col(UploadedFile.upload_id).in_(ids)))
    session.exec(sa.delete(Upload).where(col(Upload.id).in_(ids)))
    return len(ids)


def _owner(by: Actor) -> int:
    if by.id is None:
        raise NotSignedInError("Sign in to upload files.")
    return by.id
