"""Lists that were taken away as files, and the links that hand them out once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, Table, UtcDateTime, choice_column, utc_now


class ExportKind(StrEnum):
    """Which list a file holds, or that it is everything about one person."""

    EMPLOYERS = "employers"
    AGREEMENTS = "agreements"
    VACANCIES = "vacancies"
    SEEKERS = "seekers"
    CALLS = "calls"
    AGREEMENT_STAGES = "agreements_by_stage"
    AGREEMENT_SIGNINGS = "expected_signatures"
    AGREEMENT_AREAS = "agreements_by_area"
    AGREEMENT_SECTORS = "agreements_by_sector"
    AGREEMENT_HONOUR = "promises_kept_by_employer"
    AGREEMENT_LOAD = "agreements_by_owner"
    WITHOUT_SHORTLIST = "longest_without_a_shortlist"
    NOT_YETS = "not_yet_to_look_at_again"
    OPEN_ENDS = "referrals_without_an_end"
    NO_NEXT_STEP = "people_without_a_next_step"
    SHARES = "shares_of_shortlists"
    PERSON = "person"


class FileFormat(StrEnum):
    """How a file is written; also the ending of its name."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


class Export(Record, table=True):
    """One file that somebody took away: which list, how it was narrowed, how many rows; who and when."""

    kind: ExportKind = Field(sa_type=choice_column(ExportKind), index=True)
    file_format: FileFormat = Field(sa_type=choice_column(FileFormat))
    narrowed_by: str
    rows: int


class ExportTicket(Table, table=True):
    """A link to one file, for one sign-in, once: only the digest of its value is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_digest: str = Field(unique=True, index=True)
    session_id: int = Field(foreign_key="user_session.id", index=True)
    kind: ExportKind = Field(sa_type=choice_column(ExportKind))
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, nullable=False)
    ends_at: datetime = Field(sa_type=UtcDateTime, nullable=False, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
