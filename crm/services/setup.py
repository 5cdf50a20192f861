"""The first visit: one service, and its first administrator."""

from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.employers import Employer
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor, NewService, NewUser, Service, User
from crm.policy import Action, Role
from crm.services import access, records, users, weights_versions


def is_done(session: Session) -> bool:
    """Has this database got its service?"""
    return session.exec(select(col(Service.id)).limit(1)).first() is not None


def current(session: Session) -> Service:
    """The service that this database belongs to; its name stands on the sign-in page, so nobody is asked.

    Raises:
        NotFoundError: it has not been set up yet.
    """
    service = session.exec(select(Service).limit(1)).first()
    if service is None:
        raise NotFoundError("The service has not been set up yet. Open its address in a browser to do so.")
    return service


def create(session: Session, new: NewService) -> User:
    """Make the service and its first administrator, whatever other roles were ticked.

    Raises:
        RuleBrokenError: somebody else has set it up already, or the password is too easy to guess.
    """
    access.ensure(session, SYSTEM, Action.SERVICE_RECORD)
    if is_done(session):
        raise RuleBrokenError("Somebody else has just set this service up. Sign in with your own account.")
    made = records.add(session, Service(name=new.service_name))
    weights_versions.add(session, made, why="What the product begins with", by=SYSTEM)
    first = NewUser(
        name=new.name, email=new.email, roles=new.roles | {Role.ADMINISTRATOR}, password=new.password
    )
    return users.add(session, first, by=SYSTEM)


def become_demonstration(session: Session, *, by: Actor) -> Service:
    """Mark the service as a demonstration, before it is filled with fictional people and employers.

    Raises:
        NotFoundError: it has not been set up yet.
        RuleBrokenError: it has records already, which may be about real people.
    """
    access.ensure(session, by, Action.SERVICE_RECORD)
    service = current(session)
    if any(session.exec(select(col(table.id)).limit(1)).first() for table in (Employer, JobSeeker)):
        raise RuleBrokenError(
            "This service has records already. Fictional people are only written into an empty service."
        )
    return records.change(session, service, {"is_demonstration": True}, version=service.version)
