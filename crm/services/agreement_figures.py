"""How agreements move along: by stage, and those that wait longest for their signature."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements
from crm.services.access import ensure
from crm.services.agreement_stages import ON_THE_WAY, shown_since, shown_stage
from crm.services.agreements import AgreementRow


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One stage: how many agreements are in it, and for how many days, at the median and at most."""

    stage: AgreementStage
    agreements: int
    median_days: float
    longest_days: int


def by_stage(session: Session, *, by: Actor, today: date) -> list[StageFigures]:
    """Every stage that has agreements, in the usual order, with how long they have been there.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = agreements.live().with_only_columns(
        col(Agreement.stage), col(Agreement.stage_since), col(Agreement.ends_on)
    )
    days: dict[AgreementStage, list[int]] = {}
    for stage, since, ends_on in session.connection().execute(query):
        spent = (today - shown_since(stage, since, ends_on, today=today)).days
        days.setdefault(shown_stage(stage, ends_on, today=today), []).append(spent)
    return [
        StageFigures(stage, len(days[stage]), median(days[stage]), max(days[stage]))
        for stage in AgreementStage
        if stage in days
    ]


def longest_waiting(session: Session, *, limit: int, by: Actor, today: date) -> list[AgreementRow]:
    """The agreements on their way to a signature that have been longest in their stage.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = agreements.live().where(col(Agreement.stage).in_(ON_THE_WAY))
    order = (col(Agreement.stage_since), col(Agreement.id))
    return agreements.rows_of(session, query.order_by(*order).limit(limit), today=today)
