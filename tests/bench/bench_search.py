"""What finding costs in the large service, run by `make bench`: CPU of a search, bytes of its answer."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from crm import config, db, schema
from crm.models.search import EntryKind
from crm.models.users import Actor
from crm.policy import Role
from crm.services import search, search_rebuild
from crm.web.finding import MOST, as_json
from tests.bench.big_service import fill

TYPED = (
    "fe", "fern", "fernside", "fernside bak", "fernsied bakery", "frenside", "smith", "sm", "sara smiht",
    "jo sm", "ltd", "services", "care", "cleaning services", "kitchen as", "guaranteed", "ls1", "LS14",
    "07700 012345", "+44 7700 012345", "012345", "00012345", "sara.smith@", "x", "zzzz", "okafro", "nwosu",
    "thornbridge transprot", "ma gr", "brookfield joinery limited",
)  # fmt: skip
COACH = Actor(id=2, name="Jo", email="jo@example.org", roles=frozenset({Role.JOB_COACH}))


def asked(typed: str) -> int:
    """Look for it as the route does; the bytes of the answer."""
    with db.reading() as session:
        return len(as_json(search.find(session, typed, limit=MOST, by=COACH), by=COACH))


def second_page(typed: str) -> int:
    """The second page of the people who are found."""
    with db.reading() as session:
        return len(search.listing(session, EntryKind.PERSON, typed, offset=25, limit=25, by=COACH).rows)


def cost(work: Callable[[str], int], typed: str) -> float:
    """CPU milliseconds, the best of three."""
    spent: list[float] = []
    for _ in range(3):
        begun = time.process_time()
        work(typed)
        spent.append((time.process_time() - begun) * 1000)
    return min(spent)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(name) / 'crm.db'}"
        os.environ["CRM_SECRETS_DIR"] = str(Path(name) / "secrets")
        config.settings.cache_clear()
        db.engine.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        fill(db.engine())
        begun = time.process_time()
        indexed = search_rebuild.fill_gaps()
        print(f"search index of {indexed:,} records: {time.process_time() - begun:.1f} CPU s")
        spent = {typed: cost(asked, typed) for typed in TYPED}
        slowest = max(spent, key=lambda typed: spent[typed])
        print(
            f"search of everything in the large service: median {statistics.median(spent.values()):.1f} ms "
            f"CPU, most {spent[slowest]:.1f} ms (“{slowest}”; aim 40)"
        )
        print(f"bytes of its answer: most {max(map(asked, TYPED)):,} (aim 40,960)")
        pages = max(cost(second_page, typed) for typed in TYPED)
        print(f"second page of the people found: most {pages:.1f} ms CPU (aim 40)")
        db.engine().dispose()


if __name__ == "__main__":
    main()
