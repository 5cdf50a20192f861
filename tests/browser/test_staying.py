"""In the browser: a warning before the sign-in ends, with a way to stay, and words for a lost connection."""

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from crm.db import make_engine
from crm.models.base import utc_now
from crm.policy import Role
from tests.browser.conftest import Visitor
from tests.conftest import copy_of
from tests.serving import AppServer, serve

pytestmark = pytest.mark.browser
WARNING = "You will be signed out in less than 2 minutes"
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    with serve(copy_of(template_database, tmp_path_factory.mktemp("staying"))) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: AppServer) -> Generator[Page]:
    """An officer's window with the form for a new employer, in which nobody has done anything for long."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    opened = context.new_page()
    server.sign_in(opened, Role.ENGAGEMENT_OFFICER, "/employer-edit")
    Visitor(opened, server).settle()
    yield opened
    context.close()


def make_older(server: AppServer, **ages: timedelta) -> None:
    """Have every sign-in been used (`seen_at`) or begun (`created_at`) so long ago."""
    table = sa.table("user_session", *(sa.column(name, sa.DateTime) for name in ages))
    made = make_engine(server.database_url)
    with made.begin() as connection:
        connection.execute(sa.update(table).values({name: utc_now() - age for name, age in ages.items()}))
    made.dispose()


def come_back(page: Page, server: AppServer, **ages: timedelta) -> None:
    """Look at the page again after ten minutes in which nothing was done on it."""
    make_older(server, **ages)
    page.evaluate("Date.now = (now => () => now() + 600_000)(Date.now)")
    page.evaluate(COME_BACK)


def test_a_warning_comes_before_the_end_and_one_key_keeps_the_sign_in(page: Page, server: AppServer):
    come_back(page, server, seen_at=timedelta(minutes=119))
    dialog = page.get_by_role("dialog", name=WARNING)
    dialog.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Stay signed in"
    found = Axe().run(page, context=".crm-leaving")
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert page.request.get(f"{server.url}/session").json()["left"] > 119 * 60


def test_what_was_typed_is_kept_when_the_sign_in_ends(page: Page, server: AppServer):
    page.get_by_label("Name of the organisation").fill("Half typed Ltd")
    come_back(page, server, seen_at=timedelta(minutes=119))
    page.get_by_role("dialog", name=WARNING).wait_for()
    Visitor(page, server).settle()
    come_back(page, server, seen_at=timedelta(minutes=121))
    page.get_by_role("dialog", name="You are signed out").wait_for()
    page.get_by_role("link", name="Sign in again").click()
    server.sign_in(page, Role.ENGAGEMENT_OFFICER, "/employer-edit")
    expect(page.get_by_label("Name of the organisation")).to_have_value("Half typed Ltd")


def test_whoever_is_typing_stays_without_being_asked(page: Page, server: AppServer):
    page.get_by_label("Sector").press("a")
    make_older(server, seen_at=timedelta(minutes=119))
    with page.expect_response(lambda answer: answer.request.method == "POST") as stayed:
        page.evaluate(COME_BACK)
    assert stayed.value.json()["left"] > 119 * 60
    assert page.get_by_role("dialog").count() == 0


def test_the_end_of_a_days_sign_in_is_told_and_cannot_be_put_off(page: Page, server: AppServer):
    come_back(page, server, seen_at=timedelta(), created_at=timedelta(hours=11, minutes=59))
    dialog = page.get_by_role("dialog", name=WARNING)
    dialog.wait_for()
    assert "as long as a sign-in may" in dialog.inner_text()
    assert not page.get_by_role("button", name="Stay signed in").is_visible()
    page.get_by_role("button", name="Close this message").click()
    expect(dialog).to_be_hidden()


def test_a_lost_connection_is_told_in_words_until_it_is_back(page: Page):
    page.clock.install()
    set_state = "state => document.querySelector('.stApp').setAttribute('data-test-connection-state', state)"
    page.evaluate(set_state, "PINGING_SERVER")
    said = page.locator(".crm-lost")
    page.wait_for_timeout(100)
    page.clock.fast_forward(3100)
    expect(said).to_contain_text("The connection to the service is lost. This page tries again by itself.")
    page.evaluate(set_state, "CONNECTED")
    expect(said).to_be_empty()
