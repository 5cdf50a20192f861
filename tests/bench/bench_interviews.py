"""How long it takes to share out many interviews at once, to a proven best; part of `make bench`."""

import time

import numpy as np

from matching.fair_interviews import Wish, propose

SIZES = ((100, 30, 3), (300, 60, 4), (600, 100, 5))
"""People, vacancies with three interviews each, and wishes of each person."""


def drawn(people: int, vacancies: int, each: int) -> list[Wish]:
    """Wishes for vacancies drawn at random, by people with up to four chances before."""
    draw = np.random.default_rng(1)
    chances = draw.integers(0, 5, people).tolist()
    return [
        Wish(person, vacancy, float(draw.integers(101)), chances[person], person + 1)
        for person in range(people)
        for vacancy in draw.choice(vacancies, each, replace=False).tolist()
    ]


def main() -> None:
    """Print every figure."""
    for people, vacancies, each in SIZES:
        wishes = drawn(people, vacancies, each)
        start = time.process_time()
        found = propose(wishes, dict.fromkeys(range(vacancies), 3))
        spent = time.process_time() - start
        proven = "proven best" if found.optimal else "not proven in time"
        print(
            f"{len(wishes):,} wishes of {people} people: {spent:.2f} s CPU, {len(found.met)} given, {proven}"
        )


if __name__ == "__main__":
    main()
