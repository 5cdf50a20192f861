"""The relationship with an employer moves from stage to stage, and every move is kept."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.employers import Employer, EmployerInput, RelationshipStage, StageMove
from crm.models.users import Actor
from crm.policy import Role
from crm.services import employer_stages, employers
from tests.makers import make_user
from tests.makers_contacts import make_contact
from tests.makers_employers import TODAY, make_active, make_employer

Stage = RelationshipStage


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def move(
    session: Session, employer: Employer, to: Stage, by: Actor, *, why: str | None = None, on: date = TODAY
) -> Employer:
    wanted = StageMove(to_stage=to, moved_on=on, why=why)
    return employers.move_stage(session, employer.key, wanted, version=employer.version, by=by, today=TODAY)


def moves(session: Session, employer: Employer, by: Actor) -> list[tuple[str, str, str | None]]:
    kept = employer_stages.history(session, employer.key, by=by)
    return [(one.from_stage, one.to_stage, one.why) for one in kept]


def test_a_move_is_kept_with_its_day_and_its_reason(session: Session, officer: Actor):
    employer = make_employer(session)
    moved = move(session, employer, Stage.INTRODUCED, officer, why="Met at the fair")
    assert moved.stage is Stage.INTRODUCED
    assert moves(session, employer, officer) == [("identified", "introduced", "Met at the fair")]
    assert employer_stages.history(session, employer.key, by=officer)[0].moved_on == TODAY


def test_the_stage_stays_when_anything_else_is_changed_and_is_refused_where_it_would_not(
    session: Session, officer: Actor
):
    employer = make_employer(session, stage=Stage.LEARNING)
    edit = EmployerInput(name=employer.name, sector="Food")
    saved = employers.change(session, employer.key, edit, version=employer.version, by=officer)
    assert (saved.stage, saved.sector) == (Stage.LEARNING, "Food")
    dormant = EmployerInput(name=employer.name, stage=Stage.DORMANT)
    with pytest.raises(RuleBrokenError, match="another stage"):
        employers.change(session, employer.key, dormant, version=employer.version, by=officer)
    assert moves(session, employer, officer) == []


@pytest.mark.parametrize("to", [Stage.DORMANT, Stage.DO_NOT_CONTACT, Stage.PARTNER])
def test_some_stages_need_a_reason(session: Session, officer: Actor, to: Stage):
    employer = make_employer(session)
    assert employer_stages.needs_why(session, employer.key, to, by=officer)
    with pytest.raises(RuleBrokenError, match=r"[Ss]ay why") as refused:
        move(session, employer, to, officer)
    assert refused.value.field == "why"
    assert move(session, employer, to, officer, why="Their wish").stage is to


def test_a_partner_with_an_agreement_in_force_needs_no_reason(session: Session, officer: Actor):
    employer = make_employer(session)
    make_active(session, employer)
    assert not employer_stages.needs_why(session, employer.key, Stage.PARTNER, by=officer)
    assert move(session, employer, Stage.PARTNER, officer).stage is Stage.PARTNER


def test_a_move_fits_between_the_one_before_and_today(session: Session, officer: Actor):
    employer = make_employer(session)
    move(session, employer, Stage.INTRODUCED, officer)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(RuleBrokenError) as refused:
            move(session, employer, Stage.LEARNING, officer, on=day)
        assert refused.value.field == "moved_on"
    with pytest.raises(RuleBrokenError, match="at this stage already"):
        move(session, employer, Stage.INTRODUCED, officer)


def test_an_old_page_moves_nothing(session: Session, officer: Actor):
    employer = make_employer(session)
    old = StageMove(to_stage=Stage.LEARNING, moved_on=TODAY)
    move(session, employer, Stage.INTRODUCED, officer)
    with pytest.raises(StaleFormError):
        employers.move_stage(session, employer.key, old, version=1, by=officer, today=TODAY)


def test_a_coach_moves_no_employer(session: Session):
    coach = make_user(session, Role.JOB_COACH).as_actor()
    with pytest.raises(NotAllowedError):
        move(session, make_employer(session), Stage.INTRODUCED, coach)


def test_visits_to_learn_are_those_in_person_and_not_about_people(session: Session, officer: Actor):
    employer = make_employer(session)
    make_contact(session, employer, kind="visit", is_in_person=True)
    make_contact(session, employer, kind="visit", is_in_person=True, purpose="learn_needs")
    make_contact(session, employer, kind="visit", is_in_person=True, purpose="candidate")
    make_contact(session, employer, kind="call")
    assert employer_stages.visits(session, employer.key, by=officer) == 2


def test_people_are_talked_about_only_after_the_visits_to_learn():
    assert employer_stages.next_stage(Stage.LEARNING, visits=3) is Stage.TALKING
    assert employer_stages.next_stage(Stage.LEARNING, visits=2) is None
    assert employer_stages.next_stage(Stage.PARTNER, visits=9) is None


def test_whoever_is_named_for_an_employer_works_here(session: Session, officer: Actor):
    for field in ("owner_id", "second_owner_id", "single_contact_id"):
        with pytest.raises(RuleBrokenError) as refused:
            employers.add(session, EmployerInput.model_validate({"name": "A", field: 9999}), by=officer)
        assert refused.value.field == field
