"""What is said about a carve: why it is not more, what the pay means, and what is not recorded."""

from collections.abc import Sequence

from matching.carve_bank import MOST_TASKS, Bank, BankTask
from matching.carve_fit import NOT_RECORDED, Fit
from matching.carve_model import GuardRails
from matching.carve_solve import Choice
from matching.carve_week import week_rows
from matching.finding import in_hours
from matching.records import Seeker


def on_the_result(bank: Bank, own: Fit, choice: Choice, rails: GuardRails) -> list[str]:
    """Why there is no job, or perhaps a better one."""
    if len(bank.tasks) > MOST_TASKS:
        words = f"{len(bank.tasks):,} movable tasks are too many to choose from at once"
        return [f"{words}: pick at most {MOST_TASKS:,}, for instance those of one site."]
    if not bank.tasks:
        return ["No job can be built: there is no movable task with hours."]
    if own.goal <= 0:
        return ["No job is built: the person's goal is 0 hours. Record the hours that they wish to reach."]
    if not own.tasks:
        return ["No job can be built: none of the movable tasks suits this person as recorded."]
    if not choice.optimal:
        return ["The time for the calculation ran out: a better job may exist."]
    nothing = [] if choice.chosen else [choice.why_nothing or _no_job(own, rails)]
    return [*nothing, *_on_the_times(own, choice)]


def _no_job(own: Fit, rails: GuardRails) -> str:
    return (
        "No job can be built that keeps the guard rails: "
        f"{in_hours(rails.contact_hours)} a week beside colleagues, at most {rails.most_hard:.0%} of the "
        f"hours isolated, unpleasant or dangerous, {rails.keep:.0%} of the hours left to every post, at most "
        f"{rails.most_posts} posts, and at most {in_hours(own.most)} for this person. "
        "Ask whether more tasks could move, or correct what is recorded of these."
    )


def _on_the_times(own: Fit, choice: Choice) -> list[str]:
    """What stands in the way of more hours when tasks want the same times."""
    wanted = {at for row, _ in week_rows(own.tasks) for at in row}
    hours = sum(own.tasks[at].hours for at in choice.chosen)
    if not wanted or hours >= min(own.goal, own.most) - 1e-6:
        return []
    return [
        f"{len(wanted)} of the tasks want the same times, so one person cannot do them all: "
        "ask whether some could be done at other times."
    ]


def on_the_pay(
    bank: Bank, tasks: Sequence[BankTask], rate: float | None, minimum_wage: float | None
) -> list[str]:
    """What the pay means, and which costs are not recorded."""
    if not tasks:
        return []
    said: list[str] = []
    freed = [task for task in tasks if not task.is_undone]
    unknown = sum(task.cost is None for task in freed)
    if unknown:
        said.append(
            f"The cost of who does it now is not recorded for {unknown} of {len(freed)} tasks, "
            'so the cost difference is a "from": record it, as £0 counts as not recorded.'
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


def on_the_person(seeker: Seeker, own: Fit, choice: Choice) -> list[str]:
    """What is not recorded of the person or the tasks, so that it was not compared."""
    tasks = [own.tasks[at] for at in choice.chosen]
    if not tasks:
        return []
    unrecorded = sum(own.readiness[at] == NOT_RECORDED for at in choice.chosen)
    hours, least = sum(task.hours for task in tasks), seeker.hours.now_min
    untimed = sum(task.cells is None for task in tasks)
    said = (
        (unrecorded, f"Whether the person can do it is not recorded for {unrecorded} of {len(tasks)} tasks."),
        *_on_the_tasks(tasks),
        (untimed, f"Times are not recorded for {untimed} of {len(tasks)} tasks: agree when they are done."),
        (
            untimed < len(tasks) and not seeker.availability,
            "The person's free times are not recorded: the days were not compared.",
        ),
        (
            least is not None and hours < least - 1e-9,
            f"It is less than the person's least: {in_hours(least or 0)}.",
        ),
    )
    return [sentence for is_so, sentence in said if is_so]


def _on_the_tasks(tasks: Sequence[BankTask]) -> tuple[tuple[int, str], ...]:
    no_nature = sum(task.nature is None for task in tasks)
    whole_job = sum(task.has_job_demands and not task.demands for task in tasks)
    return (
        (
            no_nature,
            f"How much company the work gives is not recorded for {no_nature} of {len(tasks)} tasks: "
            "check that the job is beside colleagues.",
        ),
        (
            whole_job,
            f"What they demand is known of the whole job only for {whole_job} of {len(tasks)} tasks, "
            "so it was not compared: record it task by task.",
        ),
    )
