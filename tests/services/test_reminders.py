"""Reminders to renew: 90, 60 and 30 days before the end, each once, until somebody has seen to it."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from crm.errors import NotAllowedError, NotFoundError
from crm.models.agreement_choices import AgreementStage
from crm.models.agreements import Agreement
from crm.models.reminders import Reminder
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_moves, agreements, reminders
from tests.makers import make_actor, make_user
from tests.makers_employers import TODAY, make_active, move_to


def ending_in(session: Session, days: int) -> Agreement:
    return make_active(session, ends_on=TODAY + timedelta(days=days))


def kinds(session: Session) -> list[str]:
    return [one.kind for one in session.exec(select(Reminder).order_by("id"))]


def waiting(session: Session, after: int = 0) -> list[int]:
    found = reminders.waiting(session, limit=9, by=SYSTEM, today=TODAY + timedelta(days=after))
    assert found.total == len(found.rows)
    return [row.agreement_id for row in found.rows]


@pytest.mark.parametrize(
    ("days", "made"),
    [
        (91, []),
        (90, ["renewal_90"]),
        (61, ["renewal_90"]),
        (60, ["renewal_60"]),
        (31, ["renewal_60"]),
        (30, ["renewal_30"]),
        (0, ["renewal_30"]),
        (-1, []),
    ],
)
def test_the_one_that_is_due_is_made(session: Session, days: int, made: list[str]):
    ending_in(session, days)
    reminders.make_due(session, by=SYSTEM, today=TODAY)
    assert kinds(session) == made


def test_each_is_made_exactly_once_however_often_and_late_it_is_asked(session: Session):
    ending_in(session, 95)
    for after in (0, 4, 5, 5, 6, 34, 35, 36, 64, 65, 66, 95, 96):
        reminders.make_due(session, by=SYSTEM, today=TODAY + timedelta(days=after))
    assert kinds(session) == ["renewal_90", "renewal_60", "renewal_30"]


def test_an_agreement_waits_once_with_its_latest_reminder_until_it_is_dealt_with(session: Session):
    agreement = ending_in(session, 61)
    for after in (0, 1):
        reminders.make_due(session, by=SYSTEM, today=TODAY + timedelta(days=after))
    assert waiting(session) == [agreement.key]
    user = make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()
    reminders.deal_with(session, agreement.key, by=user, today=TODAY)
    assert waiting(session) == []
    assert not reminders.is_waiting(session, agreement.key, by=SYSTEM, today=TODAY)
    assert {one.dealt_by for one in session.exec(select(Reminder))} == {user.id}
    with pytest.raises(NotFoundError, match="No reminder waits"):
        reminders.deal_with(session, agreement.key, by=user, today=TODAY)


def test_the_nearest_end_comes_first(session: Session):
    later, sooner = ending_in(session, 80), ending_in(session, 8)
    reminders.make_due(session, by=SYSTEM, today=TODAY)
    assert waiting(session) == [sooner.key, later.key]


def test_what_was_renewed_ended_archived_or_ran_out_waits_no_more(session: Session):
    kept = [ending_in(session, 20) for _ in range(4)]
    reminders.make_due(session, by=SYSTEM, today=TODAY)
    renewed, ended, archived, over = kept
    move_to(session, renewed, AgreementStage.RENEWED, said={"ends_on": TODAY + timedelta(days=400)})
    move_to(session, ended, AgreementStage.ENDED)
    agreements.archive(session, archived.key, why="Twice", version=archived.version, by=SYSTEM)
    assert waiting(session) == [over.key]
    assert waiting(session, after=21) == []


def test_a_new_end_is_reminded_of_anew(session: Session):
    agreement = ending_in(session, 20)
    reminders.make_due(session, by=SYSTEM, today=TODAY)
    move_to(session, agreement, AgreementStage.RENEWED, said={"ends_on": TODAY + timedelta(days=400)})
    reminders.make_due(session, by=SYSTEM, today=TODAY + timedelta(days=380))
    assert kinds(session) == ["renewal_30", "renewal_30"]


def test_only_those_who_record_agreements_deal_with_reminders(session: Session):
    agreement = ending_in(session, 20)
    reminders.make_due(session, by=SYSTEM, today=TODAY)
    coach: Actor = make_actor(Role.JOB_COACH)
    assert reminders.is_waiting(session, agreement.key, by=coach, today=TODAY)
    with pytest.raises(NotAllowedError):
        reminders.deal_with(session, agreement.key, by=coach, today=TODAY)


def test_the_last_day_is_not_over_and_the_day_after_is_a_lapse_kept_as_a_move(session: Session):
    agreement = ending_in(session, 0)
    assert agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=TODAY) == 0
    after = TODAY + timedelta(days=3)
    assert agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=after) == 1
    assert agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=after) == 0
    move = agreement_moves.history(session, agreement.key, by=SYSTEM)[0]
    assert (move.from_stage, move.to_stage) == (AgreementStage.ACTIVE, AgreementStage.LAPSED)
    assert move.moved_on == agreement.stage_since == TODAY + timedelta(days=1)


def test_an_agreement_that_lapsed_can_be_renewed_or_ended(session: Session):
    agreement = ending_in(session, 0)
    after = TODAY + timedelta(days=3)
    agreement_moves.lapse_due(session, limit=9, by=SYSTEM, today=after)
    offered = agreement_moves.possible(agreement, by=SYSTEM, today=after)
    assert offered == [AgreementStage.RENEWED, AgreementStage.ENDED]
    said = {"ends_on": after + timedelta(days=365)}
    move_to(session, agreement, AgreementStage.RENEWED, on=after, said=said)
    assert agreement.stage is AgreementStage.RENEWED
