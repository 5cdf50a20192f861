"""A contact is logged once, names who was there, and keeps the dates of its employer right."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from crm.errors import NotAllowedError, NotFoundError, RuleBrokenError
from crm.models.base import Known
from crm.models.contacts import AccountDates, ContactInput
from crm.models.users import Actor
from crm.policy import Role
from crm.services import contacts, employers
from tests.makers import make_user
from tests.makers_contacts import make_contact
from tests.makers_employers import TODAY, make_employer, make_person, make_site
from tests.makers_people import make_seeker


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow").as_actor()


def dates(session: Session, employer_id: int) -> tuple[date | None, date | None]:
    session.expire_all()
    kept = session.get(AccountDates, employer_id)
    return (kept.last_contact_on, kept.next_step_on) if kept else (None, None)


def edit_of(**facts: object) -> ContactInput:
    usual = {"kind": "call", "held_on": TODAY, "summary": "Again."}
    return ContactInput.model_validate(usual | facts)


def test_a_contact_is_held_by_whoever_logs_it(session: Session, officer: Actor):
    row = make_contact(session, make_employer(session), by=officer)
    assert (row.held_by, row.with_hiring_manager) == (officer.id, False)


def test_a_contact_with_somebody_who_hires_is_one_with_a_hiring_manager(session: Session, officer: Actor):
    employer = make_employer(session)
    person = make_person(session, employer, hires=Known.YES)
    row = make_contact(session, employer, by=officer, person_ids=[person.key])
    assert row.with_hiring_manager
    assert contacts.people_of(session, row.key, by=officer) == [person.key]


def test_the_last_contact_of_an_employer_is_its_latest_and_none_that_was_put_aside(
    session: Session, officer: Actor
):
    employer = make_employer(session)
    make_contact(session, employer, held_on=TODAY - timedelta(days=9))
    late = make_contact(session, employer, by=officer)
    assert dates(session, employer.key)[0] == TODAY
    contacts.archive(session, late.key, why="Typed twice", version=late.version, by=officer)
    assert dates(session, employer.key)[0] == TODAY - timedelta(days=9)
    contacts.bring_back(session, late.key, version=late.version, by=officer)
    assert dates(session, employer.key)[0] == TODAY


def test_a_contact_of_tomorrow_is_refused(session: Session, officer: Actor):
    with pytest.raises(RuleBrokenError, match="dated in the future"):
        make_contact(session, make_employer(session), by=officer, held_on=TODAY + timedelta(days=1))


def test_a_contact_with_an_archived_employer_is_refused(session: Session, officer: Actor):
    employer = make_employer(session)
    employers.archive(session, employer.key, why="Closed", version=employer.version, by=officer)
    with pytest.raises(NotFoundError, match="is archived"):
        make_contact(session, employer, by=officer)


def test_people_and_sites_of_another_employer_are_refused(session: Session, officer: Actor):
    employer, other = make_employer(session), make_employer(session, "Other")
    stranger, elsewhere = make_person(session, other), make_site(session, other)
    with pytest.raises(RuleBrokenError, match="not one of this employer"):
        make_contact(session, employer, by=officer, person_ids=[stranger.key])
    with pytest.raises(RuleBrokenError, match="not one of this employer"):
        make_contact(session, employer, by=officer, site_id=elsewhere.key)


def test_a_job_seeker_who_is_not_there_is_refused(session: Session, officer: Actor):
    with pytest.raises(RuleBrokenError, match="not one that you can see"):
        make_contact(session, make_employer(session), by=officer, seeker_ids=[4711])


def test_a_correction_changes_who_was_there(session: Session, officer: Actor):
    employer, seeker = make_employer(session), make_seeker(session)
    first, second = make_person(session, employer, "A"), make_person(session, employer, "B", hires=Known.YES)
    row = make_contact(session, employer, by=officer, person_ids=[first.key])
    wanted = edit_of(person_ids=[second.key], seeker_ids=[seeker.key])
    contacts.change(session, row.key, wanted, version=row.version, by=officer, today=TODAY)
    assert contacts.people_of(session, row.key, by=officer) == [second.key]
    assert contacts.seekers_of(session, row.key, by=officer) == [seeker.key]
    assert contacts.find(session, row.key, by=officer).with_hiring_manager
    contacts.change(
        session, row.key, edit_of(person_ids=[first.key]), version=row.version, by=officer, today=TODAY
    )
    assert contacts.people_of(session, row.key, by=officer) == [first.key]
    assert contacts.seekers_of(session, row.key, by=officer) == []


def test_somebody_who_has_left_can_stay_named_in_a_contact_that_is_corrected(
    session: Session, officer: Actor
):
    employer = make_employer(session)
    person = make_person(session, employer)
    row = make_contact(session, employer, by=officer, person_ids=[person.key])
    person.archived_at = row.created_at
    saved = contacts.change(
        session, row.key, edit_of(person_ids=[person.key]), version=row.version, by=officer, today=TODAY
    )
    assert saved.summary == "Again."


def test_an_auditor_reads_contacts_and_logs_none(session: Session):
    auditor = make_user(session, Role.AUDITOR).as_actor()
    row = make_contact(session, make_employer(session))
    assert contacts.find(session, row.key, by=auditor).key == row.key
    with pytest.raises(NotAllowedError):
        make_contact(session, make_employer(session, "B"), by=auditor)
