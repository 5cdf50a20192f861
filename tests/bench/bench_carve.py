"""CPU seconds of carving, run by `make bench`: one person beside 200 tasks, 500 people beside 60 tasks."""

import random
import statistics
import time
from typing import Any

from matching.carve import carve_for
from matching.carve_bank import Bank
from matching.carve_rank import carve_rank
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary

NOTHING = Vocabulary.from_concepts([])
NATURES = ("social", "visible", "isolated", "unpleasant", "neutral")
WEEKDAYS = [{"day": day, "start": "09:00", "end": "17:00"} for day in range(5)]


def task(number: int, chance: random.Random) -> dict[str, Any]:
    start = chance.randrange(8, 16)
    times = [{"day": chance.randrange(5), "start": f"{start:02}:00", "end": f"{start + 4:02}:00"}]
    return {
        "id": f"t{number:03}",
        "name": f"task {chance.choice('abcdefghij')}",
        "hours_week": chance.choice([0.5, 1, 1.25, 1.5, 2, 2.5, 3.75]),
        "essential": "could_move",
        "skills": [f"skill {chance.randrange(30)}"],
        "current_hourly_cost": chance.choice([None, 12.5, 13.2, 15.75, 18.9, 24.1]),
        "backlog": chance.choice(["done", "late", "undone"]),
        "nature": chance.choice(NATURES),
        "slots": times if chance.random() < 0.6 else None,
    }


def posts(count: int, tasks: int, seed: int) -> list[Job]:
    chance = random.Random(seed)
    return [
        Job.from_record(
            {
                "id": f"j{at}",
                "title": "Assistant",
                "employer": "E",
                "going_rate": 12.71,
                "hours": {"max": 37.5},
                "tasks": [task(number, chance) for number in range(tasks // count)],
            }
        )
        for at in range(count)
    ]


def person(seed: int) -> Seeker:
    chance = random.Random(seed)
    skills = [{"name": f"skill {n}", "level": chance.randrange(4)} for n in chance.sample(range(30), 10)]
    return Seeker.from_record(
        {
            "id": f"s{seed}",
            "skills": skills,
            "interests": [f"task {chance.choice('abcdefghij')}"],
            "hours": {
                "goal": chance.choice([8, 12, 16, 20, None]),
                "now_max": chance.choice([10, 16, 20, 25, None]),
            },
            "availability": WEEKDAYS if chance.random() < 0.6 else None,
        }
    )


def main() -> None:
    """Print the figures."""
    seconds: list[float] = []
    proven = 0
    for seed in range(20):
        bank = Bank.of(posts(8, 200, seed), NOTHING)
        start = time.process_time()
        proven += carve_for(person(seed), bank).optimal
        seconds.append(time.process_time() - start)
    median, worst = statistics.median(seconds), max(seconds)
    print(
        f"200 tasks x 1 person: median {median:.2f}, worst {worst:.2f} CPU s; {proven} of 20 proven optimal"
    )
    people, jobs = [person(seed) for seed in range(500)], posts(5, 60, 7)
    for top in (20, None):
        start = time.process_time()
        carves = carve_rank(people, jobs, vocabulary=NOTHING, top=top)
        spent = time.process_time() - start
        print(f"500 people x 60 tasks, {top or 'all'} built: {spent:.1f} CPU s; {len(carves)} carves")


if __name__ == "__main__":
    main()
