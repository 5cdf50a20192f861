"""What may be recorded twice, what people said about it, and what was merged."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from crm.models.base import Record, Table, choice_column


class LikenessKind(StrEnum):
    """What is looked for among its own kind."""

    EMPLOYER = "Employer"
    PERSON = "EmployerPerson"


class LikenessKey(Table, table=True):
    """One key of a record, such as the end of its telephone number: those that share one are compared.

    Derived from the record, and renewed in the transaction that saves it.
    """

    __table_args__ = (sa.Index("ix_likeness_key_record", "record_kind", "record_id"),)

    record_kind: LikenessKind = Field(sa_type=choice_column(LikenessKind), primary_key=True)
    key: str = Field(primary_key=True)
    record_id: int = Field(primary_key=True)


class LikenessDue(Table, table=True):
    """An employer whose keys have changed since its likes were last looked for."""

    employer_id: int = Field(primary_key=True, foreign_key="employer.id", sa_type=sa.Integer)


class PairState(StrEnum):
    """What is known of two records that are alike."""

    OPEN = "open"
    NOT_THE_SAME = "not_the_same"
    NO_LONGER_ALIKE = "no_longer_alike"


class DuplicatePair(Record, table=True):
    """Two employers that may be one, and what people said: kept, so that no answered pair comes back."""

    __table_args__ = (
        sa.UniqueConstraint("first_id", "second_id"),
        sa.CheckConstraint("first_id < second_id", name="in_order"),
        sa.CheckConstraint("likeness >= 0 AND likeness <= 1", name="likeness_in_range"),
        sa.Index("ix_duplicate_pair_state_likeness", "state", "likeness"),
    )

    first_id: int = Field(foreign_key="employer.id")
    second_id: int = Field(foreign_key="employer.id", index=True)
    likeness: float
    reasons: str
    state: PairState = Field(default=PairState.OPEN, sa_type=choice_column(PairState))


class EmployerMerge(Record, table=True):
    """One employer merged into another: what moved, what was chosen, and until when it can be undone.

    `moved` names each row that pointed at `loser_id`, and the version it then had; `chosen` the fields of the
    employer that was kept, before and after.
    """

    __table_args__ = (sa.CheckConstraint("kept_id <> loser_id", name="two_employers"),)

    kept_id: int = Field(foreign_key="employer.id", index=True)
    loser_id: int = Field(foreign_key="employer.id", index=True)
    why: str
    undo_until: date
    moved: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    chosen: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    undone_on: date | None = None
    stayed: list[str] = Field(default_factory=list, sa_type=sa.JSON)
