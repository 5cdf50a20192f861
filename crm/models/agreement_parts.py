"""Whom an agreement reaches beside the employer that signs it: other employers, sites, who sits on panels."""

from datetime import date

import sqlalchemy as sa
from pydantic import BaseModel, ValidationInfo, field_validator
from sqlmodel import Field

from crm.models.base import Day, Record


class AgreementMemberInput(BaseModel):
    """From when until when another employer is covered; both may be left open."""

    joined_on: Day = None
    left_on: Day = None

    @field_validator("left_on")
    @classmethod
    def _days_in_order(cls, value: date | None, typed: ValidationInfo) -> date | None:
        joined_on: date | None = typed.data.get("joined_on")
        if value and joined_on and value < joined_on:
            raise ValueError("They left before they joined. Check both dates.")
        return value


class AgreementMember(Record, table=True):
    """An employer that an agreement covers beside the one that signs: a member of the trade body or group."""

    __table_args__ = (sa.UniqueConstraint("agreement_id", "employer_id", name="uq_agreement_member_once"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    joined_on: date | None = None
    left_on: date | None = None


class AgreementSite(Record, table=True):
    """A site at which an agreement holds; one without any holds at every site of its employers."""

    __table_args__ = (sa.UniqueConstraint("agreement_id", "site_id", name="uq_agreement_site_once"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    site_id: int = Field(foreign_key="employer_site.id", index=True)


class AgreementPanelist(Record, table=True):
    """Somebody at the employer who sits on interview panels; the contact for adjustments never does."""

    __table_args__ = (sa.UniqueConstraint("agreement_id", "person_id", name="uq_agreement_panelist_once"),)

    agreement_id: int = Field(foreign_key="agreement.id", index=True)
    person_id: int = Field(foreign_key="employer_person.id", index=True)
