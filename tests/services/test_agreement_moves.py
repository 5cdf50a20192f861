"""Agreements move only where they can go, each move with what it needs, and every move is kept."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreement_inputs import AgreementInput, StageMoveInput
from crm.models.agreements import Agreement
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_moves, agreements
from crm.services.agreement_stages import MOVES
from tests.makers import make_user
from tests.makers_employers import TO_SIGNATURE, TODAY, make_active, make_agreement, move_to

LATER = TODAY + timedelta(days=365)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_user(session, Role.MANAGER, name="Kofi Brandt").as_actor()


def test_every_stage_leads_somewhere_and_can_be_reached():
    assert set(MOVES) == set(Stage)
    reached = {to for stages in MOVES.values() for to in stages}
    assert set(Stage) - reached == {Stage.IDEA, Stage.LAPSED}


def test_nothing_becomes_active_without_having_been_signed():
    signed_before = {Stage.SIGNED, Stage.IN_REVIEW}
    assert {stage for stage, to in MOVES.items() if Stage.ACTIVE in to} == signed_before


@pytest.mark.parametrize("to", [stage for stage in Stage if stage not in MOVES[Stage.IDEA]])
def test_an_idea_goes_nowhere_but_to_the_stages_of_its_row(session: Session, to: Stage):
    agreement = make_agreement(session)
    with pytest.raises(RuleBrokenError, match="cannot go there") as caught:
        move_to(session, agreement, to)
    assert caught.value.field == "to_stage"
    assert agreement.stage is Stage.IDEA


def test_each_move_is_kept_with_its_day_and_reason(session: Session, officer: Actor):
    agreement = make_agreement(session, today=TODAY - timedelta(days=9))
    move_to(session, agreement, Stage.DISCUSSED, on=TODAY - timedelta(days=2), said={"why": None})
    move_to(session, agreement, Stage.DECLINED, said={"why": "Head office said no"})
    kept = agreement_moves.history(session, agreement.key, by=officer)
    assert [(one.from_stage, one.to_stage, one.moved_on, one.why) for one in kept] == [
        (Stage.DISCUSSED, Stage.DECLINED, TODAY, "Head office said no"),
        (Stage.IDEA, Stage.DISCUSSED, TODAY - timedelta(days=2), None),
    ]
    assert agreement.stage_since == TODAY


@pytest.mark.parametrize(
    ("before", "to", "missing"),
    [
        (TO_SIGNATURE[:1], Stage.DRAFTING, "owner_id"),
        (TO_SIGNATURE[:3], Stage.WITH_EMPLOYER, "expected_signing_on"),
        (TO_SIGNATURE[:4], Stage.SIGNED, "signed_on"),
        (TO_SIGNATURE[:4], Stage.SIGNED, "signed_by"),
        (TO_SIGNATURE[:4], Stage.SIGNED, "signed_by_role"),
        (TO_SIGNATURE[:4], Stage.SIGNED, "signed_for_us"),
        (TO_SIGNATURE[:4], Stage.SIGNED, "signed_how"),
        (TO_SIGNATURE, Stage.ACTIVE, "starts_on"),
        (TO_SIGNATURE, Stage.ACTIVE, "ends_on"),
        ((), Stage.DECLINED, "why"),
        (TO_SIGNATURE, Stage.ENDED, "why"),
        ((*TO_SIGNATURE, Stage.ACTIVE), Stage.RENEWED, "ends_on"),
    ],
)
def test_a_move_asks_for_what_its_stage_needs(
    session: Session, before: tuple[Stage, ...], to: Stage, missing: str
):
    agreement = move_to(session, make_agreement(session), *before)
    with pytest.raises(RuleBrokenError) as caught:
        move_to(session, agreement, to, said={"ends_on": LATER, missing: None})
    assert caught.value.field == missing


def test_a_signed_agreement_says_when_and_by_whom(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE, said={"signed_by": "Dana Holt"})
    assert (agreement.signed_on, agreement.signed_by) == (TODAY, "Dana Holt")


def test_only_a_manager_approves(session: Session, officer: Actor, manager: Actor):
    draft = move_to(session, make_agreement(session), Stage.DISCUSSED, Stage.DRAFTING)
    assert Stage.APPROVED not in agreement_moves.possible(draft, by=officer, today=TODAY)
    assert Stage.APPROVED in agreement_moves.possible(draft, by=manager, today=TODAY)
    with pytest.raises(NotAllowedError, match="A manager approves"):
        move_to(session, draft, Stage.APPROVED, by=officer)
    assert move_to(session, draft, Stage.APPROVED, by=manager).stage is Stage.APPROVED


def test_what_is_over_and_is_moved_before_the_job_runs_keeps_its_lapse_as_a_move(
    session: Session, manager: Actor
):
    agreement = make_active(session, ends_on=TODAY - timedelta(days=3))
    move_to(session, agreement, Stage.ENDED, by=manager)
    kept = agreement_moves.history(session, agreement.key, by=manager)[:2]
    assert [(one.from_stage, one.to_stage, one.moved_on) for one in kept] == [
        (Stage.LAPSED, Stage.ENDED, TODAY),
        (Stage.ACTIVE, Stage.LAPSED, TODAY - timedelta(days=2)),
    ]


@pytest.mark.parametrize(
    ("on", "field"), [(TODAY + timedelta(days=1), "moved_on"), (TODAY - timedelta(days=1), "moved_on")]
)
def test_a_move_is_neither_in_the_future_nor_before_the_present_stage(
    session: Session, officer: Actor, on: date, field: str
):
    agreement = make_agreement(session)
    wanted = StageMoveInput(to_stage=Stage.DISCUSSED, moved_on=on)
    with pytest.raises(RuleBrokenError) as caught:
        agreement_moves.move(session, agreement.key, wanted, version=1, by=officer, today=TODAY)
    assert caught.value.field == field


def test_nothing_is_signed_in_the_future(session: Session):
    agreement = move_to(session, make_agreement(session), *TO_SIGNATURE[:4])
    with pytest.raises(RuleBrokenError, match="signed in the future"):
        move_to(session, agreement, Stage.SIGNED, said={"signed_on": LATER})


def test_nothing_is_signed_that_has_run_out_already(session: Session):
    agreement = make_agreement(session, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(RuleBrokenError, match="last day is over"):
        move_to(session, agreement, *TO_SIGNATURE)


def test_a_lapsed_agreement_is_renewed_until_a_later_day(session: Session, officer: Actor):
    agreement = make_active(session, ends_on=TODAY + timedelta(days=3))
    after = TODAY + timedelta(days=10)
    assert agreement_moves.possible(agreement, by=officer, today=after) == [Stage.RENEWED]
    with pytest.raises(RuleBrokenError, match="later day"):
        agreement_moves.move(
            session,
            agreement.key,
            StageMoveInput(to_stage=Stage.RENEWED, moved_on=after, ends_on=after),
            version=agreement.version,
            by=officer,
            today=after,
        )
    renewed = agreement_moves.move(
        session,
        agreement.key,
        StageMoveInput(to_stage=Stage.RENEWED, moved_on=after, ends_on=LATER),
        version=agreement.version,
        by=officer,
        today=after,
    )
    assert (renewed.stage, renewed.ends_on) == (Stage.RENEWED, LATER)
    assert agreement_moves.history(session, agreement.key, by=officer)[0].from_stage is Stage.LAPSED


def test_of_two_who_move_an_agreement_the_second_is_told(session: Session, officer: Actor):
    agreement = make_agreement(session)
    wanted = StageMoveInput(to_stage=Stage.DISCUSSED, moved_on=TODAY)
    agreement_moves.move(session, agreement.key, wanted, version=1, by=officer, today=TODAY)
    with pytest.raises(StaleFormError):
        agreement_moves.move(session, agreement.key, wanted, version=1, by=officer, today=TODAY)
    assert len(agreement_moves.history(session, agreement.key, by=officer)) == 1


def test_an_archived_agreement_does_not_move(session: Session, officer: Actor):
    agreement = make_agreement(session)
    agreements.archive(session, agreement.key, why="Typed twice", version=1, by=officer)
    with pytest.raises(NotAllowedError, match="archived"):
        move_to(session, agreement, Stage.DISCUSSED, by=officer)


AFTER = TODAY + timedelta(days=10)


def lapsed(session: Session, before: Stage = Stage.ACTIVE) -> Agreement:
    """An agreement that lapsed yesterday, by the job that does so."""
    agreement = make_active(session, ends_on=AFTER - timedelta(days=2))
    if before is not Stage.ACTIVE:
        move_to(session, agreement, Stage.IN_REVIEW)
    agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=AFTER)
    assert agreement.stage is Stage.LAPSED
    return agreement


def undo(session: Session, agreement: Agreement, by: Actor, **said: object) -> Agreement:
    told = {
        "to_stage": Stage.ACTIVE,
        "moved_on": AFTER,
        "why": "A slip of the year",
        "ends_on": LATER,
        **said,
    }
    wanted = StageMoveInput.model_validate({**told, "is_undoing_lapse": True})
    return agreement_moves.move(session, agreement.key, wanted, version=agreement.version, by=by, today=AFTER)


@pytest.mark.parametrize("before", [Stage.ACTIVE, Stage.IN_REVIEW])
def test_a_lapse_by_a_wrong_end_date_is_undone_with_the_right_one_and_a_reason(
    session: Session, officer: Actor, before: Stage
):
    agreement = lapsed(session, before)
    assert agreement_moves.lapsed_from(session, agreement, by=officer, today=AFTER) is before
    back = undo(session, agreement, officer, to_stage=before)
    assert (back.stage, back.ends_on) == (before, LATER)
    last, lapse = agreement_moves.history(session, agreement.key, by=officer)[:2]
    assert (lapse.from_stage, lapse.to_stage) == (before, Stage.LAPSED)
    assert (last.from_stage, last.to_stage, last.moved_on) == (Stage.LAPSED, before, AFTER)
    assert last.why == "The end date was wrong. A slip of the year"
    assert agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=AFTER) == 0


def test_a_date_that_was_put_right_before_need_not_be_given_again(session: Session, officer: Actor):
    agreement = lapsed(session)
    typed = {name: getattr(agreement, name) for name in AgreementInput.model_fields} | {"ends_on": LATER}
    edit = AgreementInput.model_validate(typed)
    agreements.change(session, agreement.key, edit, version=agreement.version, by=officer)
    assert agreement.stage is Stage.LAPSED
    back = undo(session, agreement, officer, ends_on=None)
    assert (back.stage, back.ends_on) == (Stage.ACTIVE, LATER)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"why": None}, "why"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": AFTER - timedelta(days=1)}, "ends_on"),
        ({"to_stage": Stage.SIGNED}, "to_stage"),
        ({"moved_on": TODAY}, "moved_on"),
    ],
)
def test_a_lapse_is_not_undone_without_a_reason_a_right_date_and_the_stage_before(
    session: Session, officer: Actor, said: dict[str, object], field: str
):
    agreement = lapsed(session)
    with pytest.raises(RuleBrokenError) as caught:
        undo(session, agreement, officer, **said)
    assert caught.value.field == field
    assert agreement.stage is Stage.LAPSED


@pytest.mark.parametrize("lost", ["starts_on", "ends_on"])
def test_a_lapse_is_not_undone_into_what_has_no_dates(session: Session, officer: Actor, lost: str):
    agreement = lapsed(session)
    typed = {name: getattr(agreement, name) for name in AgreementInput.model_fields} | {lost: None}
    edit = AgreementInput.model_validate(typed)
    agreements.change(session, agreement.key, edit, version=agreement.version, by=officer)
    with pytest.raises(RuleBrokenError) as caught:
        undo(session, agreement, officer, **{"ends_on": LATER, lost: None})
    assert caught.value.field == lost
    back = undo(session, agreement, officer, starts_on=TODAY)
    assert (back.stage, back.starts_on, back.ends_on) == (Stage.ACTIVE, TODAY, LATER)


def test_what_has_not_lapsed_has_no_lapse_to_undo(session: Session, officer: Actor):
    agreement = make_active(session, ends_on=LATER)
    assert agreement_moves.lapsed_from(session, agreement, by=officer, today=AFTER) is None
    with pytest.raises(RuleBrokenError, match="cannot go there"):
        undo(session, agreement, officer)


def test_what_was_stored_as_lapsed_without_a_move_has_no_way_back(session: Session, officer: Actor):
    agreement = make_agreement(session)
    agreement.stage = Stage.LAPSED
    assert agreement_moves.lapsed_from(session, agreement, by=officer, today=AFTER) is None


def test_what_is_over_and_not_moved_yet_can_be_taken_back_the_same_way(session: Session, officer: Actor):
    agreement = make_active(session, ends_on=AFTER - timedelta(days=2))
    assert agreement_moves.lapsed_from(session, agreement, by=officer, today=AFTER) is Stage.ACTIVE
    assert undo(session, agreement, officer).ends_on == LATER


def test_somebody_who_only_reads_is_offered_no_way_back(session: Session):
    auditor = make_user(session, Role.AUDITOR).as_actor()
    assert agreement_moves.lapsed_from(session, lapsed(session), by=auditor, today=AFTER) is None
