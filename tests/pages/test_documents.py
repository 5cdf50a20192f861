"""Documents on the page of a record, as those use them who may attach them and those who may not."""

from crm import db
from crm.models.users import User
from crm.policy import Role
from crm.services import documents
from tests.makers import make_service, make_user
from tests.makers_documents import PDF, make_document, picture
from tests.makers_employers import make_employer
from tests.makers_people import make_seeker
from tests.pages.opening import open_page, press, shown, type_into


def make_colleague(*roles: Role) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, *roles, name="Ines Marlow")


def test_a_document_is_attached_listed_put_aside_and_brought_back(database: str):
    officer = make_colleague(Role.ENGAGEMENT_OFFICER)
    with db.transaction() as session:
        bakery = make_employer(session)
    app = open_page(officer, "employers/record.py", id=bakery.key)
    assert "Choose a file first" in shown(press(app, "Attach document"))
    app.file_uploader[0].set_value(("offer.svg", b"<svg/>", "image/png"))
    assert "is an SVG drawing" in shown(press(app, "Attach document"))
    app.file_uploader[0].set_value(("Offer <b>.pdf", PDF, "application/pdf"))
    type_into(app, "What it is, in a few words", "The offer")
    page = shown(press(app, "Attach document"))
    assert "Offer &lt;b&gt;.pdf" in page
    assert 'href="files/document/employer-1" target="_self" download' in page
    type_into(app, "Why is it put aside?", "Wrong one")
    assert "Wrong one" in shown(press(app, "Archive document"))
    assert "is back" in shown(press(app, "Bring this document back"))


def test_the_place_is_taken_out_of_a_picture_and_the_page_says_so(database: str):
    officer = make_colleague(Role.ENGAGEMENT_OFFICER)
    with db.transaction() as session:
        bakery = make_employer(session)
    app = open_page(officer, "employers/record.py", id=bakery.key)
    app.file_uploader[0].set_value(("site.jpg", picture("JPEG", place=True), "image/jpeg"))
    page = shown(press(app, "Attach document")).replace("\\", "")
    assert "Taken out of it: the place where it was taken" in page
    with db.reading() as session:
        _, kept = documents.take_away(session, "employer", 1, by=officer.as_actor())
    assert b"Canary" not in kept


def test_a_persons_page_asks_for_no_medical_letters_and_an_officer_only_reads(database: str):
    coach = make_colleague(Role.JOB_COACH)
    with db.transaction() as session:
        amara = make_seeker(session, coach_id=coach.key)
        make_document(session, amara, "cv.pdf")
        officer = make_user(session)
    assert "Do not attach medical letters" in shown(open_page(coach, "seekers/record.py", id=amara.key))
    app = open_page(officer, "seekers/record.py", id=amara.key)
    assert "cv.pdf" in shown(app)
    assert not app.file_uploader
