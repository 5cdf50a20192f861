"""Caseloads handed from one colleague to another, so that it can be told and undone."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Day, Line, Record, Table, choice_column


class CaseloadKind(StrEnum):
    """What a colleague has: the people they coach, the employers and agreements they own."""

    SEEKERS = "JobSeeker"
    EMPLOYERS = "Employer"
    AGREEMENTS = "Agreement"


class HandoverInput(BaseModel):
    """To whom a caseload goes, why, and up to which day both can act."""

    to_id: int | None = None
    both_until: Day = None
    why: Line = None


class Handover(Record, table=True):
    """One handing over: from whom, to whom; `undone` when it was taken back."""

    __table_args__ = (sa.CheckConstraint("from_id <> to_id", name="two_people"),)
    from_id: int = Field(foreign_key="user.id", index=True)
    to_id: int = Field(foreign_key="user.id", index=True)
    both_until: date | None = None
    why: str | None = None
    is_undone: bool = False


class HandedRecord(Table, table=True):
    """One record that was handed over, the version it then had, and the cover made for whom it left."""

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    record_kind: CaseloadKind = Field(sa_type=choice_column(CaseloadKind))
    record_id: int
    version: int
    cover_id: int | None = Field(default=None, foreign_key="cover.id")
