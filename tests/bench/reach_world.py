"""Seeded files of people who say where they live and how far they go, and of jobs that say where they are."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.generate import World

MODES, MINUTES = ("bus", "walk", "car", "train"), (30, 45, 60)


def located(world: World, record: dict[str, Any], key: str) -> str:
    """A drawn record of which it is known where it is, and how far somebody goes."""
    record[key] = world.postcode()
    if key == "home":
        record["travel"] = {"mode": world.one_of(MODES), "max_minutes": world.one_of(MINUTES)}
    return json.dumps(record) + "\n"


def write(folder: Path, *, people: int, jobs: int) -> tuple[Path, Path]:
    """Write both files line by line and return their paths."""
    world, paths = World(1), (folder / "seekers.jsonl", folder / "jobs.jsonl")
    with paths[0].open("w", encoding="utf-8") as out:
        out.writelines(located(world, world.seeker(number), "home") for number in range(people))
    with paths[1].open("w", encoding="utf-8") as out:
        out.writelines(located(world, world.job(number), "place") for number in range(jobs))
    return paths


def first_lines(path: Path, count: int) -> Iterator[dict[str, Any]]:
    """The first records of a file, as they were written."""
    with path.open(encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            yield json.loads(line)
