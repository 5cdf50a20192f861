"""A contact is logged with a few keys, says what follows, and is corrected or put aside on its page."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.base import Known
from crm.models.contacts import EmployerContact
from crm.models.employers import Employer
from crm.models.tasks import Task
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_contacts import make_contact
from tests.makers_employers import make_employer, make_person
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

LOG = "contacts/log.py"
MAIL = """From: Petra Lowe <petra@fernside.example>
Date: {day:%d %b %Y}
Subject: Porter

We are looking for a kitchen porter, 20 hours. Please ring me in two weeks.
> What you wrote before
"""


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def bakery(officer: User) -> Employer:
    with db.transaction() as session:
        employer = make_employer(session, "Fernside Bakery", owner_id=officer.id)
        make_person(session, employer, "Dana Holt", hires=Known.YES)
        return employer


def say(app: AppTest, text: str) -> None:
    next(area for area in app.text_area if area.label == "What was said").set_value(text)


def tap(app: AppTest, label: str, *chosen: object) -> AppTest:
    pills = next(group for group in app.pills if group.label == label)
    pills.set_value(list(chosen) if label == "Who took part" else chosen[0])
    return checked(app.run())


def kept() -> list[EmployerContact]:
    with db.reading() as session:
        return list(session.exec(select(EmployerContact).order_by(EmployerContact.id)))  # type: ignore[arg-type]


def test_a_contact_is_logged_with_who_what_and_what_comes_next(officer: User, bakery: Employer):
    app = open_page(officer, LOG, employer=bakery.key)
    choose(app, "Kind of contact", "visit")
    tap(app, "Who took part", 1)
    say(app, "They may need a porter.")
    tap(app, "What comes next?", "ring")
    press(app, "Save contact")
    contact = kept()[0]
    assert (contact.kind, contact.summary, contact.with_hiring_manager) == (
        "visit",
        "They may need a porter.",
        True,
    )
    page = shown(app)
    assert "It counts as an IPS contact" in page
    with db.reading() as session:
        step = session.exec(select(Task)).one()
    assert (step.title, step.due_on) == ("Ring again", today() + timedelta(days=14))


def test_one_click_undoes_what_was_just_logged(officer: User, bakery: Employer):
    app = open_page(officer, LOG, employer=bakery.key)
    say(app, "Wrong employer.")
    tap(app, "What comes next?", "ring")
    press(app, "Save contact")
    press(app, "Undo")
    assert kept()[0].archived_at is not None
    with db.reading() as session:
        assert session.exec(select(Task)).one().archived_at is not None


def test_what_is_missing_is_said_and_what_was_typed_is_kept(officer: User, bakery: Employer):
    app = open_page(officer, LOG, employer=bakery.key)
    say(app, "Half of it")
    press(app, "Save contact")
    assert "What comes next?" in shown(app)
    tap(app, "What comes next?", "none")
    press(app, "Save contact")
    assert "Say in a few words why nothing comes next" in shown(app)
    again = open_page(officer, LOG, employer=bakery.key)
    assert next(area.value for area in again.text_area if area.label == "What was said") == "Half of it"


def test_the_kind_used_last_is_offered_first(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_contact(session, bakery, by=officer.as_actor(), today=today(), kind="email", held_on=today())
    app = open_page(officer, LOG, employer=bakery.key)
    assert next(box.value for box in app.selectbox if box.label == "Kind of contact") == "email"


def test_a_pasted_mail_is_proposed_field_by_field_and_marked_so(officer: User, bakery: Employer):
    app = open_page(officer, LOG, employer=bakery.key)
    area = next(area for area in app.text_area if area.label == "The e-mail or the notes")
    area.set_value(MAIL.format(day=today()))
    press(app, "Propose from this")
    assert any("Proposed from “From: Petra Lowe”" in str(one.value) for one in app.caption)
    press(app, "Save contact")
    contact = kept()[0]
    assert "What you wrote before" not in contact.summary
    assert (contact.kind, contact.held_on) == ("email", today())
    with db.reading() as session:
        lead = session.exec(select(Vacancy)).one()
        assert session.exec(select(Task)).one().due_on == today() + timedelta(days=14)
    assert (lead.title, lead.status, lead.hours_min) == ("Kitchen porter", "lead", 20)


def test_a_mail_pasted_before_the_employer_is_chosen_leads_to_its_sender(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_person(session, bakery, "Petra Lowe", email="petra@fernside.example")
    app = open_page(officer, LOG)
    app.text_area[0].set_value(MAIL.format(day=today()))
    checked(app.run())
    assert f"log-contact?employer={bakery.key}" in shown(app)
    app = open_page(officer, LOG, employer=bakery.key)
    assert next(box.value for box in app.selectbox if box.label == "Kind of contact") == "email"


def test_an_employer_is_found_as_one_types(officer: User, bakery: Employer):
    app = open_page(officer, LOG)
    type_into(app, "Which employer?", "ernsi")
    checked(app.run())
    assert f"log-contact?employer={bakery.key}" in shown(app)


def test_every_page_leads_to_logging_with_the_employer_it_is_about(officer: User, bakery: Employer):
    page = shown(open_page(officer, "employers/record.py", id=bakery.key))
    assert (
        f"log-contact?of=employer&amp;id={bakery.key}" in page
        or f"log-contact?of=employer&id={bakery.key}" in page
    )
    app = open_page(officer, LOG, of="employer", id=bakery.key)
    assert "Fernside Bakery" in app.title[0].value


def test_a_talk_about_a_candidate_before_the_visits_is_asked_about_and_can_be_saved(
    officer: User, bakery: Employer
):
    app = open_page(officer, LOG, employer=bakery.key)
    choose(app, "Kind of contact", "visit")
    checked(app.run())
    assert "This is visit 1 of 3" in app.info[0].value
    choose(app, "What it was for", "candidate")
    checked(app.run())
    assert "Nobody has visited yet" in app.warning[0].value
    assert "Go on all the same?" in app.warning[0].value
    say(app, "About somebody")
    tap(app, "What comes next?", "visit")
    press(app, "Save contact")
    assert len(kept()) == 1


def test_a_colleague_sees_who_spoke_there_last_and_asks_to_join(officer: User, bakery: Employer):
    with db.transaction() as session:
        make_contact(
            session, bakery, by=officer.as_actor(), today=today(), held_on=today(), summary="A <b> porter"
        )
        sam = make_user(session, Role.ENGAGEMENT_OFFICER, name="Sam Reed")
    app = open_page(sam, "employers/record.py", id=bakery.key)
    page = shown(app)
    assert "Ines Marlow: " in page
    assert "A &lt;b&gt; porter" in page
    press(app, "Ask Ines Marlow to join")
    with db.reading() as session:
        assert session.exec(select(Task)).one().owner_id == officer.id


def test_a_contact_is_corrected_put_aside_and_brought_back(officer: User, bakery: Employer):
    with db.transaction() as session:
        contact = make_contact(session, bakery, today=today(), held_on=today())
    app = open_page(officer, "contacts/record.py", id=contact.key)
    say(app, "Corrected.")
    press(app, "Save contact")
    assert kept()[0].summary == "Corrected."
    app = open_page(officer, "contacts/record.py", id=contact.key)
    type_into(app, "Why is it put aside?", "Twice")
    press(app, "Archive contact")
    assert kept()[0].archived_at is not None
    press(app, "Bring this contact back")
    assert kept()[0].archived_at is None


def test_an_auditor_reads_a_contact_and_a_coach_logs_without_what_only_officers_record(
    officer: User, bakery: Employer
):
    with db.transaction() as session:
        contact = make_contact(session, bakery, by=SYSTEM, today=today(), held_on=today())
        auditor = make_user(session, Role.AUDITOR, name="Ann Audit")
        coach = make_user(session, Role.JOB_COACH, name="Cora Coach")
    assert "They may need somebody in spring." in shown(
        open_page(auditor, "contacts/record.py", id=contact.key)
    )
    labels = {box.label for box in open_page(coach, LOG, employer=bakery.key).text_input}
    assert "Job title" not in labels
    assert "Somebody new: their name" not in labels
