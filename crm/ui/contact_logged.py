"""What is said once a contact is logged, and its undoing with one click."""

from functools import partial

from crm.errors import CrmError
from crm.models.users import Actor
from crm.services import contact_logging
from crm.services.contact_logging import Logged
from crm.ui.flash import after_this
from crm.ui.guard import is_still
from crm.ui.words import day, say, today
from crm.units import carry_out


def say_it_is_logged(logged: Logged, user: Actor) -> None:
    """Say on the next screen what was saved and what follows from it, with a way to undo it all."""
    said = ["Contact saved."]
    if logged.is_ips:
        said.append("It counts as an IPS contact: in person, with a hiring manager.")
    if logged.next_step:
        said.append(f"Next step: {logged.next_step} on {day(logged.next_step_on)}.")
    if logged.lead:
        said.append(f"{logged.lead} is among the vacancies, as a lead.")
    if logged.moved_to:
        said.append(f"The relationship has moved to: {say(logged.moved_to)}.")
    after_this(" ".join(said), undo=partial(undo, logged, user))


def undo(logged: Logged, user: Actor) -> None:
    """Take back what was just logged, or say why it cannot be; what a button does at once."""
    if not is_still(user):
        return
    try:
        carry_out(lambda session: contact_logging.undo(session, logged, by=user, today=today()))
    except CrmError as problem:
        after_this(f"This could not be undone. {problem}")
        return
    after_this("The contact is undone, with its next step and its lead.")
