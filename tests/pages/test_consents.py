"""The screens of consents and of looks at restricted facts, as a coach and a manager use them."""

import pytest
from sqlmodel import select

from crm import db
from crm.models.audit import AuditEntry
from crm.models.consents import Consent, Purpose, Withdrawer
from crm.models.employers import Employer
from crm.models.restricted import RestrictedOpening
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.policy import Role
from crm.services import restricted_views
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.makers_restricted import make_consent, make_restricted, open_restricted, refuse_entries
from tests.pages.opening import choose, open_page, press, shown, type_into

ODD = "Read out <b>slowly</b> *twice* 'OR 1=1 -- \u202e 🙂"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        return make_seeker(session, coach_id=coach.key)


@pytest.fixture
def bakery(coach: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session, stage="partner")


def only_consent() -> Consent:
    with db.reading() as session:
        return session.exec(select(Consent)).one()


def test_the_person_is_told_what_the_employer_will_know_before_they_answer(
    coach: User, amara: JobSeeker, bakery: Employer
):
    app = open_page(coach, "seekers/consent_new.py", seeker=amara.key)
    assert "what to say to them stands here then" in shown(app)
    choose(app, "What I agree to", "put_forward")
    choose(app, "Employer, if one is told", bakery.key)
    app.run()
    assert "Fernside Bakery will know that we support you" in shown(app)
    assert "tells the employer that you are disabled" in shown(app)
    choose(app, "What I agree to", "share_facts")
    next(box for box in app.checkbox if box.label == "They may know my name").check()
    app.run()
    assert "Fernside Bakery will know your name. We tell them nothing else." in shown(app)


def test_an_answer_is_recorded_and_withdrawn_in_one_step(coach: User, amara: JobSeeker, bakery: Employer):
    app = open_page(coach, "seekers/consent_new.py", seeker=amara.key)
    choose(app, "What I agree to", "put_forward")
    choose(app, "Who answers", "the_person")
    type_into(app, "How it was explained", ODD)
    assert "Choose the employer" in shown(press(app, "Record this consent"))
    choose(app, "Employer, if one is told", bakery.key)
    press(app, "Record this consent")
    given = only_consent()
    assert (given.purpose, given.employer_id, given.how_explained) == (Purpose.PUT_FORWARD, bakery.key, ODD)
    page = shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert "Be put forward to an employer" in page
    assert "In force" in page
    app = open_page(coach, "seekers/consent.py", id=given.key)
    assert "Read out &lt;b&gt;slowly&lt;/b&gt; *twice*" in shown(app)
    press(app, "Withdraw")
    assert only_consent().withdrawn_by is Withdrawer.THE_PERSON
    assert f"Withdrawn on {today().day} " in shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert not open_page(coach, "seekers/consent.py", id=given.key).button


def test_a_parents_answer_that_is_refused_leaves_the_question_about_age_in_the_trail(
    coach: User, amara: JobSeeker
):
    app = open_page(coach, "seekers/consent_new.py", seeker=amara.key)
    choose(app, "What I agree to", "hold_record")
    choose(app, "Who answers", "parent_under_16")
    type_into(app, "Who answered with or for them, and what lets them", "Her mother")
    type_into(app, "How it was explained", "Read out")
    assert "Record their date of birth first" in shown(press(app, "Record this consent"))
    with db.reading() as session:
        actions = session.exec(select(AuditEntry.action).where(AuditEntry.actor_id == coach.key)).all()
        assert actions.count("asked_whether_under_16") == 1
        assert session.exec(select(Consent)).all() == []
    with db.transaction() as session:
        make_restricted(session, amara, coach.as_actor(), date_of_birth=today().replace(day=1).isoformat())
    press(app, "Record this consent")
    assert only_consent().answered_by == "Her mother"


def test_a_mistake_is_withdrawn_as_one(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        given = make_consent(session, amara, today=today())
    app = open_page(coach, "seekers/consent.py", id=given.key)
    choose(app, "Who withdraws it", "recorded_by_mistake")
    press(app, "Withdraw")
    assert "Recorded by mistake" in shown(open_page(coach, "seekers/record.py", id=amara.key))


def test_an_officer_sees_consents_and_records_none(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        officer = make_user(session)
        given = make_consent(session, amara, today=today())
    page = shown(open_page(officer, "seekers/record.py", id=amara.key))
    assert "What they have agreed to" in page
    assert "consent-new" not in page
    assert "Who looked" not in page
    assert not open_page(officer, "seekers/consent.py", id=given.key).button


def test_facts_stay_open_in_this_sign_in_and_closed_in_the_next(coach: User, amara: JobSeeker):
    app = open_page(coach, "seekers/restricted.py", seeker=amara.key)
    assert not app.text_area
    assert "Why do you need to see them? Choose one" in shown(press(app, "Open for 15 minutes"))
    choose(app, "Why do you need to see them?", "person_asked")
    app = press(app, "Open for 15 minutes")
    assert app.text_area
    assert not open_page(coach, "seekers/restricted.py", seeker=amara.key).text_area
    page = shown(open_page(coach, "seekers/record.py", id=amara.key))
    assert "The person asked" in page


def test_when_a_look_cannot_be_written_the_page_shows_nothing(coach: User, amara: JobSeeker):
    with db.transaction() as session:
        make_restricted(session, amara, coach.as_actor(), health="Private words")
    app = open_page(coach, "seekers/restricted.py", seeker=amara.key)
    choose(app, "Why do you need to see them?", "review_due")
    app = press(app, "Open for 15 minutes")
    with db.engine().execution_options(is_write=True).begin() as connection:
        refuse_entries(connection)
    app.run()
    assert app.exception
    assert not app.text_area
    assert "Private words" not in shown(app)


def test_a_manager_is_told_who_opened_unusually_many(coach: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRM_RESTRICTED_PEOPLE_AN_HOUR", "1")
    restricted_views.settings.cache_clear()
    with db.transaction() as session:
        manager = make_user(session, Role.MANAGER)
        for name in ("A", "B"):
            open_restricted(session, make_seeker(session, name), coach.as_actor())
    assert "Rosa Lind opened the restricted facts of 2 different people within an hour" in shown(
        open_page(manager, "home/home.py")
    )
    with db.reading() as session:
        assert len(session.exec(select(RestrictedOpening)).all()) == 2
