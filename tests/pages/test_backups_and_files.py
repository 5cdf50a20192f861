"""The screens about what leaves the service: backups, and lists taken away as files."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import settings
from crm.models.base import utc_now
from crm.models.exports import ExportTicket
from crm.models.users import User
from crm.policy import Role
from crm.services import backups
from tests.makers import make_service, make_user
from tests.makers_employers import make_employer
from tests.pages.opening import open_page, press, shown

LISTS = ("employers", "agreements", "vacancies", "seekers")


@pytest.fixture
def people(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Role, User]:
    """One colleague a role, and a folder for backups of their own."""
    monkeypatch.setenv("CRM_BACKUP_DIR", str(tmp_path / "backups"))
    settings.cache_clear()
    with db.transaction() as session:
        make_service(session)
        return {role: make_user(session, role, name=f"Alex {role.value}") for role in Role}


def errors(app: AppTest) -> str:
    return " ".join(str(error.value) for error in app.error)


def test_without_a_backup_the_page_says_so(people: dict[Role, User]):
    assert "There is no backup yet" in errors(open_page(people[Role.ADMINISTRATOR], "backups/backups.py"))


def test_a_recent_backup_is_told_with_its_check(people: dict[Role, User]):
    made = backups.make()
    app = open_page(people[Role.ADMINISTRATOR], "backups/backups.py")
    assert "less than an hour ago, and was checked" in shown(app)
    assert made.path.name in shown(app)
    assert not app.error


def test_a_backup_that_is_five_days_old_is_told_to_be_too_old(people: dict[Role, User]):
    backups.make(now=utc_now() - timedelta(days=5, hours=1))
    assert "5 days ago: too long" in errors(open_page(people[Role.MANAGER], "backups/backups.py"))


def test_a_list_is_taken_away_by_pressing_and_following_a_link(people: dict[Role, User]):
    with db.transaction() as session:
        make_employer(session, name="Fernside")
    app = open_page(people[Role.ENGAGEMENT_OFFICER], "employers/list.py", q="fern")
    press(app, "Download as spreadsheet")
    found = re.findall(r'href="(files/export/[\w-]+\.(?:xlsx|csv))"', shown(app))
    assert len(set(found)) == 2
    with db.reading() as session:
        assert session.exec(select(ExportTicket)).one().wanted["words"] == "fern"


@pytest.mark.parametrize("folder", LISTS)
def test_a_list_is_offered_only_to_those_who_may_take_it(people: dict[Role, User], folder: str):
    for role in (Role.MANAGER, Role.JOB_COACH, Role.AUDITOR):
        app = open_page(people[role], f"{folder}/list.py")
        labels = [button.label for button in app.button]
        assert ("Download as spreadsheet" in labels) == (role is Role.MANAGER)


def test_what_was_taken_away_is_listed(people: dict[Role, User]):
    app = open_page(people[Role.AUDITOR], "exports/list.py")
    assert "Nobody has taken a list away" in shown(app)


def test_the_pages_are_reached_from_ones_account(people: dict[Role, User]):
    assert 'href="backups"' in shown(open_page(people[Role.ADMINISTRATOR], "account/account.py"))
    assert 'href="backups"' not in shown(open_page(people[Role.JOB_COACH], "account/account.py"))
