"""What an officer's day costs in the large service, run by `make bench`: server CPU and bytes sent.

50,000 employers, 100,000 people, 500,000 contacts; the real app and the real browser. CPU is that of the
whole server process, its idle share taken off; pages are opened anew, with all that a visit of theirs takes.
"""

import os
import statistics
import tempfile
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

    def print(self, what: str, do: Callable[[int], object]) -> None:
        """Do it some times, and print what one time costs."""
        do(ROUNDS)
        self._page.wait_for_timeout(PAUSE * 1000)
        spent: list[float] = []
        sizes: list[int] = []
        for number in range(ROUNDS):
            self._received.clear()
            begun = cpu_of_children()
            do(number)
            self._page.wait_for_timeout(PAUSE * 1000)
            spent.append((cpu_of_children() - begun - self.idle) * 1000)
            sizes.append(sum(self._received))
        cpu, most = statistics.mean(spent), max(sizes)
        print(f"{what}: {cpu:.0f} ms server CPU (aim 40), {most:,} bytes at most (aim 40,960)")


def measure(page: Page, server: AppServer) -> None:
    """Print each figure."""
    watch = Watch(page)
    server.sign_in(page, ROLE, "/employers")
    search = page.get_by_label("Search by name")
    search.wait_for()
    page.wait_for_timeout(4000)
    watch.rest()
    watch.print("filter of the list", lambda number: search.fill(WORDS[number % len(WORDS)]))

    def opening(address: str) -> Callable[[int], object]:
        return lambda number: page.goto(f"{server.url}/{address}".replace("{id}", str(4711 + number)))

    longest = "employers?sort=Longest+without+contact+first"
    watch.print("the list opened, longest without contact first", opening(longest))
    watch.print("the board opened", opening("employers?view=Board"))
    watch.print("an account opened", opening("employer?id={id}"))
    watch.print("today opened", opening(""))
    watch.print("the form of a contact opened", opening("log-contact?of=employer&id={id}"))

    def log(number: int) -> None:
        page.get_by_label("What was said").fill(f"They may need somebody in spring, {number}.")
        page.get_by_role("button", name="Save contact").click()
        page.wait_for_timeout(PAUSE * 1000)
        opening("log-contact?of=employer&id={id}")(number)

    watch.print("a contact saved, its account drawn and the form opened again", log)


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
