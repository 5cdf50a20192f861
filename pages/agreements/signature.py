"""Add a signature to a version of an agreement, or say which document is its signed copy."""

import streamlit as st
from sqlmodel import Session

from crm.db import reading
from crm.models.agreement_choices import SignatureSide, SignedHow
from crm.models.agreement_papers import AgreementSignature, SignatureInput, SignedCopyInput
from crm.services import agreement_signing, agreement_versions, agreements, documents, employers
from crm.services.document_places import Place
from crm.ui.address import needed_id
from crm.ui.agreement_versions import SIGNATURE_COLUMNS, signature_row
from crm.ui.fields import choice, day, line, pick
from crm.ui.flash import after_this
from crm.ui.forms import RecordForm, draw_form
from crm.ui.guard import require_user
from crm.ui.screens import go_to, refuse_politely
from crm.ui.tables import link, links, said, table
from crm.ui.words import plain, say, today

MOST_DOCUMENTS = 200

user = require_user()
with refuse_politely(), reading() as session:
    version = agreement_versions.find(session, needed_id("version"), by=user)
    agreement = agreements.find(session, version.agreement_id, by=user)
    employer = employers.find(session, agreement.employer_id, by=user)
    signatures = agreement_signing.under(session, [version], by=user)
    place = Place("Agreement", agreement.key)
    found = documents.listing(session, place, limit=MOST_DOCUMENTS, by=user)
copies = {row.id: row.name for row in found.rows if not row.is_archived}


def signing() -> None:
    def save(session: Session, typed: SignatureInput, _version: int) -> AgreementSignature:
        return agreement_signing.sign(session, version.key, typed, by=user, today=today())

    fields = [
        choice("side", "For whom", SignatureSide),
        line("name", "Name"),
        line("role", "As what they signed", hint="For example: head of personnel"),
        day("signed_on", "Signed on"),
        choice("how", "How it was signed", SignedHow),
        *([pick("document_id", "Signed copy, if there is one", copies)] if copies else []),
    ]
    form = RecordForm("signature", fields, SignatureInput, None, "Add signature", belongs_to=version.key)
    draw_form(form, user=user, save=save, then=lambda _: back("The signature is added."))


def copying() -> None:
    def save(session: Session, typed: SignedCopyInput, _version: int) -> list[AgreementSignature]:
        return agreement_signing.add_copy(session, version.key, typed, by=user)

    fields = [pick("document_id", "Which document is the signed copy", copies)]
    form = RecordForm(
        "signed-copy", fields, SignedCopyInput, None, "Keep as signed copy", belongs_to=version.key
    )
    draw_form(form, user=user, save=save, then=lambda _: back("The signed copy is named."))


def back(done: str) -> None:
    after_this(done)
    go_to("agreement-version", id=version.key)


st.title(f"Signatures of version {version.number}: {plain(employer.name)}", anchor=False)
links(
    [
        link(f"Back to version {version.number}", "agreement-version", id=version.key),
        link(say(agreement.kind), "agreement", id=agreement.key),
    ],
    label="Agreement",
)
if signatures:
    table("Signatures", SIGNATURE_COLUMNS, [signature_row(one) for one in signatures])
if any(one.document_id is None for one in signatures):
    st.header("The signed copy", anchor=False)
    if copies:
        copying()
    else:
        said("Attach the signed copy under “Documents” on the agreement’s page first; then name it here.")
st.header("A further signature", anchor=False)
said("A signature that is kept is never changed or taken away. Look at it again before you add it.")
signing()
