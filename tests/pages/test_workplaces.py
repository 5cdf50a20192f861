"""The page of a job analysis: culture, risks, photos, and old analyses told wherever they are used."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import select

from crm import db
from crm.models.analyses import JobAnalysis
from crm.models.employers import Employer
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.models.workplaces import JobRisk, JobRiskInput, WorkplacePhoto
from crm.policy import Role
from crm.services import job_risks, role_imports
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_analysis, make_task, make_vacancy
from tests.makers_people import make_seeker
from tests.pages.opening import checked, open_page, press, shown, type_into
from tests.services.test_roles import workbook

OLD = "older than 12 months"


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.MANAGER)


@pytest.fixture
def bakery(manager: User) -> Employer:
    with db.transaction() as session:
        return make_employer(session)


@pytest.fixture
def post(bakery: Employer) -> Vacancy:
    """A vacancy whose job was looked at years ago."""
    with db.transaction() as session:
        found = make_vacancy(session, bakery)
        analysis = make_analysis(session, bakery, vacancy_id=found.key, analysed_on="2020-05-01")
        make_task(session, analysis, need="could_move", nature="social")
        return found


def only_analysis() -> JobAnalysis:
    with db.reading() as session:
        return session.exec(select(JobAnalysis)).one()


def test_an_old_analysis_says_so_wherever_it_is_used(manager: User, bakery: Employer, post: Vacancy):
    with db.transaction() as session:
        seeker = make_seeker(session)
    for script, parameters in [
        ("analyses/record.py", {"id": only_analysis().key}),
        ("analyses/list.py", {}),
        ("employers/record.py", {"id": bakery.key}),
        ("vacancies/record.py", {"id": post.key}),
        ("vacancies/shortlist.py", {"id": post.key}),
        ("vacancies/compare.py", {"vacancy": post.key, "seeker": seeker.key}),
        ("seekers/jobs.py", {"id": seeker.key}),
    ]:
        assert OLD in shown(open_page(manager, script, **parameters)), script
    carving = open_page(manager, "carves/everybody.py", employer=bakery.key)
    assert any(OLD in option for box in carving.multiselect for option in box.options)


def test_culture_is_recorded_and_shown(manager: User, post: Vacancy):
    key = only_analysis().key
    app = open_page(manager, "analyses/edit.py", id=key)
    next(box for box in app.text_area if box.label == "Breaks and social times").set_value("Cake on Fridays")
    press(app, "Save job analysis")
    assert "Cake on Fridays" in shown(open_page(manager, "analyses/record.py", id=key))


def test_a_risk_is_recorded_and_one_that_is_due_says_so(manager: User, post: Vacancy):
    key = only_analysis().key
    app = open_page(manager, "analyses/risk.py", analysis=key)
    type_into(app, "Risk", "Wet floor")
    press(app, "Save risk")
    late = JobRiskInput(risk="Noise", review_on=date(2025, 1, 7))
    with db.transaction() as session:
        risk = session.exec(select(JobRisk)).one()
        job_risks.add(session, key, late, by=manager.as_actor())
    page = shown(open_page(manager, "analyses/record.py", id=key))
    assert "Wet floor" in page
    assert "7 January 2025, overdue" in page
    app = open_page(manager, "analyses/risk.py", id=risk.key)
    type_into(app, "Why is it put aside?", "A new floor")
    press(app, "Archive risk")
    assert "Archived risks" in shown(open_page(manager, "analyses/record.py", id=key))


def photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(content, "JPEG")
    return content.getvalue()


def test_a_photo_is_kept_once_whoever_is_on_it_has_agreed(manager: User, post: Vacancy):
    app = open_page(manager, "analyses/record.py", id=only_analysis().key)
    assert "Choose a photo first" in shown(press(app, "Keep photo"))
    uploader = next(box for box in app.file_uploader if box.label == "A JPEG or PNG photo")
    uploader.upload("bay.jpg", photo(), "image/jpeg")
    next(box for box in app.radio if "known" in box.label).set_value("people")
    app = press(checked(app.run()), "Keep photo")
    assert "Ask before you keep it" in shown(app)
    type_into(app, "Who agreed, to what, and when", "Karim, today")
    page = shown(press(app, "Keep photo"))
    assert "bay.jpg is kept" in page.replace("\\", "")
    with db.reading() as session:
        assert session.exec(select(WorkplacePhoto)).one().agreed == "Karim, today"


def test_roles_of_soc_2020_are_brought_in_from_the_workbook(database: str):
    with db.transaction() as session:
        make_service(session)
        administrator = make_user(session, Role.ADMINISTRATOR)
    app = open_page(administrator, "imports/vocabulary.py")
    uploader = next(box for box in app.file_uploader if "SOC 2020" in box.label)
    groups = workbook(("9999", "Zeppelin hands", "~moors zeppelins", ""))
    uploader.upload("soc.xlsx", groups, "application/xlsx")
    press(checked(app.run()), "Import the roles")
    with db.reading() as session:
        assert role_imports.loaded(session, by=administrator.as_actor()) == 1
