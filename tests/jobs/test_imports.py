"""Imports as jobs: whole or not at all, by whoever asked, with the upload let go of once it is in."""

import pytest
from sqlmodel import select

from crm import db
from crm.errors import NotFoundError
from crm.jobs import imports, work
from crm.models.employers import Employer
from crm.models.imports import ImportBatch, ImportKind
from crm.models.jobs import Job, JobState
from crm.models.users import Actor, User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import job_signals, uploads
from crm.services.vacancy_imports import Choice
from tests.makers import make_user
from tests.makers_jobs import advert, json_lines
from tests.makers_work import NOW, make_job, make_upload, now_of

LIST = b"Company,Post code\nFernside Bakery,LS1 4DY\nOakhill Laundry,LS2 7EY\n"
MAPPING = {"name": "Company", "postcode": "Post code"}


@pytest.fixture
def manager(database: str) -> Actor:
    with db.transaction() as session:
        return make_user(session, Role.MANAGER).as_actor()


def names() -> list[str]:
    with db.reading() as session:
        return sorted(session.exec(select(Employer.name)))


def bring_in(content: bytes, by: Actor) -> Job:
    upload = make_upload(content, by)
    job = make_job("import_employers", by=by, upload=upload.key, mapping=MAPPING)
    work.run_next("worker-1", now=NOW)
    return now_of(job)


def test_a_list_comes_in_and_its_upload_goes(manager: Actor):
    job = bring_in(LIST, manager)
    assert job.state is JobState.DONE, job.last_error
    assert names() == ["Fernside Bakery", "Oakhill Laundry"]
    with db.reading() as session:
        batch = session.get_one(ImportBatch, job.result["batch"])
        assert (batch.created_by, batch.rows_added) == (manager.id, 2)
        assert uploads.waiting(session, ImportKind.EMPLOYERS, by=manager) is None


def test_an_import_that_is_cancelled_leaves_nothing_and_keeps_its_upload(
    manager: Actor, monkeypatch: pytest.MonkeyPatch
):
    heard = job_signals.tell

    def cancel_while_importing(job_id: int, progress: job_signals.Progress) -> None:
        heard(job_id, progress)
        if progress.words == "Importing":
            job_signals.ask_to_stop(job_id)

    monkeypatch.setattr(job_signals, "tell", cancel_while_importing)
    job = bring_in(LIST, manager)
    assert job.state is JobState.CANCELLED
    assert names() == []
    with db.reading() as session:
        assert uploads.waiting(session, ImportKind.EMPLOYERS, by=manager) is not None


def test_a_file_that_cannot_be_read_fails_in_a_sentence(manager: Actor):
    job = bring_in(b"%PDF-1.7", manager)
    assert job.state is JobState.FAILED
    assert "is not a table but a PDF document" in (job.last_error or "")


def test_somebody_who_has_been_shut_out_meanwhile_brings_nothing_in(manager: Actor):
    with db.transaction() as session:
        user = session.get_one(User, manager.id)
        user.disabled_at = NOW
        session.info["actor"] = manager
        session.add(user)
    job = bring_in(LIST, manager)
    assert "cannot sign in any more" in (job.last_error or "")
    assert names() == []


def test_nobody_brings_in_what_somebody_else_uploaded(manager: Actor):
    with db.transaction() as session:
        other = make_user(session, Role.MANAGER).as_actor()
    upload = make_upload(LIST, manager)
    job = make_job("import_employers", by=other, upload=upload.key, mapping=MAPPING)
    work.run_next("worker-1", now=NOW)
    assert now_of(job).state is JobState.FAILED
    with pytest.raises(NotFoundError), db.reading() as session:
        uploads.files_of(session, upload.key, by=other)


def test_adverts_come_in_with_what_was_chosen_for_their_employers(manager: Actor):
    upload = make_upload(json_lines(advert(1)), manager, name="ads.jsonl", kind=ImportKind.VACANCIES)
    choices = {"fernside bakery": Choice.SKIP}
    job = make_job("import_vacancies", by=manager, upload=upload.key, choices=choices)
    work.run_next("worker-1", now=NOW)
    assert now_of(job).state is JobState.DONE
    with db.reading() as session:
        assert list(session.exec(select(Vacancy))) == []
        assert session.exec(select(ImportBatch)).one().rows_skipped == 1


def test_a_choice_is_an_employer_or_a_word():
    assert imports.choices_from({"a": 3, "b": "skip"}) == {"a": 3, "b": Choice.SKIP}


def test_files_that_are_not_escos_fail_in_a_sentence(manager: Actor):
    upload = make_upload(b"hello", manager, name="other.zip", kind=ImportKind.VOCABULARY)
    job = make_job("import_vocabulary", by=manager, upload=upload.key)
    work.run_next("worker-1", now=NOW)
    assert now_of(job).state is JobState.FAILED
