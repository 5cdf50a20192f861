"""What the warning beside the employer form costs with 50,000 employers: processor time of this process.

    python -m tests.bench.bench_likeness [--employers 50000] [--queries 200]

Names are put together from the words of the reference list of employers, or from made-up ones without it.
"""

import argparse
import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from crm import config, db, schema
from crm.models.employers import (
    Employer,
    EmployerInput,
    EmployerPerson,
    EmployerPersonInput,
    EmployerSite,
    EmployerSiteInput,
)
from crm.models.users import SYSTEM
from crm.policy import Action
from crm.services import access, employer_likeness, records
from crm.services.employer_likeness import EmployerSketch

SEED = 20261126
AT_ONCE = 2_000
REFERENCE = Path("../shared/reference/employers/uk_employers_2021_22.csv")
WORDS = ("fern", "mill", "harbour", "north", "care", "bakery", "foods", "linen", "garage", "school", "homes")


def names(how_many: int) -> list[str]:
    """Invented names with the words, and about the lengths, of real ones."""
    drawing = random.Random(SEED)
    pool = [WORDS]
    if REFERENCE.exists():
        with REFERENCE.open(encoding="utf-8-sig", newline="") as lines:
            pool = [words for row in csv.DictReader(lines) if len(words := row["EmployerName"].split()) > 1]
    return [
        " ".join([drawing.choice(drawing.choice(pool)), *drawing.choice(pool)[-2:]])[:200]
        for _ in range(how_many)
    ]


def fill(made: Sequence[str]) -> None:
    """Employers with a site and a person each, some thousands in a transaction."""
    for start in range(0, len(made), AT_ONCE):
        with db.transaction() as session:
            access.ensure(session, SYSTEM, Action.EMPLOYERS_RECORD)
            some = made[start : start + AT_ONCE]
            named = [
                EmployerInput(name=name).model_dump() | {"name_key": name.casefold(), "import_batch_id": None}
                for name in some
            ]
            ids = records.add_many(session, Employer, named)
            places = [
                EmployerSiteInput(
                    label="Main", address=f"{key % 200} Mill Lane", postcode=f"LS{key % 29} 4DY"
                )
                for key in ids
            ]
            people = [EmployerPersonInput(name="Dana Holt", phone=f"0113 4{key:06d}") for key in ids]
            for table, parts in ((EmployerSite, places), (EmployerPerson, people)):
                rows = [
                    part.model_dump() | {"employer_id": key} for part, key in zip(parts, ids, strict=True)
                ]
                records.add_many(session, table, rows)


def costs(made: Sequence[str], how_many: int) -> list[float]:
    """Milliseconds of processor time for each name that is typed, misspelt in one letter."""
    drawing = random.Random(SEED + 1)
    found: list[float] = []
    for name in drawing.sample(list(made), how_many):
        place = drawing.randrange(len(name))
        started = time.process_time()
        with db.reading() as session:
            employer_likeness.similar(session, EmployerSketch(name[:place] + name[place + 1 :]), by=SYSTEM)
        found.append((time.process_time() - started) * 1000)
    return sorted(found)


def main(arguments: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--employers", type=int, default=50_000)
    asked.add_argument("--queries", type=int, default=200)
    said = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/crm.db", "CRM_SECRETS_DIR": folder}
        config.settings.cache_clear()
        db.engine.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        made = names(said.employers)
        started = time.process_time()
        fill(made)
        print(f"{said.employers:,} employers recorded in {time.process_time() - started:.0f} s of CPU")
        found = costs(made, said.queries)
        most = found[len(found) * 95 // 100]
        print(f"the warning: median {median(found):.1f} ms, 95 of 100 within {most:.1f} ms of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
