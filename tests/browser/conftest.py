"""The app with its demonstration service, and a page signed in as whoever a test needs."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session

from crm.db import make_engine
from crm.models.base import utc_now
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import demonstration
from tests.conftest import copy_of
from tests.demonstrated import lowest_ids
from tests.serving import AppServer, serve

STILL = """() => document.getAnimations().every(animation => animation.playState !== 'running'
    || animation.effect.getComputedTiming().iterations === Infinity)"""
UNFINISHED = ('[data-testid="stStatusWidget"]', '[data-stale="true"]', '[data-testid="stSkeleton"]')
"""What Streamlit shows while it has not drawn everything yet."""

FOLLOW = """address => { const link = document.createElement("a");
    Object.assign(link, { href: address, className: "crm-link" });
    document.title = ""; document.body.append(link); link.click(); link.remove(); }"""
"""Each run of the app gives the page its title anew."""


FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || ''"
SCROLLED = "() => new Promise(told => requestAnimationFrame(() => requestAnimationFrame(told)))"
"""A page tells that it was scrolled only with the picture after."""

SCREENSHOTS = Path(__file__).resolve().parent.parent / "screenshots"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser window in which somebody is signed in."""

    page: Page
    server: AppServer

    def open(self, address: str, **parameters: str | int) -> None:
        """Open a page by its address and wait until it is drawn."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        self.page.goto(f"{self.server.url}/{address}{query}")
        self.settle()

    def follow(self, address: str, **parameters: str | int) -> None:
        """Go to a page as a click on a link of the product does, and wait until it is drawn."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        self.page.evaluate(FOLLOW, f"/{address}{query}")
        self.page.wait_for_function("() => document.title !== ''")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has a heading and Streamlit has nothing left to draw."""
        self.page.locator('[data-testid="stMain"] h1').first.wait_for()
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        for unfinished in UNFINISHED:
            expect(self.page.locator(unfinished)).to_have_count(0, timeout=20_000)
        self.page.wait_for_function(STILL)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list, as people do: a list that is open closes when its page is drawn or scrolled."""
        self.settle()
        box = self.page.get_by_label(label, exact=True)
        box.scroll_into_view_if_needed()
        self.page.evaluate(SCROLLED)
        box.click()
        self.page.get_by_role("option", name=option).click()
        self.settle()

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the focus, as whoever uses no mouse."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if " ".join(str(self.page.evaluate(FOCUSED)).split()) == name:
                return
        pytest.fail(f"The Tab key does not reach “{name}”.")

    def press(self, name: str) -> None:
        """Reach what is called so with the Tab key, and press Enter on it."""
        self.tab_to(name)
        self.page.keyboard.press("Enter")

    def expect_nothing_wrong(self) -> None:
        """As it is drawn now, nothing is for axe-core to find and nothing to be scrolled sideways."""
        self.settle()
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width

    def keep_picture(self, name: str) -> None:
        """Save a screenshot for people to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=False)


@pytest.fixture(scope="session")
def demonstration_server(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[AppServer]:
    """The running app with the demonstration service, and one user a role beside its fictional staff."""
    folder = tmp_path_factory.mktemp("demonstrated")
    copy_of(template_database, folder)
    with serve(folder, fill=load_demonstration) as server:
        yield server


def load_demonstration(session: Session) -> None:
    """Fill the served database before the app starts."""
    demonstration.load(session, by=SYSTEM, today=utc_now().date())


@pytest.fixture(scope="session")
def signed_in(
    browser: Browser, demonstration_server: AppServer
) -> Generator[Callable[[Role], BrowserContext]]:
    """The browser of somebody with this role, who signs in once for all tests; its cache stays warm."""
    opened: dict[Role, BrowserContext] = {}

    def browser_of(role: Role) -> BrowserContext:
        if role not in opened:
            opened[role] = browser.new_context(reduced_motion="reduce")
            page = opened[role].new_page()
            demonstration_server.sign_in(page, role)
            page.close()
        return opened[role]

    yield browser_of
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(
    demonstration_server: AppServer, signed_in: Callable[[Role], BrowserContext]
) -> Generator[Callable[..., Visitor]]:
    """Open a window for somebody with this role: `visit(Role.MANAGER, width=320)`."""
    opened: list[Page] = []

    def window(role: Role, *, width: int = 1280, height: int = 800) -> Visitor:
        page = signed_in(role).new_page()
        page.set_viewport_size({"width": width, "height": height})
        opened.append(page)
        return Visitor(page, demonstration_server)

    yield window
    for page in opened:
        page.close()


@pytest.fixture(scope="session")
def ids(demonstration_server: AppServer) -> dict[str, int]:
    """The lowest id of each table of the demonstration, by table."""
    made = make_engine(demonstration_server.database_url)
    found = lowest_ids(made)
    made.dispose()
    return found
