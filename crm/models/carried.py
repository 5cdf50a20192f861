"""What came with a person from another service: where each row comes from, and what stays history here."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record


class CarriedRow(Record, table=True):
    """One row of a portable record as it came in.

    `record_id` names the row that it became in the section's table, at `left_at` its version then: as long
    as nobody changes it, it is told as it came. None for what is history of another service: `says` is then
    all of it, otherwise only what this service could not keep as it was said.
    """

    seeker_id: int = Field(foreign_key="job_seeker.id", index=True)
    section: str = Field(index=True)
    record_id: int | None = Field(default=None, index=True)
    left_at: int | None = None
    origin: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    says: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
