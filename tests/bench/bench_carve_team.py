"""CPU seconds of further questions on carving, run by `make bench`: next best jobs, what blocks, teams."""

import statistics
import time
from collections.abc import Callable

from matching.carve_alternatives import alternatives
from matching.carve_bank import Bank
from matching.carve_blocks import what_blocks
from matching.carve_team import TEAM_TIME_LIMIT, Team, carve_team
from tests.bench.bench_carve import NOTHING, person, posts

SEEDS = range(10)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def one_person(tasks: int, count: int) -> None:
    """Next best jobs, and what blocks a better one."""
    banks = {seed: Bank.of(posts(count, tasks, seed), NOTHING) for seed in SEEDS}
    for name, work in (
        ("the best and 2 that differ", lambda seed: alternatives(person(seed), banks[seed])),
        ("what blocks a better one", lambda seed: what_blocks(person(seed), banks[seed])),
    ):
        spent = [seconds(lambda: work(seed)) for seed in SEEDS]  # noqa: B023
        print(
            f"{tasks} tasks x 1 person, {name}: median {statistics.median(spent):.2f}, "
            f"worst {max(spent):.2f} CPU s"
        )


def team(people: int, tasks: int, count: int, seeds: range) -> None:
    """Several jobs at once."""
    found: list[Team] = []
    spent: list[float] = []
    for seed in seeds:
        bank = Bank.of(posts(count, tasks, seed), NOTHING)
        seekers = [person(100 * seed + at) for at in range(people)]
        spent.append(seconds(lambda: found.append(carve_team(seekers, bank))))  # noqa: B023
    proven = sum(each.optimal for each in found)
    print(
        f"{people} people x {tasks} tasks at once: median {statistics.median(spent):.1f}, "
        f"worst {max(spent):.1f} CPU s; {proven} of {len(found)} proven within {TEAM_TIME_LIMIT:g} s"
    )


def main() -> None:
    """Print the figures."""
    one_person(60, 5)
    one_person(200, 8)
    team(2, 60, 5, range(5))
    team(5, 60, 5, range(5))
    team(8, 100, 5, range(3))


if __name__ == "__main__":
    main()
