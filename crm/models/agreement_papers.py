"""The wording of agreements: the service's own clauses, frozen versions of an agreement, and signatures."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy import event
from sqlmodel import Field

from crm.models.agreement_choices import AgreementStage, ClauseKey, SignatureSide, SignedHow
from crm.models.base import Line, Name, Present, Record, choice_column


class ClauseWordingInput(BaseModel):
    """A clause as an administrator words it, and its Easy Read twin."""

    heading: Name
    words: Present
    easy_words: Present
    why: Line = None


class ClauseWording(Record, table=True):
    """One edition of a clause, never changed once it is made: a new wording is the next edition.

    Edition 1 is the product's own, from data/clauses.csv; the service's begin with 2.
    """

    __table_args__ = (sa.UniqueConstraint("clause", "edition", name="uq_clause_wording_once"),)

    clause: ClauseKey = Field(sa_type=choice_column(ClauseKey))
    edition: int
    heading: str
    words: str
    easy_words: str
    why: str | None = None


class AgreementVersion(Record, table=True):
    """An agreement as it stood when it was approved, sent or signed: every clause word for word.

    `content` is `crm.services.agreement_text.Content` as JSON; `facts` are the fields of the agreement then,
    so that what changed since can be told; `digest` is SHA-256 of the content.
    """

    __table_args__ = (sa.UniqueConstraint("agreement_id", "number", name="uq_agreement_version_once"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    number: int
    made_on: date
    at_stage: AgreementStage = Field(sa_type=choice_column(AgreementStage))
    content: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    digest: str


class SignatureInput(BaseModel):
    """Who signed a version of an agreement, for whom, when and how."""

    side: SignatureSide
    name: Name
    role: Line = None
    signed_on: date
    how: SignedHow
    document_id: int | None = None


class SignedCopyInput(BaseModel):
    """Which document of the agreement is the signed copy."""

    document_id: int


class AgreementSignature(Record, table=True):
    """One signature under one version of an agreement, with the copy that was uploaded, if there is one."""

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    version_id: int = Field(foreign_key="agreement_version.id", index=True)
    side: SignatureSide = Field(sa_type=choice_column(SignatureSide))
    name: str
    role: str | None = None
    signed_on: date
    how: SignedHow = Field(sa_type=choice_column(SignedHow))
    document_id: int | None = Field(default=None, foreign_key="employer_document.id")


_MAY_CHANGE = {"version", "updated_at", "updated_by", "document_id"}


def _ensure_as_frozen(_mapper: object, _connection: object, _row: AgreementVersion) -> None:
    raise RuntimeError("A version of an agreement is never changed: a new one is made.")


def _ensure_as_signed(_mapper: object, _connection: object, row: AgreementSignature) -> None:
    """Refuse every change but one: the copy is added, once."""
    state: Any = sa.inspect(row)
    changed = {each.key: each for each in state.attrs if each.history.has_changes()}
    had_a_copy = "document_id" in changed and any(changed["document_id"].history.deleted)
    if changed.keys() - _MAY_CHANGE or had_a_copy:
        raise RuntimeError("A signature is never changed: another one is added.")


event.listen(AgreementVersion, "before_update", _ensure_as_frozen)
event.listen(AgreementSignature, "before_update", _ensure_as_signed)
