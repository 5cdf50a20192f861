"""A service with one user of each role, asked directly."""

import pytest

from crm.db import transaction
from crm.policy import Role
from tests.makers import PASSWORD, make_service, make_user
from tests.serving import email_of
from tests.web.asking import Visitor


@pytest.fixture
def service(database: str) -> str:
    """A service that has been set up, with an officer who can sign in."""
    with transaction() as session:
        make_service(session)
        make_user(session, email=email_of(Role.ENGAGEMENT_OFFICER), can_sign_in=True)
    return database


@pytest.fixture
def visitor(service: str) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor()


@pytest.fixture
def officer(visitor: Visitor) -> Visitor:
    """An engagement officer who has signed in."""
    answer = visitor.fill_in("/login", email=email_of(Role.ENGAGEMENT_OFFICER), password=PASSWORD)
    assert answer.status == 303
    return visitor
