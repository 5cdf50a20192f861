"""A backup asked for from its page, made as background work."""

from sqlmodel import Session

from crm import audit
from crm.models.jobs import LIVE, Job
from crm.models.users import Actor, Service
from crm.policy import Action
from crm.services import jobs, setup
from crm.services.access import ensure

KIND = "make_backup"
"""The kind of background work that makes one."""


def ask(session: Session, *, by: Actor) -> Job:
    """Have a backup made now, with an entry in the trail. One that waits or is being made is not asked twice.

    Raises:
        NotAllowedError: the person may not run backups.
    """
    ensure(session, by, Action.BACKUPS_RUN)
    under_way = latest_job(session, by=by)
    if under_way is not None and under_way.state in LIVE:
        return under_way
    asked = jobs.ask(session, KIND, {}, by=by)
    audit.note(session, by, "backup_asked_for", (Service.__name__, setup.current(session).key))
    return asked


def latest_job(session: Session, *, by: Actor) -> Job | None:
    """The backup that waits or is being made, else the job that ended last; None if there was none lately.

    Raises:
        NotAllowedError: the person may not see backups.
    """
    ensure(session, by, Action.BACKUPS_READ)
    return jobs.latest(session, KIND, {})
