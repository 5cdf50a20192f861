"""Matching runs and backups asked for by a button, and what the lists say of the last run."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import settings
from crm.jobs import work
from crm.models.audit import AuditEntry
from crm.models.jobs import Job, JobState
from crm.models.seekers import JobSeeker
from crm.models.users import User
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import job_leases, job_signals
from crm.services.job_signals import Progress
from crm.ui.words import plain
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_seeker, make_skill
from tests.pages.conftest import do_what_is_due
from tests.pages.opening import checked, open_page, press, shown

NOW_BUTTON = "Match everybody now"
COUNTS = "0 workable now, 1 with measures, 0 let’s design a job"


@pytest.fixture
def people(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Role, User]:
    """One colleague a role, a job seeker, an open vacancy, and a folder for backups of their own."""
    monkeypatch.setenv("CRM_BACKUP_DIR", str(tmp_path / "backups"))
    settings.cache_clear()
    with db.transaction() as session:
        make_service(session)
        make_vacancy(session, make_employer(session))
        make_seeker(session)
        return {role: make_user(session, role, name=f"Alex {role.value}") for role in Role}


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def captions(app: AppTest) -> str:
    return " ".join(caption.value for caption in app.caption)


def last_job() -> Job:
    with db.reading() as session:
        return session.exec(select(Job).order_by(col(Job.id).desc()).limit(1)).one()


def bar_of(app: AppTest) -> str:
    bar: Any = app.get("progress")[0]
    return bar.proto.text


def test_everybody_is_matched_from_the_list_which_then_says_what_was_counted(people: dict[Role, User]):
    officer = people[Role.ENGAGEMENT_OFFICER]
    app = open_page(officer, "vacancies/list.py")
    assert "Nobody has been compared" in captions(app)
    assert "Not compared yet" in shown(app)
    press(app, NOW_BUTTON)
    assert "Cancel the matching run" in labels(app)
    do_what_is_due()
    checked(app.run())
    assert "The matching run is done" in shown(app)
    assert COUNTS in shown(app)
    assert "1 job seeker compared with 1 open vacancy, nobody left out" in captions(app)
    assert NOW_BUTTON in labels(app)


def test_what_has_changed_since_is_said_at_the_vacancy_and_above_the_list(people: dict[Role, User]):
    officer = people[Role.ENGAGEMENT_OFFICER]
    press(open_page(officer, "vacancies/list.py"), NOW_BUTTON)
    do_what_is_due()
    with db.transaction() as session:
        make_criterion(session, session.exec(select(Vacancy)).one())
        make_seeker(session, "Ben Adeyemi")
    app = open_page(officer, "vacancies/list.py")
    assert f"{COUNTS}; changed since" in shown(app)
    assert "recorded of people has changed since" in captions(app)


def test_a_list_says_what_the_last_run_compared_again(people: dict[Role, User]):
    officer = people[Role.ENGAGEMENT_OFFICER]
    with db.transaction() as session:
        for number in range(3):
            make_seeker(session, f"Person {number}")
        make_vacancy(session, make_employer(session, "Mill Lane"))
    for words in ("nobody left out. A shortlist", "Nothing had changed since the run before."):
        press(open_page(officer, "vacancies/list.py"), NOW_BUTTON)
        do_what_is_due()
        assert plain(words) in captions(open_page(officer, "vacancies/list.py"))
    with db.transaction() as session:
        make_skill(session, session.get_one(JobSeeker, 1))
    press(open_page(officer, "vacancies/list.py"), NOW_BUTTON)
    do_what_is_due()
    again = "Changed since the run before, and compared again: 1 job seeker, 0 vacancies."
    assert plain(again) in captions(open_page(officer, "vacancies/list.py"))


def test_one_vacancy_is_counted_again_from_its_own_page(people: dict[Role, User]):
    app = open_page(people[Role.JOB_COACH], "vacancies/record.py", id=1)
    press(app, "Count again now")
    do_what_is_due()
    checked(app.run())
    assert f"{COUNTS}; as of" in shown(app)
    assert f"{COUNTS}; as of" in shown(open_page(people[Role.JOB_COACH], "vacancies/list.py"))


def test_a_person_shows_how_many_vacancies_are_workable_now(people: dict[Role, User]):
    press(open_page(people[Role.MANAGER], "jobs/list.py"), NOW_BUTTON)
    do_what_is_due()
    page = shown(open_page(people[Role.JOB_COACH], "seekers/record.py", id=1))
    assert "Workable now: 0 of 1 open vacancy, as of" in page
    with db.transaction() as session:
        make_skill(session, session.get_one(JobSeeker, 1))
    page = shown(open_page(people[Role.JOB_COACH], "seekers/record.py", id=1))
    assert "recorded of this person has changed since" in page


def test_a_run_shows_how_far_it_has_come_and_is_cancelled_by_whoever_asked(people: dict[Role, User]):
    officer = people[Role.ENGAGEMENT_OFFICER]
    press(open_page(officer, "vacancies/list.py"), NOW_BUTTON)
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=last_job().due_at)
    job_signals.tell(last_job().key, Progress(20, 500, "Comparing vacancy by vacancy"))
    other = open_page(people[Role.JOB_COACH], "vacancies/list.py")
    assert "20 of 500" in bar_of(other)
    assert "Cancel the matching run" not in labels(other)
    job_signals.clear(last_job().key)
    with db.transaction() as session:
        job_leases.give_back(session, last_job().key, "worker")
    app = press(open_page(officer, "vacancies/list.py"), "Cancel the matching run")
    assert last_job().state is JobState.CANCELLED
    assert "was cancelled, and nothing of it was kept" in shown(checked(app.run()))


def test_a_run_that_failed_or_is_tried_again_says_so(people: dict[Role, User]):
    officer = people[Role.ENGAGEMENT_OFFICER]
    press(open_page(officer, "vacancies/list.py"), NOW_BUTTON)
    due = last_job().due_at
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=due)
        job_leases.put_off(session, last_job().key, "worker", "The log holds it.", "ab12", now=due)
    assert "tried again on" in bar_of(open_page(officer, "vacancies/list.py"))
    with db.transaction() as session:
        job_leases.claim(session, "worker", now=last_job().due_at)
        job_leases.fail(session, last_job().key, "worker", "There was no room.")
    app = open_page(officer, "vacancies/list.py")
    assert "The matching run failed last time. There was no room." in shown(app)
    assert NOW_BUTTON in labels(app)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_the_button_is_for_those_who_may_see_matches_and_change_things(people: dict[Role, User], role: Role):
    has_it = NOW_BUTTON in labels(open_page(people[role], "vacancies/list.py"))
    assert has_it == (role is not Role.AUDITOR)


def test_an_administrator_sees_background_work_without_matching_anybody(people: dict[Role, User]):
    assert NOW_BUTTON not in labels(open_page(people[Role.ADMINISTRATOR], "jobs/list.py"))


def test_a_backup_is_made_from_the_page_told_of_and_noted_in_the_trail(people: dict[Role, User]):
    administrator = people[Role.ADMINISTRATOR]
    app = press(open_page(administrator, "backups/backups.py"), "Back up now")
    assert "Cancel the backup" in labels(app)
    do_what_is_due()
    page = shown(checked(app.run()))
    assert "Made and checked by restoring it" in page
    assert "less than an hour ago, and was checked" in page
    with db.reading() as session:
        noted = session.exec(select(AuditEntry).where(AuditEntry.action == "backup_asked_for")).all()
    assert [entry.actor_id for entry in noted] == [administrator.key]


def test_a_backup_that_is_cancelled_leaves_no_file(people: dict[Role, User]):
    press(open_page(people[Role.ADMINISTRATOR], "backups/backups.py"), "Back up now")
    job = last_job()
    tell = job_signals.tell

    def stop_soon(job_id: int, progress: Progress) -> None:
        tell(job_id, progress)
        job_signals.ask_to_stop(job_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job_signals, "tell", stop_soon)
        work.run_next("worker")
    assert (last_job().key, last_job().state) == (job.key, JobState.CANCELLED)
    assert [path.name for path in settings().backup_dir.iterdir() if path.suffix != ".lock"] == []


def test_a_manager_sees_backups_and_does_not_make_them(people: dict[Role, User]):
    assert "Back up now" not in labels(open_page(people[Role.MANAGER], "backups/backups.py"))
