"""Signatures under agreements: who signed which version, for whom, when and how, and the signed copy."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.agreement_choices import AgreementStage, SignatureSide
from crm.models.agreement_inputs import StageMoveInput
from crm.models.agreement_papers import (
    AgreementSignature,
    AgreementVersion,
    SignatureInput,
    SignedCopyInput,
)
from crm.models.agreements import Agreement
from crm.models.documents import EmployerDocument
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreement_versions, records
from crm.services.access import ensure
from crm.services.agreement_versions import FROZEN_AT

SIGNED_AT = (AgreementStage.SIGNED, AgreementStage.RENEWED)
"""Only versions of these stages are signed; the others were drafts, or were sent."""

_NOT_OURS = "Choose one of the documents of this agreement."


def put_in_writing(
    session: Session, agreement: Agreement, moved: StageMoveInput, *, by: Actor, today: date
) -> None:
    """Freeze an agreement that was just approved, sent, signed or renewed, with both signatures if signed.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
    """
    if moved.to_stage not in FROZEN_AT:
        return
    version = agreement_versions.freeze(session, agreement, at_stage=moved.to_stage, by=by, today=today)
    if moved.to_stage is AgreementStage.SIGNED:
        known = {"signed_on": moved.signed_on, "how": moved.signed_how}
        _keep(
            session,
            version,
            {"side": SignatureSide.EMPLOYER, "name": moved.signed_by, "role": moved.signed_by_role, **known},
        )
        _keep(session, version, {"side": SignatureSide.US, "name": moved.signed_for_us, **known})


def sign(
    session: Session, version_id: int, new: SignatureInput, *, by: Actor, today: date
) -> AgreementSignature:
    """Add a further signature to a signed or renewed version.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is no such version.
        RuleBrokenError: the version is not one that is signed, the day lies in the future, or the document
            is none of the agreement's.
    """
    version = _to_sign(session, version_id, by)
    if new.signed_on > today:
        raise RuleBrokenError("It cannot have been signed in the future.", field="signed_on")
    if new.document_id is not None:
        _ensure_its_document(session, version, new.document_id)
    return _keep(session, version, new.model_dump())


def add_copy(
    session: Session, version_id: int, copy: SignedCopyInput, *, by: Actor
) -> list[AgreementSignature]:
    """Name the document that is the signed copy, for every signature of a version that has none yet.

    Raises:
        NotAllowedError: the person may not record agreements, or this one is archived.
        NotFoundError: there is no such version.
        RuleBrokenError: the version is not one that is signed, every signature has its copy already, or the
            document is none of the agreement's.
    """
    version = _to_sign(session, version_id, by)
    _ensure_its_document(session, version, copy.document_id)
    without = [one for one in under(session, [version], by=by) if one.document_id is None]
    if not without:
        raise RuleBrokenError("Every signature of this version has its copy already.", field="document_id")
    values = {"document_id": copy.document_id}
    return [records.change(session, one, values, version=one.version) for one in without]


def under(session: Session, versions: Sequence[AgreementVersion], *, by: Actor) -> list[AgreementSignature]:
    """The signatures under some versions, in the order in which they were added.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    keys = [version.key for version in versions]
    query = select(AgreementSignature).where(col(AgreementSignature.version_id).in_(keys))
    return list(session.exec(query.order_by(col(AgreementSignature.id))))


def _to_sign(session: Session, version_id: int, by: Actor) -> AgreementVersion:
    version = agreement_versions.find(session, version_id, by=by)
    agreement = records.fetch_to_change(session, Agreement, version.agreement_id, called="agreement")
    ensure(session, by, Action.AGREEMENTS_RECORD, agreement)
    if version.at_stage not in SIGNED_AT:
        raise RuleBrokenError("This version was not the one that was signed. Sign the signed version.")
    return version


def _keep(session: Session, version: AgreementVersion, new: dict[str, Any]) -> AgreementSignature:
    made = AgreementSignature(**new, agreement_id=version.agreement_id, version_id=version.key)
    return records.add(session, made)


def _ensure_its_document(session: Session, version: AgreementVersion, document_id: int) -> None:
    document = session.get(EmployerDocument, document_id)
    if document is None or document.agreement_id != version.agreement_id or document.archived_at:
        raise RuleBrokenError(_NOT_OURS, field="document_id")
