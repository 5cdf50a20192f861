"""Records compared with the trail: what was changed behind the product's back is named, and nothing else."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import select

from crm import db
from crm.errors import NotAllowedError
from crm.models.audit import AuditKey
from crm.models.employers import Employer, EmployerInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import demonstration, employers, record_checks, seekers
from crm.services.record_checks import Comparison
from tests.makers import make_actor, make_service, make_user
from tests.makers_contacts import make_contact
from tests.makers_employers import make_employer, make_person
from tests.makers_jobs import make_vacancy
from tests.makers_people import make_seeker
from tests.makers_restricted import make_restricted


def compared() -> Comparison:
    with db.one_moment() as session:
        return record_checks.compare(session, by=SYSTEM)


def behind_its_back(*statements: str) -> None:
    with db.engine().execution_options(is_write=True).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def filled(database: str) -> None:
    """An employer changed once, its vacancy, and a person with restricted facts."""
    with db.transaction() as session:
        coach = make_user(session, Role.JOB_COACH).as_actor()
        employer = make_employer(session, "Fernside", insurance_until=date(2027, 2, 1))
        change = EmployerInput(name="Fernside Bakery", insurance_until=date(2027, 2, 1))
        employers.change(session, employer.key, change, version=1, by=SYSTEM)
        make_vacancy(session, employer, hours_min=16, hours_max=20)
        make_restricted(session, make_seeker(session), coach, health="Tires", date_of_birth="1990-05-05")


def test_a_whole_service_as_it_was_recorded_gives_no_alarm(database: str):
    with db.transaction() as session:
        make_service(session)
        for role in Role:
            make_user(session, role)
        demonstration.load(session, by=SYSTEM, today=date(2026, 11, 22))
    found = compared()
    assert found.words == ""
    assert found.records > 1_000


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE employer SET name = 'Fernside Bakerz'", "Employer 1: “name” is not what was saved last."),
        ("UPDATE employer SET sector = 'Food'", "Employer 1: “sector” is not what was saved last."),
        ("UPDATE employer SET insurance_until = NULL", "“insurance_until” is not what was saved last."),
        ("UPDATE vacancy SET hours_min = 15.5", "Vacancy 1: “hours_min” is not what was saved last."),
        ("UPDATE employer SET version = 7", "Employer 1: “version” is not what was saved last."),
        ("UPDATE employer SET created_by = 1", "“created_by” is not what was saved last."),
        ("UPDATE employer SET updated_at = created_at", "“updated_at” is not what was saved last."),
        ("UPDATE employer SET archived_by = 1", "“archived_by” is not what was saved last."),
        (
            "UPDATE restricted_facts SET health = NULL",
            "“health” is not what was saved last.",
        ),
        ("UPDATE restricted_facts SET health = 'x:y'", "RestrictedFacts 1: “health” cannot be read."),
        (
            "UPDATE restricted_facts SET seal = 'x'",
            "“seal” does not fit the other fields.",
        ),
        ("UPDATE vacancy SET pattern = '[{\"x\": 1}]'", "Vacancy 1: “pattern” is not what was saved last."),
        ("DELETE FROM vacancy", "Vacancy 1 is in the trail and not there any more."),
    ],
)
def test_what_was_changed_past_the_product_is_named(filled: None, statement: str, words: str):
    assert compared().words == ""
    behind_its_back(statement)
    assert words in compared().words


def test_a_record_that_nobody_added_is_named(filled: None):
    names = "version, created_at, updated_at, name"
    behind_its_back(f"INSERT INTO team ({names}) SELECT 1, created_at, updated_at, name FROM employer")
    assert compared().words == "Team 1 was added by nobody through this product."


def test_a_record_put_aside_and_brought_back_gives_no_alarm(filled: None):
    with db.transaction() as session:
        employers.archive(session, 1, why="Closed", version=2, by=SYSTEM)
    assert compared().words == ""
    behind_its_back("UPDATE employer SET archived_at = created_at")
    assert "“archived_at” is not what was saved last" in compared().words
    with db.transaction() as session:
        employers.bring_back(session, 1, version=3, by=SYSTEM)
    assert compared().words == ""


def test_records_that_the_model_itself_checked_are_covered_too(filled: None):
    with db.transaction() as session:
        employer = session.get_one(Employer, 1)
        make_contact(session, employer, person_ids=[make_person(session, employer).key])
    assert compared().words == ""
    behind_its_back("UPDATE contact_person SET version = 2")
    assert compared().words == "ContactPerson 1: “version” is not what was saved last."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_values SET encrypted = 'x' || encrypted",
        "UPDATE audit_key SET encrypted = 'x' || encrypted",
        "UPDATE audit_key SET about_id = about_id + 1",
    ],
)
def test_values_beside_the_trail_that_do_not_open_are_told(filled: None, statement: str):
    behind_its_back(statement)
    assert compared().words == "What is kept beside the trail’s entry 3 cannot be opened."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search_entry SET title_key = 'fernsite' WHERE id = 1",
        "UPDATE search_word SET word = 'bakerx' WHERE word = 'bakery'",
        "UPDATE search_trigram SET word = 'bakerx' WHERE word = 'bakery' AND trigram = 'ake'",
        "DELETE FROM search_trigram WHERE word = 'bakery' AND trigram = 'ake'",
    ],
)
def test_an_index_that_is_not_as_the_records_are_is_told(filled: None, statement: str):
    behind_its_back(statement)
    assert "The search index is not as the records are" in compared().words


def test_somebody_erased_on_purpose_gives_no_alarm(filled: None):
    with db.transaction() as session:
        gone = JobSeekerInput(preferred_name="Erased")
        seekers.change(session, 1, gone, version=1, by=SYSTEM)
    with db.transaction() as session:
        session.exec(select(AuditKey).where(AuditKey.about_kind == "JobSeeker")).one().encrypted = ""
    assert compared().words == ""


def test_many_differences_are_counted_and_the_first_are_named(database: str):
    with db.transaction() as session:
        for number in range(25):
            make_employer(session, f"Employer {number}")
    behind_its_back("UPDATE employer SET tier = 'national'")
    found = compared()
    assert (found.count, len(found.named)) == (25, 20)
    assert found.words.endswith("Employer 20: “tier” is not what was saved last. 5 more differ.")


def test_digests_of_the_first_versions_still_fit(filled: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crm.audit_digests._AS_JSON.encode", repr)
    with db.transaction() as session:
        make_vacancy(session, session.get_one(Employer, 1), "Porter", hours_min=16, needs_driving="yes")
    monkeypatch.undo()
    assert compared().words == ""


def test_records_and_trail_are_read_as_they_are_at_one_moment(engine: str, filled: None):
    if engine == "sqlite":
        return
    with db.reading() as session, pytest.raises(RuntimeError, match="at one moment"):
        record_checks.compare(session, by=SYSTEM)


def test_who_may_not_read_the_trail_does_not_compare_it(database: str):
    with db.one_moment() as session, pytest.raises(NotAllowedError):
        record_checks.compare(session, by=make_actor(Role.JOB_COACH))


def test_text_that_is_none_is_told_of_its_table(engine: str, filled: None):
    if engine == "sqlite":
        behind_its_back("UPDATE employer SET sector = CAST(x'ff' AS TEXT)")
        assert compared().words == "Employer cannot all be read."


def test_a_schema_whose_words_were_changed_is_told(engine: str, filled: None):
    if engine == "sqlite":
        behind_its_back("CREATE INDEX mine ON employer (sector)")
        assert compared().words == "The schema of the database is not what the last step made of it."


def test_what_the_database_writes_in_another_way_was_not_written_by_the_product(engine: str, filled: None):
    if engine == "sqlite":
        statement = sa.text("UPDATE employer SET insurance_until = '20270201'")
        with db.engine().execution_options(is_write=True).begin() as connection:
            connection.execute(statement)
        assert "“insurance_until” cannot be read" in compared().words
