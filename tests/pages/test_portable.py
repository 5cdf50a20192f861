"""Everything about a person on the screen: read, taken along as a file, and brought in by another service."""

import re
from io import BytesIO

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.exports import Export, ExportTicket
from crm.models.restricted import OpeningInput
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.policy import Role
from crm.services import person_exports, restricted_views
from tests.makers import make_service, make_sign_in, make_user
from tests.makers_people import make_profile, make_seeker, make_skill
from tests.makers_portable import exported
from tests.makers_restricted import make_restricted
from tests.pages.opening import checked, open_page, press, shown

RECORD, BRING_IN = "seekers/portable.py", "seekers/bring_in.py"


@pytest.fixture
def coach(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


@pytest.fixture
def manager(coach: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.MANAGER, name="Ines Marlow")


@pytest.fixture
def amara(coach: User) -> JobSeeker:
    with db.transaction() as session:
        seeker = make_seeker(session, coach_id=coach.key, phone="0113 496 0000")
        make_profile(session, seeker, aspirations="Bake <b>bread</b>")
        make_skill(session, seeker)
        make_restricted(session, seeker, coach.as_actor(), health="Asthma")
        return seeker


def upload(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].set_value(("record.json", content, "application/json"))
    return checked(app.run())


def content_of(seeker: JobSeeker) -> bytes:
    with db.transaction() as session:
        return exported(session, session.get_one(JobSeeker, seeker.key))


def test_a_coach_reads_the_whole_record_without_what_is_restricted_and_takes_no_file(
    coach: User, amara: JobSeeker
):
    app = open_page(coach, RECORD, id=amara.key)
    page = shown(app)
    for words in (
        "Fold boxes",
        "<dd>Observed</dd>",
        "Bake &lt;b&gt;bread",
        "+441134960000",
        "Northside Supported Employment",
    ):
        assert words in page
    assert "Asthma" not in page
    assert not [button for button in app.button if "Take this record" in button.label]


def test_a_manager_has_a_link_to_the_file(manager: User, amara: JobSeeker):
    app = open_page(manager, RECORD, id=amara.key)
    page = shown(press(app, "Take this record away as a file"))
    assert re.search(r'href="files/person/[\w-]{40,}\.json"', page)
    with db.reading() as session:
        wanted = session.exec(select(ExportTicket)).one().wanted
    assert wanted == {"seeker_id": amara.key, "with_restricted": False}


def test_restricted_facts_go_along_only_when_opened_for_a_reason(manager: User, amara: JobSeeker):
    by = manager.as_actor()
    with db.transaction() as session:
        here = make_sign_in(session, manager)
        why = OpeningInput.model_validate({"reason": "person_asked"})
        restricted_views.open_facts(session, amara.key, why, in_session=here, by=by)
        token = person_exports.order(session, amara.key, with_restricted=True, by=by, session_digest=here)
    file = BytesIO()
    person_exports.take_away(token, file, by=by, session_digest=here)
    assert b"Asthma" in file.getvalue()
    with db.reading() as session:
        taken = session.exec(select(Export)).one()
    assert (taken.kind, taken.narrowed_by) == ("person", "record number 1, with restricted facts")
    assert b"Asthma" not in content_of(amara)


def test_somebody_is_brought_in_after_a_look(coach: User, amara: JobSeeker):
    content = content_of(amara).replace(b"Amara Nwosu", b"Anna Bell").replace(b"4960000", b"4960001")
    app = upload(open_page(coach, BRING_IN), content)
    assert "From Northside Supported Employment" in shown(app)
    assert "It gives no leave here" in shown(app)
    press(app, "Take this person in")
    with db.reading() as session:
        assert {row.preferred_name for row in session.exec(select(JobSeeker))} == {"Amara Nwosu", "Anna Bell"}


def test_somebody_who_is_here_is_shown_beside_and_cannot_be_taken_in(coach: User, amara: JobSeeker):
    app = upload(open_page(coach, BRING_IN), content_of(amara).replace(b'"active"', b'"exited"'))
    page = shown(app)
    assert "They are here already" in page
    assert "Exited" in page
    assert not [button for button in app.button if "Take this person" in button.label]


def test_somebody_alike_is_taken_in_once_it_is_said_that_it_is_somebody_else(coach: User, amara: JobSeeker):
    app = upload(open_page(coach, BRING_IN), content_of(amara).replace(b"4960000", b"4960001"))
    button = next(one for one in app.button if one.label == "Take this person in")
    assert button.disabled
    app.checkbox[0].check()
    checked(app.run())
    press(app, "Take this person in")
    with db.reading() as session:
        assert len(session.exec(select(JobSeeker)).all()) == 2


def test_another_file_is_refused_in_plain_words(coach: User):
    app = upload(open_page(coach, BRING_IN), b"<html>")
    assert "no portable record of a person" in shown(app)
