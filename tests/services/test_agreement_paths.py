"""No path of moves, edits, archiving and lapses makes an agreement hold unsigned or undated."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlmodel import Session

from crm import db
from crm.errors import CrmError
from crm.models.agreement_choices import AgreementStage as Stage
from crm.models.agreement_inputs import AgreementInput, StageMoveInput
from crm.models.agreements import DATED, Agreement
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import agreement_moves, agreement_versions, agreements, records
from crm.services.agreement_stages import IN_FORCE, MOVES, shown_stage
from tests.conftest import at_least
from tests.makers import make_actor
from tests.makers_employers import (
    TO_SIGNATURE,
    TODAY,
    make_agreement,
    make_employer,
    move_to,
    what_moves_need,
)

HELD = ("signed_on", "starts_on", "ends_on")
SAID = (*HELD, "signed_by", "owner_id", "why")
OFFICER, MANAGER = make_actor(Role.ENGAGEMENT_OFFICER), make_actor(Role.MANAGER)
days = st.integers(-9, 40).map(lambda days: timedelta(days=days))
missing = st.sets(st.sampled_from(SAID), max_size=1)


class Lives(RuleBasedStateMachine):
    """One agreement through whatever people may do to it, day after day; refusals change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.session: Session = self.open.enter_context(db.transaction())
        self.day = TODAY
        self.row = make_agreement(self.session)
        self.facts = what_moves_need(self.session, self.row)

    def teardown(self) -> None:
        self.session.rollback()
        self.open.close()

    def try_to_move(self, said: Mapping[str, Any], by: Actor) -> None:
        wanted = StageMoveInput.model_validate({"moved_on": self.day, **said})
        before = self.row.version
        try:
            agreement_moves.move(self.session, self.row.key, wanted, version=before, by=by, today=self.day)
        except CrmError:
            assert self.row.version == before

    @initialize(stages=st.sampled_from(((), TO_SIGNATURE, (*TO_SIGNATURE, Stage.ACTIVE))))
    def begin(self, stages: tuple[Stage, ...]) -> None:
        move_to(self.session, self.row, *stages, said={"ends_on": TODAY + timedelta(days=15)})

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        to_stage = data.draw(st.sampled_from(self.possible()))
        self.try_to_move(self.all_said() | {"to_stage": to_stage}, SYSTEM)

    @rule(left=missing, ends_in=days, by=st.sampled_from((OFFICER, MANAGER)), data=st.data())
    def move(self, left: set[str], ends_in: timedelta, by: Actor, data: st.DataObject) -> None:
        to_stage = data.draw(st.sampled_from((*self.possible(), *DATED)))
        said = self.all_said() | {"ends_on": self.day + ends_in} | dict.fromkeys(left)
        self.try_to_move({**said, "to_stage": to_stage}, by)

    def possible(self) -> tuple[Stage, ...]:
        return MOVES[shown_stage(self.row.stage, self.row.ends_on, today=self.day)]

    def all_said(self) -> dict[str, Any]:
        days = dict.fromkeys(("signed_on", "expected_signing_on", "starts_on"), self.day)
        return self.facts | days | {"ends_on": self.day + timedelta(days=30)}

    def day_in(self, far: timedelta | None) -> date | None:
        return None if far is None else self.day + far

    @rule(right_end=st.none() | days, starts=st.none() | days)
    def undo_a_lapse(self, right_end: timedelta | None, starts: timedelta | None) -> None:
        before = agreement_moves.lapsed_from(self.session, self.row, by=OFFICER, today=self.day)
        said = {"ends_on": self.day_in(right_end), "starts_on": self.day_in(starts)}
        told = {**said, "to_stage": before or Stage.ACTIVE, "why": "A slip", "is_undoing_lapse": True}
        self.try_to_move(told, OFFICER)

    @rule(starts=st.none() | days, ends=st.none() | days)
    def edit(self, starts: timedelta | None, ends: timedelta | None) -> None:
        typed = {name: getattr(self.row, name) for name in AgreementInput.model_fields}
        typed |= {"starts_on": self.day_in(starts), "ends_on": self.day_in(ends)}
        try:
            changed = AgreementInput.model_validate(typed)
            agreements.change(self.session, self.row.key, changed, version=self.row.version, by=OFFICER)
        except (CrmError, ValueError):
            return

    @rule(to_stage=st.sampled_from(Stage))
    def put_aside_where_nothing_moves_it_and_bring_back(self, to_stage: Stage) -> None:
        key, stage = self.row.key, self.row.stage
        agreements.archive(self.session, key, why="Twice", version=self.row.version, by=OFFICER)
        self.try_to_move(self.all_said() | {"to_stage": to_stage}, SYSTEM)
        agreement_moves.lapse_due(self.session, limit=9, by=SYSTEM, today=self.day)
        assert self.row.stage is stage
        agreements.bring_back(self.session, key, version=self.row.version, by=OFFICER)

    @rule(passed=st.sampled_from((1, 20)))
    def let_days_pass(self, passed: int) -> None:
        self.day += timedelta(days=passed)

    @rule()
    def let_it_run_out(self) -> None:
        self.day = max(self.day, (self.row.ends_on or self.day) + timedelta(days=1))

    @rule()
    def lapse_what_is_over(self) -> None:
        agreement_moves.lapse_due(self.session, limit=9, by=SYSTEM, today=self.day)

    @invariant()
    def holds_only_signed_and_dated(self) -> None:
        if self.row.stage in DATED:
            assert all(getattr(self.row, name) for name in HELD)
        if self.row.stage in IN_FORCE:
            assert agreement_versions.signed(self.session, self.row, by=SYSTEM) is not None

    @invariant()
    def its_moves_are_a_path_that_ends_where_it_stands(self) -> None:
        kept = agreement_moves.history(self.session, self.row.key, by=SYSTEM)[::-1]
        path = [Stage.IDEA, *(move.to_stage for move in kept)]
        assert [move.from_stage for move in kept] == path[:-1]
        assert path[-1] is self.row.stage
        assert all(one.moved_on <= later.moved_on for one, later in pairwise(kept))
        for place, (now, to) in enumerate(pairwise(path)):
            is_lapse = to is Stage.LAPSED and now in IN_FORCE
            is_undone = now is Stage.LAPSED and to is path[place - 1]
            assert to in MOVES[now] or is_lapse or is_undone


