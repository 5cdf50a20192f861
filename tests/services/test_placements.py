"""Jobs that people started: recorded from what they came of, seen to go on, asked about, by whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import Given, Standing, UseResult
from crm.models.agreement_uses import AgreementUse
from crm.models.placements import Placement, PlacementInput
from crm.models.seekers import SeekerStatus
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import job_starts, placements, records, seekers
from crm.services.job_starts import Offer
from crm.services.placements import Whose
from crm.services.staying import DAYS_AFTER, Stayed, stayed, stayed_in_sql
from tests.makers import make_user
from tests.makers_employers import TODAY, make_active, make_employer, make_site
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_placements import make_start
from tests.makers_promises import kept, make_use
from tests.makers_teams import make_team

STARTED = TODAY - timedelta(days=100)


@pytest.fixture
def offered(session: Session) -> AgreementUse:
    """Somebody who was offered a job after an interview that they were promised."""
    return make_use(session, make_active(session), **kept(), result=UseResult.OFFERED)


def whose(use: AgreementUse) -> Whose:
    return Whose(use.seeker_id, use.employer_id, use.vacancy_id, use.key)


def started(session: Session, use: AgreementUse, *, by: Actor = SYSTEM, **facts: Any) -> Placement:
    new = PlacementInput.model_validate({"title": "Shelf filler", "starts_on": STARTED, **facts})
    return placements.add(session, whose(use), new, by=by, today=TODAY)


def test_a_start_is_recorded_from_the_vacancy_and_the_site_of_the_offer(session: Session):
    agreement = make_active(session)
    employer = make_employer(session, "Garage")
    site = make_site(session, employer)
    vacancy = make_vacancy(session, employer, hours_min=16, hours_max=16, pay_hourly=13)
    use = make_use(
        session, agreement, **kept(), employer_id=employer.key, vacancy_id=vacancy.key, site_id=site.key
    )
    found = job_starts.from_use(session, use.key, by=SYSTEM)
    assert found.whose == Whose(use.seeker_id, employer.key, vacancy.key, use.key)
    assert found.starts == {"title": vacancy.title, "hours_week": 16, "pay_hourly": 13}
    assert started(session, use).site_id == site.key


def test_an_offer_waits_until_a_start_is_recorded_and_once_only(session: Session, offered: AgreementUse):
    expected = [Offer(offered.key, "Fernside Bakery", None)]
    assert job_starts.offers(session, offered.seeker_id, by=SYSTEM) == expected
    row = started(session, offered)
    assert job_starts.offers(session, offered.seeker_id, by=SYSTEM) == []
    with pytest.raises(RuleBrokenError, match="recorded already"):
        started(session, offered)
    placements.archive(session, row.key, why="Never turned up", version=1, by=SYSTEM)
    assert job_starts.offers(session, offered.seeker_id, by=SYSTEM) == expected
    assert placements.bring_back(session, row.key, version=2, by=SYSTEM).archived_at is None


def test_a_job_is_not_brought_back_beside_another_that_came_of_the_same(
    session: Session, offered: AgreementUse
):
    first = started(session, offered)
    placements.archive(session, first.key, why="Wrong job", version=1, by=SYSTEM)
    started(session, offered)
    with pytest.raises(RuleBrokenError, match="recorded already"):
        placements.bring_back(session, first.key, version=first.version, by=SYSTEM)


def test_what_a_job_came_of_has_to_be_the_persons_and_the_employers(session: Session, offered: AgreementUse):
    new = PlacementInput(title="Baker", starts_on=STARTED)
    other = make_employer(session, "Other")
    vacancy = make_vacancy(session, other)
    forged = (
        Whose(make_seeker(session).key, offered.employer_id, use_id=offered.key),
        Whose(offered.seeker_id, other.key, use_id=offered.key),
        Whose(offered.seeker_id, offered.employer_id, vacancy_id=vacancy.key),
    )
    for one in forged:
        with pytest.raises(RuleBrokenError):
            placements.add(session, one, new, by=SYSTEM, today=TODAY)
    for one in (Whose(99, offered.employer_id), Whose(offered.seeker_id, 99)):
        with pytest.raises(NotFoundError):
            placements.add(session, one, new, by=SYSTEM, today=TODAY)


@pytest.mark.parametrize("field", ["seen_on", "ended_on"])
def test_nothing_is_known_of_days_to_come_but_a_start_may_be(
    session: Session, offered: AgreementUse, field: str
):
    tomorrow = TODAY + timedelta(days=1)
    facts: dict[str, Any] = {field: tomorrow, "end_why": "The season ends"}
    with pytest.raises(RuleBrokenError) as refused:
        started(session, offered, **facts)
    assert refused.value.field == field
    assert started(session, offered, starts_on=tomorrow).starts_on == tomorrow


def test_an_end_needs_a_reason_and_days_are_in_order():
    for wrong in (
        {"ended_on": TODAY},
        {"ended_on": STARTED - timedelta(days=1), "end_why": "Moved away"},
        {"seen_on": STARTED - timedelta(days=1)},
        {"seen_on": TODAY, "ended_on": STARTED, "end_why": "Moved away"},
    ):
        with pytest.raises(ValidationError):
            PlacementInput.model_validate({"title": "Baker", "starts_on": STARTED, **wrong})


def test_seen_at_work_keeps_the_latest_day_and_refuses_what_cannot_be(
    session: Session, offered: AgreementUse
):
    row = started(session, offered)
    placements.seen(session, row.key, TODAY, version=1, by=SYSTEM)
    placements.seen(session, row.key, TODAY - timedelta(days=9), version=row.version, by=SYSTEM)
    assert row.seen_on == TODAY
    with pytest.raises(RuleBrokenError, match="not begun"):
        placements.seen(session, row.key, STARTED - timedelta(days=1), version=row.version, by=SYSTEM)
    with pytest.raises(StaleFormError):
        placements.seen(session, row.key, TODAY, version=1, by=SYSTEM)
    end = PlacementInput(title="Baker", starts_on=STARTED, ended_on=TODAY, end_why="Moved away")
    placements.change(session, row.key, end, version=row.version, by=SYSTEM, today=TODAY)
    with pytest.raises(RuleBrokenError, match="has ended"):
        placements.seen(session, row.key, TODAY, version=row.version, by=SYSTEM)


def test_jobs_are_listed_for_the_person_and_for_the_employer(session: Session, offered: AgreementUse):
    row = started(session, offered)
    ended = make_start(session, offered, starts_on=TODAY, ended_on=TODAY, end_why="It was too far")
    archived = make_start(session, offered)
    records.archive(session, archived, why="Twice", version=1)
    mine = placements.of_seeker(session, offered.seeker_id, by=SYSTEM)
    assert [one.placement.key for one in mine] == [ended.key, row.key, archived.key]
    page = placements.at_employer(session, offered.employer_id, limit=1, by=SYSTEM)
    assert [(one.placement.key, one.seeker, one.employer) for one in page.rows] == [
        (row.key, "Amara Nwosu", "Fernside Bakery")
    ]
    assert page.total == 2


def test_whether_a_job_goes_on_is_asked_of_its_latest_day_that_is_not_known(
    session: Session, offered: AgreementUse
):
    at_13 = TODAY - timedelta(days=91)
    asked = make_start(session, offered, starts_on=at_13)
    later = make_start(session, offered, starts_on=TODAY - timedelta(days=182), seen_on=at_13)
    make_start(session, offered, starts_on=at_13 + timedelta(days=1))
    make_start(session, offered, starts_on=at_13, seen_on=TODAY)
    make_start(session, offered, starts_on=at_13, ended_on=at_13, end_why="It was too far")
    found = job_starts.to_ask_about(session, coach_id=None, limit=5, by=SYSTEM, today=TODAY)
    told = [(row.placement_id, row.weeks, row.on) for row in found.rows]
    assert told == [(later.key, 26, TODAY), (asked.key, 13, TODAY)]
    others = job_starts.to_ask_about(session, coach_id=7, limit=5, by=SYSTEM, today=TODAY)
    assert (others.rows, others.total) == ([], 0)


def test_the_database_knows_as_python_does_who_stayed(session: Session, offered: AgreementUse):
    ends: tuple[int | None, ...] = (None, 90, 91, 181, 182)
    for ago in (90, 91, 181, 182):
        starts_on = TODAY - timedelta(days=ago)
        for seen, ended in ((seen, ended) for seen in ends for ended in ends):
            facts = {"seen_on": seen, "ended_on": ended}
            said: dict[str, date | None] = {
                name: None if after is None else starts_on + timedelta(days=after)
                for name, after in facts.items()
            }
            make_start(session, offered, starts_on=starts_on, **said, end_why="It was too far")
    for weeks in DAYS_AFTER:
        query = select(Placement, stayed_in_sql(weeks, TODAY)).order_by(col(Placement.id))
        rows = session.exec(query).all()
        assert [told for _, told in rows] == [stayed(row, weeks, today=TODAY).value for row, _ in rows]
        assert {told for _, told in rows} == set(Stayed)


def test_being_in_work_is_offered_and_changes_nothing_else(session: Session, offered: AgreementUse):
    person = seekers.find(session, offered.seeker_id, by=SYSTEM)
    assert not job_starts.is_started(person, [], today=TODAY)
    row = started(session, offered)
    assert person.status is SeekerStatus.ACTIVE
    assert job_starts.is_started(person, [row], today=TODAY)
    assert not job_starts.is_started(person, [row], today=STARTED - timedelta(days=1))
    job_starts.set_in_work(session, person.key, version=person.version, by=SYSTEM)
    assert (person.status, person.preferred_name) == (SeekerStatus.IN_WORK, "Amara Nwosu")
    assert not job_starts.is_started(person, [row], today=TODAY)
    with pytest.raises(RuleBrokenError):
        job_starts.set_in_work(session, person.key, version=person.version, by=SYSTEM)


@pytest.mark.parametrize(
    ("role", "may_record"),
    [
        (Role.ENGAGEMENT_OFFICER, True),
        (Role.JOB_COACH, True),
        (Role.MANAGER, True),
        (Role.ADMINISTRATOR, False),
        (Role.AUDITOR, False),
    ],
)
def test_starts_are_recorded_by_those_who_keep_promises(
    session: Session, offered: AgreementUse, role: Role, may_record: bool
):
    actor = make_user(session, role).as_actor()
    if may_record:
        assert started(session, offered, by=actor).version == 1
        return
    with pytest.raises(NotAllowedError):
        started(session, offered, by=actor)


def test_a_coach_records_no_start_for_somebody_of_another_team(session: Session):
    far = make_user(session, Role.JOB_COACH, name="Olga Other")
    near = make_user(session, Role.JOB_COACH)
    make_team(session, "South", far)
    person = make_seeker(session, coach_id=far.key)
    use = make_use(session, make_active(session), person, **kept())
    with pytest.raises(NotAllowedError):
        started(session, use, by=near.as_actor())
    assert started(session, use, by=far.as_actor()).seeker_id == person.key


def test_no_job_comes_of_a_promise_that_nobody_was_put_forward_for(session: Session, offered: AgreementUse):
    wish = {"standing": Standing.ASKED, "referred_on": None, "given": Given.NOT_YET}
    records.change(session, offered, wish, version=offered.version)
    with pytest.raises(RuleBrokenError, match="not put forward for this"):
        started(session, offered)
