"""A service as large as the largest one expected, from a seed: straight into the tables, without the trail.

    fill(engine, employers=50_000, people=100_000, contacts=500_000, seed=1)

Every fifth employer has a vacancy, every twenty-fifth an agreement; there is a job seeker for fifty people.
The search index is not made: `crm.services.search_rebuild.fill_gaps()` makes it.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crm import schema
from crm.db import make_engine
from crm.models.agreements import Agreement
from crm.models.base import folded
from crm.models.contacts import AccountDates, ContactKind, ContactPerson, EmployerContact
from crm.models.employers import Employer, EmployerPerson, EmployerSite, RelationshipStage, Tier
from crm.models.seekers import JobSeeker
from crm.models.users import Service, User
from crm.models.vacancies import Vacancy
from crm.policy import Role

TODAY = date(2026, 11, 26)
_NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
_AT_ONCE = 10_000
_STAFF = 12
_STARTS = (
    "Ash Black Brook Carl Dar East Fern Green Har Hol Kirk Lang Mar Nor Oak Pen Quar Red Stan Thorn Whit Wood"
)
_ENDS = "bridge burn bury by combe dale den field ford gate ham hurst ley mere side stead ton ville wick"
_TRADES = (
    "Bakery Care Carpets Catering Cleaning Coaches Dairy Electrical Engineering Farm Flooring Foods Garden "
    "Hotel Housing Joinery Kitchens Laundry Leisure Linen Logistics Motors Nursery Packaging Paper Pharmacy "
    "Plumbing Print Recycling Roofing School Security Services Signs Stores Surgery Textiles Timber Transport"
)
_FIRSTS = (
    "Aisha Alan Amara Anna Ben Bola Carys Chen Clare Dana Daniel David Dev Eilidh Ella Emma Farah Fiona "
    "George Grace Hana Harry Ian Imran Jack James Jan Jo John Kate Kofi Laura Leah Liam Lucy Mary Maya Meera "
    "Mo Neil Noor Olga Omar Owen Paul Priya Rhys Rosa Ruth Sam Sara Sian Sofia Tariq Tom Uma Wendy Zoë"
)
_SURNAMES = (
    "Ahmed Ali Allen Baker Begum Bell Brown Burke Carter Chan Clark Cole Cook Cox Davies Diaz Edwards Evans "
    "Fox Green Hall Harris Hill Holt Hughes Hussain Jackson Jones Kaur Kelly Khan Lee Lewis Lind Martin "
    "Moore Morris Murphy Nwosu Okafor Parker Patel Price Reid Roberts Shah Singh Smith Taylor Thomas Walker"
)
_AREAS = ("LS", "BD", "HX", "WF", "YO", "HU", "S", "M")
_TITLES = (
    "Kitchen assistant",
    "Warehouse operative",
    "Cleaner",
    "Receptionist",
    "Gardener",
    "Care assistant",
)
NOT_SAID = (
    *("opt_in", "oversubscription_rule", "interview_format", "alternative_paid", "training_work_experience"),
    *("training_interview", "trial_paid", "monitoring"),
)
"""Clauses of an agreement of which nothing is known."""

Rows = Iterator[dict[str, Any]]


def fill(
    engine: sa.Engine,
    *,
    employers: int = 50_000,
    people: int = 100_000,
    contacts: int = 500_000,
    seed: int = 1,
) -> None:
    """Fill a migrated, empty database in one transaction."""
    made = _World(seed, employers, people, contacts)
    with engine.execution_options(is_write=True).begin() as connection:
        for table, rows in made.tables():
            store(connection, table, rows)


def store(connection: sa.Connection, table: Any, rows: Rows) -> None:
    columns: Any = table.__table__.c
    adding = sa.insert(table.__table__)
    if connection.dialect.name == "postgresql":
        adding = adding.returning(next(iter(table.__table__.primary_key)))
    while some := list(islice(rows, _AT_ONCE)):
        missing: dict[str, Any] = dict.fromkeys(set(columns.keys()) - some[0].keys())
        connection.execute(adding, [{**missing, **row} for row in some])
    if connection.dialect.name == "postgresql" and "id" in columns:
        counter = sa.func.pg_get_serial_sequence(f'"{table.__table__.name}"', "id")
        connection.execute(sa.select(sa.func.setval(counter, sa.func.max(columns.id))))


class _World:
    """Draws every record from one seed, ids counted from 1."""

    def __init__(self, seed: int, employers: int, people: int, contacts: int) -> None:
        self._random = random.Random(seed)
        self._employers, self._people, self._contacts = employers, people, contacts
        self._places = [f"{start}{end}" for start in _STARTS.split() for end in _ENDS.split()]
        self._trades, self._firsts = _TRADES.split(), _FIRSTS.split()
        self._surnames = [*_SURNAMES.split() * 3, *self._places]
        self._last: dict[int, date] = {}

    def tables(self) -> Iterator[tuple[Any, Rows]]:
        """Each table with its rows, after those that it refers to."""
        yield Service, iter([kept(1, name="Northside Supported Employment", **_SERVICE)])
        yield User, self._users()
        yield Employer, self._employer_rows()
        yield EmployerSite, self._sites()
        yield EmployerPerson, self._person_rows()
        yield Agreement, self._agreements()
        yield Vacancy, self._vacancies()
        yield JobSeeker, self._seekers()
        yield EmployerContact, self._contact_rows()
        yield ContactPerson, self._met()
        yield AccountDates, self._dates()

    def _users(self) -> Rows:
        roles = (Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER)
        for key in range(1, _STAFF + 1):
            yield kept(
                key, name=self._name(), email=f"staff{key}@example.org", role_names=roles[key % 3].value
            )

    def _employer_rows(self) -> Rows:
        stages, tiers = list(RelationshipStage), list(Tier)
        for key in range(1, self._employers + 1):
            end = self._pick(["Ltd", "Limited", "& Sons"])
            name = f"{self._pick(self._places)} {self._pick(self._trades)} {end}"
            yield kept(
                key,
                name=name,
                name_key=folded(name),
                company_number=f"{key:08d}",
                stage=self._pick(stages),
                tier=self._pick(tiers),
                size_band="10-49",
                disability_confident="unknown",
                owner_id=self._random.randint(1, _STAFF),
            )

    def _sites(self) -> Rows:
        for key in range(1, self._employers + 1):
            letters = "".join(self._random.choices("ABDEFGHJLN", k=2))
            outward = f"{self._pick(_AREAS)}{self._random.randint(1, 29)}"
            yield kept(
                key,
                employer_id=key,
                label="Main site",
                postcode=f"{outward} {self._random.randint(1, 9)}{letters}",
                step_free="unknown",
                quiet_space="unknown",
                accessible_toilet="unknown",
            )

    def _person_rows(self) -> Rows:
        for key in range(1, self._people + 1):
            name = self._name()
            yield kept(
                key,
                employer_id=(key - 1) % self._employers + 1,
                name=name,
                job_title=self._pick(["Owner", "Manager", "Supervisor", "Personnel officer"]),
                email=f"{folded(name).replace(' ', '.')}{key}@example.org",
                phone=f"+44770{key:07d}",
                hires=self._pick(["yes", "no", "unknown"]),
                preferred_channel="unknown",
                agreed_to_marketing="unknown",
            )

    def _agreements(self) -> Rows:
        for key in range(1, self._employers // 25 + 1):
            yield kept(
                key,
                employer_id=key * 25,
                kind="guaranteed_interview",
                covers="everyone_we_support",
                stage="discussed",
                stage_since=self._day(),
                criteria_rule="all_essential",
                interview_alternatives=[],
                **dict.fromkeys(NOT_SAID, "unknown"),
            )

    def _vacancies(self) -> Rows:
        for key in range(1, self._employers // 5 + 1):
            title = self._pick(_TITLES)
            yield kept(
                key,
                employer_id=key * 5,
                title=title,
                title_key=folded(title),
                kind="advertised",
                status=self._pick(["open", "open", "filled_elsewhere"]),
                contract="unknown",
                pattern=[],
                figure_sources={},
                **dict.fromkeys(
                    ("hours_negotiable", "needs_driving", "needs_dbs", "recruitment_adaptable"), "unknown"
                ),
            )

    def _seekers(self) -> Rows:
        for key in range(1, self._people // 50 + 1):
            name = self._name()
            yield kept(
                key,
                preferred_name=name,
                name_key=folded(name),
                phone=f"+4479460{key:05d}",
                status="active",
                module="work_entry",
                wants_more="unknown",
                coach_id=self._random.randint(1, _STAFF),
                referred_on=self._day(),
            )

    def _contact_rows(self) -> Rows:
        kinds = list(ContactKind)
        for key in range(1, self._contacts + 1):
            employer_id, held_on = self._random.randint(1, self._employers), self._day()
            self._last[employer_id] = max(held_on, self._last.get(employer_id, held_on))
            yield kept(
                key,
                employer_id=employer_id,
                kind=self._pick(kinds),
                held_on=held_on,
                held_by=self._random.randint(1, _STAFF),
                is_in_person=False,
                with_hiring_manager=False,
                purpose="unknown",
                summary=f"Talked about {self._pick(_TITLES).lower()} posts in {self._pick(self._places)}.",
            )

    def _met(self) -> Rows:
        for key in range(1, min(self._contacts, self._people) + 1):
            yield kept(key, contact_id=key, person_id=self._random.randint(1, self._people))

    def _dates(self) -> Rows:
        for employer_id, last in sorted(self._last.items()):
            yield {"employer_id": employer_id, "last_contact_on": last}

    def _name(self) -> str:
        return f"{self._pick(self._firsts)} {self._pick(self._surnames)}"

    def _day(self) -> date:
        return TODAY - timedelta(days=self._random.randint(0, 900))

    def _pick(self, some: Any) -> Any:
        return some[int(self._random.random() * len(some))]


_SERVICE = {
    "seeker_word": "job seeker",
    "seeker_words": "job seekers",
    "is_demonstration": False,
    "weight_skills": 40,
    "weight_hours": 25,
    "weight_natural_supports": 20,
    "weight_preference": 15,
}


def kept(key: int, **values: Any) -> dict[str, Any]:
    """A row with what every record has."""
    return {"id": key, "version": 1, "created_at": _NOW, "updated_at": _NOW, **values}


def main() -> None:
    """Fill a database at the path that is given, or somewhere for the time only, and say how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{sys.argv[1] if len(sys.argv) > 1 else Path(folder) / 'big.db'}"
        schema.upgrade(url)
        engine, begun = make_engine(url), time.process_time()
        fill(engine)
        engine.dispose()
        print(f"large service: filled in {time.process_time() - begun:.1f} CPU s (aim 60)")


if __name__ == "__main__":
    main()
