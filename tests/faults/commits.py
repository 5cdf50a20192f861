"""R6: connections to PostgreSQL that break at the very commit: nobody knows whether it was saved."""

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from tests.faults.acting import add_employer, check, forget_settings
from tests.faults.cutting import Cutter
from tests.faults.outcome import Outcome


def run(cuts: int, address: str) -> Outcome:
    """Cut so many commits, every other one after it was carried out; each save has to be there once."""
    url = sa.make_url(address)
    cutter = Cutter(Path(str(url.query["unix_sock"])))
    through = url.set(host="127.0.0.1", port=cutter.port, query={})
    os.environ["DATABASE_URL"] = through.render_as_string(hide_password=False)
    forget_settings()
    acknowledged: list[int] = []
    try:
        for number in range(cuts):
            cutter.arm(is_answer_lost=bool(number % 2))
            acknowledged.append(add_employer(f"Cut {secrets.token_hex(8)}"))
    finally:
        forget_settings()
        os.environ["DATABASE_URL"] = address
        cutter.close()
    found = check(acknowledged)
    return Outcome(
        "R6 answer to a commit lost (PostgreSQL)",
        f"{cutter.cuts} commits cut, {len(set(acknowledged))} saves acknowledged",
        f"{found.lost} lost, {found.twice} saved twice, {found.without_entry} without their entry",
        is_met=found.is_good and cutter.cuts == cuts == len(set(acknowledged)),
    )
