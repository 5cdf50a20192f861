"""Background work on the screen: imports followed and cancelled; what runs and what failed."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm import db
from crm.jobs import work
from crm.models.imports import ImportKind
from crm.models.jobs import Job, JobState
from crm.models.users import SYSTEM, Actor, User
from crm.policy import Role
from crm.services import job_leases, job_signals, jobs, reminders
from crm.services.job_signals import Progress
from crm.ui import job_progress, list_preview
from crm.ui.words import today
from tests.makers import make_service, make_user
from tests.makers_employers import make_active
from tests.makers_work import NOW, make_job, make_upload, now_of
from tests.pages.conftest import do_what_is_due
from tests.pages.opening import checked, open_page, press, shown

LIST = b"Company,Post code\nFernside Bakery,LS1 4DY\n"


def make(role: Role) -> User:
    with db.transaction() as session:
        return make_user(session, role, name="Ines Marlow")


@pytest.fixture
def manager(database: str) -> User:
    with db.transaction() as session:
        make_service(session)
    return make(Role.MANAGER)


@pytest.fixture
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker runs: jobs wait until the test does them."""
    monkeypatch.setattr(job_progress, "_LOOKS", 0)


def last_job() -> Job:
    with db.reading() as session:
        row = jobs.listing(session, offset=0, limit=1, by=SYSTEM).rows[0]
        return jobs.find(session, row.id, by=SYSTEM)


def asked_for(manager: User) -> AppTest:
    """The page of an import that somebody has just asked for."""
    make_upload(LIST, manager.as_actor())
    return press(open_page(manager, "imports/employers.py"), "Import 1 row")


def bar_of(app: AppTest) -> str:
    bar: Any = app.get("progress")[0]
    return bar.proto.text


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_what_was_uploaded_is_still_there_in_another_tab_and_after_a_restart(
    manager: User, monkeypatch: pytest.MonkeyPatch
):
    make_upload(LIST, manager.as_actor())
    monkeypatch.setattr(list_preview.SHELVES[ImportKind.EMPLOYERS], "_held", {})
    assert "list.csv: 1 row" in shown(open_page(manager, "imports/employers.py"))
    assert open_page(make(Role.MANAGER), "imports/employers.py").file_uploader


def test_a_running_import_shows_how_far_it_is_on_any_tab_and_ends_on_its_own_page(
    manager: User, nobody_works: None
):
    app = asked_for(manager)
    assert "Cancel the import" in labels(app)
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=last_job().due_at)
    job_signals.tell(last_job().key, Progress(500, 2000, "Importing"))
    again = open_page(manager, "imports/employers.py")
    assert "Cancel the import" in labels(again)
    assert "500 of 2,000" in bar_of(again)
    job_signals.clear(last_job().key)
    with db.transaction() as session:
        job_leases.give_back(session, last_job().key, "worker")
    do_what_is_due()
    assert app.run().title[0].value.startswith("Import of list")
    assert "1 added, 0 updated" in shown(app)


def test_an_import_that_is_cancelled_says_so_and_can_be_started_again(manager: User, nobody_works: None):
    app = press(asked_for(manager), "Cancel the import")
    assert last_job().state is JobState.CANCELLED
    checked(app.run())
    assert "was cancelled, and nothing of it was kept" in shown(app)
    assert "Import 1 row" in labels(app)


def test_an_import_that_fails_says_why_above_the_preview(manager: User, nobody_works: None):
    app = asked_for(manager)
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=last_job().due_at)
        job_leases.fail(session, last_job().key, "worker", "The column is gone.")
    checked(app.run())
    assert "The column is gone." in shown(app)
    assert "Import 1 row" in labels(app)


def test_an_import_that_is_to_be_tried_again_says_when(manager: User, nobody_works: None):
    asked_for(manager)
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=last_job().due_at)
        job_leases.put_off(session, last_job().key, "worker", "The log holds it.", "ab12", now=NOW)
    assert "tried again on 26 November 2026" in bar_of(open_page(manager, "imports/employers.py"))


def test_what_somebody_else_cancelled_meanwhile_is_told(
    manager: User, nobody_works: None, monkeypatch: pytest.MonkeyPatch
):
    app = asked_for(manager)
    cancel = jobs.cancel

    def come_second(job_id: int, *, by: Actor) -> None:
        cancel(job_id, by=by)
        cancel(job_id, by=by)

    monkeypatch.setattr(jobs, "cancel", come_second)
    assert "ended already" in shown(press(app, "Cancel the import"))


def test_the_page_says_what_waits_and_failed_and_why_and_what_came_of_the_rest(manager: User):
    done, failed, waits = make_job("tidy_up"), make_job("fly_to_the_moon"), make_job("note_anchor")
    for _ in range(2):
        work.run_next("worker", now=NOW)
    page = open_page(manager, "jobs/list.py")
    said = shown(page)
    assert f"Try “Fly to the moon” {failed.key} again" in labels(page)
    assert f"Cancel “Note anchor” {waits.key}" in labels(page)
    assert "does not know the work" in said
    assert str(now_of(done).result["said"]) in said


def test_work_is_cancelled_and_tried_again_from_the_page(manager: User):
    failed, waits = make_job("fly_to_the_moon"), make_job("note_anchor")
    work.run_next("worker", now=NOW)
    page = press(open_page(manager, "jobs/list.py"), f"Cancel “Note anchor” {waits.key}")
    assert now_of(waits).state is JobState.CANCELLED
    press(page, f"Try “Fly to the moon” {failed.key} again")
    assert now_of(failed).state is JobState.WAITING


def test_an_empty_page_says_how_work_is_done_without_the_app(manager: User):
    assert "by cron" in shown(open_page(manager, "jobs/list.py"))


def test_administrators_find_it_from_their_first_page(manager: User):
    page = shown(open_page(make(Role.ADMINISTRATOR), "home/home.py"))
    assert "background-work" in page
    assert "Background work that failed" in page


def test_a_renewal_is_on_the_first_page_until_somebody_has_seen_to_it(manager: User):
    with db.transaction() as session:
        agreement = make_active(session, ends_on=today().replace(year=today().year + 1))
        agreement.ends_on = today()
        session.add(agreement)
        session.flush()
        reminders.make_due(session, by=SYSTEM, today=today())
    assert "Renewals to see to" in shown(open_page(manager, "home/home.py"))
    press(open_page(manager, "agreements/record.py", id=agreement.key), "I have seen to its renewal")
    assert "Renewals to see to" not in shown(open_page(manager, "home/home.py"))


def test_a_vocabulary_waits_for_its_turn_like_any_import(manager: User, nobody_works: None):
    upload = make_upload(b"hello", manager.as_actor(), name="esco.zip", kind=ImportKind.VOCABULARY)
    job = make_job("import_vocabulary", by=manager.as_actor(), upload=upload.key)
    with db.transaction() as session:
        upload.job_id = job.key
        session.add(upload)
    app = open_page(manager, "imports/vocabulary.py")
    assert "Cancel the import" in labels(app)
    work.run_next("worker", now=NOW)
    assert "There is a problem" in shown(checked(app.run()))
