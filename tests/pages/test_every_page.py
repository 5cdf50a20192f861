"""Every page as each role and signed out: drawn where allowed, not even listed where not."""

from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm import db
from crm.config import ROOT
from crm.models.users import SYSTEM, Actor, User
from crm.policy import Role
from crm.services import demonstration
from crm.services.access import may
from crm.ui.menu import SCREENS, Screen
from crm.ui.words import today
from tests.browser.test_every_page import PARAMETERS, parameters_of, role_for
from tests.conftest import use_database
from tests.demonstrated import lowest_ids
from tests.makers import make_service, make_sign_in, make_user
from tests.pages.opening import app_of, open_straight
from tests.web.asking import Visitor

EVERY_SCREEN = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.address)
EVERY_ROLE = pytest.mark.parametrize("role", Role)
ABSURD = ("0", "999999999", "-1", "one", "1; DROP TABLE employer", "٣", "")


@pytest.fixture(scope="module")
def demonstrated(
    template_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[dict[str, int]]:
    """The demonstration in use as the service's database: the lowest id of each of its tables."""
    path = tmp_path_factory.mktemp("demonstrated") / "crm.db"
    with use_database(template_database, path):
        with db.transaction() as session:
            make_service(session, seeker_word="participant", seeker_words="participants")
            for role in Role:
                make_user(session, role, name=role.value, email=f"{role.value}@example.org")
            demonstration.load(session, by=SYSTEM, today=today())
            # All of one team: whom somebody may see of another is tried in tests/pages/test_access.py.
            for user in session.exec(select(User)):
                user.team_id = None
        yield lowest_ids(db.engine())


def app_for(role: Role) -> AppTest:
    with db.transaction() as session:
        user = session.exec(select(User).where(User.email == f"{role.value}@example.org")).one()
        digest = make_sign_in(session, user)
    return app_of(digest)


@pytest.fixture(scope="module")
def at_home(demonstrated: dict[str, int]) -> Callable[[Role], AppTest]:
    """The app as somebody with this role has opened it, and may go on from."""
    return cache(lambda role: app_for(role).run())


def everything(app: AppTest) -> str:
    """All that the page says itself: titles, texts, labels, and the menu."""
    parts: list[Any] = [*app.main, *app.sidebar]
    return " ".join(str(part.proto) for part in parts)


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


@EVERY_ROLE
@EVERY_SCREEN
def test_a_page_is_drawn_for_those_who_may_and_not_listed_for_the_others(
    screen: Screen, role: Role, demonstrated: dict[str, int], at_home: Callable[[Role], AppTest]
):
    actor = Actor(id=1, name="A", email="a@example.org", roles=frozenset({role}))
    if not may(actor, screen.action):
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            at_home(role).switch_page(str(ROOT / "pages" / screen.script))
        return
    app = open_straight(app_for(role), screen.script, **parameters_of(screen, demonstrated))
    assert not app.exception
    assert titles(app)
    assert titles(app) != ["This cannot be shown"]
    assert "job seeker" not in everything(app).lower()


@EVERY_SCREEN
def test_a_page_with_an_absurd_address_says_so_and_does_not_fail(
    screen: Screen, demonstrated: dict[str, int]
):
    app = open_straight(app_for(role_for(screen)), screen.script)
    for absurd in ABSURD:
        parameters = dict.fromkeys(PARAMETERS.get(screen.address, {}), absurd) | {"q": absurd, "page": absurd}
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert titles(app)


@EVERY_SCREEN
def test_a_visitor_who_has_not_signed_in_is_sent_to_the_sign_in_form(
    screen: Screen, demonstrated: dict[str, int]
):
    answer = Visitor().get(f"/{screen.address}")
    assert answer.status == 303
    assert answer.headers["location"].startswith("/login")
