"""A carved job as a proposal in plain words: what is needed, the job, its pay, support, and what comes next.

It is made of the work and of what the employer said. Nothing of the person for whom a job may have been
built is read here: no name, no hours, no need, no readiness.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crm.models.analyses import Backlog, JobAnalysis, JobTask
from crm.models.carve_cases import CarveCase
from crm.models.carve_proposals import ProposalDays
from crm.models.carves import CarveKind, JobCarve
from crm.papers.paper import Bar, Chart, Grid, Section
from crm.services.carve_figures import CaseFigures
from crm.services.plain_words import count, day
from crm.services.proposal_case_words import figures_section, pay_section, risk_section, support_section
from crm.services.proposal_content import Content
from crm.services.proposal_phrases import OPEN, hours, money, times, typed

NOBODY = "Nobody"
OPENING = (
    "This is a proposal for a new job. Nothing in it is settled yet.",
    "Please tell us what fits and what does not. We change it with you.",
)
OPEN_WHEN = "when is to be agreed"
MOST_BARS = 10
_DONE, _UNDONE = "Somebody does this now", "Nobody gets to this now"
TASK_COLUMNS = ("Task", "Hours a week, and when", "Who does it now")
_STEPS = (
    ("You read this and tell us what you think", "answer_by"),
    ("We meet, and agree tasks, hours, pay and support", "meet_by"),
    ("The first day, or the first day of a trial", "starts_by"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One task of the job, the post that it comes from, and the hours a week that move."""

    task: JobTask
    post: JobAnalysis
    hours_week: float

    @property
    def is_undone(self) -> bool:
        """Does nobody get to it now?"""
        return self.post.is_unmet_needs or self.task.backlog is Backlog.UNDONE


@dataclass(frozen=True, slots=True)
class Proposed:
    """All that a proposal is made of."""

    service: str
    employer: str
    site: str | None
    carve: JobCarve
    case: CarveCase | None
    figures: CaseFigures
    taken: Sequence[Taken]
    days: ProposalDays


def content_of(found: Proposed) -> Content:
    """The whole proposal in words."""
    carve = found.carve
    facts = (
        ("Employer", found.employer),
        ("Place", found.site or OPEN),
        ("Job", carve.title),
        ("Hours a week", hours(carve.hours_week)),
        ("Pay an hour", money(carve.pay_hourly)),
        ("From", found.service),
    )
    return Content(
        title=f"A new job: {carve.title}",
        service=found.service,
        employer=found.employer,
        facts=facts,
        opening=OPENING,
        sections=(
            Section("What you need", typed(found.case.need if found.case else None)),
            _job(found),
            pay_section(carve),
            _with_whom(carve),
            support_section(found.case),
            figures_section(found.figures, found.case),
            risk_section(found.case),
            _next(found.days),
        ),
    )


def _job(found: Proposed) -> Section:
    taken = sorted(found.taken, key=lambda one: (-one.hours_week, one.task.key))
    tasks = f"The job has {count(len(taken), 'task')}. They take {hours(found.carve.hours_week)} a week."
    rows = tuple(_row(number, one) for number, one in enumerate(taken, start=1))
    grid = Grid(TASK_COLUMNS, rows, "Tasks of the job")
    chart = Chart("Hours a week by task", tuple(_bars(taken)), _DONE, _UNDONE)
    longest = f"The picture shows the {MOST_BARS} longest tasks. The table has them all."
    more = (longest,) if len(taken) > MOST_BARS else ()
    return Section("The job", (tasks, _comes_from(found), *more, chart, grid))


def _comes_from(found: Proposed) -> str:
    """Whose work it is now, for a job of tasks that are done and for one that nobody does yet."""
    if found.carve.kind is CarveKind.CREATED:
        return "It is work that nobody does yet."
    posts = dict.fromkeys(one.post.title for one in found.taken if not one.post.is_unmet_needs)
    return f"The tasks come out of this work: {'; '.join(posts)}." if posts else "Nobody does this work yet."


def _row(number: int, one: Taken) -> tuple[str, ...]:
    slots = "; ".join(times(one.task.slots))
    when = f"{hours(one.hours_week)}: {slots}" if slots else f"{hours(one.hours_week)}, {OPEN_WHEN}"
    return f"{number}. {one.task.name}", when, _who(one)


def _who(one: Taken) -> str:
    if one.post.is_unmet_needs:
        return NOBODY
    who = one.task.done_by or one.post.title
    late = {Backlog.UNDONE: "often not done", Backlog.LATE: "often late"}.get(one.task.backlog)
    return f"{who} ({late})" if late else who


def _bars(taken: Sequence[Taken]) -> Iterator[Bar]:
    for number, one in enumerate(taken[:MOST_BARS], start=1):
        yield Bar(
            f"{number}. {one.task.name}", one.hours_week, hours(one.hours_week), is_striped=one.is_undone
        )


def _with_whom(carve: JobCarve) -> Section:
    rows = (
        ("Who supervises", carve.supervisor or OPEN),
        ("Working with colleagues", carve.coworker_contact or OPEN),
        ("How the work is checked", carve.quality_checks or OPEN),
    )
    return Section("Supervision and colleagues", (Grid(("About", "How"), rows),))


def _next(days: ProposalDays) -> Section:
    rows = tuple((step, _by(getattr(days, name))) for step, name in _STEPS)
    return Section("What happens next", (Grid(("Step", "By when"), rows),))


def _by(value: date | None) -> str:
    return day(value) if value else OPEN
