"""The timeline of an employer: everything that happened, the latest first, and nothing one may not see."""

import pytest
from sqlmodel import Session

from crm.models.employers import Employer
from crm.models.users import Actor
from crm.policy import Role
from crm.services import timeline
from crm.services.timeline import Entry
from crm.services.timeline_sources import TimelineKind
from tests.makers import make_user


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def told(session: Session, employer: Employer, *kinds: TimelineKind, by: Actor) -> list[Entry]:
    page = timeline.listing(session, employer.key, kinds, offset=0, limit=50, by=by)
    assert page.total == len(page.rows)
    return page.rows


def sources(session: Session, employer: Employer, by: Actor) -> set[str]:
    return {entry.source for entry in told(session, employer, by=by)}
