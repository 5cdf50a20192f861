"""The frame around every page."""

import pytest
from streamlit.testing.v1 import AppTest

from crm.config import ROOT
from crm.db import transaction
from crm.models.users import SYSTEM
from crm.policy import Role
from crm.services import setup
from crm.ui.look import BANNER
from tests.makers import make_service, make_sign_in, make_user

MAIN = str(ROOT / "crm" / "ui" / "script" / "main.py")


def opened(*, is_demonstration: bool) -> AppTest:
    with transaction() as session:
        make_service(session, name="North & South")
        if is_demonstration:
            setup.become_demonstration(session, by=SYSTEM)
        sid = make_sign_in(session, make_user(session, Role.MANAGER, name="Noor <b>"))
    app = AppTest.from_file(MAIN, default_timeout=30)
    app.user = {"sid": sid}
    return app.run()


def html_of(app: AppTest) -> str:
    return " ".join(block.proto.body for block in [*app.sidebar.get("html"), *app.main.get("html")])


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_a_demonstration_says_so_on_the_page(database: str, is_demonstration: bool):
    app = opened(is_demonstration=is_demonstration)
    assert not app.exception
    assert (BANNER in html_of(app)) == is_demonstration


def test_names_are_shown_as_text_and_the_way_out_is_there(database: str):
    shown = html_of(opened(is_demonstration=False))
    assert "Noor &lt;b&gt;" in shown
    assert "North &amp; South" in shown
    assert 'href="/logout"' in shown


def test_whoever_is_signed_out_sees_nothing_of_the_service(database: str):
    with transaction() as session:
        make_service(session, name="North & South")
    app = AppTest.from_file(MAIN, default_timeout=30).run()
    assert app.title[0].value == "You are signed out"
    assert "North" not in html_of(app)
