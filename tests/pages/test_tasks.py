"""Tasks on their pages: found by the address, done with one press, undone, put off, given, added, changed."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.models.tasks import Task, TaskStatus
from crm.models.users import Actor, User
from crm.policy import Role
from crm.services import task_moves
from crm.services.task_moves import Chosen
from crm.ui.words import today
from tests.conftest import use_database
from tests.makers import make_service, make_user
from tests.makers_contacts import make_contact, make_task
from tests.makers_employers import make_active, make_employer, make_person
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.pages.opening import checked, choose, open_page, press, shown, type_into

LIST, RECORD, EDIT = "tasks/list.py", "tasks/record.py", "tasks/edit.py"


@pytest.fixture
def officer(template_database: Path, tmp_path: Path) -> Generator[User]:
    with use_database(template_database, tmp_path / "crm.db"):
        with db.transaction() as session:
            make_service(session, seeker_word="participant", seeker_words="participants")
            user = make_user(session, name="Ines Marlow")
        yield user


def add(by: User, title: str = "Ring again", days: int | None = 0, **facts: object) -> Task:
    due_on = None if days is None else today() + timedelta(days=days)
    with db.transaction() as session:
        return make_task(session, title, by=by.as_actor(), due_on=due_on, **facts)


def stored(title: str = "Ring again") -> Task:
    with db.reading() as session:
        return session.exec(select(Task).where(Task.title == title)).one()


def pressed(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    return checked(app.run())


def test_the_address_says_whose_tasks_and_by_when(officer: User):
    add(officer, "Mine overdue", -2)
    add(officer, "Mine later", 30)
    with db.transaction() as session:
        other = make_user(session, name="Other")
    add(other, "Theirs overdue", -1)
    mine = shown(open_page(officer, LIST))
    assert "Mine overdue" in mine
    assert "2 tasks in all" in mine
    everybody = shown(open_page(officer, LIST, whose="Everybody", due="Overdue"))
    assert "Theirs overdue" in everybody
    assert "Mine later" not in everybody
    assert "2 tasks in all" in everybody


def test_interviews_to_come_are_marked_in_the_form_and_found_by_the_address(officer: User):
    add(officer, "Ring again", 3)
    app = open_page(officer, EDIT)
    type_into(app, "What is to be done", "Interview at the bakery")
    app.checkbox[0].set_value(True)
    app = press(app, "Save task")
    assert "Say on which day the interview is." in shown(app)
    app.date_input[0].set_value(today() + timedelta(days=3))
    press(app, "Save task")
    assert stored("Interview at the bakery").is_interview
    listed = shown(open_page(officer, LIST, interviews="true"))
    assert "1 task in all" in listed
    assert "Interview at the bakery" in listed


def test_a_task_is_done_with_one_press_and_open_again_with_another(officer: User):
    task = add(officer)
    app = pressed(open_page(officer, LIST), f"task-done-{task.id}-1")
    assert stored().status is TaskStatus.DONE
    assert "“Ring again” is done" in shown(app)
    assert "No task fits" in shown(app)
    app = press(app, "Undo")
    assert stored().status is TaskStatus.OPEN
    assert "as it was before" in shown(app)


def test_a_task_is_put_off_to_tomorrow_or_to_the_next_monday(officer: User):
    task = add(officer, days=-3)
    app = pressed(open_page(officer, LIST), f"task-later-0-{task.id}-1")
    assert stored().due_on == today() + timedelta(days=1)
    pressed(app, f"task-later-1-{task.id}-2")
    monday = stored().due_on
    assert monday is not None
    assert (monday.weekday(), 0 < (monday - today()).days <= 7) == (0, True)


def test_a_task_that_somebody_saved_meanwhile_is_told_and_left_as_it_is(officer: User):
    task = add(officer)
    app = open_page(officer, LIST)
    with db.transaction() as session:
        task_moves.put_off(session, [Chosen(task.key, 1)], to=today(), by=officer.as_actor(), today=today())
        session.get_one(Task, task.id).title = "Ring Dana"
    app = pressed(app, f"task-done-{task.id}-1")
    assert "crm-error-summary" in shown(app)
    assert stored("Ring Dana").status is TaskStatus.OPEN


def test_several_tasks_are_ticked_and_done_together(officer: User):
    for title in ("One", "Two", "Three"):
        add(officer, title)
    app = open_page(officer, LIST, several="true")
    assert "Tick at least one" in shown(pressed(app, "task-several-done"))
    for box in app.checkbox[:2]:
        box.check()
    app = pressed(checked(app.run()), "task-several-done")
    assert "2 tasks are done" in shown(app)
    app = press(app, "Tick all on this page")
    app = pressed(app, "task-several-To tomorrow")
    assert stored("Three").due_on == today() + timedelta(days=1)


def test_what_is_settled_is_listed_and_can_be_opened_again(officer: User):
    task = add(officer)
    pressed(open_page(officer, LIST), f"task-done-{task.id}-1")
    app = open_page(officer, LIST, status="Done")
    assert "Done on" in shown(app)
    press(app, "Open again")
    assert stored().status is TaskStatus.OPEN


def test_a_task_is_dropped_given_away_or_put_off_to_a_day_from_its_page(officer: User):
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH, name="Joan Coach")
    task = add(officer)
    app = open_page(officer, RECORD, id=task.key)
    assert "Choose the day first" in shown(press(app, "Put off to this day"))
    app.date_input[0].set_value(today() + timedelta(days=9))
    app = press(checked(app.run()), "Put off to this day")
    assert stored().due_on == today() + timedelta(days=9)
    assert "Choose a colleague first" in shown(press(app, "Give"))
    choose(app, "Colleague", coach.key)
    app = press(checked(app.run()), "Give")
    assert "given to Joan Coach" in shown(app)
    assert stored().owner_id == coach.id
    assert "Say in a few words" in shown(press(app, "Drop"))
    type_into(app, "Why is it not needed any more?", "They closed")
    app = press(checked(app.run()), "Drop")
    assert stored().settled_how == "They closed"
    assert "Why it was dropped" in shown(app)


def test_a_new_task_is_about_the_record_that_the_address_names(officer: User):
    with db.transaction() as session:
        agreement = make_active(session, make_employer(session, "Fernside Bakery"))
    app = open_page(officer, EDIT, agreement=agreement.key)
    assert "Fernside Bakery" in shown(app)
    type_into(app, "What is to be done", "Renew it")
    app = press(app, "Save task")
    made = stored("Renew it")
    assert (made.agreement_id, made.employer_id, made.owner_id) == (
        agreement.id,
        agreement.employer_id,
        officer.id,
    )
    assert "The task is saved" in shown(app)


def test_a_task_stays_about_its_record_when_it_is_changed(officer: User):
    with db.transaction() as session:
        seeker = make_seeker(session, "Amara Nwosu")
    task = add(officer, seeker_id=seeker.key)
    app = open_page(officer, EDIT, id=task.key)
    assert "Amara Nwosu" in shown(app)
    type_into(app, "What is to be done", "Ring once more")
    press(app, "Save task")
    assert stored("Ring once more").seeker_id == seeker.id


def test_a_record_leads_to_its_tasks_which_are_everybodys(officer: User):
    with db.transaction() as session:
        vacancy = make_vacancy(session, make_employer(session), "Baker", closes_on=today())
        other = make_user(session, name="Other")
    add(other, "Theirs", vacancy_id=vacancy.key)
    add(other, "Of another")
    page = shown(open_page(officer, "vacancies/record.py", id=vacancy.key))
    assert f'href="tasks?vacancy={vacancy.id}"' in page
    assert f'href="files/calendar/vacancy-{vacancy.id}.ics"' in page
    page = shown(open_page(officer, LIST, vacancy=vacancy.key))
    assert "Theirs" in page
    assert "Of another" not in page


def test_an_auditor_reads_tasks_and_has_no_buttons(officer: User):
    task = add(officer)
    with db.transaction() as session:
        auditor = make_user(session, Role.AUDITOR)
    app = open_page(auditor, LIST, whose="Everybody", several="true")
    assert "Ring again" in shown(app)
    assert [button.label for button in app.button] == []
    assert [button.label for button in open_page(auditor, RECORD, id=task.key).button] == []


def test_titles_are_shown_as_typed(officer: User):
    add(officer, "<img src=x> **bold** :red[x]")
    page = shown(open_page(officer, LIST))
    assert "&lt;img src=x&gt; **bold** :red[x]" in page
    assert "<img" not in page


def test_today_counts_what_its_lists_hold_and_names_who_was_met(officer: User):
    by: Actor = officer.as_actor()
    with db.transaction() as session:
        employer = make_employer(session, "Fernside Bakery", owner_id=officer.id, stage="partner")
        hires = make_person(session, employer, hires="yes")
        make_contact(session, employer, by=by, today=today(), held_on=today() - timedelta(days=45))
    add(officer, days=-1)
    page = shown(open_page(officer, "home/home.py"))
    assert '<strong>1</strong> <a class="crm-link" href="tasks?due=Overdue"' in page
    assert '<strong>1</strong> <a class="crm-link" href="employers?owner=Mine&cold=true"' in page
    assert "0 contacts with hiring managers" in page
    cold = shown(open_page(officer, "employers/list.py", owner="Mine", cold="true"))
    assert "Fernside Bakery" in cold
    assert "1 employer in all" in cold
    with db.transaction() as session:
        make_contact(
            session, employer, by=by, today=today(), kind="visit", is_in_person=True, person_ids=(hires.key,)
        )
    page = shown(open_page(officer, "home/home.py"))
    assert "1 contact with hiring managers" in page
    assert '<strong>0</strong> <a class="crm-link" href="employers?owner=Mine&cold=true"' in page


def test_a_task_is_done_from_today_with_one_press(officer: User):
    task = add(officer)
    app = pressed(open_page(officer, "home/home.py"), f"task-done-{task.id}-1")
    assert "“Ring again” is done" in shown(app)
    assert "Nothing waits for you" in str([one.value for one in app.caption])


def test_a_calendar_address_is_shown_once_and_stopped(officer: User):
    app = press(open_page(officer, "account/account.py"), "Make a calendar address")
    assert "/calendar/" in app.code[0].value
    app = checked(app.run())
    assert not app.code
    assert [button.label for button in app.button if button.label.startswith("Make")] == [
        "Make a new address; the old one stops"
    ]
    assert "stopped working" in shown(press(app, "Stop the address"))
