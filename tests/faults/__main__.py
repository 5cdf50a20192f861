"""Everything that can break, at the size of CI: `make faults`. Prints the table of docs/fault-report.md."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from crm import schema
from tests import postgresql
from tests.faults import (
    backing_up,
    commits,
    crashes,
    damage,
    disks,
    kills,
    migrations,
    power,
    rotations,
    writers,
)
from tests.faults.acting import forget_settings
from tests.faults.outcome import Outcome

Step = Callable[[Path, Path], Outcome | None]
"""Given a folder of its own and a migrated database to copy."""


def use_fresh(folder: Path, template: Path) -> None:
    """Use a copy of the template as the service's database, in place of what was used before."""
    forget_settings()
    for left in folder.glob("crm.db*"):
        left.unlink()
    (folder / "crm.db").write_bytes(template.read_bytes())
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'crm.db'}"


def on_sqlite(act: Callable[[Callable[[], None]], Outcome]) -> Step:
    """Act on a SQLite database, given what puts a fresh one in its place."""

    def step(folder: Path, template: Path) -> Outcome:
        fresh = partial(use_fresh, folder, template)
        fresh()
        outcome = act(fresh)
        forget_settings()
        return outcome

    return step


def on_postgresql(act: Callable[[postgresql.Server, str], Outcome]) -> Step:
    """Act on a database of a PostgreSQL server that loses nothing."""

    def step(folder: Path, _template: Path) -> Outcome:
        with postgresql.running_server(folder, is_safe=True) as server:
            address = os.environ["DATABASE_URL"] = postgresql.make_template(server.address)
            forget_settings()
            outcome = act(server, address)
            forget_settings()
            return outcome

    return step


STEPS: dict[str, Step] = {
    "kills": on_sqlite(lambda fresh: kills.run(200, fresh)),
    "power": lambda folder, template: power.run(50, folder, template),
    "crashes": on_postgresql(lambda server, _address: crashes.run(15, server)),
    "writers": on_sqlite(lambda _fresh: writers.run("SQLite", 8, 100)),
    "writers-postgresql": on_postgresql(lambda _server, _address: writers.run("PostgreSQL", 8, 100)),
    "commits": on_postgresql(lambda _server, address: commits.run(200, address)),
    "backups": on_sqlite(lambda _anew: backing_up.run("SQLite", 50)),
    "backups-postgresql": on_postgresql(lambda _server, _address: backing_up.run("PostgreSQL", 20)),
    "migrations": lambda folder, _template: migrations.run(
        "SQLite", 60, lambda: f"sqlite:///{folder / 'a.db'}"
    ),
    "migrations-postgresql": on_postgresql(
        lambda server, _address: migrations.run(
            "PostgreSQL", 30, lambda: postgresql.make_empty(server.address)
        )
    ),
    "rotations": on_sqlite(lambda _fresh: rotations.run("SQLite", 40)),
    "rotations-postgresql": on_postgresql(lambda *_: rotations.run("PostgreSQL", 20)),
    "disks": lambda folder, template: disks.run(20, folder / "small", template),
    "bits": lambda folder, template: damage.run(200, damage.flip_a_bit, 0.95, folder, template),
    "blocks": lambda folder, template: damage.run(200, damage.empty_a_block, 1, folder, template),
    "cuts": lambda folder, template: damage.run(200, damage.cut_short, 1, folder, template),
}
"""By the word that asks for just this one."""


def main(wanted: list[str]) -> int:
    """Run the steps named, or all of them; 1 when a requirement was missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as made:
        # PostgreSQL runs as a user of its own, who has to get at its folder.
        os.chmod(made, 0o755)
        os.environ["CRM_SECRETS_DIR"] = f"{made}/secrets"
        template = Path(made) / "template.db"
        schema.upgrade(f"sqlite:///{template}")
        print("| requirement | done | found | verdict |\n|---|---|---|---|")
        for name in wanted or STEPS:
            folder = Path(made) / name
            folder.mkdir()
            begun = time.monotonic()
            outcome = STEPS[name](folder, template)
            print(outcome.row if outcome else f"| {name} | not run: this machine does not allow it | | |")
            print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
            missed += outcome is not None and not outcome.is_met
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
