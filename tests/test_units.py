"""One staff action: carried out whole, once, and told in plain words when it cannot be."""

from collections.abc import Generator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlmodel import Session, select

from crm import db, units
from crm.errors import AlreadyDoneError, StorageError
from crm.models.employers import Employer
from crm.units import carry_out
from tests.makers_employers import make_employer

BROKEN = InterfaceError(None, None, Exception("network error"))
DEADLOCK = ProgrammingError(None, None, Exception({"C": "40P01"}))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units.time, "sleep", lambda seconds: None)


def names() -> list[str]:
    with db.reading() as session:
        return list(session.exec(select(Employer.name).order_by(Employer.name)))


class Failing:
    """Adds an employer, after failing as told."""

    def __init__(self, *problems: Exception) -> None:
        self.problems = list(problems)

    def __call__(self, session: Session) -> Employer:
        made = make_employer(session)
        if self.problems:
            raise self.problems.pop(0)
        return made


def test_what_the_action_returns_is_given_back(database: str):
    assert carry_out(make_employer).name == "Fernside Bakery"


@pytest.mark.parametrize("problem", [BROKEN, DEADLOCK])
def test_an_action_that_met_another_or_lost_its_connection_is_done_again(database: str, problem: Exception):
    carry_out(Failing(problem, problem, problem))
    assert names() == ["Fernside Bakery"]


def test_an_action_that_fails_four_times_is_told_in_plain_words_and_saves_nothing(database: str):
    with pytest.raises(StorageError, match="What you typed is kept"):
        carry_out(Failing(BROKEN, BROKEN, BROKEN, BROKEN))
    assert names() == []


def test_an_action_with_a_fault_of_its_own_is_not_done_again(database: str):
    action = Failing(ProgrammingError(None, None, Exception("no such column")), BROKEN)
    with pytest.raises(ProgrammingError):
        carry_out(action)
    assert action.problems == [BROKEN]


def test_an_action_is_never_done_twice_with_one_key(database: str):
    carry_out(make_employer, key="form-1")
    with pytest.raises(AlreadyDoneError, match="saved already"):
        carry_out(make_employer, key="form-1")
    assert names() == ["Fernside Bakery"]


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first commit is carried out, but its answer never arrives; tells how many there were."""
    seen: list[int] = []

    @contextmanager
    def losing() -> Generator[Session]:
        with db.transaction() as session:
            yield session
        seen.append(1)
        if len(seen) == 1:
            raise BROKEN

    monkeypatch.setattr(units, "transaction", losing)
    return seen


def test_an_action_with_a_key_whose_answer_is_lost_is_there_once_and_given_back(
    database: str, commits: list[int]
):
    made = carry_out(make_employer, key="form-1")
    assert made.key
    assert names() == ["Fernside Bakery"]


def test_without_a_key_an_action_whose_answer_is_lost_is_not_tried_again(database: str, commits: list[int]):
    with pytest.raises(StorageError):
        carry_out(make_employer)
    assert commits == [1]


def test_nothing_is_saved_while_the_disk_is_nearly_full(database: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(db.shutil, "disk_usage", lambda path: SimpleNamespace(free=99_000_000))
    with pytest.raises(StorageError, match="make room"):
        carry_out(make_employer)


def test_a_disk_that_fills_up_during_a_save_is_told_in_plain_words(database: str):
    full = OperationalError(None, None, Exception("database or disk is full"))
    with pytest.raises(StorageError, match="make room"):
        carry_out(Failing(full))