def test_no_path_makes_an_agreement_hold_without_signature_and_dates(database: str):
    few = settings(
        max_examples=at_least(14),
        stateful_step_count=20,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run(Lives, settings=few)


@pytest.mark.parametrize("lacking", HELD)
@pytest.mark.parametrize("stage", DATED)
def test_whoever_stores_it_nothing_holds_unsigned_or_undated(session: Session, stage: Stage, lacking: str):
    facts = {"employer_id": make_employer(session).key, "kind": "mock_interview", "stage_since": TODAY}
    whole: dict[str, Any] = {**facts, "covers": "everyone_we_support", "stage": stage}
    whole |= dict.fromkeys(HELD, TODAY)
    records.add(session, Agreement(**whole))
    whole[lacking] = None
    session.add(Agreement(**whole))
    with pytest.raises(RuntimeError, match="unsigned or undated"):
        session.flush()


@pytest.mark.parametrize("lacking", HELD)
def test_what_holds_never_loses_its_signature_or_dates(session: Session, lacking: str):
    row = move_to(session, make_agreement(session), *TO_SIGNATURE, Stage.ACTIVE)
    setattr(row, lacking, None)
    with pytest.raises(RuntimeError, match="unsigned or undated"):
        session.flush()


def test_a_row_from_before_the_rule_can_still_be_noted_on_and_put_aside(session: Session):
    row = move_to(session, make_agreement(session), *TO_SIGNATURE, Stage.ACTIVE)
    session.connection().execute(sa.update(Agreement).values(ends_on=None))
    session.refresh(row)
    row.notes = "Find out until when"
    session.flush()
    kept = agreements.archive(session, row.key, why="Twice", version=row.version, by=SYSTEM)
    assert kept.archived_at is not None
