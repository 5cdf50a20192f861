"""What one filter of the list of 10,491 employers costs, run by `make bench`: server CPU and bytes sent.

The real app and the real browser; CPU of the whole server process, its idle share taken off.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, WebSocket

from crm import config, db, schema
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.readers.tables import read_table
from crm.services import employer_columns, employer_imports, imports
from crm.services.employer_imports import EmployerFile
from tests.serving import AppServer, running_browser, serve

REAL = Path("../shared/reference/employers/uk_employers_2021_22.csv")
WORDS = ("care", "school", "", "trust", "limited", "zz", "bank", "hotel", "london", "a", "food", "park")
PAUSE = 1.5
TICKS = os.sysconf("SC_CLK_TCK")


def fill(folder: Path) -> float:
    """Import the real list into a new database; CPU seconds of the import."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'crm.db'}"
    os.environ["CRM_SECRETS_DIR"] = str(folder / "secrets")
    config.settings.cache_clear()
    db.engine.cache_clear()
    schema.upgrade(os.environ["DATABASE_URL"])
    content = REAL.read_bytes()
    begun = time.process_time()
    file = EmployerFile(REAL.name, imports.digest_of(content), read_table(content, REAL.name))
    with db.transaction() as session:
        employer_imports.run(session, file, employer_columns.guess(file.table.header), by=SYSTEM)
    return time.process_time() - begun


def cpu_of_children() -> float:
    """CPU seconds so far of the server, the only Python below this process."""
    spent = 0.0
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            if "streamlit" in Path(f"/proc/{child}/cmdline").read_text():
                fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
                spent += (int(fields[11]) + int(fields[12])) / TICKS
    return spent


def round_trips(page: Page, server: AppServer) -> tuple[list[int], float]:
    """Bytes sent to the browser for each filter, and server CPU seconds for one, idle share taken off."""
    received: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.on("websocket", listen)
    server.sign_in(page, Role.ENGAGEMENT_OFFICER, "/employers")
    search = page.get_by_label("Search by name")
    search.wait_for()
    search.fill("warm")
    page.wait_for_timeout(4000)
    idle_from = cpu_of_children()
    page.wait_for_timeout(int(PAUSE * 4000))
    idle = (cpu_of_children() - idle_from) / 4
    sizes: list[int] = []
    begun = cpu_of_children()
    for word in WORDS:
        received.clear()
        search.fill(word)
        page.wait_for_timeout(int(PAUSE * 1000))
        sizes.append(sum(received))
    return sizes, (cpu_of_children() - begun) / len(WORDS) - idle


def main() -> None:
    """Print the figures."""
    if not REAL.exists():
        print("lists: the real employers (../shared/reference) are not here; nothing was measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        importing = fill(folder)
        with serve(folder) as server, running_browser() as browser:
            sizes, spent = round_trips(browser.new_page(), server)
    print(f"import of 10,491 employers: {importing:.1f} CPU s (aim 10)")
    print(f"filter of 10,491 employers: {spent * 1000:.1f} ms server CPU (aim 25)")
    print(
        f"bytes to the browser: median {statistics.median(sizes):,.0f}, most {max(sizes):,} (aim 15,360); "
        f"filters answered: {sum(size > 0 for size in sizes)} of {len(sizes)}"
    )


if __name__ == "__main__":
    main()
