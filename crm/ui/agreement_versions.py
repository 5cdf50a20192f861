"""The frozen versions of an agreement on its page: what changed since it was signed, and every version."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_papers import AgreementSignature, AgreementVersion
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_signing, agreement_versions
from crm.services.access import may
from crm.services.agreement_signing import SIGNED_AT
from crm.services.agreement_versions import ClauseChange
from crm.ui.tables import Cell, link, links, said, table
from crm.ui.words import count, day, say

SIGNATURE_COLUMNS = ["For whom", "Name", "As what", "Signed on", "How", "Copy"]
_COLUMNS = ["Version", "Made on", "When it came to", "Signed by"]
_DAYS = {"notice_days", "vacancy_notice_days", "interview_days", "feedback_days"}
_CALLED = {
    "employer_contact_id": "whom to talk to",
    "starts_on": "starts",
    "ends_on": "ends",
    "criteria_rule": "when the interview is guaranteed",
    "criteria_percent": "percent of the essential criteria",
    "must_haves": "must-haves",
    "must_have_score": "score of the must-haves",
    "opt_in": "who uses the promise",
    "interview_days": "interview within",
    "feedback_days": "feedback within",
    "vacancy_notice_days": "notice of vacancies",
    "notice_days": "notice to end it",
    "most_interviews": "most interviews a vacancy",
    "oversubscription_rule": "who comes first when too many fit",
    "oversubscription": "more on who comes first",
    "interview_format": "form of interview",
    "interview_alternatives": "instead of an interview",
    "adjustments_contact_id": "contact for adjustments",
    "members": "other employers covered",
    "panel": "who sits on panels",
}


def draw_versions(agreement: Agreement, user: Actor) -> None:
    """The versions of an agreement below the rest of its page; nothing while there is none."""
    with reading() as session:
        versions = agreement_versions.of_agreement(session, agreement.key, by=user)
        signatures = agreement_signing.under(session, versions, by=user)
        signed = agreement_versions.signed(session, agreement, by=user)
        changed = changed_since(session, agreement, signed, user)
    if not versions:
        return
    st.header("Versions kept", anchor=False)
    if changed:
        said(f"Changed since it was signed on {day(agreement.signed_on)}: {changed}.")
    table("Versions kept", _COLUMNS, [_row(version, signatures) for version in versions])
    if signed is not None and may(user, Action.AGREEMENTS_RECORD, agreement):
        links(
            [link("Add a signature or the signed copy", "agreement-signature", version=signed.key)],
            label="Signatures",
        )


def changed_since(
    session: Session, agreement: Agreement, version: AgreementVersion | None, user: Actor
) -> str:
    """What differs from a version, in words: “feedback within 5 days, was 10 days”. Empty if nothing does."""
    if version is None:
        return ""
    found = agreement_versions.differences(session, agreement, version, by=user)
    return "; ".join(_change(one) for one in found)


def signature_row(signature: AgreementSignature) -> list[Cell]:
    """One signature, with the way to its copy."""
    copy = f"files/document/employer-{signature.document_id}"
    return [
        say(signature.side),
        signature.name,
        signature.role or "",
        day(signature.signed_on),
        say(signature.how),
        link("Signed copy", copy) if signature.document_id else "Not attached",
    ]


def can_be_signed(version: AgreementVersion, agreement: Agreement, user: Actor) -> bool:
    """May this person add signatures to this version?"""
    return version.at_stage in SIGNED_AT and may(user, Action.AGREEMENTS_RECORD, agreement)


def _row(version: AgreementVersion, signatures: Sequence[AgreementSignature]) -> list[Cell]:
    names = [one.name for one in signatures if one.version_id == version.key]
    opened = link(f"Version {version.number}", "agreement-version", id=version.key)
    return [opened, day(version.made_on), say(version.at_stage), ", ".join(names) or "Nobody"]


def _change(one: ClauseChange) -> str:
    called = _CALLED.get(one.field, one.field.replace("_", " "))
    return f"{called} {_words(one.field, one.now)}, was {_words(one.field, one.was)}"


def _words(field: str, value: Any) -> str:
    if value is None or value == []:
        return "not said"
    if isinstance(value, list):
        return ", ".join(say(each) for each in cast("list[str]", value))
    if field in _DAYS:
        return count(value, "day")
    if field.endswith("_on"):
        return day(date.fromisoformat(value))
    return say(value) if isinstance(value, str) else f"{value:g}"
