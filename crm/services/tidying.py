"""What nobody needs any more is deleted: it is no record, and keeping it would only be a risk."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from crm.models.jobs import LIVE, Job
from crm.models.matches import MatchSuggestion
from crm.models.rankings import RankingInHand, RankingRun, SeekerCount, VacancyCount
from crm.models.requests import DoneRequest
from crm.models.users import FailedSignIn, FormDraft, Invitation, UserSession
from crm.services import import_undo, uploads

DRAFTS_KEPT = timedelta(days=90)
"""So long something typed and never saved waits for its writer."""

MONTH = timedelta(days=30)
"""So long ended sign-ins, used links and ended jobs can be looked at."""

DAY = timedelta(days=1)
"""So long wrong passwords are kept; they count for five minutes."""


def tidy_up(session: Session, *, now: datetime) -> dict[str, int]:
    """Delete what is old; tells how many of each."""
    ended_long_ago = sa.or_(col(UserSession.revoked_at) < now - MONTH, col(UserSession.seen_at) < now - MONTH)
    return {
        "drafts": _delete(session, FormDraft, col(FormDraft.saved_at) < now - DRAFTS_KEPT),
        "sign-ins that ended": _delete(session, UserSession, ended_long_ago),
        "wrong passwords": _delete(session, FailedSignIn, col(FailedSignIn.at) < now - DAY),
        "links to choose a password": _delete(session, Invitation, col(Invitation.ends_at) < now - MONTH),
        "keys of saved forms": _delete(session, DoneRequest, col(DoneRequest.at) < now - MONTH),
        "uploads": uploads.drop_old(session, now=now),
        "matching runs": _delete(session, RankingRun, _long_replaced(now)),
        "old values of imports": import_undo.forget_old(session, now=now),
        "ended jobs": _delete(
            session, Job, sa.and_(col(Job.state).not_in(LIVE), col(Job.ended_at) < now - MONTH)
        ),
    }


def _long_replaced(now: datetime) -> sa.ColumnElement[bool]:
    """Runs of which nothing is left, as later ones took their place: no count, no suggestion."""
    named = (
        *(col(table.run_id) for table in (VacancyCount, SeekerCount)),
        *(col(RankingInHand.base_id), col(MatchSuggestion.ranking_run_id)),
    )
    left = (col(RankingRun.id).not_in(sa.select(each).where(each.is_not(None))) for each in named)
    return sa.and_(col(RankingRun.ended_at) < now - MONTH, *left)


def _delete(session: Session, table: Any, which: sa.ColumnElement[bool]) -> int:
    return session.connection().execute(sa.delete(table).where(which)).rowcount
