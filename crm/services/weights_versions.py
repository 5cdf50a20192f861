"""The versions of the weights: what counted how much from when on, who changed it, and why."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from crm.models.users import Actor, Service, User
from crm.models.weights import WeightsVersion
from crm.policy import Action
from crm.services import records
from crm.services.access import ensure, scoped


@dataclass(frozen=True, slots=True)
class WeightsOfDay:
    """One version of the weights, and the name of who saved it."""

    version: WeightsVersion
    by: str


def add(session: Session, service: Service, *, why: str, by: Actor) -> WeightsVersion:
    """Keep the weights that the service has now as their next version.

    Raises:
        NotAllowedError: the person may not change the service.
    """
    ensure(session, by, Action.SERVICE_RECORD)
    last = newest(session)
    row = WeightsVersion(
        number=1 if last is None else last.number + 1,
        weight_skills=service.weight_skills,
        weight_hours=service.weight_hours,
        weight_natural_supports=service.weight_natural_supports,
        weight_preference=service.weight_preference,
        why=why,
    )
    return records.add(session, row)


def newest(session: Session) -> WeightsVersion | None:
    """The version in force; lists and runs ask whether it may be seen. None before there is a service."""
    query = select(WeightsVersion).order_by(col(WeightsVersion.number).desc()).limit(1)
    return session.exec(query).first()


def all_of_them(session: Session, *, by: Actor) -> list[WeightsOfDay]:
    """Every version so far, the one in force first.

    Raises:
        NotAllowedError: the person has no role here.
    """
    query = (
        select(WeightsVersion, col(User.name))
        .join(User, col(User.id) == col(WeightsVersion.created_by), isouter=True)
        .order_by(col(WeightsVersion.number).desc())
    )
    query = scoped(session, query, WeightsVersion, by=by, action=Action.SERVICE_READ)
    return [WeightsOfDay(row, name or "the system") for row, name in session.exec(query)]
