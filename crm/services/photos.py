"""Photos of a workplace: kept as documents of its job analysis, with whose consent was given for them."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.errors import RuleBrokenError
from crm.models.documents import DocumentInput, EmployerDocument
from crm.models.users import Actor
from crm.models.workplaces import PhotoShows, WorkplacePhoto, WorkplacePhotoInput
from crm.policy import Action
from crm.readers import apart, file_types
from crm.readers.file_types import FileType
from crm.services import analyses, documents, records
from crm.services.access import ensure
from crm.services.document_files import CheckedFile
from crm.services.document_places import Place, record_at


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo as the page of its analysis lists it."""

    document_id: int
    name: str
    note: str | None
    shows: PhotoShows
    agreed: str | None


def cleaned(name: str, content: bytes) -> CheckedFile:
    """A photo as it is kept: smaller, upright, and without where, when and with what it was taken.

    Raises:
        UnreadableFileError: it is no JPEG or PNG picture, damaged, or far too large.
    """
    tidy = file_types.tidy_name(name)
    file_types.ensure_fits(content, tidy)
    stem = tidy.rpartition(".")[0] or tidy
    return CheckedFile(
        file_types.fitting_name(stem, FileType.JPEG), FileType.JPEG, apart.read_photo(content, tidy)
    )


def keep(
    session: Session, analysis_id: int, file: CheckedFile, new: WorkplacePhotoInput, *, by: Actor
) -> WorkplacePhoto:
    """Keep a cleaned photo with its job analysis, and note whose consent was given.

    Raises:
        NotAllowedError: the person may not change the analysis, or it is archived.
        NotFoundError: there is no such analysis.
        RuleBrokenError: people can be known on it and nobody says that they agreed, or it is kept already.
    """
    analyses.to_change(session, analysis_id, by=by)
    agreed = new.agreed if new.shows is PhotoShows.PEOPLE else None
    if new.shows is PhotoShows.PEOPLE and agreed is None:
        raise RuleBrokenError(
            "Say who of those on the photo agreed, and when. Ask before you keep it.", field="agreed"
        )
    place = Place("JobAnalysis", analysis_id)
    document = documents.attach(session, place, file, DocumentInput(note=new.note), by=by)
    row = WorkplacePhoto(analysis_id=analysis_id, document_id=document.key, shows=new.shows, agreed=agreed)
    return records.add(session, row)


def of_analysis(session: Session, analysis_id: int, *, by: Actor) -> list[PhotoRow]:
    """The photos of an analysis that are not archived, the latest first.

    Raises:
        NotAllowedError: the person may not see job analyses, or not its documents.
        NotFoundError: there is no such analysis.
    """
    ensure(session, by, Action.ANALYSES_READ)
    record_at(session, Place("JobAnalysis", analysis_id), by=by)
    photo, file = WorkplacePhoto, EmployerDocument
    query = (
        sa.select(col(file.id), col(file.name), col(file.note), col(photo.shows), col(photo.agreed))
        .join(file, col(file.id) == col(photo.document_id))
        .where(col(photo.analysis_id) == analysis_id, col(file.archived_at).is_(None))
        .order_by(col(photo.id).desc())
    )
    return [PhotoRow(*row) for row in session.connection().execute(query).all()]
