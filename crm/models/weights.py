"""The weights of matching as they were from each moment on."""

from sqlmodel import Field

from crm.models.base import Record


class WeightsVersion(Record, table=True):
    """The weights of the service from one moment on, with why they were changed. Rows are only added."""

    number: int = Field(unique=True)
    weight_skills: float
    weight_hours: float
    weight_natural_supports: float
    weight_preference: float
    why: str | None = None
