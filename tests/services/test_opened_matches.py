"""A pair has a row once its comparison was opened, and it is written again only when its inputs change."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError
from crm.models.matches import JobMatch, SeekerView
from crm.models.seekers import JobSeeker
from crm.models.users import SYSTEM, Actor
from crm.models.vacancies import Vacancy
from crm.policy import Role
from crm.services import match_runs, matches, opened_matches, seeker_views, seekers
from crm.services.opened_matches import Pair
from crm.services.seeker_views import OwnViewInput
from tests.makers import make_actor, make_service, make_user
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_seeker, make_skill

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=9)


@pytest.fixture
def vacancy(session: Session) -> Vacancy:
    make_service(session)
    row = make_vacancy(session, make_employer(session))
    make_criterion(session, row)
    return row


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


@pytest.fixture
def seeker(session: Session, vacancy: Vacancy) -> JobSeeker:
    return make_seeker(session)


def look(session: Session, vacancy: Vacancy, seeker: JobSeeker, by: Actor = SYSTEM) -> Pair:
    found = matches.compare(session, vacancy.key, seeker.key, by=by)
    return Pair(vacancy.key, seeker.key, found.digest, matches.seen_record(found.match))


def test_a_pair_is_written_when_it_is_opened_and_not_again_while_nothing_changes(
    session: Session, vacancy: Vacancy, seeker: JobSeeker, coach: Actor
):
    run = match_runs.keep(session, vacancy.key, by=coach)
    pair = look(session, vacancy, seeker)
    assert opened_matches.is_news(session, pair, by=coach)
    row = opened_matches.keep(session, pair, by=coach, today=TODAY)
    assert (row.run_id, row.opened_by, row.match_seen) == (run.key, coach.id, pair.seen)
    assert not opened_matches.is_news(session, pair, by=coach)
    again = opened_matches.keep(session, pair, by=coach, today=LATER)
    assert (again.version, again.opened_on) == (1, TODAY)


def test_a_pair_whose_inputs_changed_is_written_over(
    session: Session, vacancy: Vacancy, seeker: JobSeeker, coach: Actor
):
    first = opened_matches.keep(session, look(session, vacancy, seeker), by=coach, today=TODAY)
    seen = first.match_seen
    make_skill(session, seeker)
    pair = look(session, vacancy, seeker)
    assert opened_matches.is_news(session, pair, by=coach)
    opened_matches.keep(session, pair, by=coach, today=LATER)
    row = session.exec(select(JobMatch)).one()
    assert (row.opened_on, row.inputs_digest) == (LATER, pair.digest)
    assert row.match_seen != seen


def test_the_own_view_of_the_person_stays_when_the_pair_is_opened_again(
    session: Session, vacancy: Vacancy, seeker: JobSeeker, coach: Actor
):
    opened_matches.keep(session, look(session, vacancy, seeker), by=coach, today=TODAY)
    keen = OwnViewInput(view=SeekerView.KEEN)
    seeker_views.say(session, vacancy.key, seeker.key, keen, by=coach, today=TODAY)
    make_skill(session, seeker)
    row = opened_matches.keep(session, look(session, vacancy, seeker), by=coach, today=LATER)
    assert (row.seeker_view, row.view_said_on, row.opened_on) == (SeekerView.KEEN, TODAY, LATER)


def test_who_may_only_read_leaves_nothing_behind(
    session: Session, vacancy: Vacancy, seeker: JobSeeker, coach: Actor
):
    auditor, pair = make_actor(Role.AUDITOR), look(session, vacancy, seeker)
    assert not opened_matches.is_news(session, pair, by=auditor)
    with pytest.raises(NotAllowedError):
        opened_matches.keep(session, pair, by=auditor, today=TODAY)
    with pytest.raises(NotAllowedError):
        opened_matches.is_news(session, pair, by=make_actor(Role.ADMINISTRATOR))
    seekers.archive(session, seeker.key, why="Moved away", version=seeker.version, by=SYSTEM)
    assert not opened_matches.is_news(session, look(session, vacancy, seeker), by=coach)
