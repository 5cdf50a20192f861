"""R3: a PostgreSQL server that is killed, or stopped at once, while people save."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from tests.faults.acting import Writer, check
from tests.faults.outcome import Outcome
from tests.postgresql import Server

AT_ONCE = 2
LONGEST_AWAY = 10.0


def run(crashes: int, server: Server) -> Outcome:
    """Crash the server so often while the same processes go on saving."""
    chance = random.Random(20261103)
    writers = [Writer() for _ in range(AT_ONCE)]
    for writer in writers:
        writer.wait_for_one()
    away: list[float] = []
    for number in range(crashes):
        time.sleep(chance.uniform(0.1, 0.4))
        _crash(server.data, is_killed=bool(number % 2))
        begun = time.monotonic()
        server.start_again()
        for writer in writers:
            writer.wait_for_a_fresh_one()
        away.append(time.monotonic() - begun)
    acknowledged = [one for writer in writers for one in writer.kill().ids]
    found = check(acknowledged)
    return Outcome(
        "R3 PostgreSQL crashes under load",
        f"{crashes} crashes, {len(acknowledged):,} saves acknowledged by processes that were never restarted",
        f"{found.lost} lost, {found.twice} saved twice, {found.without_entry} without their entry; "
        f"saving again after {max(away):.1f} s at most",
        is_met=found.is_good and max(away) <= LONGEST_AWAY,
    )


def _crash(data: Path, *, is_killed: bool) -> None:
    postmaster = int((data / "postmaster.pid").read_text().split()[0])
    family = [postmaster, *_children_of(postmaster)]
    if is_killed:
        for pid in family:
            _kill(pid)
    else:
        os.kill(postmaster, signal.SIGQUIT)
    while any(map(_is_running, family)):
        time.sleep(0.05)
    # Where nobody reaps the killed server, its number looks taken to the next one.
    for left in (data / "postmaster.pid", *data.glob(".s.PGSQL.*")):
        left.unlink(missing_ok=True)


def _children_of(postmaster: int) -> list[int]:
    listing = ["ps", "-o", "pid=", "--ppid", str(postmaster)]
    return [int(pid) for pid in subprocess.run(listing, check=True, stdout=subprocess.PIPE).stdout.split()]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and ") Z " not in state.read_text()
