"""The screens of agreements: recorded, moved with what each stage needs, expiring and by stage."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm import db
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.papers import pdf
from crm.policy import Role
from crm.services import agreement_moves
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_active, make_agreement, make_employer, move_to
from tests.pages.opening import checked, choose, open_page, pick, press, shown, type_into


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session)


def signed(bakery: Employer, **clauses: object) -> int:
    with db.transaction() as session:
        made = make_agreement(session, bakery, today=today(), **clauses)
        return move_to(session, made, *TO_SIGNATURE, on=today()).key


def stored() -> Agreement:
    with db.reading() as session:
        return session.exec(select(Agreement)).one()


def test_an_agreement_is_added_from_the_employer_with_what_it_covers(officer: User, bakery: Employer):
    app = open_page(officer, "agreements/edit.py", employer=bakery.key)
    press(app, "Save agreement")
    assert "What is promised: Choose one of the list" in shown(app)
    pick(app, "What is promised", "mock_interview")
    checked(app.run())
    choose(app, "Whom it covers", "named_groups")
    press(app, "Save agreement")
    assert "Which groups: Name the groups that the agreement covers" in shown(app)
    type_into(app, "Which groups", "Care leavers")
    press(app, "Save agreement")
    assert (stored().stage, stored().named_groups) == (AgreementStage.IDEA, "Care leavers")
    page = shown(open_page(officer, "agreements/record.py", id=stored().key))
    assert "Care leavers" in page
    assert "for 0 days" in page


def test_without_an_employer_the_page_asks_for_which_one(officer: User, bakery: Employer):
    page = shown(open_page(officer, "agreements/edit.py"))
    assert f"agreement-edit?employer={bakery.key}" in page


def test_clauses_are_changed_and_the_stage_stays(officer: User, bakery: Employer):
    key = signed(bakery)
    app = open_page(officer, "agreements/edit.py", id=key)
    type_into(app, "Job families in scope", "Catering")
    press(app, "Save agreement")
    assert (stored().job_families, stored().stage) == ("Catering", AgreementStage.SIGNED)


def test_an_agreement_is_offered_as_a_document_in_full_and_as_easy_read(
    officer: User, bakery: Employer, monkeypatch: pytest.MonkeyPatch
):
    key = signed(bakery)
    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    page = shown(open_page(officer, "agreements/record.py", id=key))
    for ending in ("full.docx", "full.pdf", "easy-read.docx", "easy-read.pdf"):
        assert f'href="files/agreement/{key}/draft/{ending}"' in page
    assert f'href="print/agreement/{key}/draft/easy-read"' in page
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    page = shown(open_page(officer, "agreements/record.py", id=key))
    assert "full.pdf" not in page
    assert "PDF files cannot be made on this machine" in page


def test_the_move_page_offers_the_stages_that_come_next(officer: User, bakery: Employer):
    with db.transaction() as session:
        key = make_agreement(session, bakery, today=today()).key
    page = shown(open_page(officer, "agreements/move.py", id=key))
    assert "to=discussed" in page
    assert "to=declined" in page
    assert "to=active" not in page


def test_a_move_asks_for_what_its_stage_needs_and_is_kept(officer: User, bakery: Employer):
    with db.transaction() as session:
        key = make_agreement(session, bakery, today=today()).key
    app = open_page(officer, "agreements/move.py", id=key, to="declined")
    press(app, "Move to declined")
    assert "Say why, so that nobody has to ask again" in shown(app)
    type_into(app, "Why", "Head office said no")
    press(app, "Move to declined")
    assert stored().stage is AgreementStage.DECLINED
    assert "Head office said no" in shown(open_page(officer, "agreements/record.py", id=key))


def test_a_stage_that_cannot_come_next_is_not_taken_from_the_address(officer: User, bakery: Employer):
    with db.transaction() as session:
        key = make_agreement(session, bakery, today=today()).key
    app = open_page(officer, "agreements/move.py", id=key, to="active")
    assert "To which stage?" in shown(app)
    assert not app.button


def test_an_officer_is_told_that_a_manager_approves(officer: User, bakery: Employer):
    with db.transaction() as session:
        draft = make_agreement(session, bakery, today=today())
        move_to(session, draft, AgreementStage.DISCUSSED, AgreementStage.DRAFTING, on=today())
        manager = make_user(session, Role.MANAGER)
    assert "to=approved" not in shown(open_page(officer, "agreements/move.py", id=draft.key))
    assert "to=approved" in shown(open_page(manager, "agreements/move.py", id=draft.key))


def test_what_ends_within_90_days_is_said_on_the_list_and_the_record(officer: User, bakery: Employer):
    key = signed(bakery, ends_on=today() + timedelta(days=30))
    assert "1 agreement to renew within 90 days" in shown(open_page(officer, "agreements/list.py"))
    assert "in 30 days" in shown(open_page(officer, "agreements/record.py", id=key))
    assert "Fernside" in shown(open_page(officer, "agreements/list.py", soon="true"))


def test_the_pipeline_by_stage_has_a_chart_with_words_and_a_table(officer: User, bakery: Employer):
    signed(bakery)
    with db.transaction() as session:
        make_agreement(session, bakery, today=today() - timedelta(days=40))
    app = open_page(officer, "agreements/list.py", view="By stage")
    page = shown(app)
    assert "Agreements by stage: Idea 1, Signed 1." in page
    assert "The longest in one stage is 40 days, in Idea" in page
    assert app.get("plotly_chart")
    assert "agreements?stage=Idea" in page
    assert "1 agreement in all" in shown(open_page(officer, "agreements/list.py", stage="Idea"))


def test_the_pipeline_without_agreements_says_what_to_do(officer: User):
    assert "no agreements yet" in shown(open_page(officer, "agreements/list.py", view="By stage"))
    assert "No agreement fits" in shown(open_page(officer, "agreements/list.py"))


def test_somebody_who_only_reads_can_neither_move_nor_edit(officer: User, bakery: Employer):
    key = signed(bakery)
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH)
    app = open_page(coach, "agreements/record.py", id=key)
    assert "Move to another stage" not in shown(app)
    assert not app.button


def test_a_lapse_by_a_wrong_end_date_is_undone_from_the_record(officer: User, bakery: Employer):
    with db.transaction() as session:
        made = make_active(session, ends_on=TODAY + timedelta(days=1))
        agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=today() + timedelta(days=90))
    key = made.key
    page = shown(open_page(officer, "agreements/record.py", id=key))
    assert "Back to active: the end date was wrong" in page
    app = open_page(officer, "agreements/edit.py", id=key)
    next(box for box in app.date_input if box.label == "Ends on").set_value(today() + timedelta(days=400))
    press(app, "Save agreement")
    assert stored().stage is AgreementStage.LAPSED
    assert "It lapsed by its former end date" in shown(open_page(officer, "agreements/record.py", id=key))
    app = open_page(officer, "agreements/move.py", id=key, to="active", undo="yes")
    next(box for box in app.date_input if box.label == "Moved on").set_value(stored().stage_since)
    press(app, "Take back to active")
    assert "Say how it came to be wrong" in shown(app)
    type_into(app, "How did the end date come to be wrong?", "A slip of the year")
    press(app, "Take back to active")
    assert stored().stage is AgreementStage.ACTIVE
    assert "The end date was wrong. A slip" in shown(open_page(officer, "agreements/record.py", id=key))
