"""The best job that an employer's movable tasks make for one person, with its figures and warnings."""

from collections.abc import Sequence

from matching.carve_bank import MOST_TASKS, Bank, BankTask
from matching.carve_fit import WITH_SUPPORT, Fit, fit
from matching.carve_model import SUPPORT_SHARE, Carve, CarvedTask, GuardRails
from matching.carve_solve import Choice, choose
from matching.carve_warnings import on_the_pay, on_the_person, on_the_result
from matching.constraints import Row
from matching.profiles import SeekerProfile
from matching.records import Seeker

TIME_LIMIT = 10.0
"""Seconds for one person; a result that is not proven by then says so."""


def carve_for(
    seeker: Seeker,
    bank: Bank,
    *,
    goal: float = 16.0,
    pay: float | None = None,
    minimum_wage: float | None = None,
    rails: GuardRails | None = None,
    employer: str | None = None,
    time_limit: float = TIME_LIMIT,
    extra: Sequence[Row] = (),
) -> Carve:
    """Build the best job for one person.

    Args:
        seeker: The person.
        bank: The employer's movable tasks.
        goal: Hours a week to reach for people without a goal of their own.
        pay: Pounds an hour of the new job; the highest going rate of the posts when None.
        minimum_wage: Pounds an hour that the law asks for this person, when the caller knows it.
        rails: The guard rails, the usual ones when None.
        employer: The employer's name, for the record.
        time_limit: Seconds for the solver.
        extra: Constraints beside the usual ones, over the positions of what suits the person (`fit_of`).
    """
    limits, rate = rails or GuardRails(), bank.going_rate if pay is None else pay
    own = fit_of(seeker, bank, goal)
    if len(bank.tasks) > MOST_TASKS:
        choice = Choice((), optimal=False)
    else:
        choice = choose(own, bank.post_hours, rate, limits, time_limit, extra)
    return carve_of(
        seeker, bank, own, choice, rate=rate, minimum_wage=minimum_wage, rails=limits, employer=employer
    )


def fit_of(seeker: Seeker, bank: Bank, goal: float) -> Fit:
    """What of the bank may be chosen for this person."""
    return fit(SeekerProfile.of(seeker, bank.concepts), bank, goal)


def carve_of(
    seeker: Seeker,
    bank: Bank,
    own: Fit,
    choice: Choice,
    *,
    rate: float | None,
    minimum_wage: float | None,
    rails: GuardRails,
    employer: str | None,
) -> Carve:
    """The figures and warnings of a choice; the figures are rounded to 2 decimals."""
    tasks = [own.tasks[at] for at in choice.chosen]
    ready = [own.readiness[at] for at in choice.chosen]
    hours = sum((task.hours for task in tasks), 0.0)
    supported = sum((task.hours for task, how in zip(tasks, ready, strict=True) if how == WITH_SUPPORT), 0.0)
    freed = sum((task.hours for task in tasks if not task.is_undone), 0.0)
    return Carve(
        seeker_id=seeker.id,
        employer=employer,
        rank=0,
        score=round(100 * min(1.0, hours / own.goal), 1) if own.goal > 0 else 100.0,
        tasks=tuple(
            CarvedTask(task.job_id, task.task_id, task.name, task.hours, how)
            for task, how in zip(tasks, ready, strict=True)
        ),
        hours_week=round(hours, 6),
        hours_short=max(0.0, round(own.goal - hours, 6)),
        skilled_hours_freed=round(freed, 6),
        cost_difference_week=cost_difference(tasks, rate),
        new_wage_week=None if rate is None else round(hours * rate, 2),
        undone_work_hours=round(hours - freed, 6),
        support_hours_week=round(SUPPORT_SHARE * supported, 2),
        warnings=(
            *on_the_result(bank, own, choice, rails),
            *on_the_pay(bank, tasks, rate, minimum_wage),
            *on_the_person(seeker, own, choice),
            *own.left_out,
            *bank.left_out,
        ),
        optimal=choice.optimal,
    )


def cost_difference(tasks: Sequence[BankTask], rate: float | None) -> float | None:
    """Pounds a week over freed tasks with a recorded cost; None when there is none, or no pay is known."""
    freed = [(task.hours, task.cost) for task in tasks if not task.is_undone]
    known = [(hours, cost) for hours, cost in freed if cost is not None]
    if rate is None or not known:
        return None
    return round(sum(hours * (cost - rate) for hours, cost in known), 2)
