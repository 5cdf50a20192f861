"""The skills vocabulary and the roles that a service has loaded beside those that ship in data/."""

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, Table


class LoadedConcept(Table, table=True):
    """A concept of an imported vocabulary (ESCO), with its fixed weight."""

    concept_id: str = Field(primary_key=True)
    label: str
    alternatives: str = ""
    broader_id: str | None = None
    description: str = ""
    weight: float = 1.0
    batch_id: int = Field(foreign_key="import_batch.id")


class LoadedRole(Table, table=True):
    """A role of an imported classification (SOC 2020) with its typical tasks; no times are known of them."""

    code: str = Field(primary_key=True)
    name: str
    others: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    tasks: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    batch_id: int = Field(foreign_key="import_batch.id")


class LearntWords(Record, table=True):
    """Words that people of this service use, what somebody chose them to mean, and how often so.

    The concept may be the words themselves, where somebody decided to keep them. An archived row is not used.
    """

    __table_args__ = (
        sa.UniqueConstraint("words_key", "concept_id", name="uq_learnt_words_meaning"),
        sa.CheckConstraint("times >= 1", name="chosen_at_least_once"),
    )

    words_key: str = Field(index=True)
    words: str
    concept_id: str
    times: int = 1
