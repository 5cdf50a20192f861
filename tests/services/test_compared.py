"""What matching compares is noted as it changes, and what was compared at any note can be read again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlmodel import Session, col, func, select

from crm import db
from crm.errors import NotAllowedError
from crm.models.compared import ComparedRecord
from crm.models.seekers import SeekerStatus
from crm.models.users import SYSTEM
from crm.models.vacancies import VacancyStatus
from crm.policy import Role
from crm.services import compared
from crm.services.compared_content import digest_of, packed, seeker_in
from tests.makers import make_actor, make_service
from tests.makers_employers import make_employer
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_criterion, make_profile, make_seeker, make_skill
from tests.matching.makers import CONCEPTS
from tests.matching.makers import seeker as a_seeker


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest) -> None:
    if "session" in request.fixturenames:
        make_service(request.getfixturevalue("session"))


def noted(session: Session) -> int:
    return compared.note_changes(session, by=SYSTEM)


def rows(session: Session) -> int:
    return session.exec(select(func.count(col(ComparedRecord.id)))).one()


def test_nothing_is_noted_twice_while_nothing_changes(session: Session):
    make_vacancy(session, make_employer(session), "Cleaner", by=SYSTEM)
    make_seeker(session, "Ready")
    first = noted(session)
    assert (noted(session), rows(session)) == (first, 2)


def test_a_change_lies_between_two_notes_as_it_was_and_as_it_is(session: Session):
    seeker = make_seeker(session, "Ready")
    make_profile(session, seeker)
    make_seeker(session, "Unchanged")
    first = noted(session)
    skill = make_skill(session, seeker, level=3)
    second = noted(session)
    (change,) = compared.changed_people(session, first, second, by=SYSTEM)
    assert change.record_id == seeker.key
    assert change.before is not None
    assert change.before.record.skills == ()
    assert change.after is not None
    assert [one.level for one in change.after.record.skills] == [3]
    assert list(change.after.concepts.values()) == [skill.concept_id]
    assert compared.changed_people(session, second, second, by=SYSTEM) == []


def test_a_change_that_is_not_compared_is_no_change(session: Session):
    seeker = make_seeker(session, "Ready")
    first = noted(session)
    seeker.email, seeker.version = "ready@example.org", seeker.version + 1
    session.flush()
    assert compared.changed_people(session, first, noted(session), by=SYSTEM) == []


def test_whoever_looks_no_more_for_work_goes_and_comes_back(session: Session):
    seeker = make_seeker(session, "Ready")
    first = noted(session)
    seeker.status, seeker.version = SeekerStatus.EXITED, seeker.version + 1
    session.flush()
    second = noted(session)
    (gone,) = compared.changed_people(session, first, second, by=SYSTEM)
    assert gone.before is not None
    assert gone.after is None
    seeker.status, seeker.version = SeekerStatus.RETURNED, seeker.version + 1
    session.flush()
    (back,) = compared.changed_people(session, second, noted(session), by=SYSTEM)
    assert back.before is None
    assert back.after == gone.before


def test_a_vacancy_that_closes_is_compared_no_more(session: Session):
    vacancy = make_vacancy(session, make_employer(session), "Cleaner", by=SYSTEM)
    make_criterion(session, vacancy)
    first = noted(session)
    vacancy.status, vacancy.version = VacancyStatus.FILLED_ELSEWHERE, vacancy.version + 1
    session.flush()
    second = noted(session)
    (gone,) = compared.changed_jobs(session, first, second, by=SYSTEM)
    assert gone.before is not None
    assert gone.before.record.title == "Cleaner"
    assert gone.after is None
    assert list(compared.jobs_as_of(session, second, by=SYSTEM)) == []


def test_everybody_can_be_read_as_they_were_at_a_note(session: Session):
    seeker = make_seeker(session, "Ready")
    first = noted(session)
    make_skill(session, seeker, level=2)
    make_seeker(session, "Came later")
    noted(session)
    (then,) = compared.people_as_of(session, first, by=SYSTEM)
    assert then.record.id == str(seeker.key)
    assert then.record.skills == ()


def test_a_record_comes_back_as_it_was_and_gives_the_same_bytes():
    record = a_seeker("s1", skills=[{"name": "mop floors", "level": 2}], interests=["trains"])
    content = packed(record, CONCEPTS)
    assert seeker_in(content).record == record
    assert packed(seeker_in(content).record, CONCEPTS) == content


def test_a_digest_tells_what_is_compared_apart():
    alike, other = (packed(a_seeker("s1", interests=[word]), CONCEPTS) for word in ("trains", "boats"))
    assert digest_of(alike) == digest_of(packed(a_seeker("s1", interests=["trains"]), CONCEPTS))
    assert digest_of(alike) != digest_of(other)


def test_whoever_may_not_see_matches_sees_nothing_of_what_was_compared(session: Session):
    nobody = make_actor(Role.ADMINISTRATOR)
    for ask in (
        lambda: compared.note_changes(session, by=nobody),
        lambda: compared.people_as_of(session, 0, by=nobody),
        lambda: compared.jobs_as_of(session, 0, by=nobody),
        lambda: compared.changed_people(session, 0, 1, by=nobody),
        lambda: compared.changed_jobs(session, 0, 1, by=nobody),
    ):
        with pytest.raises(NotAllowedError):
            ask()


def test_two_who_note_at_once_take_turns_so_that_no_note_comes_late(database: str):
    with db.transaction() as session:
        make_service(session)
        make_seeker(session, "First")
    has_noted, may_go = Event(), Event()

    def note_and_wait() -> None:
        with db.transaction() as session:
            make_seeker(session, "Second")
            noted(session)
            has_noted.set()
            assert may_go.wait(10)

    def note() -> int:
        with db.transaction() as session:
            return noted(session)

    with ThreadPoolExecutor() as both:
        slow = both.submit(note_and_wait)
        assert has_noted.wait(10)
        other = both.submit(note)
        with pytest.raises(TimeoutError):
            other.result(timeout=0.15)
        may_go.set()
        slow.result(timeout=10)
        last = other.result(timeout=10)
    with db.reading() as session:
        then = [one.record.id for one in compared.people_as_of(session, last, by=SYSTEM)]
        assert (len(then), rows(session)) == (2, 2)
