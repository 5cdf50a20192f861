"""The figures of promises beside hand counts: what was kept, broken and disputed, and what came of it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError
from crm.models.agreement_choices import Given, Promise, SessionState, UseResult
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import agreements, records
from crm.services.medians import median_of
from crm.services.promise_counts import INTERVIEWS, Promised, PromiseFilter, Tally
from crm.services.promise_figures import PromiseFigures, Sessions, figures
from crm.services.staying import StayedFigures
from tests.makers import make_user
from tests.makers_employers import TODAY, make_active, make_employer, make_site
from tests.makers_placements import make_session, make_start
from tests.makers_promises import broken, disputed, kept, make_use

LONG_AGO = TODAY - timedelta(days=200)


def figured(session: Session, agreement: Agreement | None = None, **narrowed: Any) -> PromiseFigures:
    wanted = PromiseFilter(agreement_id=agreement.key if agreement else None, **narrowed)
    return figures(session, wanted, by=SYSTEM, today=TODAY)


def three_people(session: Session, agreement: Agreement, **facts: Any) -> None:
    """One for whom it was kept, one for whom the employer broke it, one of whom they dispute it."""
    for said in (kept(), broken(), disputed()):
        make_use(session, agreement, **{**said, **facts})


@pytest.fixture
def agreement(session: Session) -> Agreement:
    return make_active(session)


def test_of_three_people_one_interviewed_one_not_and_one_disputed_half_is_kept(
    session: Session, agreement: Agreement
):
    three_people(session, agreement)
    found = figured(session, agreement).of(Promised.INTERVIEW).tally
    assert found == Tally(kept=1, broken=1, disputed=1)
    assert (found.honour.rate, found.honour.low, found.honour.high) == (0.5, 1 / 3, 2 / 3)


@pytest.mark.parametrize("kind", [Promised.MOCK_INTERVIEW, Promised.TRAINING, Promised.TRIAL])
def test_every_other_kind_of_promise_has_an_honour_of_its_own(
    session: Session, agreement: Agreement, kind: Promised
):
    three_people(session, agreement, promise=Promise(kind.value))
    found = figured(session, agreement)
    assert found.of(kind).tally == Tally(kept=1, broken=1, disputed=1)
    assert found.of(Promised.INTERVIEW).tally == Tally()


def test_what_is_beside_the_honour_rate_is_told_apart(session: Session, agreement: Agreement):
    make_use(session, agreement, due_on=TODAY - timedelta(days=1))
    make_use(session, agreement, given=Given.COULD_NOT_ATTEND, given_why="Ill that day")
    make_use(session, agreement, given=Given.WITHDREW, given_why="Took another job")
    make_use(session, agreement)
    found = figured(session, agreement).of(Promised.INTERVIEW).tally
    assert found == Tally(not_answered=1, could_not_attend=1, withdrew=1, not_due=1)
    assert found.honour.rate is None


def test_a_training_is_followed_from_its_places_to_the_interviews_of_those_who_finished(
    session: Session, agreement: Agreement
):
    course: dict[str, Any] = {"promise": Promise.TRAINING, "starts_on": LONG_AGO}
    make_session(session, agreement, places=8, **course)
    make_session(session, agreement, state=SessionState.CANCELLED_BY_EMPLOYER, places=8, **course)
    training: dict[str, Any] = {"promise": Promise.TRAINING, **kept(LONG_AGO)}
    finished = [make_use(session, agreement, **training, finished=Known.YES) for _ in range(2)]
    make_use(session, agreement, **training, finished=Known.NO)
    make_use(session, agreement, **training)
    make_use(session, agreement, after_use_id=finished[0].key, **kept())
    make_use(session, agreement, after_use_id=finished[1].key, **broken())
    found = figured(session, agreement)
    assert found.sessions_of(Promise.TRAINING) == Sessions(held=1, cancelled_by_employer=1, places=8)
    trained = found.of(Promised.TRAINING)
    assert (trained.held, trained.finished, trained.not_finished) == (4, 2, 1)
    assert found.of(Promised.AFTER_TRAINING).tally == Tally(kept=1, broken=1)
    assert found.of(Promised.INTERVIEW).tally == Tally()
    assert found.of(*INTERVIEWS).tally.honour.rate == 0.5


def test_sessions_of_mock_interviews_are_kept_or_cancelled_by_the_employer(session: Session):
    agreement = make_active(session)
    edit = agreements.find(session, agreement.key, by=SYSTEM)
    records.change(session, edit, {"mock_sessions": 4}, version=edit.version)
    make_session(session, agreement, places=6)
    make_session(session, agreement)
    make_session(session, agreement, state=SessionState.CANCELLED_BY_EMPLOYER, places=6)
    make_session(session, agreement, state=SessionState.CANCELLED_BY_US)
    make_session(session, agreement, state=SessionState.PLANNED, starts_on=TODAY + timedelta(days=9))
    make_session(session, agreement, state=SessionState.PLANNED, places=5)
    mock = {"promise": Promise.MOCK_INTERVIEW}
    make_use(session, agreement, **mock, **kept(), feedback_on=TODAY)
    make_use(session, agreement, **mock, **kept())
    found = figured(session, agreement)
    told = found.sessions_of(Promise.MOCK_INTERVIEW)
    assert told == Sessions(
        planned=2,
        past=1,
        held=2,
        cancelled_by_employer=1,
        cancelled_by_us=1,
        places=11,
        without_places=1,
    )
    assert told.honour.rate == 2 / 3
    assert found.mock_a_year == 4
    taken = found.of(Promised.MOCK_INTERVIEW)
    assert (taken.held, taken.fed_back) == (2, 1)


def test_feedback_is_due_once_given_or_once_its_days_are_over(session: Session, agreement: Agreement):
    row = agreements.find(session, agreement.key, by=SYSTEM)
    records.change(session, row, {"feedback_days": 5}, version=row.version)
    days_ago = [TODAY - timedelta(days=days) for days in range(30)]
    make_use(session, agreement, **kept(days_ago[5]))
    make_use(session, agreement, **kept(days_ago[6]))
    make_use(session, agreement, **kept(days_ago[20]), feedback_on=days_ago[15])
    make_use(session, agreement, **kept(days_ago[20]), feedback_on=days_ago[14])
    make_use(session, make_active(session), **kept(days_ago[20]), feedback_on=days_ago[19])
    found = figured(session).of(Promised.INTERVIEW)
    assert (found.held, found.fed_back) == (5, 3)
    assert (found.feedback_due, found.fed_back_in_time) == (3, 1)


def test_the_days_to_the_interview_are_told_at_the_median(session: Session, agreement: Agreement):
    referred = {"referred_on": LONG_AGO, "asked_on": LONG_AGO}
    assert figured(session, agreement).median_days is None
    for days in (10, 3, 30):
        make_use(session, agreement, **referred, **kept(LONG_AGO + timedelta(days=days)))
    assert figured(session, agreement).median_days == 10
    make_use(session, agreement, **referred, **kept(LONG_AGO + timedelta(days=13)))
    make_use(session, agreement, **referred, **broken())
    assert figured(session, agreement).median_days == 11.5


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], None),
        ([(4, 1)], 4),
        ([(1, 2), (9, 2)], 5),
        ([(1, 1), (2, 3), (50, 1)], 2),
        ([(-1, 1), (2, 1)], 0.5),
    ],
)
def test_the_median_of_counted_values(counts: list[tuple[int, int]], expected: float | None):
    assert median_of(counts) == expected


def test_starts_and_staying_in_work_count_those_who_started_long_enough_ago(
    session: Session, agreement: Agreement
):
    use = make_use(session, agreement, **kept(), result=UseResult.OFFERED)
    make_use(session, agreement, **kept(), result=UseResult.NOT_OFFERED)
    start = TODAY - timedelta(days=91)
    make_start(session, use, starts_on=start, seen_on=TODAY)
    make_start(session, use, starts_on=start, ended_on=TODAY - timedelta(days=1), end_why="The season ended")
    make_start(session, use, starts_on=start, ended_on=TODAY, end_why="The season ended")
    make_start(session, use, starts_on=start, seen_on=TODAY - timedelta(days=1))
    make_start(session, use, starts_on=start + timedelta(days=1), seen_on=TODAY)
    make_start(session, use, starts_on=TODAY + timedelta(days=1))
    found = figured(session, agreement)
    assert (found.offers, found.work.starts) == (1, 5)
    assert found.work.after_13 == StayedFigures(yes=2, no=1, not_known=1)
    assert found.work.after_26 == StayedFigures(0, 0, 0)


def test_figures_are_narrowed_by_employer_site_and_day_of_the_referral(
    session: Session, agreement: Agreement
):
    member = make_employer(session, "Member")
    site = make_site(session, member)
    make_use(session, agreement, **kept())
    make_use(session, agreement, employer_id=member.key, site_id=site.key, **broken())
    make_use(session, agreement, referred_on=LONG_AGO, asked_on=LONG_AGO, **disputed())

    def narrowed(**by: Any) -> Tally:
        return figured(session, **by).of(Promised.INTERVIEW).tally

    assert narrowed() == Tally(kept=1, broken=1, disputed=1)
    assert narrowed(employer_id=member.key) == narrowed(site_id=site.key) == Tally(broken=1)
    assert narrowed(until=LONG_AGO) == Tally(disputed=1)
    assert narrowed(since=LONG_AGO + timedelta(days=1)) == Tally(kept=1, broken=1)


def test_what_was_archived_is_in_no_figure(session: Session, agreement: Agreement):
    use = make_use(session, agreement, **kept())
    records.archive(session, use, why="Recorded twice", version=use.version)
    assert not figured(session, agreement).are_any
    make_use(session, agreement, **kept())
    make_session(session, agreement)
    assert figured(session, agreement).are_any
    agreements.archive(session, agreement.key, why="By mistake", version=agreement.version, by=SYSTEM)
    assert not figured(session).are_any


@pytest.mark.parametrize("role", [Role.ENGAGEMENT_OFFICER, Role.JOB_COACH, Role.MANAGER, Role.AUDITOR])
def test_whoever_reads_agreements_may_see_their_figures(session: Session, agreement: Agreement, role: Role):
    three_people(session, agreement)
    reader = make_user(session, role).as_actor()
    found = figures(session, PromiseFilter(), by=reader, today=TODAY)
    assert found.of(Promised.INTERVIEW).tally.put_forward == 3


def test_an_administrator_sees_no_figures(session: Session):
    administrator = make_user(session, Role.ADMINISTRATOR).as_actor()
    with pytest.raises(NotAllowedError):
        figures(session, PromiseFilter(), by=administrator, today=TODAY)
