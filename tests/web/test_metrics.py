"""/metrics: figures for those who run the service, and for nobody else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from crm import measures, secret_store
from crm.config import settings
from crm.db import transaction
from crm.models.base import utc_now
from crm.models.jobs import Job, JobState
from crm.policy import Role
from crm.services import backups
from crm.web import metrics
from tests.makers import PASSWORD, make_user
from tests.makers_work import make_job
from tests.serving import email_of
from tests.web.asking import Visitor

TOKEN = "t" * 40


@pytest.fixture
def administrator(visitor: Visitor) -> Visitor:
    with transaction() as session:
        make_user(session, Role.ADMINISTRATOR, email=email_of(Role.ADMINISTRATOR), can_sign_in=True)
    visitor.fill_in("/login", email=email_of(Role.ADMINISTRATOR), password=PASSWORD)
    return visitor


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


def test_an_administrator_reads_them_as_openmetrics(administrator: Visitor):
    answer = administrator.get("/metrics")
    assert answer.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert answer.text.endswith("\n# EOF\n")
    assert figure(answer.text, "crm_sessions") == 1
    assert figure(answer.text, 'crm_sign_ins_total{outcome="let in"}') >= 1
    assert figure(answer.text, "crm_write_wait_seconds_count") >= 1
    assert figure(answer.text, "crm_database_disk_free_bytes") > 0


def test_each_figure_is_told_once_with_its_kind(administrator: Visitor):
    lines = administrator.get("/metrics").text.splitlines()
    kinds = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(kinds) == len(set(kinds))
    named = [line for line in lines if not line.startswith("#")]
    assert all(any(line.startswith(kind) for kind in kinds) for line in named)
    assert all(re.fullmatch(r'\w+(\{\w+="[\w ]+"\})? [\d.e+-]+', line) for line in named)


def test_a_machine_reads_them_with_the_token_of_the_secrets_folder(visitor: Visitor):
    token = secret_store.metrics_token().decode()
    assert visitor.get("/metrics", authorization=f"Bearer {token}").status == 200


def test_the_token_of_the_environment_wins(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    kept = secret_store.metrics_token().decode()
    monkeypatch.setenv("CRM_METRICS_TOKEN", TOKEN)
    settings.cache_clear()
    assert visitor.get("/metrics", authorization=f"Bearer {TOKEN}").status == 200
    assert visitor.get("/metrics", authorization=f"Bearer {kept}").status == 401


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer x", "Basic x", "Bearer é"])
def test_nobody_else_reads_them(officer: Visitor, said: str):
    assert officer.get("/metrics", **({"authorization": said} if said else {})).status == 401
    officer.cookies.clear()
    assert officer.get("/metrics").status == 401


def test_requests_are_counted_by_how_they_ended(visitor: Visitor):
    before = measures.REQUESTS.seen().get("404", 0)
    visitor.get("/assets/nothing.css")
    assert measures.REQUESTS.seen()["404"] == before + 1


def test_jobs_are_counted_by_how_they_stand(visitor: Visitor):
    make_job("tidy_up")
    failed = make_job("note_anchor")
    with transaction() as session:
        row = session.get_one(Job, failed.key)
        row.state, row.last_error, row.ended_at = JobState.FAILED, "There was no room.", utc_now()
    told = metrics.text()
    assert [figure(told, f"crm_jobs_{state}") for state in ("waiting", "running", "failed")] == [1, 0, 1]


def test_the_age_of_the_last_backup_is_told_once_there_is_one(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CRM_BACKUP_DIR", str(tmp_path / "backups"))
    settings.cache_clear()
    assert figure(metrics.text(), "crm_backups") == 0
    assert "crm_last_backup_age_seconds" not in metrics.text()
    backups.make(now=utc_now() - timedelta(hours=3))
    assert figure(metrics.text(), "crm_backups") == 1
    assert 10_800 <= figure(metrics.text(), "crm_last_backup_age_seconds") < 11_100
