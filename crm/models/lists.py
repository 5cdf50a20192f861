"""Lists that a service edits itself. A value goes dormant; it is never deleted, as records hold it."""

from enum import StrEnum
from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel
from sqlmodel import Field

from crm.models.base import Name, Record, choice_column


class ChoiceList(StrEnum):
    """The lists that an administrator can edit."""

    SECTOR = "sector"
    LEAD_SOURCE = "lead_source"
    TRADE_BODY = "trade_body"


def _place(value: int) -> int:
    if not 1 <= value <= 999:
        raise ValueError("A place in the list is between 1 and 999.")
    return value


class ListChoiceInput(BaseModel):
    """What an administrator says of one value of a list."""

    label: Name
    position: Annotated[int, AfterValidator(_place)] = 1
    is_dormant: bool = False


class ListChoice(Record, table=True):
    """One value of a list. Records hold `value`, which never changes; screens show `label`.

    `value_key` is the value as it is compared, so that a list does not hold “Retail” and “retail”.
    """

    __table_args__ = (
        sa.UniqueConstraint("list_name", "value_key"),
        sa.CheckConstraint("position BETWEEN 1 AND 999", name="position"),
    )
    list_name: ChoiceList = Field(sa_type=choice_column(ChoiceList))
    value: str
    value_key: str
    label: str
    position: int
    is_dormant: bool = False
