"""For whom a job is done: whoever asked for it, or the service itself."""

from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.jobs.task import Task
from crm.models.users import SYSTEM, Actor, User


def whoever_asked(session: Session, task: Task) -> Actor:
    """Whoever asked for it, with their roles of this moment; the service itself for what it does regularly.

    Raises:
        NotAllowedError: they have been shut out meanwhile.
    """
    if task.job.asked_by is None:
        return SYSTEM
    user = session.get(User, task.job.asked_by)
    if user is None or user.disabled_at is not None or user.archived_at is not None:
        raise NotAllowedError("Whoever asked for this cannot sign in any more, so it was not done.")
    return user.as_actor()
