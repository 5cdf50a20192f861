"""Loads the demonstration in one transaction, every record through its validated input and the audit."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from crm.models.users import Actor, NewUser, User
from crm.policy import Role
from crm.services import setup, users
from crm.services.demonstration.adverts import load_adverts
from crm.services.demonstration.agreements import load_agreements
from crm.services.demonstration.carve_cases import load_carve_cases
from crm.services.demonstration.carve_moves import load_carve_moves
from crm.services.demonstration.carves import load_carves
from crm.services.demonstration.consents import load_consents
from crm.services.demonstration.contacts import load_contacts
from crm.services.demonstration.decisions import load_decisions
from crm.services.demonstration.disputes import load_disputes
from crm.services.demonstration.employers import load_employers
from crm.services.demonstration.files import rows
from crm.services.demonstration.house import load_lists, load_teams, load_views, load_weights
from crm.services.demonstration.jobs import load_analyses, load_vacancies
from crm.services.demonstration.night import load_night
from crm.services.demonstration.profiles import load_profiles
from crm.services.demonstration.promises import load_promises
from crm.services.demonstration.proposals import load_proposals
from crm.services.demonstration.scene import Scene
from crm.services.demonstration.seekers import load_seekers
from crm.services.demonstration.sheets import load_sheets
from crm.services.demonstration.signatures import load_signatures
from crm.services.demonstration.to_do import load_to_do

Progress = Callable[[float, str], None]
"""Told how far the loading has come, from 0 to 1, and what comes next."""

_STEPS: tuple[tuple[str, Callable[[Scene], None]], ...] = (
    ("lists and programmes", load_lists),
    ("weights", load_weights),
    ("employers", load_employers),
    ("tags and views", load_views),
    ("agreements", load_agreements),
    ("signatures", load_signatures),
    ("contacts", load_contacts),
    ("vacancies", load_vacancies),
    ("job analyses", load_analyses),
    ("job seekers", load_seekers),
    ("profiles", load_profiles),
    ("consents", load_consents),
    ("promises", load_promises),
    ("pages for employers", load_sheets),
    ("decisions", load_decisions),
    ("what is not right", load_disputes),
    ("carved jobs", load_carves),
    ("business cases", load_carve_cases),
    ("their way to a job", load_carve_moves),
    ("adverts", load_adverts),
    ("proposals", load_proposals),
    ("tasks", load_to_do),
    ("the first night", load_night),
)


def load(session: Session, *, by: Actor, today: date, progress: Progress | None = None) -> None:
    """Fill an empty service with invented people and employers, and mark it as a demonstration.

    Some of them belong to those who can sign in already, so that they find a caseload of their own.

    Raises:
        NotAllowedError: the person may not change the service.
        NotFoundError: the service has not been set up yet.
        RuleBrokenError: there are records already; invented ones never come among real ones.
    """
    setup.become_demonstration(session, by=by)
    scene = Scene(session, by, today)
    scene.mine = _first_of_each_role(users.everybody(session, by=by))
    load_teams(scene)
    _load_staff(scene)
    for number, (called, step) in enumerate(_STEPS):
        if progress:
            progress(number / len(_STEPS), called)
        step(scene)
    if progress:
        progress(1.0, "done")


def _first_of_each_role(everybody: list[User]) -> dict[Role, int]:
    """Who has been here longest in each role, so that whoever tries the product out has a caseload."""
    first: dict[Role, int] = {}
    for user in sorted(everybody, key=lambda user: user.key):
        for role in user.roles:
            first.setdefault(role, user.key)
    return first


def _load_staff(scene: Scene) -> None:
    """The invented colleagues; none has a password, so nobody can sign in as one of them."""
    for number, row in enumerate(rows("staff")):
        roles = frozenset(Role(name) for name in row["roles"].split(","))
        team_id = scene.teams[number % len(scene.teams)]
        new = NewUser(name=row["name"], email=row["email"], roles=roles, team_id=team_id)
        scene.staff[row["key"]] = users.add(scene.session, new, by=scene.by).as_actor()
