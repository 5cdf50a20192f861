"""Laws of the figures of promises: they equal what the rows say, add up, and move with a merge and back."""

from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from crm import db
from crm.models.agreement_choices import CriteriaMet, Given, Promise, SessionState, Standing, UseResult
from crm.models.agreement_uses import AgreementUse, PromisedSession
from crm.models.agreements import Agreement
from crm.models.base import Known
from crm.models.employers import Employer
from crm.models.placements import Placement
from crm.models.users import SYSTEM
from crm.services import agreement_honour, unmerging
from crm.services.promise_counts import FIELD_OF, Promised, PromiseFilter, Tally
from crm.services.promise_figures import Outcome, PromiseFigures, Sessions, figures
from crm.services.promises import Honour, count_of
from crm.services.staying import DAYS_AFTER, StartFigures, Stayed, StayedFigures, stayed
from tests.conftest import at_least
from tests.makers_duplicates import TODAY, merge_two
from tests.makers_employers import make_agreement, make_employer
from tests.makers_people import make_seeker
from tests.makers_placements import make_session, make_start
from tests.makers_promises import make_use

days = st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number))
long_ago = st.sampled_from((80, 91, 100, 182, 200)).map(lambda number: TODAY - timedelta(days=number))


@st.composite
def uses(draw: st.DrawFn) -> dict[str, Any]:
    """What may stand in the columns of one promise, all that the database lets stand there."""
    standing = draw(st.sampled_from((Standing.REFERRED,) * 4 + (Standing.ASKED,)))
    is_referred = standing is Standing.REFERRED
    given_ = draw(st.sampled_from((*Given, Given.YES))) if is_referred else Given.NOT_YET
    met = list(CriteriaMet)[:-1] if given_ is Given.NOT_BY_EMPLOYER else list(CriteriaMet)
    return {
        "promise": draw(st.sampled_from(Promise)),
        "standing": standing,
        "referred_on": TODAY - timedelta(days=draw(st.integers(4, 30))) if is_referred else None,
        "due_on": draw(st.none() | days),
        "given": given_,
        "criteria_met": draw(st.sampled_from(met)),
        "happens_on": draw(days) if given_ is Given.YES else None,
        "feedback_on": draw(st.none() | days.map(lambda day: day + timedelta(days=3))),
        "finished": draw(st.sampled_from(Known)),
        "result": draw(st.sampled_from(UseResult)),
    }


@st.composite
def starts(draw: st.DrawFn) -> dict[str, Any]:
    """A job that somebody started, seen at work, ended, both or neither."""
    starts_on = draw(long_ago)
    after = st.none() | st.sampled_from((50, 91, 182)).map(lambda number: starts_on + timedelta(days=number))
    ended_on = draw(after)
    return {
        "starts_on": starts_on,
        "seen_on": draw(after),
        "ended_on": ended_on,
        "end_why": ended_on and "The season ended",
    }


promise = st.tuples(st.integers(0, 1), st.booleans(), uses(), st.none() | starts())
some_promises = st.lists(promise, min_size=1, max_size=6)
some_sessions = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(SessionState)), max_size=3)


def make_all(
    session: Session, promises: list[Any], sessions: list[tuple[int, SessionState]]
) -> list[Agreement]:
    """Two agreements of two employers with these promises, and sessions of mock interviews."""
    employers = [make_employer(session, name) for name in ("Fernside Bakery", "Fernside Bakers")]
    made = [make_agreement(session, employer, feedback_days=2) for employer in employers]
    seeker, earlier = make_seeker(session), None
    for which, is_after, facts, start in promises:
        after = earlier.key if earlier and is_after else None
        earlier = make_use(session, made[which], seeker, asked_on=TODAY, after_use_id=after, **facts)
        if start is not None:
            make_start(session, earlier, **start)
    for which, state in sessions:
        make_session(session, made[which], state=state, places=5)
    return made


def recomputed(session: Session, employer_ids: Iterable[int]) -> PromiseFigures:
    """The figures of these employers, from the rows that are stored."""
    keys = set(employer_ids)
    rows = [row for row in session.exec(select(AgreementUse)) if row.employer_id in keys]
    jobs = [row for row in session.exec(select(Placement)) if row.employer_id in keys]
    gaps = [
        (row.happens_on - row.referred_on).days
        for row in rows
        if row.promise is Promise.INTERVIEW
        and row.given is Given.YES
        and row.happens_on is not None
        and row.referred_on is not None
    ]
    kinds = {kind_of(row) for row in rows}
    outcomes = {kind: outcome([row for row in rows if kind_of(row) is kind]) for kind in kinds}
    work = StartFigures(len(jobs), *(staying(jobs, weeks) for weeks in DAYS_AFTER))
    told = [row for row in session.exec(select(PromisedSession)) if row.employer_id in keys]
    sessions = {Promise.MOCK_INTERVIEW: sessions_of(told)} if told else {}
    return PromiseFigures(outcomes, sessions, None, median(gaps) if gaps else None, work)


