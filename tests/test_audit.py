"""Every change leaves an audit row in its own transaction; nothing is changed without somebody answering."""

import json

import pytest
from sqlmodel import Session, select

from crm import db
from crm.audit import write_entries
from crm.models.audit import AuditEntry
from crm.models.base import folded
from crm.models.employers import Employer, EmployerInput, EmployerSite
from crm.models.users import Actor
from crm.policy import Role
from crm.services import employers
from tests.makers import make_user


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def entries(session: Session, kind: str) -> list[AuditEntry]:
    write_entries(session)
    return list(session.exec(select(AuditEntry).where(AuditEntry.record_kind == kind)))


def test_a_new_record_leaves_an_entry_with_who_and_which_fields(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    (entry,) = entries(session, "Employer")
    assert (entry.actor_name, entry.action, entry.record_id) == ("Ines Marlow", "add", employer.id)
    assert "name" in entry.fields.split(",")


def test_a_new_record_names_its_fields_however_they_were_set(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    session.add(EmployerSite.model_validate({"employer_id": employer.key, "label": "Head office"}))
    (entry,) = entries(session, "EmployerSite")
    assert {"employer_id", "label"} <= set(entry.fields.split(","))


def test_a_change_names_only_the_fields_that_changed(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    edit = EmployerInput(name="Fernside Bakery", sector="Food")
    employers.change(session, employer.key, edit, version=1, by=officer)
    assert entries(session, "Employer")[-1].fields == "sector"


def test_an_entry_holds_digests_and_never_the_values(session: Session, officer: Actor):
    employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    (entry,) = entries(session, "Employer")
    assert "Fernside" not in entry.digests
    assert len(json.loads(entry.digests)["name"]) == 32


def test_a_change_that_changes_nothing_leaves_no_entry(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    employers.change(session, employer.key, EmployerInput(name="Fernside Bakery"), version=1, by=officer)
    assert len(entries(session, "Employer")) == 1


def test_a_record_is_not_saved_when_nobody_answers_for_it(database: str):
    unasked = Employer(name="X", name_key=folded("X"))
    with pytest.raises(RuntimeError, match="before anybody was asked"), db.transaction() as session:
        session.add(unasked)
    with db.reading() as session:
        assert session.exec(select(Employer)).all() == []


def test_a_record_is_never_deleted(session: Session, officer: Actor):
    employer = employers.add(session, EmployerInput(name="Fernside Bakery"), by=officer)
    session.delete(employer)
    with pytest.raises(RuntimeError, match="archived, never deleted"):
        session.flush()
    session.expunge_all()
    session.rollback()


def test_what_is_not_committed_leaves_no_entry(database: str):
    def fail_half_way() -> None:
        with db.transaction() as session:
            make_user(session)
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    with db.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []
