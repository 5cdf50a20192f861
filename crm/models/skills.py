"""The skills vocabulary that a service has loaded beside the one that ships in data/."""

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
