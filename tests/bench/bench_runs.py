"""What keeping the run of a shortlist of 10,000 people costs, run by `make bench`: time, and bytes for good.

Times are CPU seconds of this machine; beside them stands drawing the shortlist itself, in the same run.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from crm import config, db, schema
from crm.models.compared import ComparedRecord, ComparedWords, Side
from crm.models.matches import MatchRun, RunScores
from crm.models.seekers import JobSeeker, ProfileSkill, VocationalProfile
from crm.models.service import WeightsInput
from crm.models.users import SYSTEM
from crm.services import match_runs, runs_again, shortlists, vocabularies, weights_effect
from crm.services.shortlists import ShortlistView
from tests.makers import make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion

PEOPLE = 10_000
VACANCIES = 200
SEED = 1
TODAY = date(2026, 11, 26)
_NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
_WEEK = [{"day": day, "start": "09:00", "end": "17:00"} for day in range(5)]
_INTERESTS = ("animals", "gardening", "music", "football", "cooking", "computers", "trains", "art")
OTHER = WeightsInput(weight_skills=20, weight_hours=45, weight_natural_supports=20, weight_preference=15)


def fill(session: Session, people: int) -> int:
    """A service with so many people, of whom much is known, and its vacancies; gives the first one's id."""
    make_service(session)
    chance, skills = random.Random(SEED), [one for one in vocabularies.shipped().values()]
    kept = {"version": 1, "created_at": _NOW, "updated_at": _NOW}
    seekers = [_seeker(chance, kept, number) for number in range(1, people + 1)]
    held = [
        {**kept, "seeker_id": number, "name": one.label, "concept_id": one.concept_id}
        | {"level": chance.choice((None, 0, 1, 2, 3, 4)), "evidence": "observed"}
        for number in range(1, people + 1)
        for one in chance.sample(skills, chance.randint(0, 12))
    ]
    profiles = [_profile(chance, kept, number) for number in range(1, people + 1) if chance.random() < 0.8]
    for table, rows in ((JobSeeker, seekers), (ProfileSkill, held), (VocationalProfile, profiles)):
        session.connection().execute(sa.insert(table), rows)
    bakery = make_employer(session)
    for number in range(VACANCIES):
        post = make_vacancy(session, bakery, f"Assistant {number}", hours_min=16, guaranteed_hours=16)
        for one in chance.sample(skills[: len(skills) // 4], 6):
            make_criterion(session, post, one.label)
    return 1


def _seeker(chance: random.Random, kept: dict[str, Any], number: int) -> dict[str, Any]:
    words = {"preferred_name": f"Person {number}", "name_key": f"person {number}", "status": "active"}
    waits = date.fromordinal(TODAY.toordinal() - chance.randint(0, 900))
    return {**kept, **words, "id": number, "referred_on": waits, "wants_more": "unknown"}


def _profile(chance: random.Random, kept: dict[str, Any], number: int) -> dict[str, Any]:
    hours = {"hours_now_min": 4, "hours_now_max": chance.choice((8, 12, 16, 20, 30)), "availability": _WEEK}
    return {**kept, "seeker_id": number, "interests": chance.choice(_INTERESTS), **hours}


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Print what one call costs, and give what it gave."""
    begun = time.process_time()
    given = work()
    print(f"  {what}: {1000 * (time.process_time() - begun):,.1f} ms CPU")
    return given


def once(work: Callable[[Session], Any]) -> Any:
    """What a screen does to save: a transaction of its own."""
    with db.transaction() as session:
        return work(session)


def bench(vacancy_id: int) -> None:
    """Print every figure."""

    def shortlist() -> None:
        with db.reading() as session:
            shortlists.for_vacancy(session, vacancy_id, ShortlistView(), by=SYSTEM, today=TODAY)

    def is_due() -> bool:
        with db.reading() as session:
            return match_runs.is_due(session, vacancy_id, by=SYSTEM)

    def keep() -> MatchRun:
        return once(lambda session: match_runs.keep(session, vacancy_id, by=SYSTEM))

    def edit() -> None:
        once(lambda session: session.connection().execute(_EDIT))

    timed("the index made, and the shortlist", shortlist)
    timed("the shortlist, nothing changed", shortlist)
    timed("the first run: everybody noted", keep)
    is_due()
    least = min(_spent(is_due) for _ in range(20))
    print(f"  asking whether a run is due, nothing changed: {1000 * least:.2f} ms CPU (aim 2)")
    edit()
    timed("the shortlist, one person changed", shortlist)
    run = timed("one more run, one person changed", keep)
    with db.reading() as session:
        made = timed(
            "that run made again, from what was noted", lambda: runs_again.again(session, run.key, by=SYSTEM)
        )
        assert made.is_same
        effect = timed("other weights tried", lambda: weights_effect.effect(session, OTHER, by=SYSTEM))
        print(f"    over {effect.people:,} people and {effect.vacancies} of {effect.of_vacancies} vacancies")
        print_bytes(session)


_EDIT = sa.update(ProfileSkill).where(sa.column("id") == 1).values(level=4, version=2)


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def print_bytes(session: Session) -> None:
    """Print what stays on the disk of a run, of a noted person, and of the words."""

    def mean(column: Any, *which: Any) -> float:
        query = sa.select(sa.func.avg(sa.func.length(column))).where(*which)
        return float(session.connection().execute(query).scalar() or 0)

    people = sa.column("side") == Side.SEEKER.value
    print(f"  bytes of a run of {PEOPLE:,} people: {mean(RunScores.content):,.0f}")
    print(f"  bytes of one noted person: {mean(ComparedRecord.content, people):,.0f}")
    print(f"  bytes of the words, once for all runs: {mean(ComparedWords.content):,.0f}")


def main() -> None:
    """Make a service in a temporary folder, and print what runs cost in it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{Path(folder) / 'crm.db'}", "CRM_SECRETS_DIR": folder}
        config.settings.cache_clear()
        schema.upgrade(os.environ["DATABASE_URL"])
        vacancy_id = once(lambda session: fill(session, PEOPLE))
        print(f"Runs of a shortlist of {PEOPLE:,} people")
        bench(vacancy_id)


if __name__ == "__main__":
    main()
