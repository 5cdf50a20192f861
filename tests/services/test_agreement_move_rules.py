"""What a move of an agreement is held to: who makes it, what it says, and days that fit."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError
from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreement_inputs import AgreementInput
from crm.models.users import Actor
from crm.policy import Role
from crm.services import agreement_moves, agreements
from tests.makers import make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_active, make_agreement, move_to

LATER = TODAY + timedelta(days=365)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_user(session, Role.MANAGER, name="Kofi Brandt").as_actor()


def test_an_officer_negotiates_and_only_a_manager_ends(session: Session, officer: Actor, manager: Actor):
    agreement = move_to(session, make_agreement(session), Stage.DISCUSSED, Stage.DRAFTING, by=officer)
    move_to(session, agreement, Stage.APPROVED, by=manager)
    move_to(session, agreement, Stage.WITH_EMPLOYER, Stage.SIGNED, Stage.ACTIVE, by=officer)
    assert Stage.ENDED not in agreement_moves.possible(agreement, by=officer, today=TODAY)
    told = agreement_moves.whom_to_ask(agreement, by=officer, today=TODAY)
    assert told == ["A manager ends agreements. Ask one, and tell them why it should end."]
    assert agreement_moves.whom_to_ask(agreement, by=manager, today=TODAY) == []
    with pytest.raises(NotAllowedError, match="A manager ends"):
        move_to(session, agreement, Stage.ENDED, by=officer)
    assert move_to(session, agreement, Stage.ENDED, by=manager).stage is Stage.ENDED


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.AUDITOR, Role.ADMINISTRATOR])
def test_somebody_who_only_reads_moves_nothing_and_is_offered_no_move(session: Session, role: Role):
    reader = make_user(session, role).as_actor()
    agreement = make_agreement(session)
    assert agreement_moves.possible(agreement, by=reader, today=TODAY) == []
    assert agreement_moves.whom_to_ask(agreement, by=reader, today=TODAY) == []
    with pytest.raises(NotAllowedError):
        move_to(session, agreement, Stage.DISCUSSED, by=reader)


def test_what_the_checks_find_keeps_a_draft_from_being_approved(session: Session, manager: Actor):
    draft = make_agreement(session, criteria_rule="a_percent_of_essential", criteria_percent=60)
    move_to(session, draft, Stage.DISCUSSED, Stage.DRAFTING)
    with pytest.raises(RuleBrokenError, match="cannot be approved yet"):
        move_to(session, draft, Stage.APPROVED, by=manager)


def test_a_draft_that_has_an_owner_keeps_them(session: Session):
    owner, other = make_user(session), make_user(session)
    agreement = move_to(session, make_agreement(session, owner_id=owner.id), Stage.DISCUSSED)
    move_to(session, agreement, Stage.DRAFTING, said={"owner_id": other.id})
    assert agreement.owner_id == owner.id


def test_a_draft_gets_an_owner_who_works_here(session: Session):
    agreement = move_to(session, make_agreement(session), Stage.DISCUSSED)
    with pytest.raises(RuleBrokenError, match="colleague") as caught:
        move_to(session, agreement, Stage.DRAFTING, said={"owner_id": 99})
    assert caught.value.field == "owner_id"


def test_dates_that_are_recorded_are_not_asked_again(session: Session):
    agreement = make_agreement(session, starts_on=TODAY, ends_on=LATER)
    move_to(session, agreement, *TO_SIGNATURE)
    move_to(session, agreement, Stage.ACTIVE, said={"starts_on": None, "ends_on": None})
    assert (agreement.starts_on, agreement.ends_on) == (TODAY, LATER)


@pytest.mark.parametrize(
    ("before", "to", "said", "field"),
    [
        (3, Stage.WITH_EMPLOYER, {"expected_signing_on": TODAY - timedelta(days=1)}, "expected_signing_on"),
        (5, Stage.ACTIVE, {"starts_on": LATER, "ends_on": TODAY}, "starts_on"),
        (5, Stage.ACTIVE, {"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_days_that_do_not_fit_are_refused_at_their_own_field(
    session: Session, before: int, to: Stage, said: dict[str, object], field: str
):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE[:before])
    with pytest.raises(RuleBrokenError) as caught:
        move_to(session, agreement, to, said=said)
    assert caught.value.field == field


def test_nothing_is_signed_after_the_day_of_its_move(session: Session):
    agreement = make_agreement(session, today=TODAY - timedelta(days=9))
    move_to(session, agreement, *TO_SIGNATURE[:4], on=TODAY - timedelta(days=9))
    with pytest.raises(RuleBrokenError, match="after the day of this move"):
        move_to(session, agreement, Stage.SIGNED, on=TODAY - timedelta(days=1), said={"signed_on": TODAY})


def test_clauses_are_not_changed_so_that_what_is_in_force_has_no_dates(session: Session, officer: Actor):
    agreement = make_active(session)
    typed = {name: getattr(agreement, name) for name in AgreementInput.model_fields}
    for name in ("starts_on", "ends_on"):
        edit = AgreementInput.model_validate(typed | {name: None})
        with pytest.raises(RuleBrokenError, match="a first and a last day") as caught:
            agreements.change(session, agreement.key, edit, version=agreement.version, by=officer)
        assert caught.value.field == name
