"""Documents attached to records: what is known of each, and its bytes, which backups hold like the rest."""

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field, SQLModel

from crm.models.base import Line, Record, Table, choice_column
from crm.readers.file_types import FileType


class DocumentInput(BaseModel):
    """What is said about a document when it is attached."""

    note: Line = None


class DocumentContent(Table, table=True):
    """The bytes of one document, apart from what is listed."""

    id: int | None = Field(default=None, primary_key=True)
    content: bytes = Field(sa_type=sa.LargeBinary)


class Attached(SQLModel):
    """What is known of every document; `file_type` was told by its content, and its name ends accordingly."""

    name: str
    file_type: FileType = Field(sa_type=choice_column(FileType))
    size: int
    sha256: str
    note: str | None = None
    content_id: int = Field(foreign_key="document_content.id", unique=True)


class EmployerDocument(Record, Attached, table=True):
    """A document of an employer, or of one of its agreements, vacancies or job analyses.

    `employer_id` is set for all of them: it is that one's employer.
    """

    __table_args__ = (
        sa.CheckConstraint(
            "(agreement_id IS NULL AND vacancy_id IS NULL) OR (agreement_id IS NULL AND analysis_id IS NULL)"
            " OR (vacancy_id IS NULL AND analysis_id IS NULL)",
            name="of_one_record",
        ),
    )

    employer_id: int = Field(foreign_key="employer.id", index=True)
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id", index=True)
    vacancy_id: int | None = Field(default=None, foreign_key="vacancy.id", index=True)
    analysis_id: int | None = Field(default=None, foreign_key="job_analysis.id", index=True)


class SeekerDocument(Record, Attached, table=True):
    """A document of a job seeker; never one about their health, benefits or birth."""

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
