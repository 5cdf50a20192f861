"""Restricted facts: opened for a reason, told in the trail before they are shown, kept for those who may."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from crm import audit_values, db
from crm.config import settings
from crm.errors import NotAllowedError, NotSignedInError, RuleBrokenError, StaleFormError
from crm.models.audit import AuditEntry
from crm.models.base import utc_now
from crm.models.restricted import OpeningInput, RestrictedFactsInput, WhyOpened
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import restricted, restricted_views, seekers
from tests.makers import make_actor, make_user
from tests.makers_people import make_seeker
from tests.makers_restricted import HERE, make_restricted, open_restricted, refuse_entries


@pytest.fixture
def coach(session: Session) -> Actor:
    return make_user(session, Role.JOB_COACH, name="Rosa Lind").as_actor()


def test_facts_are_kept_apart_and_changed_by_version(session: Session, coach: Actor):
    seeker = make_seeker(session)
    open_restricted(session, seeker, coach)
    assert restricted.view(session, seeker.key, in_session=HERE, by=coach) is None
    first = make_restricted(session, seeker, coach, health="x")
    edit = RestrictedFactsInput(health="y")
    restricted.save(session, seeker.key, edit, version=first.version, in_session=HERE, by=coach)
    found = restricted.view(session, seeker.key, in_session=HERE, by=coach)
    assert found is not None
    assert found.health == "y"
    with pytest.raises(StaleFormError):
        restricted.save(session, seeker.key, edit, version=0, in_session=HERE, by=coach)


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_they_are_closed_to_those_who_do_not_need_them(session: Session, role: Role):
    seeker = make_seeker(session)
    with pytest.raises(NotAllowedError):
        open_restricted(session, seeker, make_actor(role))
    with pytest.raises(NotAllowedError):
        restricted.view(session, seeker.key, in_session=HERE, by=make_actor(role))


def test_those_of_an_archived_person_cannot_be_changed(session: Session, coach: Actor):
    seeker = make_seeker(session)
    open_restricted(session, seeker, coach)
    seekers.archive(session, seeker.key, why="Moved away", version=seeker.version, by=coach)
    edit = RestrictedFactsInput()
    with pytest.raises(NotAllowedError, match="archived"):
        restricted.save(session, seeker.key, edit, version=0, in_session=HERE, by=coach)


def test_nothing_is_shown_or_changed_without_a_reason(session: Session, coach: Actor):
    seeker = make_seeker(session)
    edit = RestrictedFactsInput(health="x")
    with pytest.raises(RuleBrokenError, match="not open"):
        restricted.view(session, seeker.key, in_session=HERE, by=coach)
    with pytest.raises(RuleBrokenError, match="What you typed is kept"):
        restricted.save(session, seeker.key, edit, version=0, in_session=HERE, by=coach)


def test_a_reason_opens_them_for_fifteen_minutes_in_one_sign_in_of_one_colleague(
    session: Session, coach: Actor
):
    seeker, other = make_seeker(session), make_user(session, Role.JOB_COACH).as_actor()
    opening = open_restricted(session, seeker, coach)
    late = opening.until + timedelta(seconds=1)
    assert opening.until - utc_now() < restricted_views.OPEN_FOR
    for in_session, by, now in (("another", coach, None), (HERE, other, None), (HERE, coach, late)):
        with pytest.raises(RuleBrokenError, match="not open"):
            restricted.view(session, seeker.key, in_session=in_session, by=by, now=now)
    with pytest.raises(RuleBrokenError, match="not open"):
        restricted.view(session, make_seeker(session).key, in_session=HERE, by=coach)


def test_another_reason_is_said_in_words():
    with pytest.raises(ValidationError, match="Say in a few words"):
        OpeningInput(reason=WhyOpened.OTHER)
    assert OpeningInput(reason=WhyOpened.OTHER, words="A fall at work").words == "A fall at work"


def test_they_are_opened_for_somebody(session: Session):
    with pytest.raises(NotSignedInError):
        open_restricted(session, make_seeker(session), SYSTEM)


def test_each_look_is_in_the_trail_with_who_when_whom_and_why(session: Session, coach: Actor):
    seeker = make_seeker(session)
    open_restricted(session, seeker, coach, words="Before the review")
    for _ in range(2):
        restricted.view(session, seeker.key, in_session=HERE, by=coach)
    looks = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "view")).all()
    assert [(entry.actor_id, entry.actor_name, bool(entry.seal)) for entry in looks] == [
        (coach.id, "Rosa Lind", True)
    ] * 2
    ids = [entry.id for entry in looks if entry.id is not None]
    assert audit_values.read(session, ids)[ids[0]] == {
        "seeker_id": (None, seeker.key),
        "reason": (None, "review_due"),
        "words": (None, "Before the review"),
    }


def test_when_a_look_cannot_be_written_nothing_is_given_out(database: str):
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH).as_actor()
        seeker = make_seeker(session)
        make_restricted(session, seeker, coach, health="Private words")
    with db.engine().execution_options(is_write=True).begin() as connection:
        refuse_entries(connection)
    with pytest.raises(DBAPIError), db.transaction() as session:
        restricted.view(session, seeker.key, in_session=HERE, by=coach)
    with db.reading() as session, pytest.raises(RuntimeError, match="in a transaction"):
        restricted.view(session, seeker.key, in_session=HERE, by=coach)


def test_who_looked_is_told_with_words_only_to_those_who_may_see_the_facts(session: Session, coach: Actor):
    seeker = make_seeker(session)
    open_restricted(session, seeker, coach, words="Before the review")
    restricted.view(session, seeker.key, in_session=HERE, by=coach)
    for role, words in ((Role.MANAGER, "Before the review"), (Role.AUDITOR, None)):
        found = restricted_views.looks(session, seeker.key, limit=9, by=make_actor(role))
        assert [(look.by, look.reason, look.words) for look in found.rows] == [
            ("Rosa Lind", WhyOpened.REVIEW_DUE, words)
        ]
    with pytest.raises(NotAllowedError):
        restricted_views.looks(session, seeker.key, limit=9, by=make_actor(Role.ENGAGEMENT_OFFICER))


def test_managers_are_told_when_somebody_opens_more_people_within_an_hour_than_is_usual(
    session: Session, coach: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        restricted_views, "settings", lambda: settings().model_copy(update={"restricted_people_an_hour": 2})
    )
    people = [make_seeker(session, name) for name in ("A", "B", "C")]
    for person in people[:2]:
        open_restricted(session, person, coach)
        open_restricted(session, person, coach)
    manager = make_actor(Role.MANAGER)
    assert restricted_views.crowds(session, by=manager) == []
    open_restricted(session, people[2], coach)
    (crowd,) = restricted_views.crowds(session, by=manager)
    assert (crowd.by, crowd.people) == ("Rosa Lind", 3)
    assert restricted_views.crowds(session, by=manager, now=utc_now() + timedelta(days=8)) == []


def test_people_opened_hours_apart_are_no_crowd():
    start = utc_now()
    openings = [(start + timedelta(minutes=40 * number), number) for number in range(6)]
    assert restricted_views._most_within_an_hour("Rosa", openings).people == 2


def test_whether_somebody_is_under_16_is_told_without_the_date(session: Session, coach: Actor):
    seeker = make_seeker(session)

    def answer(on: date) -> bool | None:
        return restricted.ask_whether_under_16(session, seeker.key, on=on, by=coach).is_under_16

    assert answer(date(2026, 5, 4)) is None
    make_restricted(session, seeker, coach, date_of_birth="2010-05-05")
    assert (answer(date(2026, 5, 4)), answer(date(2026, 5, 5))) == (True, False)


def test_asking_whether_somebody_is_under_16_is_a_look_that_the_trail_tells(database: str):
    with db.transaction() as session:
        seeker = make_seeker(session)
    with db.transaction() as session:
        restricted.ask_whether_under_16(session, seeker.key, on=date(2026, 5, 4), by=SYSTEM)
    with db.reading() as session:
        last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        assert last is not None
        assert (last.action, last.record_id) == ("asked_whether_under_16", seeker.key)


def test_whether_somebody_is_under_16_is_not_told_where_the_look_cannot_be_kept(database: str):
    with db.transaction() as session:
        seeker = make_seeker(session)
    with db.reading() as session, pytest.raises(RuntimeError, match="so that the look is kept"):
        restricted.ask_whether_under_16(session, seeker.key, on=date(2026, 5, 4), by=SYSTEM)
