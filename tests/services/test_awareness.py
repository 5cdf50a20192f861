"""Disability-awareness sessions: recorded once given, corrected, put aside, listed with their employer."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.awareness import AwarenessInput, AwarenessSession
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import awareness, employers
from tests.makers import make_user
from tests.makers_employers import TODAY, make_employer, make_site


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def bakery(session: Session) -> Employer:
    return make_employer(session)


def make_given(session: Session, employer: Employer, *, on: date = TODAY, **facts: Any) -> AwarenessSession:
    new = AwarenessInput.model_validate({"held_on": on, **facts})
    return awareness.add(session, employer.key, new, by=SYSTEM, today=TODAY)


def test_sessions_are_listed_the_latest_first_with_site_and_who_gave_them(
    session: Session, bakery: Employer, officer: Actor
):
    site = make_site(session, bakery, "Shop")
    make_given(session, bakery, on=TODAY - timedelta(days=9))
    make_given(session, bakery, site_id=site.key, given_by=officer.id, came=12)
    rows = awareness.of(session, bakery.key, limit=5, by=officer)
    assert [(row.site, row.given_by, row.session.came) for row in rows] == [
        ("Shop", "Ines Marlow", 12),
        (None, None, None),
    ]


def test_a_session_is_changed_put_aside_and_brought_back(session: Session, bakery: Employer, officer: Actor):
    given = make_given(session, bakery)
    edit = AwarenessInput(held_on=TODAY, feedback="Too long")
    awareness.change(session, given.key, edit, version=1, by=officer, today=TODAY)
    with pytest.raises(StaleFormError):
        awareness.change(session, given.key, edit, version=1, by=officer, today=TODAY)
    awareness.archive(session, given.key, why="Typed twice", version=2, by=officer)
    awareness.bring_back(session, given.key, version=3, by=officer)
    found = awareness.find(session, given.key, by=officer)
    assert (found.feedback, found.archived_at) == ("Too long", None)


def test_a_job_coach_records_the_session_that_they_gave(session: Session, bakery: Employer):
    coach = make_user(session, Role.JOB_COACH, name="Rosa Lindqvist").as_actor()
    new = AwarenessInput(held_on=TODAY, given_by=coach.id)
    awareness.add(session, bakery.key, new, by=coach, today=TODAY)
    (row,) = awareness.of(session, bakery.key, limit=5, by=coach)
    assert row.given_by == "Rosa Lindqvist"


def test_a_session_of_tomorrow_or_of_another_employers_site_is_refused(
    session: Session, bakery: Employer, officer: Actor
):
    elsewhere = make_site(session, make_employer(session, "Other"))
    with pytest.raises(RuleBrokenError, match="not one of this employer"):
        make_given(session, bakery, site_id=elsewhere.key)
    with pytest.raises(RuleBrokenError, match="colleague"):
        make_given(session, bakery, given_by=99)
    with pytest.raises(RuleBrokenError, match="future"):
        make_given(session, bakery, on=TODAY + timedelta(days=1))


def test_a_site_that_was_closed_stays_named(session: Session, bakery: Employer, officer: Actor):
    site = make_site(session, bakery)
    given = make_given(session, bakery, site_id=site.key)
    site.archived_at = given.created_at
    edit = AwarenessInput(held_on=TODAY, site_id=site.key, feedback="Good")
    awareness.change(session, given.key, edit, version=given.version, by=officer, today=TODAY)
    assert [one.key for one in awareness.sites_to_name(session, bakery.key, chosen=given, by=officer)] == [
        site.key
    ]


def test_nothing_is_recorded_for_an_archived_employer_or_by_somebody_who_only_reads(
    session: Session, bakery: Employer, officer: Actor
):
    given = make_given(session, bakery)
    auditor = make_user(session, Role.AUDITOR).as_actor()
    assert awareness.find(session, given.key, by=auditor).key == given.key
    with pytest.raises(NotAllowedError):
        awareness.add(session, bakery.key, AwarenessInput(held_on=TODAY), by=auditor, today=TODAY)
    employers.archive(session, bakery.key, why="Closed", version=bakery.version, by=officer)
    with pytest.raises(NotFoundError, match="is archived"):
        make_given(session, bakery)
