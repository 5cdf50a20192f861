"""What an officer's day costs in the large service, run by `make bench`: server CPU and bytes sent.

50,000 employers, 100,000 people, 500,000 contacts; the real app and the real browser. CPU is that of the
whole server process, its idle share taken off. Pages are opened by their links, as people do, and at last
in a tab of their own, with all that a new visit takes.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, WebSocket
from sqlmodel import Session

from crm import config, db, schema
from crm.policy import Role
from tests.bench.bench_lists import PAUSE, cpu_of_children
from tests.bench.big_service import fill
from tests.makers import make_user
from tests.serving import AppServer, email_of, running_browser, serve

ROLE = Role.ENGAGEMENT_OFFICER
ROUNDS = 8
FOLLOW = """address => { const link = document.createElement("a");
    Object.assign(link, { href: address, className: "crm-link" });
    document.body.append(link); link.click(); link.remove(); }"""
"""Follows a link of the product as a click on it does."""

WORDS = ("care", "ash", "bakery", "zz", "wood", "hotel", "norton", "a")


def officer(session: Session) -> None:
    """Somebody of the large service who can sign in."""
    make_user(session, ROLE, name="Alex Officer", email=email_of(ROLE), can_sign_in=True)


class Watch:
    """Measures what the server spends on something that is done in the browser."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._received: list[int] = []
        page.on("websocket", self._listen)
        self.idle = 0.0

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._received.append(len(frame)))

    def rest(self) -> None:
        """Note what the server spends while nobody does anything."""
        begun = cpu_of_children()
        self._page.wait_for_timeout(PAUSE * 4000)
        self.idle = (cpu_of_children() - begun) / 4

    def print(
        self,
        what: str,
        do: Callable[[int], object],
        *,
        first: Callable[[int], object] = lambda _: None,
        aim: int = 40,
    ) -> None:
        """Do it some times, and print what one time costs; what is done `first` each time is not counted."""
        first(ROUNDS)
        do(ROUNDS)
        self._page.wait_for_timeout(PAUSE * 1000)
        spent: list[float] = []
        sizes: list[int] = []
        for number in range(ROUNDS):
            first(number)
            self._received.clear()
            begun, since = cpu_of_children(), time.monotonic()
            do(number)
            self._page.wait_for_timeout(PAUSE * 1000)
            idle = self.idle * (time.monotonic() - since) / PAUSE
            spent.append((cpu_of_children() - begun - idle) * 1000)
            sizes.append(sum(self._received))
        cpu, most = statistics.mean(spent), max(sizes)
        print(f"{what}: {cpu:.0f} ms server CPU (aim {aim}), {most:,} bytes at most (aim 40,960)")


def measure(page: Page, server: AppServer) -> None:
    """Print each figure."""
    watch = Watch(page)
    server.sign_in(page, ROLE, "/employers")
    search = page.get_by_label("Search by name")
    search.wait_for()
    page.wait_for_timeout(4000)
    watch.rest()
    watch.print("filter of the list", lambda number: search.fill(WORDS[number % len(WORDS)]))

    def anew(address: str) -> Callable[[int], object]:
        return lambda number: page.goto(f"{server.url}/{address}".replace("{id}", str(4711 + number)))

    def follow(address: str) -> Callable[[int], object]:
        return lambda number: page.evaluate(FOLLOW, f"/{address}".replace("{id}", str(4711 + number)))

    longest = "employers?sort=Longest+without+contact+first"
    form = "log-contact?of=employer&id={id}"
    watch.print("an account by link, from the list by name", follow("employer?id={id}"))
    watch.print("the list by link, longest without contact first", follow(longest))
    watch.print("the board by link", follow("employers?view=Board"))
    watch.print("an account by link, from the list by longest without contact", follow("employer?id={id}"))
    watch.print("today by link", follow(""))
    watch.print("the form of a contact by link", follow(form))

    def save(number: int) -> None:
        page.get_by_role("button", name="Save contact").click()

    def typed(number: int) -> None:
        follow(form)(number)
        page.wait_for_timeout(PAUSE * 1000)
        page.get_by_label("What was said").fill(f"They may need somebody in spring, {number}.")
        page.get_by_label("What was said").blur()
        page.wait_for_timeout(PAUSE * 1000)

    watch.print("a contact saved, and what comes next drawn", save, first=typed)
    watch.print("the list in a new tab", anew(longest))
    watch.print("an account in a new tab", anew("employer?id={id}"))


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'crm.db'}"
        os.environ["CRM_SECRETS_DIR"] = str(folder / "secrets")
        config.settings.cache_clear()
        db.engine.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        fill(db.engine())
        db.engine().dispose()
        with serve(folder, is_set_up=False, fill=officer) as server, running_browser() as browser:
            measure(browser.new_page(), server)


if __name__ == "__main__":
    main()
