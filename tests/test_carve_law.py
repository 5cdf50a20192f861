"""Laws of the stages of carved jobs, whatever is tried in whatever order."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from crm.errors import RuleBrokenError
from crm.models.carve_stages import CarveMove
from crm.models.carves import CarveStage, JobCarve
from crm.models.users import SYSTEM
from crm.models.vacancies import Vacancy
from crm.services import task_bank
from crm.services.carve_stages import MOVES
from crm.services.task_bank import HELD
from tests.conftest import at_least
from tests.makers_employers import make_employer
from tests.makers_stages import make_bank, make_carve, move_carve

tries = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 99)), min_size=6, max_size=18)
"""Which of two jobs that share their tasks is moved, and where to: see `aim`."""


def aim(carve: JobCarve, number: int) -> CarveStage:
    """Any stage, more often one that can come next, and most often the one that leads on."""
    possible = MOVES[carve.stage]
    choices = (*possible[:1] * 10, *possible * 3, *CarveStage)
    return choices[number % len(choices)]


def try_to_move(session: Session, carve: JobCarve, to: CarveStage) -> bool:
    """Whether the move was made; what was refused has changed nothing."""
    before = carve.stage, carve.vacancy_id, carve.version
    try:
        with session.begin_nested():
            move_carve(session, carve, to)
    except RuleBrokenError:
        session.refresh(carve)
        assert (carve.stage, carve.vacancy_id, carve.version) == before
        return False
    return True


@settings(
    max_examples=at_least(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tried=tries)
def test_only_the_moves_of_the_table_are_made_and_nothing_is_agreed_without_a_vacancy(
    session: Session, tried: list[tuple[int, int]]
):
    bank = make_bank(session, make_employer(session), "Fold boxes")
    two = [make_carve(session, bank, title=title) for title in ("One", "Other")]
    for which, number in tried:
        carve, before = two[which], two[which].stage
        to = aim(carve, number)
        is_allowed = to in MOVES[before]
        has_moved = try_to_move(session, carve, to)
        assert has_moved <= is_allowed
        held = [one for one in two if one.stage in HELD]
        assert len(held) < 2
        assert all(session.get_one(Vacancy, one.vacancy_id).archived_at is None for one in held)
        taken = task_bank.taken(session, bank.employer_id, by=SYSTEM)
        assert set(taken.values()) == {one.key for one in held}
    for carve in two:
        path = session.exec(
            select(CarveMove).where(CarveMove.carve_id == carve.key).order_by(col(CarveMove.id))
        ).all()
        stages = [CarveStage.IDEA, *(move.to_stage for move in path)]
        assert [move.from_stage for move in path] == stages[:-1]
        assert stages[-1] is carve.stage
