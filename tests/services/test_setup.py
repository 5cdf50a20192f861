"""The first visit, as the service behind it sees it."""

import pytest
from pydantic import SecretStr
from sqlmodel import Session

from crm.errors import NotFoundError, RuleBrokenError
from crm.models.users import NewService
from crm.policy import Role
from crm.services import setup
from tests.makers import PASSWORD


def asked(password: str = PASSWORD, roles: frozenset[Role] = frozenset({Role.MANAGER})) -> NewService:
    return NewService(
        service_name="Northside",
        name="Mo Lee",
        email="Mo@Example.org",
        password=SecretStr(password),
        roles=roles,
    )


def test_an_empty_database_has_no_service(session: Session):
    assert not setup.is_done(session)
    with pytest.raises(NotFoundError, match="not been set up"):
        setup.current(session)


def test_the_first_person_becomes_administrator_beside_the_roles_they_ticked(session: Session):
    user = setup.create(session, asked())
    assert user.roles == {Role.MANAGER, Role.ADMINISTRATOR}
    assert user.email == "mo@example.org"
    assert setup.current(session).name == "Northside"


def test_the_second_of_two_people_is_told(session: Session):
    setup.create(session, asked())
    with pytest.raises(RuleBrokenError, match="Somebody else has just set this service up"):
        setup.create(session, asked())


@pytest.mark.parametrize(
    "password", ["short", "password1234", "aaaaaaaaaaaa", "123456123456", "mo lee mo lee mo"]
)
def test_a_password_that_others_would_guess_is_refused(session: Session, password: str):
    with pytest.raises(RuleBrokenError) as refusal:
        setup.create(session, asked(password))
    assert refusal.value.field == "password"
