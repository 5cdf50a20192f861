"""Sessions, courses and rounds of trials: with whom, which places, and what cannot be changed any more."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementKind, Promise, SessionState, Standing
from crm.models.agreement_parts import AgreementMember, AgreementSite
from crm.models.agreement_uses import PromisedSession, PromisedSessionInput
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_uses, promised_sessions, records
from tests.makers import make_user
from tests.makers_employers import TODAY, make_agreement, make_employer, make_site
from tests.makers_promises import make_use
from tests.services.test_agreement_uses import make_signed, make_willing, refer, refused

MOCK = Promise.MOCK_INTERVIEW


@pytest.fixture
def agreement(session: Session) -> Agreement:
    return make_signed(session, kind=AgreementKind.MOCK_INTERVIEW)


def typed(agreement: Agreement, **said: Any) -> PromisedSessionInput:
    told = {"employer_id": agreement.employer_id, "promise": MOCK, "starts_on": TODAY, **said}
    return PromisedSessionInput.model_validate(told)


def make_session(
    session: Session, agreement: Agreement, *, by: Actor = SYSTEM, **said: Any
) -> PromisedSession:
    new = typed(agreement, **said)
    return promised_sessions.add(session, agreement.key, new, by=by, today=TODAY)


def change(session: Session, held: PromisedSession, agreement: Agreement, **said: Any) -> PromisedSession:
    edit = typed(agreement, **said)
    return promised_sessions.change(session, held.key, edit, version=held.version, by=SYSTEM, today=TODAY)


def test_an_agreement_lists_its_sessions_with_the_places_taken(session: Session, agreement: Agreement):
    first = make_session(session, agreement, places=6)
    later = make_session(session, agreement, starts_on=TODAY + timedelta(days=9))
    make_use(session, agreement, promise=MOCK, session_id=first.key)
    gone: dict[str, Any] = {
        "standing": Standing.NOT_REFERRED,
        "referred_on": None,
        "not_referred_why": "Full",
    }
    make_use(session, agreement, promise=MOCK, session_id=first.key, **gone)
    rows = promised_sessions.of_agreement(session, agreement.key, by=SYSTEM)
    assert [(row.held.key, row.employer, row.taken) for row in rows] == [
        (later.key, "Fernside Bakery", 0),
        (first.key, "Fernside Bakery", 1),
    ]


@pytest.mark.parametrize("promise", [Promise.TRAINING, Promise.TRIAL])
def test_only_what_the_agreement_promises_is_held(session: Session, agreement: Agreement, promise: Promise):
    with pytest.raises(RuleBrokenError) as refusal:
        make_session(session, agreement, promise=promise)
    assert refusal.value.field == "promise"


def test_members_hold_sessions_and_others_do_not_nor_where_the_agreement_does_not_hold(
    session: Session, agreement: Agreement
):
    member, other = make_employer(session, "Member"), make_employer(session, "Other")
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=member.key))
    assert make_session(session, agreement, employer_id=member.key).employer_id == member.key
    with pytest.raises(RuleBrokenError) as refusal:
        make_session(session, agreement, employer_id=other.key)
    assert refusal.value.field == "employer_id"
    leeds, york = make_site(session, member, "Leeds"), make_site(session, member, "York")
    records.add(session, AgreementSite(agreement_id=agreement.key, site_id=leeds.key))
    with pytest.raises(RuleBrokenError) as refusal:
        make_session(session, agreement, employer_id=member.key, site_id=york.key)
    assert refusal.value.field == "site_id"


def test_a_place_is_given_while_there_is_one_and_the_session_takes_place(
    session: Session, agreement: Agreement
):
    held = make_session(session, agreement, places=1, starts_on=TODAY + timedelta(days=3))
    first, second = (make_willing(session, agreement.employer_id) for _ in range(2))
    named: dict[str, Any] = {"promise": MOCK, "session_id": held.key}
    assert refer(session, agreement, first, **named).due_on == TODAY + timedelta(days=3)
    assert refused(session, agreement, second, **named) == "session_id"
    change(session, held, agreement, places=2, state=SessionState.CANCELLED_BY_EMPLOYER)
    assert refused(session, agreement, second, **named) == "session_id"
    change(session, held, agreement, places=2)
    assert refer(session, agreement, second, **named).session_id == held.key


def test_nobody_who_wanted_a_place_is_put_forward_for_a_session_that_was_cancelled(
    session: Session, agreement: Agreement
):
    held, seeker = make_session(session, agreement), make_willing(session, agreement.employer_id)
    asked: dict[str, Any] = {"standing": Standing.ASKED, "referred_on": None}
    use = make_use(session, agreement, seeker, promise=MOCK, session_id=held.key, **asked)
    change(session, held, agreement, state=SessionState.CANCELLED_BY_EMPLOYER)
    with pytest.raises(RuleBrokenError, match="was cancelled"):
        agreement_uses.refer_asked(session, use.key, version=1, by=SYSTEM, today=TODAY)


def test_nobody_is_brought_back_into_a_session_that_is_full(session: Session, agreement: Agreement):
    held = make_session(session, agreement, places=1)
    first = make_use(session, agreement, promise=MOCK, session_id=held.key)
    agreement_uses.archive(session, first.key, why="Wrong person", version=1, by=SYSTEM)
    make_use(session, agreement, promise=MOCK, session_id=held.key)
    with pytest.raises(RuleBrokenError, match="Every place in it is taken"):
        agreement_uses.bring_back(session, first.key, version=first.version, by=SYSTEM)


def test_a_session_of_another_agreement_or_none_at_all_is_refused(session: Session, agreement: Agreement):
    other = make_agreement(session, make_employer(session, "Other"), kind=AgreementKind.MOCK_INTERVIEW)
    seeker = make_willing(session, agreement.employer_id)
    for key in (make_session(session, other).key, 999):
        assert refused(session, agreement, seeker, promise=MOCK, session_id=key) == "session_id"


def test_what_people_have_places_in_keeps_its_employer_and_enough_places(
    session: Session, agreement: Agreement
):
    member = make_employer(session, "Member")
    records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=member.key))
    held = make_session(session, agreement, places=6)
    for _ in range(2):
        make_use(session, agreement, promise=MOCK, session_id=held.key)
    with pytest.raises(RuleBrokenError, match="People have places in it"):
        change(session, held, agreement, employer_id=member.key)
    with pytest.raises(RuleBrokenError) as refusal:
        change(session, held, agreement, places=1)
    assert refusal.value.field == "places"


def test_what_became_of_a_session_is_recorded_though_its_employer_has_left(
    session: Session, agreement: Agreement
):
    member = make_employer(session, "Member")
    joined = records.add(session, AgreementMember(agreement_id=agreement.key, employer_id=member.key))
    held = make_session(session, agreement, employer_id=member.key)
    records.change(session, joined, {"left_on": TODAY}, version=1)
    change(session, held, agreement, employer_id=member.key, state=SessionState.HELD)
    assert held.state is SessionState.HELD
    with pytest.raises(RuleBrokenError, match="does not cover Member"):
        make_session(session, agreement, employer_id=member.key)


def test_officers_plan_sessions_and_coaches_read_them(session: Session, agreement: Agreement):
    officer, coach = make_user(session).as_actor(), make_user(session, Role.JOB_COACH).as_actor()
    held = make_session(session, agreement, by=officer)
    assert promised_sessions.find(session, held.key, by=coach) == held
    with pytest.raises(NotAllowedError):
        make_session(session, agreement, by=coach)


def test_a_session_recorded_by_mistake_is_put_aside_and_brought_back(session: Session, agreement: Agreement):
    held = make_session(session, agreement)
    promised_sessions.archive(session, held.key, why="Typed twice", version=1, by=SYSTEM)
    assert promised_sessions.of_agreement(session, agreement.key, by=SYSTEM) == []
    promised_sessions.bring_back(session, held.key, version=held.version, by=SYSTEM)
    assert [row.held for row in promised_sessions.of_agreement(session, agreement.key, by=SYSTEM)] == [held]
