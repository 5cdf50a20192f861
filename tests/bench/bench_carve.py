"""CPU seconds of carving, run by `make bench`: one person beside 200 tasks, 500 people beside 60 tasks."""

import random
import statistics
import time
from typing import Any

from matching.carve import TIME_LIMIT, carve_for, fit_of
from matching.carve_bank import Bank
from matching.carve_model import Carve, GuardRails
from matching.carve_rank import carve_rank
from matching.carve_reach import Reach
from matching.carve_solve import Programme
from matching.records import Job, Seeker
from matching.vocabulary import Vocabulary

GOAL = 16.0
NOTHING = Vocabulary.from_concepts([])
NATURES = ("social", "visible", "isolated", "unpleasant", "neutral")
SCALES = ("noise", "reading", "lifting", "pace", "standing")
WEEKDAYS = [{"day": day, "start": "09:00", "end": "17:00"} for day in range(5)]


def task(number: int, chance: random.Random) -> dict[str, Any]:
    start, earlier = chance.randrange(8, 16), f"t{number - 1:03}"
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
        "needs": [earlier] if number and chance.random() < 0.15 else None,
        "dangerous": chance.random() < 0.1,
        "demands": {key: chance.randrange(5) for key in chance.sample(SCALES, 2)},
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
            "abilities": {key: chance.choice([1, 2, 3, 4]) for key in chance.sample(SCALES, 3)},
            "ability_supports": chance.sample(SCALES, 2),
        }
    )


def one_person() -> None:
    """200 tasks beside one person, each time others, and the bare first question of each for a ratio."""
    seconds: list[float] = []
    bare: list[float] = []
    proven = 0
    for seed in range(20):
        bank = Bank.of(posts(8, 200, seed), NOTHING)
        start = time.process_time()
        proven += carve_for(person(seed), bank).optimal
        seconds.append(time.process_time() - start)
        start = time.process_time()
        Programme(fit_of(person(seed), bank, GOAL), bank.post_hours, GuardRails()).way_to_goal(TIME_LIMIT)
        bare.append(time.process_time() - start)
    median, worst = statistics.median(seconds), max(seconds)
    print(
        f"200 tasks x 1 person: median {median:.2f}, worst {worst:.2f} CPU s (aim 0.3); {proven} of 20 "
        f"proven optimal; {sum(seconds) / sum(bare):.1f} x any set that reaches the goal"
    )


def everybody(people: list[Seeker], jobs: list[Job]) -> None:
    """500 people beside 60 tasks: the order alone, the first of the list, and all of it."""
    bank, rails = Bank.of(jobs, NOTHING), GuardRails()
    fits = [fit_of(one, bank, GOAL) for one in people]
    start = time.process_time()
    reach = Reach(bank, rails, TIME_LIMIT)
    answers = reach.can_reach(fits)
    quick = time.process_time() - start
    start = time.process_time()
    by_hand = [bool(Programme(own, bank.post_hours, rails).way_to_goal(TIME_LIMIT).chosen) for own in fits]
    slow = time.process_time() - start
    assert answers == by_hand
    print(
        f"whose goal is reached, 500 people x 60 tasks: {quick:.2f} CPU s, {reach.asked} programmes; one for "
        f"each person: {slow:.2f} CPU s ({slow / quick:.1f} x); the same answers"
    )
    listed: dict[int | None, list[Carve]] = {}
    for top in (20, None):
        start = time.process_time()
        listed[top] = carve_rank(people, jobs, vocabulary=NOTHING, top=top)
        spent = time.process_time() - start
        print(f"500 people x 60 tasks, {top or 'all'} built: {spent:.1f} CPU s (aim 20)")
    solved = sorted(listed[None], key=lambda each: (each.hours_short > 0, each.seeker_id))
    assert [each.seeker_id for each in listed[None]] == [each.seeker_id for each in solved]
    assert listed[20] == listed[None][:20]
    print(
        f"the order is that of all {len(solved)} solved; {sum(not each.hours_short for each in solved)} reach"
    )


def main() -> None:
    """Print the figures."""
    one_person()
    everybody([person(seed) for seed in range(500)], posts(5, 60, 7))


if __name__ == "__main__":
    main()
