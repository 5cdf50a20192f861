"""The tasks that a job can be composed of by hand: what is offered, what is taken, and what is not offered.

What is offered is what the solver may choose from too: one bank (`carve_banks`) is behind both.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from crm.models.analyses import Backlog, JobAnalysis, JobTask, TaskNeed
from crm.models.base import folded
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_banks, skills, task_bank
from crm.services.access import ensure
from crm.services.carve_banks import EmployerBank
from crm.services.carve_posts import visits
from crm.services.composing_steps import Seen
from crm.services.matching_inputs import Meanings
from crm.services.plain_words import count, day, hours
from matching.carve_bank import Bank


@dataclass(frozen=True, slots=True)
class Offer:
    """One task that could be chosen, and its post as it was analysed last.

    `taken_by` is the carved job that has it already.
    """

    task: JobTask
    analysis: JobAnalysis
    post: str
    hours: float
    taken_by: int | None

    @property
    def has_holder(self) -> bool:
        """Does somebody hold the post? On a list of unmet needs nobody does any of it."""
        return not self.analysis.is_unmet_needs

    @property
    def is_undone(self) -> bool:
        """Does nobody get it done now?"""
        return self.task.backlog is Backlog.UNDONE or not self.has_holder


@dataclass(frozen=True, slots=True)
class HandBank:
    """What a job at this employer can be composed of.

    Attributes:
        employer: Whose tasks.
        offers: The tasks by id, post by post.
        posts: What each post is called, by the id of its analysis.
        left_out: Sentences on what is not offered, and what would have to be recorded.
        given: Hours a week that each post gave to carved jobs before, by the id of its analysis.
        bank: The same as the engine sees it.
        meanings: The phrases that it is written in.
    """

    employer: Employer
    offers: dict[int, Offer]
    posts: dict[int, str]
    left_out: list[str]
    given: dict[str, float]
    bank: Bank = field(repr=False)
    meanings: Meanings = field(repr=False)

    def chosen(self, task_ids: Iterable[int]) -> list[Offer]:
        """The offers with these ids that can be chosen, in their order here."""
        wanted = set(task_ids)
        return [one for key, one in self.offers.items() if key in wanted and one.taken_by is None]

    def seen(self, task_ids: Iterable[int]) -> Seen:
        """How the chosen tasks stand now, to be compared later."""
        return {
            one.task.key: [one.task.name, one.hours, one.task.version, one.analysis.version]
            for one in self.chosen(task_ids)
        }


def read(session: Session, employer_id: int, *, by: Actor) -> HandBank:
    """Every task of the employer's live analyses that could move, has hours and fits its times.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived.
    """
    ensure(session, by, Action.CARVES_READ)
    meanings = Meanings(skills.vocabulary(session))
    found = carve_banks.bank_of(session, employer_id, None, meanings, by=by)
    last = visits(found.analyses.values())
    rows = _tasks(session, employer_id)
    titles = _posts([found.analyses[key] for key in found.posts])
    hours_of = {int(task.task_id): task.hours for task in found.bank.tasks}
    hours_of |= {row.key: row.hours_week or 0.0 for row in rows if row.key in found.taken}
    offers = {
        row.key: Offer(row, found.analyses[post], titles[post], hours_of[row.key], found.taken.get(row.key))
        for row in rows
        for post in (last[row.analysis_id],)
        if row.key in hours_of and row.need is TaskNeed.COULD_MOVE
    }
    given = {str(key): post.given for key, post in found.posts.items()}
    return HandBank(
        found.employer, offers, titles, _left_out(rows, found), given, bank=found.bank, meanings=meanings
    )


def changes_since(bank: HandBank, seen: Seen) -> list[str]:
    """What is not as it was when these tasks were chosen, a sentence for each."""
    said: list[str] = []
    for key, (name, was, *versions) in seen.items():
        offer = bank.offers.get(key)
        if offer is None:
            said.append(f"{name} is not among the tasks that could move any more.")
        elif offer.taken_by is not None:
            said.append(f"{name} now belongs to another carved job.")
        elif offer.hours != was:
            said.append(f"{offer.task.name} takes {hours(offer.hours)} a week now, not {hours(was)}.")
        elif [offer.task.version, offer.analysis.version] != versions:
            said.append(f"{offer.task.name}, or the post that it comes from, was changed.")
    return said


def _tasks(session: Session, employer_id: int) -> list[JobTask]:
    """Every task of the bank, the posts that were seen last first."""
    query = (
        select(JobTask)
        .join(JobAnalysis, col(JobAnalysis.id) == col(JobTask.analysis_id))
        .where(*task_bank.in_bank(employer_id))
        .order_by(col(JobAnalysis.analysed_on).desc(), col(JobAnalysis.id).desc(), col(JobTask.id))
    )
    return list(session.exec(query))


def _posts(analyses: Collection[JobAnalysis]) -> dict[int, str]:
    """What the posts are called; of several with one title each says when it was seen."""
    titles = [folded(row.title) for row in analyses]
    return {
        row.key: row.title
        if titles.count(folded(row.title)) == 1
        else f"{row.title}, seen on {day(row.analysed_on)} ({row.key})"
        for row in analyses
    }


def _left_out(rows: Sequence[JobTask], found: EmployerBank) -> list[str]:
    staying = sum(row.need is not TaskNeed.COULD_MOVE for row in rows)
    words = f"Not offered: {count(staying, 'task')} that nobody said could move out of the post."
    return [*([words] if staying else []), *found.bank.left_out]
