"""What holds a better job back: each limit lifted by itself, and how many hours the job would have then."""

from collections.abc import Callable
from time import monotonic

from matching.carve import TIME_LIMIT
from matching.carve_bank import MOST_TASKS, Bank
from matching.carve_lifting import Block, Lifting
from matching.carve_model import GuardRails
from matching.carve_situation import Situation
from matching.carve_solve import choose
from matching.profiles import SeekerProfile
from matching.records import Seeker


def what_blocks(
    seeker: Seeker,
    bank: Bank,
    *,
    goal: float = 16.0,
    pay: float | None = None,
    rails: GuardRails | None = None,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Block, ...]:
    """What holds a better job back, exactly: the limits first by what they cost, then what is not recorded.

    Every limit is lifted by itself; where none alone helps, every two of them together. Guard rails come
    after the others: they are only named. Empty when nothing holds it back.

    Args:
        seeker: The person.
        bank: The employer's movable tasks.
        goal: Hours a week to reach for people without a goal of their own.
        pay: Pounds an hour of the new job; the highest going rate of the posts when None.
        rails: The guard rails, the usual ones when None.
        time_limit: Seconds for the solver, for everything together.
        progress: Hears how many of how many questions are done; an error it raises ends the work.
    """
    now = Situation(SeekerProfile.of(seeker, bank.concepts), bank, rails or GuardRails(), goal)
    own = now.fit()
    if own.goal <= 0 or len(bank.tasks) > MOST_TASKS:
        return _not_recorded(bank, 0.0)
    until = monotonic() + time_limit
    choice = choose(own, bank.post_hours, bank.going_rate if pay is None else pay, now.rails, time_limit)
    lifting = Lifting(now, own, choice, until, progress)
    return (*lifting.blocks(), *_not_recorded(bank, lifting.before.hours))


def _not_recorded(bank: Bank, hours: float) -> tuple[Block, ...]:
    return tuple(Block("Not recorded", round(hours, 6), sentence) for sentence in bank.left_out)
