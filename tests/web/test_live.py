"""The running app, attacked through its websocket as trust.md section 5 tells, and used with a browser."""

import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from crm.policy import Role
from tests.serving import AppServer, serve
from tests.web.wire import cookie_of, opened, rerun, sign_out


def test_a_live_session_cannot_be_taken_over_by_its_id(app_server: AppServer):
    officer, coach = cookie_of(app_server, Role.ENGAGEMENT_OFFICER), cookie_of(app_server, Role.JOB_COACH)
    with opened(app_server, officer, app_server.url) as own:
        session_id, drawn = rerun(own)
        assert "Alex Engagement_Officer" in drawn
    with opened(app_server, coach, app_server.url, attach_to=session_id) as foreign:
        other_id, drawn = rerun(foreign)
    assert other_id != session_id
    assert "Alex Engagement_Officer" not in drawn
    assert "Alex Job_Coach" in drawn


def test_a_broken_connection_is_taken_up_again_with_the_same_sign_in(app_server: AppServer):
    officer = cookie_of(app_server, Role.ENGAGEMENT_OFFICER)
    with opened(app_server, officer, app_server.url) as own:
        session_id, _ = rerun(own)
    with opened(app_server, officer, app_server.url, attach_to=session_id) as again:
        assert rerun(again)[0] == session_id


@pytest.mark.parametrize("origin", [None, "https://evil.example"])
def test_programs_and_other_sites_get_no_connection(app_server: AppServer, origin: str | None):
    cookie = cookie_of(app_server, Role.AUDITOR)
    with pytest.raises(InvalidStatus) as refusal:
        opened(app_server, cookie, origin)
    assert refusal.value.response.status_code == 403


def test_nobody_gets_a_connection_without_sign_in(app_server: AppServer):
    with pytest.raises(InvalidStatus) as refusal:
        opened(app_server, None, app_server.url)
    assert refusal.value.response.status_code == 403


def test_signing_out_ends_a_page_left_open_at_its_next_action(app_server: AppServer):
    cookie = cookie_of(app_server, Role.MANAGER)
    with opened(app_server, cookie, app_server.url) as left_open:
        assert "Alex Manager" in rerun(left_open)[1]
        sign_out(app_server, cookie)
        drawn = rerun(left_open)[1]
    assert "You are signed out" in drawn
    assert "Alex Manager" not in drawn


def listen(socket: ClientConnection) -> None:
    while True:
        socket.recv(timeout=30)


def test_too_large_a_message_ends_the_connection(app_server: AppServer):
    with opened(app_server, cookie_of(app_server, Role.AUDITOR), app_server.url) as socket:
        socket.send(b"x" * 6_000_000)
        with pytest.raises(ConnectionClosed) as ending:
            listen(socket)
    assert ending.value.rcvd is not None
    assert ending.value.rcvd.code == 1009


@pytest.fixture
def page(browser: Browser) -> Generator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_signing_in_survives_a_reload_and_a_new_tab(app_server: AppServer, page: Page):
    app_server.sign_in(page, Role.MANAGER)
    page.get_by_text("Alex Manager").wait_for()
    page.reload()
    page.get_by_text("Alex Manager").wait_for()
    another = page.context.new_page()
    another.goto(app_server.url)
    another.get_by_text("Alex Manager").wait_for()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()


@pytest.mark.browser
def test_the_whole_visit_asks_nobody_outside_and_breaks_no_policy(app_server: AppServer, page: Page):
    outside: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    app_server.sign_in(page, Role.MANAGER)
    page.get_by_text("Alex Manager").wait_for()
    own = (app_server.url, app_server.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in outside if not url.startswith(own)] == []
    assert errors == []


@pytest.fixture(scope="session")
def new_server(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[AppServer]:
    """The app before anybody has set it up."""
    folder = tmp_path_factory.mktemp("new")
    shutil.copyfile(template_database, folder / "crm.db")
    with serve(folder, is_set_up=False) as server:
        yield server


def with_problems(page: Page) -> None:
    page.get_by_role("button").click()
    page.get_by_role("alert").wait_for()


def as_drawn(page: Page) -> None:
    page.get_by_role("button").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("prepare", [as_drawn, with_problems])
@pytest.mark.parametrize("path", ["/login", "/setup"])
def test_the_plain_pages_have_no_accessibility_violation(
    app_server: AppServer,
    new_server: AppServer,
    browser: Browser,
    scheme: str,
    width: int,
    prepare: Callable[[Page], None],
    path: str,
):
    server = new_server if path == "/setup" else app_server
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{server.url}{path}")
    prepare(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.browser
def test_the_summary_takes_the_focus_and_leads_to_the_field_without_a_script(
    app_server: AppServer, page: Page
):
    page.goto(f"{app_server.url}/login")
    page.get_by_role("button", name="Sign in").press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error: Sign in")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("alex")
    assert page.get_by_label("E-mail address").input_value() == "alex"
