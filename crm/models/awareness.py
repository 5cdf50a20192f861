"""Disability-awareness sessions that the service gives to employers."""

from datetime import date

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import Field

from crm.models.base import Count, Record, Text


class AwarenessInput(BaseModel):
    """What is recorded about a session; how many came stays empty where nobody counted."""

    held_on: date
    site_id: int | None = None
    given_by: int | None = None
    came: Count = None
    feedback: Text = None


class AwarenessSession(Record, table=True):
    """One disability-awareness session: when, at which site, who gave it, how many came, what they said."""

    __table_args__ = (sa.Index("ix_awareness_session_employer_id_held_on", "employer_id", "held_on"),)

    employer_id: int = Field(foreign_key="employer.id")
    held_on: date
    site_id: int | None = Field(default=None, foreign_key="employer_site.id")
    given_by: int | None = Field(default=None, foreign_key="user.id")
    came: int | None = None
    feedback: str | None = None
