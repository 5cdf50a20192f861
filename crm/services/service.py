"""The service that the records belong to, as screens and the matching bridge ask for it."""

from sqlmodel import Session

from crm.models.users import Actor, Service
from crm.policy import Action
from crm.services import setup
from crm.services.access import ensure


def current(session: Session, *, by: Actor) -> Service:
    """The service itself: its name, its word for a job seeker, its weights.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: it has not been set up yet.
    """
    ensure(session, by, Action.SERVICE_READ)
    return setup.current(session)