def kind_of(row: AgreementUse) -> Promised:
    is_after = row.promise is Promise.INTERVIEW and row.after_use_id is not None
    return Promised.AFTER_TRAINING if is_after else Promised(row.promise.value)


def outcome(rows: list[AgreementUse]) -> Outcome:
    counts = [count_of(row, today=TODAY) for row in rows]
    held = [row for row in rows if row.given is Given.YES]
    waited = [((row.feedback_on or TODAY) - (row.happens_on or date.min)).days for row in held]
    fed_back = [row.feedback_on is not None for row in held]
    return Outcome(
        Tally(**{name: counts.count(count) for count, name in FIELD_OF.items()}),
        len(held),
        sum(fed_back),
        sum(told or wait > 2 for told, wait in zip(fed_back, waited, strict=True)),
        sum(told and wait <= 2 for told, wait in zip(fed_back, waited, strict=True)),
        sum(row.result is UseResult.OFFERED for row in rows),
        sum(row.finished is Known.YES for row in rows),
        sum(row.finished is Known.NO for row in rows),
    )


def staying(jobs: list[Placement], weeks: int) -> StayedFigures:
    told = [stayed(job, weeks, today=TODAY) for job in jobs]
    return StayedFigures(*(told.count(answer) for answer in (Stayed.YES, Stayed.NO, Stayed.NOT_KNOWN)))


def sessions_of(rows: list[PromisedSession]) -> Sessions:
    states = [row.state for row in rows]
    planned, held = states.count(SessionState.PLANNED), states.count(SessionState.HELD)
    cancelled = (states.count(SessionState.CANCELLED_BY_EMPLOYER), states.count(SessionState.CANCELLED_BY_US))
    return Sessions(planned, planned, held, *cancelled, 5 * (planned + held), 0)


def figured(session: Session, **narrowed: Any) -> PromiseFigures:
    return figures(session, PromiseFilter(**narrowed), by=SYSTEM, today=TODAY)


def added(first: Tally, second: Tally) -> Tally:
    return Tally(**{name: getattr(first, name) + getattr(second, name) for name in FIELD_OF.values()})


@given(some_promises, some_sessions)
@settings(max_examples=at_least(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_equal_what_the_rows_say_and_add_up(
    database: str, promises: list[Any], sessions: list[tuple[int, SessionState]]
):
    with db.transaction() as session:
        made = make_all(session, promises, sessions)
        keys = [agreement.employer_id for agreement in made]
        whole = figured(session)
        assert whole == recomputed(session, keys)
        parts = [figured(session, agreement_id=one.key) for one in made]
        for agreement, part in zip(made, parts, strict=True):
            assert part == recomputed(session, [agreement.employer_id])
            assert part == figured(session, employer_id=agreement.employer_id)
        for kind in Promised:
            assert whole.of(kind).tally == added(*(part.of(kind).tally for part in parts))
        page = agreement_honour.by_employer(session, offset=0, limit=9, by=SYSTEM, today=TODAY)
        listed = [row.honour for row in page.rows]
        summed = Honour(
            *(sum(getattr(one, name) for one in listed) for name in ("kept", "broken", "disputed"))
        )
        assert summed == whole.of(Promised.INTERVIEW).tally.honour
        session.rollback()


@given(some_promises, some_sessions)
@settings(max_examples=at_least(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_merge_moves_every_figure_at_once_and_undoing_it_moves_them_back(
    database: str, promises: list[Any], sessions: list[tuple[int, SessionState]]
):
    with db.transaction() as session:
        kept, loser = (one.employer_id for one in make_all(session, promises, sessions))
        before = [figured(session, employer_id=key) for key in (kept, loser)]
        whole = figured(session)
        made = merge_two(session, session.get_one(Employer, kept), session.get_one(Employer, loser))
        assert figured(session, employer_id=kept) == whole
        assert not figured(session, employer_id=loser).are_any
        assert unmerging.undo(session, made.key, version=1, by=SYSTEM, today=TODAY).stays == []
        assert [figured(session, employer_id=key) for key in (kept, loser)] == before
        session.rollback()
