"""A carved job in words: three figures kept apart, and "from" where a cost is not recorded."""

from crm.services.carve_building import ForOne
from crm.services.carve_ground import Built
from crm.services.carve_ranking import Ranked
from crm.services.carve_team_building import ForTeam
from crm.ui.tables import Cell
from crm.ui.words import NOT_RECORDED, count, hours, money

BUILT_COLUMNS = ["Name", "Hours", "Goal", "Tasks", "Time freed", "Cost difference", "New wage", "Waiting"]
BESIDE_COLUMNS = [
    *("Job", "Hours", "Goal", "Tasks", "Time freed", "Cost difference", "New wage", "Against the best"),
]
TEAM_COLUMNS = ["Name", "Hours", "Goal", "Tasks", "Time freed", "Cost difference", "New wage"]
POST_COLUMNS = ["Post", "Hours a week", "Gave before", "Gives now", "Keeps", "Share kept"]
POST_NUMBERS = ",".join(POST_COLUMNS[1:])
NUMBERS = "Hours,Time freed,Cost difference,New wage,Waiting"
_READY = {"now": "Now", "with_support": "With support to begin with", "not_recorded": NOT_RECORDED}


def cost_words(difference: float | None, is_from: bool) -> str:
    """What the freed hours cost now less what they will: £12.00, from £12.00, £3.00 more than now."""
    if difference is None:
        return NOT_RECORDED
    amount = f"{money(-difference)} more than now" if difference < 0 else money(difference)
    return f"from {amount}" if is_from else amount


def week_hours(value: float) -> str:
    """Hours a week as a bare number for a column: 16, 7.5, 1.17."""
    return f"{round(value, 2):g}"


def goal_words(hours_week: float, hours_short: float) -> str:
    """How the hours stand against the person's own goal."""
    if not hours_week:
        return "No job can be built"
    return f"{week_hours(hours_short)} hours short" if hours_short > 1e-6 else "Goal reached"


def built_cells(built: Built) -> tuple[Cell, ...]:
    """One person's job as a row."""
    waits = NOT_RECORDED if built.days_waiting is None else count(built.days_waiting, "day")
    return (built.name, *_figures(built), waits)


def _figures(built: Built) -> tuple[Cell, ...]:
    carve = built.carve
    return (
        week_hours(carve.hours_week),
        goal_words(carve.hours_week, carve.hours_short),
        ", ".join(task.name for task in carve.tasks),
        week_hours(carve.skilled_hours_freed),
        cost_words(carve.cost_difference_week, built.is_from) if carve.tasks else "",
        money(carve.new_wage_week) if carve.tasks else "",
    )


def place_words(place: int) -> str:
    """What the jobs for one person are called, the best one first."""
    return f"Next best {place}" if place else "The best"


def beside_rows(found: ForOne) -> list[tuple[Cell, ...]]:
    """The best job and the next best ones, side by side."""
    best = found.jobs[0]
    return [
        (place_words(place), *_figures(job), differs_words(job, best, found.alike[place]) if place else "")
        for place, job in enumerate(found.jobs)
    ]


def differs_words(job: Built, best: Built, alike: float) -> str:
    """Which tasks a job has that the best one has not, and the other way round."""
    own, other = ({task.task_id: task.name for task in each.carve.tasks} for each in (job, best))
    with_these = [name for key, name in own.items() if key not in other]
    without = [name for key, name in other.items() if key not in own]
    parts = [
        *([f"with {', '.join(with_these)}"] if with_these else []),
        *([f"without {', '.join(without)}"] if without else []),
        f"{alike:.0%} of its hours are in the best too",
    ]
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}"


def team_rows(team: ForTeam) -> list[tuple[Cell, ...]]:
    """The job of each person of a team."""
    return [(job.name, *_figures(job)) for job in team.jobs]


def post_rows(team: ForTeam) -> list[tuple[Cell, ...]]:
    """What each post keeps that gives tasks to a team."""
    return [
        (
            post.title,
            *(week_hours(each) for each in (post.hours, post.given_before, post.given, post.left)),
            f"{post.left / post.hours:.0%}",
        )
        for post in team.posts
    ]


def proven_words(is_optimal: bool) -> str:
    """Whether anything better is possible, said plainly."""
    if is_optimal:
        return "It is proven that nothing better keeps the guard rails."
    return "The time for the calculation ran out: this is the best that was found. A better one may exist."


def task_rows(built: Built) -> list[tuple[Cell, ...]]:
    """The tasks of one person's job."""
    return [(task.name, week_hours(task.hours_week), _READY[task.readiness]) for task in built.carve.tasks]


def figure_rows(
    *,
    freed: float,
    undone: float,
    difference: float | None,
    is_from: bool,
    wage: float | None,
    support: float | None,
) -> list[tuple[str, Cell]]:
    """The figures of a carved job, each by itself: they are never netted."""
    rows: list[tuple[str, Cell]] = [
        ("Skilled time freed a week", hours(freed)),
        ("Work done that nobody gets to now", hours(undone)),
        ("Cost difference a week over freed hours", cost_words(difference, is_from)),
        ("New wage a week, without on-costs", money(wage)),
    ]
    if support is not None:
        rows.append(("Coach time a week to begin with (estimate)", hours(support)))
    return rows


def reached_words(found: Ranked) -> str:
    """How many people a job reaching their goal can be built for."""
    return (
        f"{count(found.total, 'person', 'people')} compared, nobody left out; "
        f"a job that reaches their goal can be built for {found.reached:,}"
    )
