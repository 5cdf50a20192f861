"""The screens of a carved job on its way: listed, changed, moved with what each stage needs."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.carve_stages import CarveMove
from crm.models.carves import CarveStage, JobCarve
from crm.models.employers import Employer
from crm.models.users import SYSTEM, User
from crm.models.vacancies import Vacancy
from crm.policy import Action, Role
from crm.services import carves, records
from crm.services.access import ensure
from crm.ui.carve_standing import after_move
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer, make_person, make_site
from tests.makers_people import make_seeker
from tests.makers_stages import TO_AGREED, make_bank, make_carve, move_carve
from tests.pages.opening import checked, choose, open_page, press, shown, type_into


@pytest.fixture
def officer(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
        return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


@pytest.fixture
def coach(officer: User) -> User:
    with db.transaction() as session:
        return make_user(session, Role.JOB_COACH, name="Rosa Lind")


def moved(*stages: CarveStage, is_for_somebody: bool = False) -> JobCarve:
    """A carved job at an employer where Dana Holt works, moved today through these stages."""
    with db.transaction() as session:
        employer = make_employer(session)
        make_person(session, employer)
        seeker_id = make_seeker(session).key if is_for_somebody else None
        carve = make_carve(session, make_bank(session, employer), seeker_id=seeker_id)
        return move_carve(session, carve, *stages, on=today())


def stored() -> JobCarve:
    with db.reading() as session:
        return session.exec(select(JobCarve)).one()


def write(app: AppTest, label: str, words: str) -> None:
    next(box for box in app.text_area if box.label == label).set_value(words)


def give_day(app: AppTest, label: str, on: date) -> None:
    next(box for box in app.date_input if box.label == label).set_value(on)


def test_the_move_page_offers_the_stages_that_come_next_and_says_what_each_asks_for(officer: User):
    page = shown(open_page(officer, "carves/move.py", id=moved().key))
    assert "to=needs_confirmed" in page
    assert "to=agreed" not in page
    assert "Needs confirmed asks for who at the employer confirmed the need" in page


def test_a_move_asks_only_for_what_its_stage_needs_and_says_what_is_missing_at_the_field(officer: User):
    key = moved().key
    app = open_page(officer, "carves/move.py", id=key, to="needs_confirmed")
    assert [box.label for box in app.date_input] == ["Moved on"]
    press(app, "Move to needs confirmed")
    page = shown(app)
    assert "Who at the employer confirmed it: Say who at the employer" in page
    assert "What the employer needs, in their words: Say what the employer needs" in page
    choose(app, "Who at the employer confirmed it", 1)
    write(app, "What the employer needs, in their words", "Vans wait")
    press(checked(app.run()), "Move to needs confirmed")
    assert stored().stage is CarveStage.NEEDS_CONFIRMED
    record = shown(open_page(officer, "carves/record.py", id=key))
    assert "Vans wait" in record
    assert "Dana Holt" in record
    assert "for 0 days" in record
    assert "Proposal asks for the pay" in record


def test_what_was_typed_for_a_move_is_there_again_later(officer: User):
    key = moved().key
    app = open_page(officer, "carves/move.py", id=key, to="declined")
    write(app, "Why", "Head office said no")
    checked(app.run())
    again = open_page(officer, "carves/move.py", id=key, to="declined")
    assert [box.value for box in again.text_area if box.label == "Why"] == ["Head office said no"]


def test_what_keeps_a_job_from_a_stage_is_said_with_the_way_to_put_it_right(officer: User):
    carve = moved(CarveStage.NEEDS_CONFIRMED)
    app = open_page(officer, "carves/edit.py", id=carve.key)
    type_into(app, "Pay in £ an hour", "12.00")
    press(checked(app.run()), "Save carved job")
    assert stored().new_wage_week == 180
    for page in (
        shown(open_page(officer, "carves/move.py", id=carve.key, to="proposal")),
        shown(open_page(officer, "carves/record.py", id=carve.key)),
    ):
        assert "It cannot go to proposal yet" in page
        assert "may not be paid" in page
        assert f"carve-edit?id={carve.key}" in page
    app = open_page(officer, "carves/move.py", id=carve.key, to="proposal")
    press(app, "Move to proposal")
    assert "It cannot go there yet" in shown(app)
    assert stored().stage is CarveStage.NEEDS_CONFIRMED


def test_an_agreed_job_leads_to_its_vacancy_and_its_analysis(officer: User):
    carve = moved(*TO_AGREED[:2], is_for_somebody=True)
    app = open_page(officer, "carves/move.py", id=carve.key, to="agreed")
    choose(app, "Who at the employer agreed", 1)
    give_day(app, "First day of the job", today())
    press(checked(app.run()), "Move to agreed")
    assert "Nobody says yes for them" in shown(app)
    next(box for box in app.checkbox if box.label == "Amara Nwosu said yes to this job").check()
    press(checked(app.run()), "Move to agreed")
    carve = stored()
    assert carve.stage is CarveStage.AGREED
    record = shown(open_page(officer, "carves/record.py", id=carve.key))
    assert f"vacancy?id={carve.vacancy_id}" in record
    assert f"analysis?id={carve.analysis_id}" in record
    assert "The person said yes themselves." in record
    assert "carve-edit?id" not in record
    with db.reading() as session:
        assert session.exec(select(Vacancy.title)).all() == ["Packing and labels"]


def test_a_job_that_is_live_asks_for_the_job_started_to_be_recorded(officer: User):
    carve = moved(*TO_AGREED, CarveStage.LIVE, is_for_somebody=True)
    page = shown(open_page(officer, "carves/record.py", id=carve.key))
    assert f"placement-edit?seeker={carve.seeker_id}" in page
    assert "What comes next" not in page


def test_a_mistake_is_taken_back_in_words(officer: User):
    carve = moved(*TO_AGREED)
    app = open_page(officer, "carves/move.py", id=carve.key)
    assert "Back to negotiating" in shown(app)
    app = open_page(officer, "carves/move.py", id=carve.key, to="negotiating")
    press(app, "Take back to negotiating")
    assert "Say what was wrong" in shown(app)
    write(app, "What was wrong", "Wrong button")
    press(checked(app.run()), "Take back to negotiating")
    assert (stored().stage, stored().vacancy_id) == (CarveStage.NEGOTIATING, None)


def test_a_coach_is_told_whom_to_ask_where_a_vacancy_would_be_made(coach: User):
    carve = moved(*TO_AGREED[:2])
    page = shown(open_page(coach, "carves/move.py", id=carve.key))
    assert "to=agreed" not in page
    assert "An engagement officer or a manager records vacancies" in page
    assert "An engagement officer or a manager records vacancies" in shown(
        open_page(coach, "carves/record.py", id=carve.key)
    )


def test_where_nobody_at_the_employer_is_known_the_page_says_so(officer: User, coach: User):
    with db.transaction() as session:
        carve = make_carve(session, make_bank(session, make_employer(session)))
    said = "Nobody who works for this employer is recorded yet"
    page = shown(open_page(officer, "carves/move.py", id=carve.key, to="needs_confirmed"))
    assert said in page
    assert "person-edit?employer" in page
    page = shown(open_page(coach, "carves/move.py", id=carve.key, to="needs_confirmed"))
    assert said in page
    assert "person-edit?employer" not in page


def test_a_stage_that_cannot_come_next_is_not_taken_from_the_address(officer: User):
    app = open_page(officer, "carves/move.py", id=moved().key, to="live")
    assert "To which stage?" in shown(app)
    assert not app.button


def test_what_is_recorded_beside_the_tasks_is_changed_until_it_is_agreed(officer: User):
    carve = moved()
    with db.transaction() as session:
        make_site(session, session.get_one(Employer, carve.employer_id), "Kirkgate")
    app = open_page(officer, "carves/edit.py", id=carve.key)
    type_into(app, "Job", "Packing assistant")
    choose(app, "Site", 1)
    write(app, "Contact with colleagues", "Beside the packers")
    press(checked(app.run()), "Save carved job")
    assert (stored().title, stored().site_id, stored().coworker_contact) == (
        "Packing assistant",
        1,
        "Beside the packers",
    )
    page = shown(open_page(officer, "carves/record.py", id=carve.key))
    assert "Kirkgate" in page
    assert "Beside the packers" in page
    with db.transaction() as session:
        move_carve(session, session.get_one(JobCarve, carve.key), *TO_AGREED, on=today())
    page = shown(open_page(officer, "carves/edit.py", id=carve.key))
    assert "it was agreed" in page
    assert f"vacancy?id={stored().vacancy_id}" in page


def test_an_archived_job_is_neither_moved_nor_changed(officer: User):
    carve = moved()
    with db.transaction() as session:
        carves.archive(session, carve.key, why="Old", version=carve.version, by=SYSTEM)
    assert "You cannot move this carved job" in shown(open_page(officer, "carves/move.py", id=carve.key))
    assert "is archived" in shown(open_page(officer, "carves/edit.py", id=carve.key))
    assert "Move to another stage" not in shown(open_page(officer, "carves/record.py", id=carve.key))


def test_a_declined_job_says_that_its_vacancy_is_withdrawn(officer: User):
    carve = moved(*TO_AGREED)
    app = open_page(officer, "carves/move.py", id=carve.key, to="declined")
    write(app, "Why", "They closed")
    press(checked(app.run()), "Move to declined")
    with db.reading() as session:
        assert session.exec(select(Vacancy.status)).one() == "withdrawn"
        assert session.exec(select(CarveMove.words).order_by("id")).all()[-1] == "They closed"


def test_the_list_is_narrowed_by_stage_and_by_whose_they_are(officer: User):
    carve = moved(CarveStage.NEEDS_CONFIRMED, is_for_somebody=True)
    app = open_page(officer, "carves/list.py")
    assert "Needs confirmed: 1" in shown(app)
    choose(app, "Stage", "agreed")
    assert "none fits" in shown(checked(app.run()))
    assert "Carved jobs at Fernside Bakery" in shown(
        open_page(officer, "carves/list.py", employer=carve.employer_id)
    )
    page = shown(open_page(officer, "carves/list.py", seeker=carve.seeker_id or 0))
    assert "for Amara Nwosu" in page
    assert "All carved jobs" in page
    app = open_page(officer, "carves/list.py")
    next(box for box in app.checkbox if box.label == "Mine").check()
    assert "none fits" in shown(checked(app.run()))


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ((CarveStage.NEEDS_CONFIRMED,), "Needs confirmed."),
        (TO_AGREED, "Its vacancy and its job analysis are there"),
        ((*TO_AGREED, CarveStage.DECLINED), "Its vacancy is withdrawn, and its tasks are free again"),
        ((*TO_AGREED, CarveStage.LIVE), "Record the job started"),
    ],
)
def test_what_a_move_brought_is_said(officer: User, stages: tuple[CarveStage, ...], said: str):
    assert said in after_move(moved(*stages, is_for_somebody=True))


def test_a_job_that_breaks_a_guard_rail_leads_to_composing_it(officer: User):
    with db.transaction() as session:
        employer = make_employer(session)
        carve = make_carve(session, make_bank(session, employer, hours_week=15))
        move_carve(session, carve, CarveStage.NEEDS_CONFIRMED, on=today())
    page = shown(open_page(officer, "carves/record.py", id=carve.key))
    assert "would keep 0% of its hours" in page
    assert f'href="carve-by-hand?carve={carve.key}" target="_self">Compose the job' in page
    with db.transaction() as session:
        row = session.get_one(JobCarve, carve.key)
        ensure(session, SYSTEM, Action.CARVES_RECORD)
        records.change(session, row, {"stage": CarveStage.PROPOSAL}, version=row.version)
    page = shown(open_page(officer, "carves/record.py", id=carve.key))
    assert f'href="carve-by-hand?employer={employer.key}" target="_self">Compose another job' in page
