"""What a night costs in which one in a hundred records has changed, beside one that compares everybody.

2,000 people and 500 vacancies as they are noted; CPU of one thread, reading the notes and making the indexes
included. Finding out what has changed is the same for both, and left out. `make bench` runs it.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm import schema
from crm.db import make_engine
from crm.models.base import utc_now
from crm.models.compared import ComparedRecord, Side
from crm.models.rankings import RankingInHand, RankingRun
from crm.models.users import SYSTEM
from crm.services import ranking_ground, ranking_parts, vocabularies
from crm.services.compared_content import digest_of, packed
from matching.compare import DEFAULT_WEIGHTS
from matching.concepts import Concepts
from matching.records import Job, Seeker, read_jobs, read_seekers
from tests.bench import generate

PEOPLE, JOBS, ONE_IN = 2_000, 500, 100


def note(session: Session, side: Side, records: Iterable[Seeker | Job], concepts: Concepts) -> int:
    """Note records as the night does; gives the last note."""
    rows: list[dict[str, Any]] = []
    for record in records:
        content = packed(record, concepts)
        told = {"side": side, "noted_at": utc_now(), "standing": [1], "content": content}
        rows.append(told | {"record_id": int(record.id), "digest": digest_of(content)})
    session.connection().execute(sa.insert(ComparedRecord), rows)
    return session.connection().execute(sa.select(sa.func.max(col(ComparedRecord.id)))).scalar_one() or 0


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call, the best of three."""
    taken: list[float] = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def compare(session: Session, hand: RankingInHand) -> int:
    """Read the ground of a run and work out all its parts; gives how many suggestions may come of it."""
    ground = ranking_ground.read(session, hand, by=SYSTEM)
    return sum(len(ranking_parts.work_out(ground, number).found) for number in range(ground.parts))


def hand_of(base: RankingRun | None, until: int, *, is_whole: bool) -> RankingInHand:
    """A run in hand up to a note."""
    return RankingInHand(
        started_at=utc_now(),
        engine_version="1",
        weights=asdict(DEFAULT_WEIGHTS),
        words="1",
        pulse=[1],
        base_id=base.id if base else None,
        is_whole=is_whole,
        until=until,
    )


def run_of(note_id: int) -> RankingRun:
    """The run that compared everything up to a note."""
    begun = utc_now()
    return RankingRun(
        started_at=begun,
        ended_at=begun,
        engine_version="1",
        weights=asdict(DEFAULT_WEIGHTS),
        people=PEOPLE,
        vacancies=JOBS,
        pulse=[1],
        as_of_input=note_id,
    )


def bench(session: Session, seekers: list[Seeker], jobs: list[Job]) -> None:
    """Note everybody, then every hundredth once more with one wish less, and compare both ways."""
    concepts = Concepts(vocabularies.shipped())
    note(session, Side.SEEKER, seekers, concepts)
    first = note(session, Side.JOB, jobs, concepts)
    base = run_of(first)
    session.add(base)
    session.flush()
    note(session, Side.SEEKER, (replace(one, skills=one.skills[1:]) for one in seekers[::ONE_IN]), concepts)
    changed_jobs = (replace(one, criteria=one.criteria[1:]) for one in jobs[::ONE_IN])
    until = note(session, Side.JOB, changed_jobs, concepts)
    whole = cpu_seconds(lambda: compare(session, hand_of(None, until, is_whole=True)))
    changed = cpu_seconds(lambda: compare(session, hand_of(base, until, is_whole=False)))
    people_only = cpu_seconds(lambda: compare(session, hand_of(base, until - JOBS // ONE_IN, is_whole=False)))
    print(f"{PEOPLE:,} people × {JOBS} vacancies, everybody: {whole:.2f} s CPU")
    print(f"one in {ONE_IN} of both changed:  {changed:.2f} s CPU ({changed / whole:.2f} of the whole)")
    print(f"one in {ONE_IN} people changed:   {people_only:.2f} s CPU ({people_only / whole:.2f} of it)")


def main() -> None:
    """Draw the records and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = generate.write(Path(folder), seekers=PEOPLE, jobs=JOBS)
        seekers = list(islice(read_seekers(drawn[0]), PEOPLE))
        jobs = list(islice(read_jobs(drawn[1]), JOBS))
        numbers = [replace(one, id=str(n)) for n, one in enumerate(seekers, start=1)]
        posts = [replace(one, id=str(n)) for n, one in enumerate(jobs, start=1)]
        address = f"sqlite:///{folder}/bench.db"
        schema.upgrade(address)
        with Session(make_engine(address)) as session:
            bench(session, numbers, posts)


if __name__ == "__main__":
    main()
