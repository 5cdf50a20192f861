"""The places on an employer's page that belong to the work with contacts: each is filled by its own part."""

from crm.models.employers import Employer
from crm.models.users import Actor


def draw_collision_notice(employer: Employer, user: Actor) -> None:
    """Who else was in touch lately, and until when it is quiet: under the title, before what can be done."""


def draw_stage_menu(employer: Employer, user: Actor) -> None:
    """Moving the relationship to another stage: below what can be done."""


def draw_logging(employer: Employer, user: Actor) -> None:
    """Logging a contact: above the timeline."""
