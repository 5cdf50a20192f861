"""Several jobs at once from one employer's tasks, no task in two of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matching.carve import carve_of, fit_of
from matching.carve_bank import Bank
from matching.carve_fit import Fit
from matching.carve_model import TEAM_AIMS, Carve, GuardRails
from matching.carve_solve import Choice, choose
from matching.carve_team_solve import Together, choose_together
from matching.errors import RecordError
from matching.records import Seeker

MOST_PEOPLE = 8
"""For how many people jobs are built at once."""

TEAM_TIME_LIMIT = 60.0
"""Seconds for everybody together; a result that is not proven by then says so."""

MOST_TEAM_TASKS = 300
"""Movable tasks that jobs for several people are chosen from at once."""

MOST_SECONDS = 300.0
"""Seconds at most that may be asked for."""

_NOTHING_LEFT = (
    "Beside the jobs of the others, no job can be built for this person that keeps the guard rails. "
    "Ask whether more tasks could move."
)


@dataclass(frozen=True, slots=True)
class Team:
    """Jobs that share no task.

    Attributes:
        carves: One for each person, in order of their id; without tasks where nothing is left.
        optimal: Whether it is proven that nothing better keeps the guard rails.
    """

    carves: tuple[Carve, ...]
    optimal: bool


def carve_team(
    seekers: Sequence[Seeker],
    bank: Bank,
    *,
    goal: float = 16.0,
    pay: float | None = None,
    minimum_wage: float | None = None,
    rails: GuardRails | None = None,
    employer: str | None = None,
    time_limit: float = TEAM_TIME_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> Team:
    """Build the best jobs for several people at once.

    Each keeps the person's own limits and the guard rails, no task is in two jobs, and every post keeps its
    share over all of them. The aims stand in order in `TEAM_AIMS`. When the time runs out, it is the best
    that was found, at least what building them one after the other gives as far as there was time.

    Args:
        seekers: The people; their order changes nothing.
        bank: The employer's movable tasks.
        goal: Hours a week to reach for people without a goal of their own.
        pay: Pounds an hour of the new jobs; the highest going rate of the posts when None.
        minimum_wage: Pounds an hour that the law asks, when the caller knows it.
        rails: The guard rails, the usual ones when None.
        employer: The employer's name, for the record.
        time_limit: Seconds for the solver, for everybody together.
        progress: Hears how many of how many steps are done; an error it raises ends the work.

    Raises:
        RecordError: too many people or tasks, nobody, somebody twice, or too long a time.
    """
    _check(seekers, bank, time_limit)
    limits, rate = rails or GuardRails(), bank.going_rate if pay is None else pay
    people = sorted(seekers, key=lambda seeker: seeker.id)
    tell = _steps(progress)
    together = Together(tuple(fit_of(each, bank, goal) for each in people), bank, rate, limits)
    if len(people) == 1:
        choices = [choose(together.fits[0], bank.post_hours, rate, limits, time_limit)]
    else:
        chosen, is_proven = choose_together(together, time_limit, tell)
        choices = [_choice(own, picks, is_proven) for own, picks in zip(together.fits, chosen, strict=True)]
    tell(len(TEAM_AIMS))
    carves = tuple(
        carve_of(
            each, bank, own, choice, rate=rate, minimum_wage=minimum_wage, rails=limits, employer=employer
        )
        for each, own, choice in zip(people, together.fits, choices, strict=True)
    )
    return Team(carves, optimal=all(carve.optimal for carve in carves))


def _check(seekers: Sequence[Seeker], bank: Bank, time_limit: float) -> None:
    if not 1 <= len(seekers) <= MOST_PEOPLE:
        raise RecordError("people", f"are {len(seekers)}: choose from 1 to {MOST_PEOPLE} at once")
    if len({each.id for each in seekers}) < len(seekers):
        raise RecordError("people", "name somebody twice: choose each person once")
    if len(bank.tasks) > MOST_TEAM_TASKS:
        raise RecordError(
            "tasks",
            f"that could move are {len(bank.tasks):,}: for several jobs at once pick at most "
            f"{MOST_TEAM_TASKS:,}, for instance those of one site",
        )
    if not 0 <= time_limit <= MOST_SECONDS:
        raise RecordError("time limit", f"is {time_limit:g} seconds: it must be from 0 to {MOST_SECONDS:g}")


def _choice(own: Fit, picks: tuple[int, ...], is_proven: bool) -> Choice:
    """Where the goal is 0 or nothing suits, nothing better exists for sure."""
    return Choice(picks, is_proven or not own.tasks or own.goal <= 0, _NOTHING_LEFT)


def _steps(progress: Callable[[int, int], None] | None) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if progress is not None:
            progress(done, len(TEAM_AIMS))

    return tell
