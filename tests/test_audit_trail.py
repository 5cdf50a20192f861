"""The trail in the database: sealed by every writer, refused to be changed, values beside it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from crm import audit_values, db
from crm.audit import write_entries
from crm.audit_chain import Verdict
from crm.config import ROOT
from crm.models.audit import AuditEntry, AuditKey, AuditValues
from crm.models.employers import EmployerInput
from crm.models.seeker_inputs import JobSeekerInput
from crm.models.users import SYSTEM, Actor
from crm.policy import Role
from crm.services import employers, seekers, trail
from tests.makers import make_user
from tests.makers_audit import let_entries_be_changed
from tests.makers_people import make_seeker


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def add_employers(writer: int, how_many: int = 5) -> None:
    """Several transactions of one writer."""
    for number in range(how_many):
        with db.transaction() as session:
            employers.add(session, EmployerInput(name=f"Employer {writer}-{number}"), by=SYSTEM)


def verdict() -> Verdict:
    with db.reading() as session:
        return trail.verify(session, by=SYSTEM)


def test_eight_writers_at_once_leave_one_unbroken_chain(database: str):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_employers, range(8)))
    found = verdict()
    assert (found.is_whole, found.count) == (True, 40)


def test_writers_of_other_processes_continue_the_same_chain(database: str):
    adding = "import sys; from crm import schema; from tests.test_audit_trail import add_employers"
    command = [sys.executable, "-c", f"{adding}; add_employers(int(sys.argv[1]))"]
    writers = [subprocess.Popen([*command, str(writer)], cwd=ROOT) for writer in range(2)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    found = verdict()
    assert (found.is_whole, found.count) == (True, 10)


def test_records_stored_many_at_once_are_sealed_one_by_one(session: Session, officer: Actor):
    for name in ("Fernside", "Harbour"):
        employers.add(session, EmployerInput(name=name), by=officer)
    write_entries(session)
    seals = session.exec(select(AuditEntry.seal)).all()
    assert len(set(seals)) == len(seals)
    assert None not in seals


def test_what_is_rolled_back_leaves_no_gap(database: str):
    add_employers(1)

    def fail_half_way() -> None:
        with db.transaction() as session:
            employers.add(session, EmployerInput(name="Never"), by=SYSTEM)
            write_entries(session)
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    add_employers(2)
    found = verdict()
    assert (found.is_whole, found.count) == (True, 10)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'X'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_an_entry(database: str, statement: str):
    add_employers(1)
    with (
        db.engine().connect() as connection,
        pytest.raises(DBAPIError, match="never changed"),
    ):
        connection.execute(sa.text(statement))
    assert verdict().is_whole


def test_a_change_behind_the_triggers_is_found(database: str):
    add_employers(1)
    with db.engine().begin() as connection:
        let_entries_be_changed(connection)
        connection.execute(sa.text("UPDATE audit_entry SET actor_name = 'X' WHERE id = 3"))
    assert verdict().broken_at == 3


def last_values(session: Session) -> dict[str, tuple[object, object]]:
    write_entries(session)
    entry_id = session.exec(select(AuditValues.entry_id).order_by(col(AuditValues.entry_id).desc())).first()
    assert entry_id is not None
    return audit_values.read(session, [entry_id]).get(entry_id, {})


def test_a_change_keeps_what_the_field_held_before_and_after(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside", sector="Food"), by=officer)
    change = EmployerInput(name="Fernside", sector="Care")
    employers.change(session, employer.key, change, version=1, by=officer)
    assert last_values(session) == {"sector": ("Food", "Care")}


def test_values_lie_encrypted_in_the_database(database: str):
    with db.transaction() as session:
        employer = employers.add(
            session, EmployerInput(name="Fernside", website="https://before.example.org"), by=SYSTEM
        )
    with db.transaction() as session:
        change = EmployerInput(name="Fernside", website="https://after.example.org")
        employers.change(session, employer.key, change, version=1, by=SYSTEM)
    with db.reading() as session:
        kept = "".join(session.exec(select(AuditValues.encrypted)).all())
        assert "after.example.org" not in kept
        assert last_values(session) == {
            "website": ("https://before.example.org", "https://after.example.org")
        }


def test_without_a_persons_key_their_values_are_gone_and_the_chain_holds(database: str):
    with db.transaction() as session:
        seeker = make_seeker(session, email="before@example.org")
    with db.transaction() as session:
        change = JobSeekerInput(preferred_name=seeker.preferred_name, email="after@example.org")
        seekers.change(session, seeker.key, change, version=1, by=SYSTEM)
    with db.reading() as session:
        assert last_values(session) == {"email": ("before@example.org", "after@example.org")}
    with db.transaction() as session:
        session.exec(select(AuditKey).where(AuditKey.about_kind == "JobSeeker")).one().encrypted = ""
    with db.reading() as session:
        assert last_values(session) == {}
    assert verdict().is_whole
