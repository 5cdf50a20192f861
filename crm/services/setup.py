"""The first visit: one service, and its first administrator."""

from sqlmodel import Session, col, select

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.users import SYSTEM, NewService, NewUser, Service, User
from crm.policy import Action, Role
from crm.services import access, records, users


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


def create(session: Session, new: NewService, *, is_demonstration: bool = False) -> User:
    """Make the service and its first administrator, whatever other roles were ticked.

    Raises:
        RuleBrokenError: somebody else has set it up already, or the password is too easy to guess.
    """
    access.ensure(session, SYSTEM, Action.SERVICE_RECORD)
    if is_done(session):
        raise RuleBrokenError("Somebody else has just set this service up. Sign in with your own account.")
    records.add(session, Service(name=new.service_name, is_demonstration=is_demonstration))
    first = NewUser(
        name=new.name, email=new.email, roles=new.roles | {Role.ADMINISTRATOR}, password=new.password
    )
    return users.add(session, first, by=SYSTEM)
