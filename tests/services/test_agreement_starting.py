"""An agreement starts as the last of its kind: its clauses come along, its dates and people do not."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotFoundError
from crm.models.agreement_choices import AgreementKind, AgreementStage
from crm.models.agreement_inputs import AgreementInput
from crm.models.agreements import Agreement
from crm.models.employers import Employer
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_starting, agreements
from tests.makers import make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_agreement, make_employer, move_to

GUARANTEED = AgreementKind.GUARANTEED_INTERVIEW


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def signed(session: Session, employer: Employer, days_ago: int = 0, **clauses: object) -> Agreement:
    on = TODAY - timedelta(days=days_ago)
    return move_to(session, make_agreement(session, employer, today=on, **clauses), *TO_SIGNATURE, on=on)


def last(session: Session, employer: Employer, by: Actor) -> Agreement | None:
    found = agreement_starting.last_of_each_kind(session, employer.key, by=by).get(GUARANTEED)
    return found.agreement if found else None


def test_the_last_signed_one_of_this_employer_comes_before_newer_ones_of_others(
    session: Session, officer: Actor
):
    ours, other = make_employer(session), make_employer(session, "Harbour Foods")
    signed(session, ours, 90)
    latest = signed(session, ours, 30)
    elsewhere = signed(session, other)
    make_agreement(session, ours)
    assert last(session, ours, officer) is latest
    assert last(session, make_employer(session, "Newcomer"), officer) is elsewhere


def test_only_what_was_signed_and_neither_ended_nor_archived_is_offered(session: Session, officer: Actor):
    employer = make_employer(session)
    move_to(session, signed(session, employer), AgreementStage.ENDED)
    gone = signed(session, employer)
    agreements.archive(session, gone.key, why="By mistake", version=gone.version, by=officer)
    assert last(session, employer, officer) is None


def test_each_kind_has_its_own(session: Session, officer: Actor):
    employer = make_employer(session)
    signed(session, employer)
    mock = signed(session, employer, kind=AgreementKind.MOCK_INTERVIEW)
    found = agreement_starting.last_of_each_kind(session, employer.key, by=officer)
    assert set(found) == {GUARANTEED, AgreementKind.MOCK_INTERVIEW}
    assert found[AgreementKind.MOCK_INTERVIEW] == agreement_starting.source(session, mock.key, by=officer)
    assert agreement_starting.source(session, None, by=officer) is None


def test_clauses_are_copied_and_neither_dates_nor_people(session: Session):
    before = signed(session, make_employer(session), feedback_days=5, ends_on=TODAY + timedelta(days=9))
    clauses = agreement_starting.copied(before, GUARANTEED)
    assert clauses["feedback_days"] == 5
    assert not clauses.keys() & {"ends_on", "owner_id", "adjustments_contact_id", "notes", "mock_places"}


def test_what_it_was_started_from_is_kept_only_where_the_kind_is_the_same(session: Session, officer: Actor):
    employer = make_employer(session)
    before = signed(session, employer)
    typed = {"kind": GUARANTEED, "covers": "everyone_we_support", "started_from_id": before.key}
    kept = agreements.add(
        session, employer.key, AgreementInput.model_validate(typed), by=officer, today=TODAY
    )
    assert kept.started_from_id == before.key
    other = AgreementInput.model_validate(typed | {"kind": "combined"})
    assert agreements.add(session, employer.key, other, by=officer, today=TODAY).started_from_id is None
    unknown = AgreementInput.model_validate(typed | {"started_from_id": 999})
    with pytest.raises(NotFoundError):
        agreements.add(session, employer.key, unknown, by=SYSTEM, today=TODAY)
