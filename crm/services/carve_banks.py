"""An employer's movable tasks as a bank that jobs are built from, without what is spoken for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.analyses import JobAnalysis
from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Action
from crm.services import task_bank
from crm.services.access import ensure
from crm.services.belonging import live_employer
from crm.services.carve_posts import Post, by_post, posts_of, visits
from crm.services.job_inputs import bank_jobs
from crm.services.matching_inputs import Meanings
from crm.services.plain_words import count
from matching.carve_bank import Bank
from matching.records import Job

_STAYS, _MOVES = "essential", "could_move"


@dataclass(frozen=True, slots=True)
class EmployerBank:
    """What jobs at one employer can be built from.

    Attributes:
        employer: Whose tasks.
        analyses: The job analyses that they come from, by id.
        posts: The posts, each by the id of its last analysis.
        bank: The tasks as the engine sees them; what is left out is said in its sentences.
        taken: By the id of each task that is left out as a carved job has it: the id of that job.
    """

    employer: Employer
    analyses: dict[int, JobAnalysis]
    posts: dict[int, Post]
    bank: Bank = field(repr=False)
    taken: dict[int, int]

    @property
    def said(self) -> tuple[str, ...]:
        """What is left out of the bank, and what to record or change so that it is not."""
        empty = () if self.bank.tasks else ("No job can be built: there is no movable task with hours.",)
        return (*empty, *self.bank.left_out)

    def site_of(self, task_ids: Iterable[int]) -> int | None:
        """The site where all of these tasks are done, None when that is not one."""
        wanted = set(task_ids)
        posts = {int(task.job_id) for task in self.bank.tasks if int(task.task_id) in wanted}
        sites = {self.analyses[post].site_id for post in posts}
        return sites.pop() if len(sites) == 1 else None

    def going_rate_of(self, task_ids: Iterable[int]) -> float | None:
        """The highest going rate of the posts that these tasks come from, None when none is recorded."""
        wanted = set(task_ids)
        posts = {int(task.job_id) for task in self.bank.tasks if int(task.task_id) in wanted}
        return max((self.analyses[post].going_rate or 0.0 for post in posts), default=0.0) or None


def bank_of(
    session: Session,
    employer_id: int,
    analysis_ids: Collection[int] | None,
    meanings: Meanings,
    *,
    by: Actor,
    but: int | None = None,
) -> EmployerBank:
    """The bank of some of an employer's live job analyses, of all of them when None.

    What another carved job has taken for good is no longer in it, and its post has that much less to give;
    the job with the id `but` takes nothing here.
    Of a task that was recorded twice, the row that counts is in it. A post that was analysed on several
    visits is one post, with the hours of the last.

    Raises:
        NotAllowedError: the person may not see carved jobs.
        NotFoundError: there is no such employer, or it is archived.
        RuleBrokenError: no job analysis was chosen, or one that is not this employer's.
    """
    ensure(session, by, Action.CARVES_READ)
    employer = live_employer(session, employer_id)
    analyses = _analyses(session, employer_id, analysis_ids)
    taken = {task: carve for task, carve in _taken(session, employer_id, by).items() if carve != but}
    twins = task_bank.joined(session, employer_id, by=by, among=[row.key for row in analyses])
    recorded = bank_jobs(session, analyses, employer.name, meanings)
    seen = [_once(job, twins) for job in recorded]
    jobs = by_post(seen, visits(analyses))
    posts = posts_of(analyses, seen, jobs, taken)
    gone = {int(task.id): taken[int(task.id)] for job in jobs for task in job.tasks if int(task.id) in taken}
    found = Bank.of(
        (_without(job, taken) for job in jobs),
        meanings.concepts,
        without_post=task_bank.without_post(analyses),
    )
    bank = replace(
        found,
        post_hours={str(key): post.to_share for key, post in posts.items()},
        left_out=(*_said(gone), *_twins_said(recorded, twins), *found.left_out),
    )
    return EmployerBank(employer, {row.key: row for row in analyses}, posts, bank, gone)


def _taken(session: Session, employer_id: int, by: Actor) -> dict[int, int]:
    """The carved job of each task that one has taken, whichever of its rows that took."""
    spoken_for = task_bank.taking(session, employer_id, by=by)
    earlier = {
        key: spoken_for.taken[row] for key, row in spoken_for.joined.items() if row in spoken_for.taken
    }
    return spoken_for.taken | earlier


def _analyses(session: Session, employer_id: int, wanted: Collection[int] | None) -> Sequence[JobAnalysis]:
    is_live = (JobAnalysis.employer_id == employer_id, col(JobAnalysis.archived_at).is_(None))
    query = select(JobAnalysis).where(*is_live, col(JobAnalysis.id).not_in(task_bank.became(employer_id)))
    query = query.order_by(col(JobAnalysis.id))
    if wanted is None:
        return session.exec(query).all()
    found = session.exec(query.where(col(JobAnalysis.id).in_(set(wanted)))).all()
    if not found:
        raise RuleBrokenError("Choose at least one job analysis to take tasks from.", field="analysis_ids")
    if len(found) < len(set(wanted)):
        raise RuleBrokenError("One of these job analyses is not this employer’s.", field="analysis_ids")
    return found


def _once(job: Job, twins: Mapping[int, int]) -> Job:
    """The job without the rows that another row stands for."""
    tasks = (
        replace(task, needs=tuple(str(twins.get(int(needed), needed)) for needed in task.needs))
        for task in job.tasks
        if int(task.id) not in twins
    )
    return replace(job, tasks=tuple(tasks))


def _without(job: Job, taken: Collection[int]) -> Job:
    """The job with its taken tasks as ones that stay: they still count as hours of the post."""
    tasks = (replace(task, essential=_STAYS) if int(task.id) in taken else task for task in job.tasks)
    return replace(job, tasks=tuple(tasks))


def _said(taken: Collection[int]) -> tuple[str, ...]:
    if not taken:
        return ()
    are, them = ("is", "it") if len(taken) == 1 else ("are", "them")
    words = f"{count(len(taken), 'task')} {are} in another carved job already"
    return (f"{words}: to use {them} here, decline that job first.",)


def _twins_said(jobs: Iterable[Job], twins: Collection[int]) -> tuple[str, ...]:
    movable = sum(task.essential == _MOVES and int(task.id) in twins for job in jobs for task in job.tasks)
    return (f"{count(movable, 'task')} recorded twice: chosen from as recorded last.",) if movable else ()
