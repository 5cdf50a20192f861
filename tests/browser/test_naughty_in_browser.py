"""Strings made to run scripts, shown in a real browser: they show as typed and run nothing."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import Session

from crm.config import ROOT
from crm.models.employers import EmployerInput
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import employers
from tests.browser.conftest import Visitor
from tests.conftest import copy_of
from tests.serving import AppServer, serve

BAD = ROOT.parent / "shared" / "reference" / "badinput"
PAYLOADS = BAD / "xss" / "Intruder" / "xss-payload-list.txt"
RAN = """window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => window.ran.push(name);"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.reference,
    pytest.mark.skipif(not BAD.is_dir(), reason="../shared/reference/badinput is not there"),
]


def names() -> list[str]:
    blns = json.loads((BAD / "blns" / "blns.json").read_text(encoding="utf-8"))
    payloads = PAYLOADS.read_text(encoding="utf-8", errors="ignore").splitlines()
    return [
        text for text in [*blns, *payloads[::200]] if text.strip() and len(text) <= 200 and "\0" not in text
    ]


def add_all(session: Session) -> None:
    for text in names():
        typed = EmployerInput(name=text, sector=text, unmet_needs=text, policy_notes=text)
        employers.add(session, typed, by=SYSTEM)


@pytest.fixture(scope="module")
def naughty_server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    folder = copy_of(template_database, tmp_path_factory.mktemp("naughty"))
    with serve(folder, fill=add_all) as server:
        yield server


@pytest.fixture
def visitor(browser: Browser, naughty_server: AppServer) -> Generator[Visitor]:
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.add_init_script(RAN)
    page = context.new_page()
    naughty_server.sign_in(page, Role.ENGAGEMENT_OFFICER)
    yield Visitor(page, naughty_server)
    context.close()


def ran(page: Page) -> list[str]:
    return page.evaluate("window.ran")


def test_every_name_in_the_list_shows_as_typed_and_runs_nothing(visitor: Visitor):
    wanted = names()
    seen: list[str] = []
    for number in range(1, -(-len(wanted) // 25) + 1):
        visitor.open("employers", page=number)
        visitor.page.locator(".crm-count").wait_for()
        seen += visitor.page.locator(".crm-table tbody th a").evaluate_all(
            "links => links.map(l => l.textContent)"
        )
        assert ran(visitor.page) == []
    assert sorted(seen) == sorted(wanted)


def test_a_record_and_its_form_run_nothing_of_what_was_typed(visitor: Visitor):
    scripted = [
        number for number, text in enumerate(names(), start=1) if "<script" in text or "onerror" in text
    ]
    for number in scripted[:6]:
        for address in ("employer", "employer-edit"):
            visitor.open(address, id=number)
            assert ran(visitor.page) == []
