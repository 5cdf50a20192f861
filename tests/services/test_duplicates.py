"""Duplicates: told of while adding, found beside the pages, and answered once."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from crm.errors import NotAllowedError, RuleBrokenError, StaleFormError
from crm.models.duplicates import DuplicatePair, LikenessDue, LikenessKey, PairState
from crm.models.employers import EmployerInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import (
    duplicate_finding,
    duplicates,
    employer_likeness,
    employers,
    likeness_keys,
    person_likeness,
)
from crm.services.employer_likeness import EmployerSketch
from crm.services.employer_parts import PEOPLE
from crm.services.person_likeness import PersonSketch
from tests.makers import make_actor, make_user
from tests.makers_duplicates import find_pairs, make_twins, merge_two
from tests.makers_employers import make_employer, make_person, make_site


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER).as_actor()


def told(session: Session, **typed: str) -> list[tuple[str, str]]:
    found = employer_likeness.similar(session, EmployerSketch(**typed), by=SYSTEM)
    return [(one.name, one.why) for one in found]


def keys(session: Session, record_id: int) -> set[str]:
    likeness_keys.settle(session)
    query = sa.select(col(LikenessKey.key)).where(
        col(LikenessKey.record_kind) == "Employer", col(LikenessKey.record_id) == record_id
    )
    return set(session.connection().execute(query).scalars())


def test_what_is_told_says_why(session: Session):
    make_employer(session, "Fernside Bakery", website="https://www.fernside.example/jobs")
    assert told(session, name="Fernside Bakerry", website="fernside.example") == [
        ("Fernside Bakery", "same website or e-mail domain, name alike")
    ]


def test_the_same_name_is_told_wherever_it_is_but_not_with_another_company_number(session: Session):
    make_employer(session, "Fernside Bakery", company_number="01234567")
    assert told(session, name="Fernside Bakery Ltd") == [("Fernside Bakery", "same name")]
    assert told(session, name="Fernside Bakery Ltd", company_number="7654321") == [
        ("Fernside Bakery", "same name, but different company numbers")
    ]
    assert told(session, name="Fernside Bakery Ltd", company_number="not a number") != []


def test_an_employer_that_nothing_can_be_read_off_is_looked_at_once_and_is_like_nobody(session: Session):
    first, second = make_employer(session, "🙂"), make_employer(session, "!!!")
    keys(session, first.key)
    session.connection().execute(sa.delete(LikenessKey))
    session.connection().execute(sa.delete(LikenessDue))
    assert [duplicate_finding.find_some(session, limit=9, by=SYSTEM) for _ in range(3)] == [2, 0, 0]
    assert keys(session, first.key).isdisjoint(keys(session, second.key))
    assert session.exec(select(DuplicatePair)).all() == []


def test_keys_are_renewed_in_the_transaction_that_saves_the_employer_a_site_or_a_person(session: Session):
    employer = make_employer(session, "Fernside Bakery")
    assert "b:bakery fernside" in keys(session, employer.key)
    site = make_site(session, employer, address="3 Mill Lane", postcode="LS1 4DY")
    person = make_person(session, employer, phone="0113 496 0000")
    assert {"p:ls14dy", "a:3 mill", "t:4960000"} <= keys(session, employer.key)
    PEOPLE.archive(session, person.key, why="Left", version=1, by=SYSTEM)
    assert "t:4960000" not in keys(session, employer.key)
    edit = EmployerInput(name="Harbour Foods")
    employers.change(session, employer.key, edit, version=employer.version, by=SYSTEM)
    assert "b:foods harbour" in keys(session, employer.key)
    assert site.postcode == "LS1 4DY"


def test_a_key_that_many_hold_is_not_compared(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm.services.likeness_search.MOST_HOLDERS", 2)
    for _ in range(3):
        make_employer(session, "Fernside Bakery")
    assert told(session, name="Fernside Bakery") == []


def test_a_person_is_told_of_here_when_alike_and_elsewhere_when_reached_alike(
    session: Session, officer: Actor
):
    here, there = make_employer(session, "Fernside Bakery"), make_employer(session, "Harbour Foods")
    make_person(session, here, "Dana Holt")
    make_person(session, there, "Dana Holt", phone="0113 496 0000")

    def found(**typed: str) -> list[tuple[str, str]]:
        people = person_likeness.similar(session, PersonSketch(**typed), here.key, by=officer)
        return [(one.employer, one.why) for one in people]

    assert found(name="Dana Holt") == [("Fernside Bakery", "same name")]
    assert sorted(found(name="Dana Holt", phone="01134960000")) == [
        ("Fernside Bakery", "same name"),
        ("Harbour Foods", "same telephone, same name"),
    ]
    assert found(name="Dana Holt", phone="no number") == [("Fernside Bakery", "same name")]


def test_a_pair_is_found_once_and_says_why(session: Session, officer: Actor):
    first, second = make_twins(session)
    make_employer(session, "Harbour Foods")
    (pair,) = find_pairs(session)
    assert (pair.first_id, pair.second_id) == (first.key, second.key)
    assert pair.reasons == "same telephone, name alike, same address"
    assert duplicates.number_waiting(session, by=officer) == 1
    assert [one.id for one in find_pairs(session)] == [pair.id]


def test_a_pair_that_is_not_the_same_never_comes_back_unless_somebody_asks_again(
    session: Session, officer: Actor
):
    _, second = make_twins(session)
    (pair,) = find_pairs(session)
    duplicates.say_not_the_same(session, pair.key, version=pair.version, by=officer)
    make_person(session, second, "Another", phone="0113 496 0001")
    assert find_pairs(session) == []
    with pytest.raises(StaleFormError):
        duplicates.ask_again(session, pair.key, version=1, by=officer)
    duplicates.ask_again(session, pair.key, version=pair.version, by=officer)
    assert find_pairs(session) == [pair]


def test_what_is_alike_no_longer_waits_no_longer_and_comes_back_when_it_is_again(session: Session):
    first, second = make_employer(session, "Fernside Bakery"), make_employer(session, "Fernside Bakerry")
    (pair,) = find_pairs(session)
    other = EmployerInput(name="Harbour Foods")
    employers.change(session, second.key, other, version=1, by=SYSTEM)
    assert find_pairs(session) == []
    assert pair.state is PairState.NO_LONGER_ALIKE
    back = EmployerInput(name="Fernside Bakery Ltd", trading_name="Fernside")
    employers.change(session, second.key, back, version=2, by=SYSTEM)
    assert find_pairs(session) == [pair]
    assert (pair.first_id, pair.reasons) == (first.key, "same name")


def test_what_was_said_of_an_employer_holds_for_the_one_it_was_merged_into(session: Session):
    first, second = make_twins(session)
    third = make_employer(session, "Fernside Bakeries")
    find_pairs(session)
    said = duplicates.note_two(session, third.key, second.key, by=SYSTEM)
    duplicates.say_not_the_same(session, said.key, version=said.version, by=SYSTEM)
    for pair in duplicates.pairs_of(session, [first.key]):
        session.connection().execute(sa.delete(DuplicatePair).where(col(DuplicatePair.id) == pair.id))
    merge_two(session, first, second)
    assert find_pairs(session) == []


def test_employers_recorded_before_there_were_keys_get_theirs(session: Session):
    make_twins(session)
    likeness_keys.settle(session)
    for table in ("likeness_key", "likeness_due"):
        session.connection().execute(sa.text(f"DELETE FROM {table}"))
    assert len(find_pairs(session)) == 1


def test_two_employers_that_nobody_found_alike_can_be_kept_apart(session: Session, officer: Actor):
    one, other = make_employer(session, "A"), make_employer(session, "B")
    pair = duplicates.note_two(session, other.key, one.key, by=officer)
    assert (pair.first_id, pair.second_id) == (one.key, other.key)
    assert duplicates.note_two(session, one.key, other.key, by=officer) is pair
    with pytest.raises(RuleBrokenError, match="one and the same"):
        duplicates.note_two(session, one.key, one.key, by=officer)


def test_who_records_no_employers_sees_no_pairs(session: Session):
    with pytest.raises(NotAllowedError):
        duplicates.waiting(session, offset=0, limit=25, by=make_actor(Role.JOB_COACH))
