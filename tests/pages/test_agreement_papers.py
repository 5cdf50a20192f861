"""The screens of moving, signing and keeping agreements: what each asks, says when it is wrong, and keeps."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.agreement_choices import AgreementStage
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreement_papers import AgreementSignature, AgreementVersion
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM, User
from crm.policy import Role
from crm.services import agreement_versions, agreements, reminders
from crm.ui.words import day, today
from tests.makers import make_service, make_user
from tests.makers_documents import make_document
from tests.makers_employers import TO_SIGNATURE, make_agreement, move_to
from tests.pages.opening import choose, open_page, press, shown, type_into

MOVE, VERSION, SIGNATURE = "agreements/move.py", "agreements/version.py", "agreements/signature.py"


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def moved(*stages: AgreementStage, **clauses: Any) -> Agreement:
    with db.transaction() as session:
        return move_to(session, make_agreement(session, today=today(), **clauses), *stages, on=today())


def stored(session: Session) -> Agreement:
    return session.exec(select(Agreement)).one()


def change(**clauses: Any) -> None:
    with db.transaction() as session:
        row = stored(session)
        typed = {name: getattr(row, name) for name in AgreementInput.model_fields} | clauses
        edit = AgreementInput.model_validate(typed)
        agreements.change(session, row.key, edit, version=row.version, by=SYSTEM)


def the_signed(agreement: Agreement) -> AgreementVersion:
    with db.reading() as session:
        found = agreement_versions.signed(session, agreement, by=SYSTEM)
        assert found is not None
        return found


def date_field(app: AppTest, label: str) -> AppTest:
    next(box for box in app.date_input if box.label == label).set_value(today())
    return app


def test_the_move_to_signed_says_all_that_is_missing_and_keeps_what_was_typed(officer: User):
    agreement = moved(*TO_SIGNATURE[:4])
    app = open_page(officer, MOVE, id=agreement.key, to="signed")
    type_into(app, "Signed for the employer by", "Agnes Butterworth")
    page = shown(press(app, "Move to signed"))
    for missing in (
        "Signed on: Say on which day it was signed.",
        "As what they signed: Say as what they signed it",
        "Signed for us by: Say who signed it for us.",
        "How it was signed: Say how it was signed.",
    ):
        assert missing in page
    assert "Say who signed it for the employer" not in page
    date_field(app, "Signed on")
    type_into(app, "As what they signed", "Owner")
    type_into(app, "Signed for us by", "Grace Whitlock")
    choose(app, "How it was signed", "on_paper")
    press(app, "Move to signed")
    with db.reading() as session:
        assert stored(session).stage is AgreementStage.SIGNED
        names = {(one.name, one.role) for one in session.exec(select(AgreementSignature))}
    assert names == {("Agnes Butterworth", "Owner"), ("Grace Whitlock", None)}


def test_a_draft_without_an_owner_asks_for_one_and_one_that_has_one_does_not(officer: User):
    agreement = moved(AgreementStage.DISCUSSED)
    app = open_page(officer, MOVE, id=agreement.key, to="drafting")
    assert "Owner: Say whose it is from now on" in shown(press(app, "Move to drafting"))
    choose(app, "Owner", officer.key)
    press(app, "Move to drafting")
    with db.transaction() as session:
        assert stored(session).owner_id == officer.key
        move_to(session, stored(session), AgreementStage.DISCUSSED, on=today())
    again = open_page(officer, MOVE, id=agreement.key, to="drafting")
    assert "Owner" not in [box.label for box in again.selectbox]


def test_the_move_to_active_asks_for_the_dates_that_are_not_recorded(officer: User):
    agreement = moved(*TO_SIGNATURE, starts_on=today())
    app = open_page(officer, MOVE, id=agreement.key, to="active")
    assert [box.label for box in app.date_input] == ["Moved on", "Ends on"]
    assert "Ends on: Say until which day it holds." in shown(press(app, "Move to active"))
    date_field(app, "Ends on")
    press(app, "Move to active")
    with db.reading() as session:
        assert stored(session).ends_on == today()


def test_an_officer_is_told_whom_to_ask_to_end_an_agreement(officer: User):
    agreement = moved(*TO_SIGNATURE)
    page = shown(open_page(officer, MOVE, id=agreement.key, to="ended"))
    assert "A manager ends agreements. Ask one" in page
    assert "to=ended" not in page


def test_a_manager_is_told_before_they_press_what_keeps_a_draft_from_being_approved(officer: User):
    agreement = moved(*TO_SIGNATURE[:2], criteria_rule="a_percent_of_essential", criteria_percent=60)
    with db.transaction() as session:
        manager = make_user(session, Role.MANAGER)
    app = open_page(manager, MOVE, id=agreement.key, to="approved_by_a_manager")
    assert "It cannot be approved yet" in shown(app)
    press(app, "Move to approved by a manager")
    with db.reading() as session:
        assert stored(session).stage is AgreementStage.DRAFTING


def test_what_changed_since_the_signature_is_told_on_the_page_of_the_agreement(officer: User):
    agreement = moved(*TO_SIGNATURE, feedback_days=10)
    assert "Changed since" not in shown(open_page(officer, "agreements/record.py", id=agreement.key))
    change(feedback_days=5, job_families="Till <b>work</b>", review_on=today())
    page = shown(open_page(officer, "agreements/record.py", id=agreement.key))
    said = "job families Till &lt;b&gt;work&lt;/b&gt;, was not said; feedback within 5 days, was 10 days."
    assert f"Changed since it was signed on {day(today())}: {said}" in page
    assert f"agreement-version?id={the_signed(agreement).key}" in page


def test_a_change_since_it_went_to_the_employer_is_told_before_it_is_signed(officer: User):
    agreement = moved(*TO_SIGNATURE[:4])
    change(most_interviews=4)
    app = open_page(officer, MOVE, id=agreement.key, to="signed")
    assert "Changed since it went to the employer: most interviews a vacancy 4, was not said" in shown(app)


def test_a_version_is_shown_word_for_word_with_its_signatures(officer: User):
    agreement = moved(*TO_SIGNATURE)
    version = the_signed(agreement)
    page = shown(open_page(officer, VERSION, id=version.key))
    assert "Fernside Bakery wants to meet good people" in page
    assert "Dana Holt for the bakery" in page
    assert version.digest in page
    assert f"files/agreement/{agreement.key}/{version.number}/full.docx" in page
    assert f"agreement-signature?version={version.key}" in page
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    assert "agreement-signature" not in shown(open_page(auditor, VERSION, id=version.key))


def test_a_version_whose_words_were_changed_past_the_product_says_so(officer: User):
    version = the_signed(moved(*TO_SIGNATURE))
    with db.transaction() as session:
        content = {**version.content, "title": "Otherwise"}
        session.connection().execute(sa.update(AgreementVersion).values(content=content))
    app = open_page(officer, VERSION, id=version.key)
    assert "not those that were kept" in app.error[0].value
    assert "files/agreement" not in shown(app)


def test_a_further_signature_is_added_and_what_is_missing_is_said(officer: User):
    version = the_signed(moved(*TO_SIGNATURE))
    app = open_page(officer, SIGNATURE, version=version.key)
    type_into(app, "Name", "Agnes Butterworth")
    page = shown(press(app, "Add signature"))
    assert "For whom: Choose one of the list." in page
    assert "Signed on: This needs a date." in page
    choose(app, "For whom", "employer")
    choose(app, "How it was signed", "by_email")
    date_field(app, "Signed on")
    press(app, "Add signature")
    assert "Agnes Butterworth" in shown(open_page(officer, VERSION, id=version.key))


def test_the_signed_copy_is_chosen_among_the_documents_of_the_agreement(officer: User):
    agreement = moved(*TO_SIGNATURE)
    version = the_signed(agreement)
    assert "Attach the signed copy" in shown(open_page(officer, SIGNATURE, version=version.key))
    with db.transaction() as session:
        copy = make_document(session, stored(session), "Signed.pdf")
    app = open_page(officer, SIGNATURE, version=version.key)
    choose(app, "Which document is the signed copy", copy.key)
    press(app, "Keep as signed copy")
    page = shown(open_page(officer, SIGNATURE, version=version.key))
    assert f"files/document/employer-{copy.key}" in page
    assert "Keep as signed copy" not in page


def test_today_leads_from_a_renewal_and_a_late_signature_to_the_move(officer: User):
    with db.transaction() as session:
        late = make_agreement(session, today=today(), owner_id=officer.id)
        late.expected_signing_on = today() - timedelta(days=5)
        soon = make_agreement(session, today=today(), ends_on=today() + timedelta(days=30))
        move_to(session, soon, *TO_SIGNATURE, AgreementStage.ACTIVE, on=today())
        reminders.make_due(session, by=SYSTEM, today=today())
        manager = make_user(session, Role.MANAGER)
    for user in (officer, manager):
        page = shown(open_page(user, "home/home.py"))
        assert f"agreement-move?id={soon.key}&amp;to=renewed" in page.replace("&to", "&amp;to")
        assert f"agreement-move?id={late.key}&amp;to=signed" in page.replace("&to", "&amp;to")
        assert "Signature expected, 5 days overdue" in page
