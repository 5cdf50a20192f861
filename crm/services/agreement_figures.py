"""How agreements move along: by stage, and those that wait longest for their signature."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.users import Actor
from crm.policy import Action
from crm.services import agreements
from crm.services.access import ensure, scoped
from crm.services.agreement_filters import AgreementFilter, has_lapsed, narrowed_by
from crm.services.agreement_stages import ON_THE_WAY
from crm.services.agreements import AgreementRow

EVERY = AgreementFilter()


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One stage: how many agreements are in it, and for how many days, at the median and at most."""

    stage: AgreementStage
    agreements: int
    median_days: float
    longest_days: int


def by_stage(
    session: Session, wanted: AgreementFilter = EVERY, *, by: Actor, today: date
) -> list[StageFigures]:
    """Every stage that has agreements, in the usual order, with how long they have been there.

    The database ranks the days and hands out the longest and the one or two in the middle.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    lapsed = has_lapsed(today)
    shown = sa.case(
        (lapsed, AgreementStage.LAPSED.value), else_=sa.cast(col(Agreement.stage), sa.String())
    ).label("stage")
    since = sa.case((lapsed, col(Agreement.ends_on)), else_=col(Agreement.stage_since)).label("since")
    later = sa.case((lapsed, 1), else_=0).label("later")
    each = chosen(session, wanted, by=by, today=today).with_only_columns(shown, since, later).subquery()
    place = sa.func.row_number().over(partition_by=each.c.stage, order_by=(each.c.since, each.c.later))
    whole = sa.func.count().over(partition_by=each.c.stage)
    ranked = sa.select(each, place.label("place"), whole.label("whole")).subquery()
    is_middle = sa.or_(*(ranked.c.place == (ranked.c.whole + more) // 2 for more in (1, 2)))
    query = sa.select(ranked, is_middle).where(sa.or_(ranked.c.place == 1, is_middle))
    found: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    rows: Any = session.connection().execute(query.order_by(ranked.c.place))
    for stage, on, late, _place, total, in_middle in rows:
        found[stage].append(((today - on).days - late, total, bool(in_middle)))
    return [_stage(stage, found[stage]) for stage in AgreementStage if stage in found]


def _stage(stage: AgreementStage, ranked: list[tuple[int, int, bool]]) -> StageFigures:
    longest, total, _ = ranked[0]
    return StageFigures(stage, total, median(days for days, _, in_middle in ranked if in_middle), longest)


def chosen(
    session: Session, wanted: AgreementFilter, *, by: Actor, today: date
) -> sa.Select[*tuple[Any, ...]]:
    """The agreements that the filter lets through and this person may see, for figures to be counted of.

    Neither searched words nor a shown stage narrow figures, so that their employers need not be looked up.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    query: sa.Select[*tuple[Any, ...]] = sa.select(col(Agreement.id))
    query = query.where(col(Agreement.archived_at).is_(None), *narrowed_by(wanted, today))
    return scoped(session, query, Agreement, by=by, action=Action.AGREEMENTS_READ)


def longest_waiting(session: Session, *, limit: int, by: Actor, today: date) -> list[AgreementRow]:
    """The agreements on their way to a signature that have been longest in their stage.

    Raises:
        NotAllowedError: the person may not see agreements.
    """
    ensure(session, by, Action.AGREEMENTS_READ)
    query = agreements.live().where(col(Agreement.stage).in_(ON_THE_WAY))
    order = (col(Agreement.stage_since), col(Agreement.id))
    return agreements.rows_of(session, query.order_by(*order).limit(limit), today=today)
