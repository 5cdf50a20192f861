"""Employers recorded twice, and merges of them."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from crm.db import write_lock
from crm.models.duplicates import DuplicatePair, EmployerMerge
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.services import duplicate_finding, duplicates, merging
from crm.services.merge_fields import Side
from crm.services.merging import MergeWanted
from tests.makers_employers import make_employer, make_person, make_site

TODAY = date(2026, 11, 26)
WHY = "The same employer recorded twice"


def make_twins(session: Session, **facts: object) -> tuple[Employer, Employer]:
    """The same bakery twice: under two spellings, at one address, with one telephone number."""
    made = (make_employer(session, "Fernside Bakery Ltd"), make_employer(session, "Fernside Bakers", **facts))
    for employer in made:
        make_site(session, employer, address="3 Mill Lane", postcode="LS1 4DY")
        make_person(session, employer, phone="0113 496 0000")
    return made


def find_pairs(session: Session) -> list[DuplicatePair]:
    """Every pair there is, after all that is due was looked at."""
    while duplicate_finding.find_some(session, limit=50, by=SYSTEM):
        pass
    rows = duplicates.waiting(session, offset=0, limit=100, by=SYSTEM).rows
    return [session.get_one(DuplicatePair, row.id) for row in rows]


def merge_two(
    session: Session,
    kept: Employer,
    loser: Employer,
    sides: Mapping[str, Side] | None = None,
    *,
    why: str = WHY,
    by: Actor = SYSTEM,
    today: date = TODAY,
) -> EmployerMerge:
    """Merge one employer into another, as offered unless told otherwise."""
    wanted = MergeWanted(kept.key, loser.key, kept.version, loser.version, sides or {}, why)
    return merging.merge(session, wanted, by=by, today=today)


def stored_twins(bound: sa.Engine, name: str) -> tuple[Employer, Employer]:
    """The same employer twice in a database that is served, and the pair that they are."""
    writing = bound.execution_options(is_write=True)
    with write_lock(bound), Session(writing, expire_on_commit=False) as session, session.begin():
        kept = make_employer(session, f"{name} Bakery Ltd", website=f"{name.split()[0].lower()}.example")
        loser = make_employer(session, f"{name} Bakerry", sector="Food")
        for employer in (kept, loser):
            make_site(session, employer, address=f"3 {name} Lane", postcode="LS1 4DY")
            make_person(session, employer, name="Dana Holt", phone=_phone_of(name))
        find_pairs(session)
    bound.dispose()
    return kept, loser


def _phone_of(name: str) -> str:
    return f"0113 4{sum(map(ord, name)) % 100_000:05d}{len(name) % 10}"
