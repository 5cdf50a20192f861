"""The best job that an employer's movable tasks make for one person, with its figures and warnings."""

from collections.abc import Sequence

from matching.carve_bank import Bank, BankTask
from matching.carve_fit import NOT_RECORDED, WITH_SUPPORT, Fit, fit
from matching.carve_model import SUPPORT_SHARE, Carve, CarvedTask, GuardRails
from matching.carve_solve import Choice, choose
from matching.finding import in_hours
from matching.profiles import SeekerProfile
from matching.records import Seeker

MOST_TASKS = 2_000
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
    """
    limits, rate = rails or GuardRails(), bank.going_rate if pay is None else pay
    own = fit_of(seeker, bank, goal)
    if len(bank.tasks) > MOST_TASKS:
        choice = Choice((), optimal=False)
    else:
        choice = choose(own, bank.post_hours, rate, limits, time_limit)
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
        warnings=_warnings(seeker, bank, own, choice, rate, minimum_wage, rails),
        optimal=choice.optimal,
    )


def cost_difference(tasks: Sequence[BankTask], rate: float | None) -> float | None:
    """Pounds a week over freed tasks with a recorded cost; None when there is none, or no pay is known."""
    freed = [(task.hours, task.cost) for task in tasks if not task.is_undone]
    known = [(hours, cost) for hours, cost in freed if cost is not None]
    if rate is None or not known:
        return None
    return round(sum(hours * (cost - rate) for hours, cost in known), 2)


def _warnings(
    seeker: Seeker,
    bank: Bank,
    own: Fit,
    choice: Choice,
    rate: float | None,
    minimum_wage: float | None,
    rails: GuardRails,
) -> tuple[str, ...]:
    tasks = [own.tasks[at] for at in choice.chosen]
    return (
        *_on_the_result(bank, own, choice, rails),
        *_on_the_pay(bank, tasks, rate, minimum_wage),
        *_on_the_person(seeker, own, choice, tasks),
        *own.left_out,
        *bank.left_out,
    )


def _on_the_result(bank: Bank, own: Fit, choice: Choice, rails: GuardRails) -> list[str]:
    if len(bank.tasks) > MOST_TASKS:
        words = f"{len(bank.tasks):,} movable tasks are too many to choose from at once"
        return [f"{words}: pick at most {MOST_TASKS:,}, for instance those of one site."]
    if not bank.tasks:
        return ["No job can be built: there is no movable task with hours."]
    if own.goal <= 0:
        return ["No job is built: the person's goal is 0 hours."]
    if not own.tasks:
        return ["No job can be built: none of the movable tasks suits this person as recorded."]
    if not choice.optimal:
        return ["The time for the calculation ran out: a better job may exist."]
    if not choice.chosen:
        return [
            "No job can be built that keeps the guard rails: "
            f"{in_hours(rails.contact_hours)} a week beside colleagues, at most {rails.most_hard:.0%} of the "
            f"hours isolated or unpleasant, {rails.keep:.0%} of the hours left to every post, at most "
            f"{rails.most_posts} posts, and at most {in_hours(own.most)} for this person."
        ]
    return []


def _on_the_pay(
    bank: Bank, tasks: Sequence[BankTask], rate: float | None, minimum_wage: float | None
) -> list[str]:
    if not tasks:
        return []
    said: list[str] = []
    freed = [task for task in tasks if not task.is_undone]
    unknown = sum(task.cost is None for task in freed)
    if unknown:
        said.append(
            f"The cost of who does it now is not recorded for {unknown} of {len(freed)} tasks, "
            'so the cost difference is a "from".'
        )
    if rate is None:
        said.append("No going rate is recorded: agree the pay before any figure is given.")
    elif minimum_wage is not None and rate < minimum_wage:
        said.append(
            f"£{rate:.2f} an hour is below the minimum wage of £{minimum_wage:.2f}: it may not be paid."
        )
    if rate is not None and bank.going_rate is not None and rate < bank.going_rate:
        said.append(
            f"£{rate:.2f} an hour is below the going rate of £{bank.going_rate:.2f} for the same tasks."
        )
    return said


def _on_the_person(seeker: Seeker, own: Fit, choice: Choice, tasks: Sequence[BankTask]) -> list[str]:
    if not tasks:
        return []
    unrecorded = sum(own.readiness[at] == NOT_RECORDED for at in choice.chosen)
    no_nature = sum(task.nature is None for task in tasks)
    free = sum(task.cells is None for task in tasks)
    hours, least = sum(task.hours for task in tasks), seeker.hours.now_min
    said = (
        (unrecorded, f"Whether the person can do it is not recorded for {unrecorded} of {len(tasks)} tasks."),
        (
            no_nature,
            f"How much company the work gives is not recorded for {no_nature} of {len(tasks)} tasks: "
            "check that the job is beside colleagues.",
        ),
        (free, f"Times are not recorded for {free} of {len(tasks)} tasks: agree when they are done."),
        (
            free < len(tasks) and not seeker.availability,
            "The person's free times are not recorded: the days were not compared.",
        ),
        (
            least is not None and hours < least - 1e-9,
            f"It is less than the person's least: {in_hours(least or 0)}.",
        ),
    )
    return [sentence for is_so, sentence in said if is_so]
