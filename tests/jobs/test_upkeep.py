"""What the service does by itself each day."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from crm import config, db
from crm.jobs import work
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.jobs import Job
from crm.models.reminders import Reminder
from crm.models.users import SYSTEM
from crm.services import backups, trail
from tests.makers_employers import make_active
from tests.makers_work import NOW, make_job, now_of

LAST_DAY = date(2026, 11, 25)


def said_of(kind: str, *, now: datetime = NOW) -> object:
    job = make_job(kind)
    assert work.run_next("worker-1", now=now)
    return now_of(job).result["said"]


def test_an_agreement_lapses_the_day_after_its_last_without_anyone_pressing(database: str):
    with db.transaction() as session:
        over, running = make_active(session, ends_on=LAST_DAY), make_active(session, ends_on=NOW.date())
    assert said_of("lapse_agreements") == "Agreements that lapsed: 1."
    with db.reading() as session:
        stages = [session.get_one(Agreement, one.key).stage for one in (over, running)]
    assert stages == [AgreementStage.LAPSED, AgreementStage.ACTIVE]


def test_many_agreements_lapse_some_at_a_time(database: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm.jobs.upkeep._AT_ONCE", 2)
    with db.transaction() as session:
        for _ in range(3):
            make_active(session, ends_on=LAST_DAY)
    assert said_of("lapse_agreements") == "Agreements that lapsed: 3."


def test_a_reminder_is_made_for_an_agreement_that_ends_soon(database: str):
    with db.transaction() as session:
        make_active(session, ends_on=NOW.date() + timedelta(days=60))
    assert said_of("remind_of_renewals") == "Reminders made: 1."
    with db.reading() as session:
        assert session.exec(select(Reminder)).one().kind == "renewal_60"


def test_the_trail_is_anchored_daily(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRM_ANCHORS_FILE", str(tmp_path / "anchors.jsonl"))
    config.settings.cache_clear()
    assert "or the trail is empty" in str(said_of("note_anchor"))
    with db.transaction() as session:
        make_active(session)
    assert "The trail has" in str(said_of("note_anchor"))
    assert len(trail.anchors()) == 1


def test_a_backup_is_made_daily_and_checked(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CRM_BACKUP_DIR", str(tmp_path / "backups"))
    config.settings.cache_clear()
    assert str(said_of("make_backup")).startswith("Made and checked by restoring it: crm-backup-")
    with db.reading() as session:
        assert len(backups.listing(session, by=SYSTEM)) == 1


def test_records_are_compared_with_the_trail_daily(database: str):
    with db.transaction() as session:
        make_active(session)
    assert str(said_of("compare_records")).endswith("all of them.")


def test_work_that_finds_a_record_changed_past_the_product_fails_and_says_which(database: str):
    with db.transaction() as session:
        make_active(session)
    with db.engine().execution_options(is_write=True).begin() as connection:
        connection.exec_driver_sql("UPDATE employer SET sector = 'Food'")
    job = make_job("compare_records")
    work.run_next("worker-1", now=NOW)
    assert "Employer 1: “sector” is not what was saved last." in str(now_of(job).last_error)


def test_what_is_old_is_tidied_away_with_the_jobs_that_ended_long_ago(database: str):
    old = make_job()
    work.run_next("worker-1", now=NOW)
    with db.transaction() as session:
        end(session, old, NOW - timedelta(days=31))
    assert said_of("tidy_up") == "Deleted: 1 ended jobs."


def end(session: Session, job: Job, moment: datetime) -> None:
    row = session.get_one(Job, job.key)
    row.ended_at = moment
    session.add(row)
