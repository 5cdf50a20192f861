"""The real app in a process of its own, and a real browser to use it with."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlmodel import Session

from crm.bootstrap import find_chromium
from crm.config import ROOT
from crm.db import make_engine
from crm.policy import Role
from tests.makers import PASSWORD, make_service, make_user

STREAMLIT = ("streamlit", "run", "streamlit_app.py", "--server.port")
UVICORN = ("uvicorn", "streamlit_app:app", "--port")
"""The two ways to serve the app; the port follows."""

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def email_of(role: Role) -> str:
    """The address that the user with just this role signs in with; the password is PASSWORD."""
    return f"{role.value.replace('_', '.')}@example.org"


@dataclass(frozen=True, slots=True)
class AppServer:
    """A running app: where it is served, and the database behind it."""

    url: str
    database_url: str
    log: Path

    def sign_in(self, page: Page, role: Role, to: str = "/") -> None:
        """Sign in through the form, as the user with this role, and wait until the page is drawn."""
        page.goto(f"{self.url}/login?next={to}")
        page.get_by_label("E-mail address").fill(email_of(role))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_test_id("stApp").wait_for()


@contextmanager
def serve(
    folder: Path,
    *,
    is_set_up: bool = True,
    fill: Callable[[Session], None] | None = None,
    command: Sequence[str] = STREAMLIT,
    database_url: str | None = None,
    port: int | None = None,
) -> Generator[AppServer]:
    """Serve a migrated database, `crm.db` of a folder by default, with everybody in it unless told otherwise.

    What `fill` adds is there before the app starts. With the `port` of a server that has stopped, it is as if
    that one had been started again; without one, a port that is free is taken.
    """
    database_url = database_url or f"sqlite:///{folder / 'crm.db'}"
    if is_set_up:
        _fill(database_url, _people)
    if fill:
        _fill(database_url, fill)
    port = port or free_port()
    url = f"http://localhost:{port}"
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "PUBLIC_URL": url,
        "CRM_JOBS": "true",
    }
    log = folder / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, str(port)],
            cwd=ROOT,
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(url, process, log)
            yield AppServer(url, database_url, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _people(session: Session) -> None:
    make_service(session)
    for role in Role:
        make_user(session, role, name=f"Alex {role.name.title()}", email=email_of(role), can_sign_in=True)


def _fill(database_url: str, fill: Callable[[Session], None]) -> None:
    made = make_engine(database_url)
    with Session(made.execution_options(is_write=True), expire_on_commit=False) as session, session.begin():
        fill(session)
    made.dispose()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/ready", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start:\n{log.read_text()}")


@contextmanager
def running_browser() -> Generator[Browser]:
    """Chromium, driven by Playwright; a missing one skips, or fails when CI is set."""
    found = find_chromium()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a browser: no Chromium was found on PATH or in CHROMIUM.")
        pytest.skip("No Chromium was found on PATH or in CHROMIUM: browser tests are skipped.")
    expect.set_options(timeout=20_000)  # a page that is slow on a busy machine is no page that is wrong
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(found), args=_FLAGS)
        yield opened
        opened.close()
