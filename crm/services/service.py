"""The service that the records belong to: its name, its words, and how much each part of a match counts."""

from pydantic import BaseModel
from sqlmodel import Session

from crm.errors import RuleBrokenError
from crm.models.service import WeightsEdit, WeightsInput, WordsInput
from crm.models.users import Actor, Service
from crm.policy import Action
from crm.services import history, records, setup, weights_versions
from crm.services.access import ensure
from crm.services.history import Happened
from crm.services.listing import Listing


def current(session: Session, *, by: Actor) -> Service:
    """The service itself: its name, its word for a job seeker, its weights.

    Raises:
        NotAllowedError: the person has no role here.
        NotFoundError: it has not been set up yet.
    """
    ensure(session, by, Action.SERVICE_READ)
    return setup.current(session)


def change_words(session: Session, edit: WordsInput, *, version: int, by: Actor) -> Service:
    """Change what the service is called, and what it calls a job seeker on every screen.

    Raises:
        NotAllowedError: the person may not change the service.
        StaleFormError: somebody saved it after the form was drawn.
    """
    return _change(session, edit, version, by)


def change_weights(session: Session, edit: WeightsEdit, *, version: int, by: Actor) -> Service:
    """Change how much each part of a comparison counts: the next version of the weights, with why.

    Runs that are stored keep the version that they were made with.

    Raises:
        NotAllowedError: the person may not change the service.
        StaleFormError: somebody saved it after the form was drawn.
        RuleBrokenError: these are the weights in force.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    weights = WeightsInput.model_validate(edit.model_dump(exclude={"why"}))
    here = setup.current(session)
    if here.version == version and all(getattr(here, name) == value for name, value in weights):
        raise RuleBrokenError("These are the weights in force: nothing would change. Type others first.")
    changed = _change(session, weights, version, by)
    weights_versions.add(session, changed, why=edit.why, by=by)
    return changed


def _change(session: Session, edit: BaseModel, version: int, by: Actor) -> Service:
    ensure(session, by, Action.SERVICE_RECORD)
    row = records.fetch_to_change(session, Service, setup.current(session).key, called="service")
    return records.change(session, row, edit, version=version)


def changes(session: Session, *, offset: int, limit: int, by: Actor) -> Listing[Happened]:
    """Who changed which setting when, from what to what; the latest first.

    Raises:
        NotAllowedError: the person has no role here.
    """
    return history.history(session, "service", current(session, by=by).key, offset=offset, limit=limit, by=by)
