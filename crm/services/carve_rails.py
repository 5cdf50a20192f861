"""The bridge to the engine's guard rails: which of them the tasks of a carved job break as they stand now."""

from sqlmodel import Session

from crm.models.carves import JobCarve
from crm.models.users import Actor
from crm.policy import Action
from crm.services import carve_copies, skills, task_bank
from crm.services.access import ensure
from crm.services.job_inputs import bank_jobs
from crm.services.matching_inputs import Meanings
from matching.carve_bank import Bank
from matching.carve_measure import measure


def broken(session: Session, carve: JobCarve, *, by: Actor) -> list[str]:
    """Each guard rail that its tasks break, and each task that could not be chosen any more, in a sentence.

    Raises:
        NotAllowedError: the person may not see carved jobs.
    """
    ensure(session, by, Action.CARVES_READ)
    parts = carve_copies.parts_of(session, carve)
    posts = list({part.source.key: part.source for part in parts}.values())
    meanings = Meanings(skills.vocabulary(session))
    jobs = bank_jobs(session, posts, carve.title, meanings)
    bank = Bank.of(jobs, meanings.concepts, without_post=task_bank.without_post(posts))
    chosen = {(str(part.source.key), str(part.task.key)) for part in parts}
    usable = {(task.job_id, task.task_id) for task in bank.tasks}
    gone = [
        f"The task “{part.task.name}” cannot move any more, has no hours, or does not fit its times."
        for part in parts
        if part.task.archived_at is None and (str(part.source.key), str(part.task.key)) not in usable
    ]
    return [*gone, *measure(bank, chosen, titles={str(post.key): post.title for post in posts}).broken]
