"""What was approved, sent, signed and renewed is kept word for word, and what changed since is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from crm import db
from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreement_choices import SignatureSide, SignedHow
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_papers import AgreementVersion, SignatureInput, SignedCopyInput
from crm.models.agreement_parts import AgreementMember
from crm.models.agreements import Agreement
from crm.models.base import utc_now
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_signing, agreement_versions, agreements, records
from crm.services.agreement_text import content_from
from tests.makers import make_actor, make_user
from tests.makers_documents import make_document
from tests.makers_employers import (
    TO_SIGNATURE,
    TODAY,
    make_active,
    make_agreement,
    make_employer,
    make_person,
    move_to,
)

NAMED = {"side": SignatureSide.EMPLOYER, "name": "Agnes Butterworth", "how": SignedHow.BY_EMAIL}


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def edit(session: Session, agreement: Agreement, **clauses: object) -> Agreement:
    typed = {name: getattr(agreement, name) for name in AgreementInput.model_fields} | clauses
    changed = AgreementInput.model_validate(typed)
    return agreements.change(session, agreement.key, changed, version=agreement.version, by=SYSTEM)


def versions(session: Session, agreement: Agreement) -> list[AgreementVersion]:
    return agreement_versions.of_agreement(session, agreement.key, by=SYSTEM)


def the_signed(session: Session, agreement: Agreement) -> AgreementVersion:
    found = agreement_versions.signed(session, agreement, by=SYSTEM)
    assert found is not None
    return found


def changed(session: Session, agreement: Agreement) -> list[tuple[str, object, object]]:
    version = the_signed(session, agreement)
    found = agreement_versions.differences(session, agreement, version, by=SYSTEM)
    return [(one.field, one.now, one.was) for one in found]


def test_a_version_is_kept_when_it_is_approved_sent_signed_and_renewed_and_only_then(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE, Stage.ACTIVE, Stage.IN_REVIEW)
    move_to(session, agreement, Stage.RENEWED, said={"ends_on": TODAY + timedelta(days=800)})
    move_to(session, agreement, Stage.ENDED)
    kept = [(one.number, one.at_stage, one.made_on) for one in versions(session, agreement)]
    stages = [Stage.RENEWED, Stage.SIGNED, Stage.WITH_EMPLOYER, Stage.APPROVED]
    assert kept == [(4 - place, stage, TODAY) for place, stage in enumerate(stages)]


def test_a_version_keeps_the_words_as_they_were_and_its_digest_tells_a_change(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
    version = the_signed(session, agreement)
    words = content_from(version.content)
    records.change(session, session.get_one(Agreement, agreement.key), {"notes": "Later"}, version=6)
    assert content_from(the_signed(session, agreement).content) == words
    assert agreement_versions.is_whole(version)
    session.connection().execute(sa.update(AgreementVersion).values(content={"title": "Otherwise"}))
    session.refresh(version)
    assert not agreement_versions.is_whole(version)


def test_only_what_a_manager_approved_goes_to_the_employer(session: Session):
    made = move_to(session, make_agreement(session), Stage.DISCUSSED, Stage.DRAFTING, Stage.APPROVED)
    edit(session, made, interview_days=9)
    with pytest.raises(RuleBrokenError, match="changed since a manager approved it") as refusal:
        move_to(session, made, Stage.WITH_EMPLOYER)
    assert refusal.value.field == "to_stage"
    assert move_to(session, made, Stage.DRAFTING, Stage.APPROVED, Stage.WITH_EMPLOYER).stage is (
        Stage.WITH_EMPLOYER
    )


def test_the_move_to_signed_keeps_both_signatures_under_the_signed_version(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
    found = agreement_signing.under(session, versions(session, agreement), by=SYSTEM)
    assert [(one.side, one.name, one.role, one.how, one.signed_on) for one in found] == [
        ("employer", "Dana Holt for the bakery", "Head of personnel", SignedHow.ON_PAPER, TODAY),
        ("us", "Ottilie Gray", None, SignedHow.ON_PAPER, TODAY),
    ]
    assert {one.version_id for one in found} == {the_signed(session, agreement).key}


def test_what_changed_since_it_was_signed_is_told_clause_by_clause(session: Session):
    agreement = move_to(session, make_agreement(session, feedback_days=10), *TO_SIGNATURE)
    assert changed(session, agreement) == []
    edit(session, agreement, feedback_days=5, notes="Ours", review_on=TODAY, owner_id=None)
    assert changed(session, agreement) == [("feedback_days", 5, 10)]
    edit(session, agreement, feedback_days=10)
    assert changed(session, agreement) == []


def test_whom_it_covers_and_who_is_named_change_by_name(session: Session):
    bakery, shop = make_employer(session), make_employer(session, "Harbour Shop")
    dana = make_person(session, bakery)
    agreement = move_to(session, make_agreement(session, bakery), *TO_SIGNATURE)
    edit(session, agreement, adjustments_contact_id=dana.key)
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=shop.key))
    found = [("adjustments_contact_id", "Dana Holt", None), ("members", ["Harbour Shop"], [])]
    assert changed(session, agreement) == found


def test_one_that_ended_and_is_taken_up_again_is_unsigned_and_keeps_its_old_signature(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE, Stage.ACTIVE, Stage.ENDED)
    assert agreement.signed_on == TODAY
    old = the_signed(session, agreement)
    move_to(session, agreement, Stage.DISCUSSED)
    assert (agreement.signed_on, agreement.signed_by, agreement.expected_signing_on) == (None, None, None)
    assert agreement_versions.signed(session, agreement, by=SYSTEM) is None
    assert len(agreement_signing.under(session, [old], by=SYSTEM)) == 2
    move_to(session, agreement, *TO_SIGNATURE[1:], said={"signed_by": "Agnes Butterworth"})
    new = the_signed(session, agreement)
    assert (new.number, agreement.signed_by) == (old.number + 3, "Agnes Butterworth")


def test_undoing_a_lapse_signs_and_freezes_nothing(session: Session):
    agreement = make_active(session, ends_on=TODAY - timedelta(days=1))
    before = len(versions(session, agreement))
    said = {"is_undoing_lapse": True, "ends_on": TODAY + timedelta(days=9)}
    move_to(session, agreement, Stage.ACTIVE, said=said)
    assert len(versions(session, agreement)) == before


def test_a_signature_is_added_to_what_was_signed_and_to_nothing_else(session: Session, officer: Actor):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
    by_stage = {one.at_stage: one for one in versions(session, agreement)}
    new = SignatureInput.model_validate(NAMED | {"signed_on": TODAY})
    signed = by_stage[Stage.SIGNED]
    added = agreement_signing.sign(session, signed.key, new, by=officer, today=TODAY)
    assert agreement_signing.under(session, [signed], by=officer)[-1] == added
    with pytest.raises(RuleBrokenError, match="not the one that was signed"):
        agreement_signing.sign(session, by_stage[Stage.APPROVED].key, new, by=officer, today=TODAY)
    with pytest.raises(NotFoundError):
        agreement_signing.sign(session, 99, new, by=officer, today=TODAY)


def test_a_signature_is_neither_of_tomorrow_nor_with_a_strange_document(session: Session, officer: Actor):
    bakery = make_employer(session)
    agreement = move_to(session, make_agreement(session, bakery), *TO_SIGNATURE)
    other = make_document(session, bakery)
    key = the_signed(session, agreement).key
    for wrong, field in (
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"signed_on": TODAY, "document_id": other.key}, "document_id"),
        ({"signed_on": TODAY, "document_id": 99}, "document_id"),
    ):
        new = SignatureInput.model_validate(NAMED | wrong)
        with pytest.raises(RuleBrokenError) as caught:
            agreement_signing.sign(session, key, new, by=officer, today=TODAY)
        assert caught.value.field == field


def test_the_signed_copy_is_named_once_for_every_signature(session: Session, officer: Actor):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
    copy = SignedCopyInput(document_id=make_document(session, agreement).key)
    version = the_signed(session, agreement)
    agreement_signing.add_copy(session, version.key, copy, by=officer)
    found = agreement_signing.under(session, [version], by=officer)
    assert [one.document_id for one in found] == [copy.document_id] * 2
    with pytest.raises(RuleBrokenError, match="has its copy already"):
        agreement_signing.add_copy(session, version.key, copy, by=officer)


def test_only_those_who_record_agreements_sign_and_auditors_read(session: Session, officer: Actor):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
    version = the_signed(session, agreement)
    new = SignatureInput.model_validate(NAMED | {"signed_on": TODAY})
    for role in (Role.JOB_COACH, Role.AUDITOR):
        reader = make_actor(role)
        assert agreement_versions.find(session, version.key, by=reader) == version
        assert len(agreement_signing.under(session, [version], by=reader)) == 2
        with pytest.raises(NotAllowedError):
            agreement_signing.sign(session, version.key, new, by=reader, today=TODAY)
    agreements.archive(session, agreement.key, why="Twice", version=agreement.version, by=officer)
    with pytest.raises(NotAllowedError, match="archived"):
        agreement_signing.sign(session, version.key, new, by=officer, today=TODAY)


@pytest.mark.parametrize("change", [{"digest": "0"}, {"number": 9}, {"archived_at": utc_now()}])
def test_a_version_is_never_changed_or_archived(database: str, change: dict[str, object]):
    with db.transaction() as session:
        move_to(session, make_agreement(session), *TO_SIGNATURE)
    with pytest.raises(RuntimeError, match="never changed"), db.transaction() as session:
        agreement_versions.find(session, 1, by=SYSTEM).sqlmodel_update(change)


@pytest.mark.parametrize("change", [{"name": "Else"}, {"document_id": None}, {"archived_at": utc_now()}])
def test_a_signature_is_never_changed_or_archived_nor_its_copy_exchanged(
    database: str, change: dict[str, object]
):
    with db.transaction() as session:
        agreement = move_to(session, make_agreement(session), *TO_SIGNATURE)
        copy = SignedCopyInput(document_id=make_document(session, agreement).key)
        agreement_signing.add_copy(session, the_signed(session, agreement).key, copy, by=SYSTEM)
        found = versions(session, agreement)
    with pytest.raises(RuntimeError, match="never changed"), db.transaction() as session:
        agreement_signing.under(session, found, by=SYSTEM)[0].sqlmodel_update(change)
