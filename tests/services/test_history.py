"""What happened to a record and its parts."""

import pytest
from sqlmodel import Session

from crm.audit import write_entries
from crm.errors import NotAllowedError, NotFoundError
from crm.models.employers import EmployerInput
from crm.models.users import Actor, User
from crm.policy import Role
from crm.services import employers, history
from crm.services.history import Happened
from tests.makers import make_actor, make_user
from tests.makers_employers import make_employer, make_site
from tests.makers_people import make_seeker, make_skill


@pytest.fixture
def officer(session: Session) -> User:
    return make_user(session, Role.ENGAGEMENT_OFFICER, name="Ines Marlow")


def happened(session: Session, kind: str, record_id: int, by: Actor) -> list[Happened]:
    write_entries(session)
    return history.history(session, kind, record_id, offset=0, limit=50, by=by).rows


def test_the_latest_comes_first_with_who_did_it_and_both_values(session: Session, officer: User):
    employer = make_employer(session, "Fernside")
    change = EmployerInput(name="Fernside Bakery")
    employers.change(session, employer.key, change, version=1, by=officer.as_actor())
    latest, first = happened(session, "employer", employer.key, officer.as_actor())
    assert (latest.by, latest.action, latest.values["name"]) == (
        "Ines Marlow",
        "change",
        ("Fernside", "Fernside Bakery"),
    )
    assert (first.action, first.values) == ("add", {})


def test_what_happened_to_the_parts_belongs_to_the_record(session: Session, officer: User):
    employer = make_employer(session, "Fernside")
    make_site(session, employer)
    other = make_employer(session, "Harbour")
    make_site(session, other)
    parts = [one.part for one in happened(session, "employer", employer.key, officer.as_actor())]
    assert parts == ["EmployerSite", ""]


def test_colleagues_are_told_by_name(session: Session, officer: User):
    employer = make_employer(session, "Fernside")
    change = EmployerInput(name="Fernside", owner_id=officer.id)
    employers.change(session, employer.key, change, version=1, by=officer.as_actor())
    assert happened(session, "employer", employer.key, officer.as_actor())[0].values["owner_id"] == (
        None,
        "Ines Marlow",
    )


def test_it_is_counted_and_paged(session: Session, officer: User):
    employer = make_employer(session, "Fernside")
    for _ in range(3):
        make_site(session, employer)
    write_entries(session)
    page = history.history(session, "employer", employer.key, offset=2, limit=2, by=officer.as_actor())
    assert (page.total, len(page.rows)) == (4, 2)


def test_who_may_not_see_the_record_may_not_see_its_history(session: Session):
    seeker = make_seeker(session)
    make_skill(session, seeker)
    with pytest.raises(NotAllowedError):
        happened(session, "seeker", seeker.key, make_actor(Role.ADMINISTRATOR))


@pytest.mark.parametrize("kind", ["", "user", "Employer"])
def test_there_is_no_history_of_other_kinds(session: Session, officer: User, kind: str):
    with pytest.raises(NotFoundError, match="no history of this kind"):
        happened(session, kind, 1, officer.as_actor())


def test_a_record_that_is_not_there_has_no_history(session: Session, officer: User):
    with pytest.raises(NotFoundError):
        happened(session, "vacancy", 4711, officer.as_actor())
