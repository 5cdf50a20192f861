"""The skills vocabulary and the roles that a service has loaded beside those that ship in data/."""

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Table


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
