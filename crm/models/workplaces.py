"""What a job analysis says of the workplace: its risks with what is done about them, and its photos."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Day, Line, Name, Record, Text, choice_column


class RiskArea(StrEnum):
    """What a risk at a workplace is about."""

    HEALTH_AND_SAFETY = "health_and_safety"
    EQUALITY = "equality"
    SAFEGUARDING = "safeguarding"
    LONE_WORKING = "lone_working"
    TRAVEL = "travel"


class JobRiskInput(BaseModel):
    """One risk at the workplace, with what is done about it."""

    area: RiskArea = RiskArea.HEALTH_AND_SAFETY
    risk: Name
    control: Text = None
    owner: Line = None
    review_on: Day = None


class JobRisk(Record, table=True):
    """One risk at the workplace of a job analysis; `owner` is who sees to it, there or here."""

    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    area: RiskArea = Field(sa_type=choice_column(RiskArea))
    risk: str
    control: str | None = None
    owner: str | None = None
    review_on: date | None = None


class PhotoShows(StrEnum):
    """Whether somebody can be known on a photo of a workplace."""

    NOBODY = "nobody"
    PEOPLE = "people"


class WorkplacePhotoInput(BaseModel):
    """What is said about a photo when it is kept; `agreed` is who of those on it agreed, and to what."""

    shows: PhotoShows = PhotoShows.NOBODY
    agreed: Line = None
    note: Line = None


class WorkplacePhoto(Record, table=True):
    """That a document of a job analysis is a photo, and whose consent was given for it."""

    __table_args__ = (sa.CheckConstraint("shows = 'nobody' OR agreed IS NOT NULL", name="agreed_by_people"),)

    analysis_id: int = Field(foreign_key="job_analysis.id", index=True)
    document_id: int = Field(foreign_key="employer_document.id", unique=True)
    shows: PhotoShows = Field(sa_type=choice_column(PhotoShows))
    agreed: str | None = None
