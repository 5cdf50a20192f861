"""What 20,000 rows of each kind of list cost to import and to undo, run by `make bench`: time and memory."""

import os
import resource
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from crm import config, db, schema
from crm.models.base import utc_now
from crm.models.imports import ImportKind
from crm.models.users import SYSTEM
from crm.readers.tables import read_table
from crm.services import import_undo, imports, list_imports
from crm.services.employer_imports import EmployerFile

ROWS = 20_000
LINES = {
    ImportKind.EMPLOYERS: (
        "Name,Address,Postcode,Company number,SIC codes,Size",
        "Employer {n} Limited,{n} Mill Lane,LS{a} {b}AB,{n:08d},10710,{size}",
    ),
    ImportKind.SITES: ("Company number,Site,Postcode,Address", "{n:08d},Depot {n},HU{a} {b}AB,{n} Quay"),
    ImportKind.PEOPLE: (
        "Company number,Name,Job title,Email,Telephone",
        "{n:08d},Person {n},Manager,person{n}@example.org,0113 496 {b}{a:03d}",
    ),
    ImportKind.CONTACTS: ("Company number,Date,Type,Notes", "{n:08d},{a}/10/2026,call,Rang about job {n}"),
    ImportKind.VACANCY_LIST: (
        "Company number,Title,Hours,Hourly rate,Closing date",
        "{n:08d},Baker {n},16,12.90,{a}/12/2026",
    ),
    ImportKind.SEEKERS: ("Name,Postcode,Telephone", "Person {n},LS{a} {b}AB,0113 496 {b}{a:03d}"),
}


def file_of(kind: ImportKind) -> EmployerFile:
    """An invented list of 20,000 rows."""
    header, line = LINES[kind]
    rows = (line.format(n=n, a=n % 28 + 1, b=n % 10, size=n % 300 + 1) for n in range(ROWS))
    content = "\n".join([header, *rows]).encode()
    return EmployerFile(f"{kind}.csv", imports.digest_of(content), read_table(content, "list.csv"))


@contextmanager
def timed(what: str, aim: int) -> Generator[None]:
    """Print how long something took and the most memory so far."""
    begun, spent = time.monotonic(), time.process_time()
    yield
    wall, cpu = time.monotonic() - begun, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what}: {wall:.1f} s, of it {cpu:.1f} CPU s (aim {aim}); most memory so far {memory} MB")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(name) / 'crm.db'}"
        os.environ["CRM_SECRETS_DIR"] = str(Path(name) / "secrets")
        config.settings.cache_clear()
        db.engine.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        made: list[int] = []
        for kind in list_imports.LISTS:
            file = file_of(kind)
            with timed(f"import of {ROWS:,} rows ({kind})", 60), db.transaction() as session:
                columns = list_imports.propose(session, kind, file.table.header, by=SYSTEM).mapping
                batch = list_imports.run(
                    session, kind, file, columns, by=SYSTEM, progress=lambda done, total: None
                )
                assert batch.rows_added == ROWS
                made.append(batch.key)
        for batch_id in reversed(made):
            with timed(f"undoing of import {batch_id}", 60), db.transaction() as session:
                seen = import_undo.outlook(session, batch_id, by=SYSTEM, now=utc_now())
                import_undo.undo(session, batch_id, by=SYSTEM, now=utc_now())
            print(f"archived {seen.archived:,}, left {seen.left:,}")


if __name__ == "__main__":
    main()
